"""Signature of a bundle: one side proposes it, the other answers by its true gain."""

from __future__ import annotations

from sim.economy.arithmetic import clamp, logistic, normal, safe_exp
from sim.economy.constants import NOISE_FLOOR, UNIT
from sim.model.bargain.bundles import bundle_name
from sim.model.bargain.clauses import DIVISIBLE, GUARD, NO_SIDE
from sim.model.bargain.expiry import prolonging_gain, security_shift
from sim.model.bargain.table import apply_clause
from sim.model.bargain.worth import (
    aspiration,
    bundle_gain,
    landmark_gain,
    needs_proof,
)
from sim.model.commitments.agreements import apply_final_deal
from sim.model.tables.codes import (
    CLAUSE_PAUSE,
    CLAUSE_PROLONG,
    CN,
    DEAL_PACKAGE,
    HAWKS,
    ISSUE_INVESTMENT,
    LEADERS,
    N_CLAUSES,
    N_SIDES,
    PACKAGE_COMPREHENSIVE,
    PACKAGE_EXTENSION,
    PACKAGE_TRUCE,
    RESULT_COMPREHENSIVE,
    RESULT_EXTENSION,
    RESULT_PACKAGE,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import CLAUSE_ISSUE


def apply_reserve(state: State, params: Params, side: int, u_one: float, u_two: float) -> None:
    """Sets a side's reservation value, which is private and stays the same throughout a run."""
    state.reserve[side] = params.reserve[side] + params.reserve_spread[side] * normal(u_one, u_two)


def sign_probability(state: State, params: Params, side: int) -> float:
    """Returns the probability that a side signs the bundle on the table.

    It is next to nothing if the gain is well below the reservation value, rises smoothly around it,
    and is then a logistic of the gain beyond it minus the aspiration. A landmark bonus makes
    signatures earlier but never lowers the reservation value (A1). Negotiators below the leaders
    sign as far as they have a mandate: what goes beyond it they take home (A17).
    """
    gain = bundle_gain(state, params, side) - state.reserve[side]
    floor = logistic(gain / max(params.reserve_softness, NOISE_FLOOR))
    gain += landmark_gain(state, params, side)
    noise = max(params.noise[side], NOISE_FLOOR)
    odds = floor * logistic((gain - aspiration(state, params, side)) / noise)
    return odds if state.table_rank == LEADERS else odds * state.mandate[side]


def decide_consent(state: State, params: Params, side: int, u: float) -> bool:
    """Returns whether a side would sign the bundle on the table, if there is anything in it for
    both: nobody signs away something for nothing."""
    for each in range(N_SIDES):
        if not gets_something(state, each):
            return False
    return u < sign_probability(state, params, side)


def gets_something(state: State, side: int) -> bool:
    """Returns whether a side gains by at least one clause of the bundle on the table."""
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0 and state.gain[side][clause] > 0.0:
            return True
    return False


def bundle_size(state: State) -> int:
    """Returns the number of clauses of the bundle on the table."""
    size = 0
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0:
            size += 1
    return size


def clause_size(state: State, clause: int) -> float:
    """Returns how much of a clause is in the bundle on the table: in points if it divides, which
    duties do, otherwise in units."""
    amount = state.offer[clause] * state.units[clause]
    return amount * UNIT if DIVISIBLE[clause] else amount


def veto_probability(state: State, params: Params, side: int) -> float:
    """Returns the probability that groups at home stop the bundle after the negotiators agreed.

    Each contested clause adds a veto of its own, so that breadth has a price. Those that touch
    security are contested more hotly while the security camp is strong (A6).
    """
    passed = 1.0
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0 and GUARD[clause] == side:
            shift = security_shift(state, params, side) * params.security_content[clause]
            veto = params.veto_share * params.political_load[clause] * safe_exp(shift)
            passed *= 1.0 - clamp(veto, 0.0, 1.0)
    return 1.0 - passed


def refuser(state: State, clause: int, proposer: int) -> int:
    """Returns the side for whose sake a clause that one side wanted is not in the bundle.

    It is -1 if the clause was not to be had, is in the bundle, or was wanted by nobody.
    """
    if state.units[clause] <= 0.0 or state.offer[clause] > 0.0:
        return NO_SIDE
    other = 1 - proposer
    if state.gain[proposer][clause] > 0.0:
        return other
    return proposer if state.gain[other][clause] > 0.0 else NO_SIDE


def apply_signature(state: State, params: Params, at_summit: bool) -> int:
    """Signs the bundle on the table and returns its name.

    Both sides' gains are recorded before its clauses change the state. At the first summit it is
    the result of the summit.
    """
    name = bundle_name(state, params)
    for side in range(N_SIDES):
        if name == PACKAGE_EXTENSION:
            # Prolonging a pause has terms of its own (`expiry`).
            gain = prolonging_gain(state, params, side)
        else:
            gain = bundle_gain(state, params, side)
        state.signed_gain[side] = gain - state.reserve[side]
    state.signed_nash = state.signed_gain[US] * state.signed_gain[CN]
    state.package_day[name] = state.day
    state.last_signed_day = state.day
    state.rounds_in_vain = 0
    state.softened_day = state.day
    state.bundle_size = bundle_size(state)
    state.largest_bundle = max(state.largest_bundle, state.bundle_size)
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0:
            if needs_proof(state, params, clause):
                state.verified = True
            amount = state.offer[clause] * state.units[clause]
            apply_clause(state, params, clause, amount)
            state.clause_day[clause] = state.day
            issue = CLAUSE_ISSUE[clause]
            settled = state.issue_settled[issue] + params.clause_settles[clause] * amount
            state.issue_settled[issue] = min(1.0, settled)
    if name == PACKAGE_COMPREHENSIVE:
        apply_final_deal(state, params)
    elif substance(state, params) >= params.package_share:
        state.deal_status = max(state.deal_status, DEAL_PACKAGE)
    if at_summit and state.summits == 1:
        state.summit_result = summit_result(name)
    return name


def substance(state: State, params: Params) -> float:
    """Returns how far the bundle on the table counts as a landmark, pauses apart."""
    share = 0.0
    for clause in range(N_CLAUSES):
        beside = clause != CLAUSE_PAUSE and clause != CLAUSE_PROLONG
        if beside and state.offer[clause] > 0.0:
            share += params.landmark_share[clause]
    return share


def summit_result(name: int) -> int:
    """Returns the result of a summit at which a bundle of a name is signed."""
    if name == PACKAGE_COMPREHENSIVE:
        return RESULT_COMPREHENSIVE
    if name == PACKAGE_EXTENSION or name == PACKAGE_TRUCE:
        return RESULT_EXTENSION
    return RESULT_PACKAGE


def apply_veto(state: State, side: int) -> None:
    """Records that groups at home stopped a bundle on which the negotiators had agreed."""
    state.blocked[side] += 1


def apply_discord(state: State, params: Params) -> None:
    """Records internal discord over an investment deal on the table (E302, A6).

    The security camp objects; the objection weighs less the more autonomous the leader is.
    """
    state.discord = 0.0
    on_table = state.issue_on[ISSUE_INVESTMENT] and state.structure_signed < 0
    if on_table or state.approval_due > 0:
        state.discord = state.influence[US][HAWKS] * (1.0 - params.autonomy[US])
