"""Worth of clauses and bundles to a side: what the trade model prices, and politics.

A bundle is worth the sum of its clauses, plus what any signature is worth in the present mood.
Additive values are the usual form of a negotiation over many issues (Raiffa 1982; Keeney and
Raiffa 1976); they make it possible to trade issues that the two sides weigh differently.
"""

from __future__ import annotations

from sim.economy.constants import DAYS_PER_YEAR
from sim.model.bargain.clauses import GUARD
from sim.model.bargain.expiry import prolonging_gain, security_shift
from sim.model.bargain.table import clause_usd_bn
from sim.model.bargain.terms import denial_probability
from sim.model.commitments.agreements import days_to_deadline
from sim.model.information.beliefs import apply_answer, belief_spread, weight_of
from sim.model.relations.mood import trust
from sim.model.tables.codes import (
    CLAUSE_FENTANYL_CUT,
    CLAUSE_LICENCE,
    CLAUSE_PAUSE,
    CLAUSE_PROLONG,
    CLAUSE_WHOLLY_OWNED,
    CN,
    LANDMARK,
    LEADERS,
    N_CLAUSES,
    N_PRESSURE_PARTS,
    US,
    US_INDUSTRY,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import CLAUSE_ISSUE


def priced_gain(state: State, params: Params, side: int, clause: int) -> float:
    """Returns what the trade model makes of all units of a clause, over the horizon, in utility."""
    value = clause_usd_bn(state, params, side, clause)
    return params.utility_per_usd_bn[side] * value * params.horizon_days / DAYS_PER_YEAR


def public_gain(state: State, params: Params, side: int, clause: int, weight: float) -> float:
    """Returns a side's gain from a clause without what is private to the side.

    It is its price, the weight of the issue it settles, as the side or another takes it to be, less
    what it takes to prepare it and what it costs at home whoever gives or admits it.
    """
    value = priced_gain(state, params, side, clause)
    value += weight * settled_by(state, params, clause)
    if clause == CLAUSE_FENTANYL_CUT and side == US and state.precursor_action and value < 0.0:
        # Once China acts on precursors, the duty has done part of its work (C9, F3).
        value *= 1.0 - params.action_discount
    if is_structure(clause):
        if state.table_hiring:
            extra = params.hiring_gain if side == US else -params.hiring_cost
            value += extra * state.units[clause]
        value *= 1.0 - denial_probability(state, params, clause)
    value -= params.clause_cost
    if clause == CLAUSE_PAUSE:
        # A pause is what the two sides reach for when tension is high: it takes part of it away.
        value += params.gain_tension * params.relief_per_truce * state.tension
    if GUARD[clause] == side:
        value -= params.headline_cost[side] * params.political_load[clause]
    return value


def settled_by(state: State, params: Params, clause: int) -> float:
    """Returns the share of its issue that all units of a clause settle: at most what is open."""
    share = params.clause_settles[clause] * state.units[clause]
    return min(share, 1.0 - state.issue_settled[CLAUSE_ISSUE[clause]])


def is_structure(clause: int) -> bool:
    """Returns whether a clause is an investment."""
    return CLAUSE_WHOLLY_OWNED <= clause <= CLAUSE_LICENCE


def clause_gain(state: State, params: Params, side: int, clause: int) -> float:
    """Returns a side's true gain from all units of a clause to be had today, in utility.

    A gain that rests on promises counts for less, the less the side trusts the other (E4). What
    touches security weighs more while the security camp is strong (A6).
    """
    if clause == CLAUSE_PROLONG:
        return prolonging_gain(state, params, side) * closeness(state, params)
    weight = weight_of(state, params, side, CLAUSE_ISSUE[clause])
    public = public_gain(state, params, side, clause, weight)
    proof = needs_proof(state, params, clause)
    value = public
    if value > 0.0:
        # Trust is the odds that a promise is kept: 0.5 is neutral.
        faith = params.gain_trust * (trust(state, side) - 0.5) * params.promise_share[clause]
        value *= max(0.0, 1.0 + faith)
        if side == US and proof:
            # What is verified need not be believed.
            value = max(value, public)
    if proof and side == CN:
        value -= params.verification_cost
    return value - security_shift(state, params, side) * params.security_content[clause]


def needs_proof(state: State, params: Params, clause: int) -> bool:
    """Returns whether the US would take a promise of China only if it is verified (E4)."""
    promised = params.promise_share[clause] >= 1.0
    return promised and trust(state, US) < params.verify_below_trust


def believed_gain(state: State, params: Params, side: int, clause: int) -> float:
    """Returns the other side's gain from a clause as `side` sees it: what is public of it, with the
    weights it takes the other to have; in doubt, it takes all issues to matter alike (F2)."""
    other = 1 - side
    if clause == CLAUSE_PROLONG:
        return prolonging_gain(state, params, other) * closeness(state, params)
    weight = weight_of(state, params, other, CLAUSE_ISSUE[clause])
    weight += state.belief_asks[side] * (state.usual_weight[other] - weight)
    return public_gain(state, params, other, clause, weight)


def closeness(state: State, params: Params) -> float:
    """Returns how close the nearest deadline is: 1 on its day, half at `concession_days`.

    Duties that stop trade set one too: the day on which the shelves are empty.
    """
    left = days_to_deadline(state, params)
    if state.stopped_days > 0:
        left = min(left, max(0, params.shelf_days - state.stopped_days))
    return params.concession_days / (left + params.concession_days)


def mood_gain(state: State, params: Params, side: int) -> float:
    """Returns what any signature is worth to a side in the present mood, compared with the usual
    one: more pressure at home than usual speaks for it, more tension against (G6)."""
    value = params.gain_pressure * (state.pressure[side] - usual_pressure(params, side))
    return value - params.gain_tension * (state.tension - params.tension_rest)


def usual_pressure(params: Params, side: int) -> float:
    """Returns the mean of the parts of a side's pressure at rest."""
    total = 0.0
    for part in range(N_PRESSURE_PARTS):
        # The industrial part has a rest of its own, because shortages come day by day.
        industry = side == US and part == US_INDUSTRY
        total += params.industry_rest if industry else params.pressure_rest[side][part]
    return total / N_PRESSURE_PARTS


def bundle_gain(state: State, params: Params, side: int) -> float:
    """Returns a side's true gain from the bundle on the table over walking away, prestige apart.

    A side hardly signs if this is below its reservation value (feature A1).
    """
    value = mood_gain(state, params, side)
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0:
            value += state.offer[clause] * state.gain[side][clause]
    return value


def landmark_appetite(state: State, params: Params, side: int) -> float:
    """Returns the prestige to a side of a landmark deal signed by leaders; 0 at a lower rank."""
    if state.table_rank != LEADERS:
        return 0.0
    return params.landmark_bonus[side] + (
        state.weight[side][LANDMARK] - params.weight[side][LANDMARK]
    )


def landmark_gain(state: State, params: Params, side: int) -> float:
    """Returns the prestige of the bundle on the table to a side."""
    share = 0.0
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0:
            share += params.landmark_share[clause]
    return landmark_appetite(state, params, side) * min(1.0, share)


def aspiration(state: State, params: Params, side: int) -> float:
    """Returns the gain a side demands today beyond its walk-away value.

    Time-dependent concession (Faratin, Sierra and Jennings 1998): the demand shrinks as the nearest
    deadline approaches, so agreements cluster near it (Roth et al. 1988).
    """
    return params.aspiration[side] * (1.0 - closeness(state, params))


def believed_demand(state: State, params: Params, side: int) -> float:
    """Returns the gain that `side` believes the other demands today: the floor it takes it to have,
    with a margin for doubt, and what is usually asked beyond a floor so long before a deadline."""
    floor = state.belief_mean[side] + params.belief_margin * belief_spread(state, side)
    return floor + aspiration(state, params, 1 - side)


def apply_answer_seen(state: State, params: Params, side: int, accepted: bool) -> None:
    """Lets `side` learn the other's floor from its answer to the bundle on the table (A14, F2)."""
    worth = mood_gain(state, params, 1 - side) - aspiration(state, params, 1 - side)
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0:
            worth += state.offer[clause] * believed_gain(state, params, side, clause)
    apply_answer(state, params, side, worth, accepted)
