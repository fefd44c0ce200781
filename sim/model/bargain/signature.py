"""Signature of a package: one side proposes it, the other answers by its true gain."""

from __future__ import annotations

from collections.abc import Sequence

from sim.economy.arithmetic import logistic, normal
from sim.economy.constants import NOISE_FLOOR
from sim.model.bargain.expiry import prolonging_probability
from sim.model.bargain.table import apply_terms, is_feasible, prolongs
from sim.model.bargain.worth import (
    aspiration,
    landmark_gain,
    package_gain,
    priced_gain,
)
from sim.model.commitments.agreements import apply_extension
from sim.model.relations.mood import trust
from sim.model.tables.codes import (
    CN,
    HAWKS,
    ISSUE_INVESTMENT,
    LEADERS,
    MINISTERS,
    N_PACKAGES,
    N_SIDES,
    PACKAGE_COMPREHENSIVE,
    PACKAGE_EXTENSION,
    PACKAGE_INVESTMENT,
    PACKAGE_TRUCE,
    RESULT_COMPREHENSIVE,
    RESULT_EXTENSION,
    RESULT_PACKAGE,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import NO_PACKAGE


def apply_reserve(state: State, params: Params, side: int, u_one: float, u_two: float) -> None:
    """Sets a side's reservation value, which is private and stays the same throughout a run."""
    state.reserve[side] = params.reserve[side] + params.reserve_spread[side] * normal(u_one, u_two)


def sign_probability(state: State, params: Params, side: int, package: int, rank: int) -> float:
    """Returns the probability that a side signs a package.

    It is next to nothing if the gain is well below the reservation value, rises smoothly around it,
    and is then a logistic of the gain beyond it minus the aspiration. A landmark bonus makes
    signatures earlier but never lowers the reservation value (A1). Prolonging a pause has terms of
    its own (`expiry`).
    """
    if package == PACKAGE_EXTENSION:
        return prolonging_probability(state, params, side)
    gain = package_gain(state, params, side, package) - state.reserve[side]
    floor = logistic(gain / max(params.reserve_softness, NOISE_FLOOR))
    gain += landmark_gain(state, params, side, package, rank)
    noise = max(params.noise[side], NOISE_FLOOR)
    return floor * logistic((gain - aspiration(state, params, side)) / noise)


def believed_gain(state: State, params: Params, side: int, package: int) -> float:
    """Returns the other side's gain as `side` estimates it.

    The priced part is public. The rest is guessed from the belief about the other's demand, with
    a discount if trust is low.
    """
    other = 1 - side
    doubt = state.belief_var[side] * (1.0 - trust(state, side))
    return priced_gain(state, params, other, package) + params.belief_offset - doubt


def decide_package(
    state: State, params: Params, rank: int, u_us: Sequence[float], u_cn: Sequence[float]
) -> int:
    """Returns the package both sign at a meeting of that rank, or NO_PACKAGE.

    Washington proposes, at rounds and summits alike. Among the packages it would sign and believes
    China might sign, it takes the one with the largest product of its own gain and the estimated
    gain of China. Leaders propose a second one if the first is refused; ministers do not.
    """
    refused = NO_PACKAGE
    for _ in range(rank + 1):
        best = 0.0
        tabled = NO_PACKAGE
        for package in range(N_PACKAGES):
            if package != refused and is_feasible(state, params, package, rank):
                score = table_score(state, params, package, rank, u_us[package])
                if score > best:
                    best = score
                    tabled = package
        if tabled == NO_PACKAGE:
            return NO_PACKAGE
        if u_cn[tabled] < sign_probability(state, params, CN, tabled, rank):
            return tabled
        refused = tabled
    return NO_PACKAGE


def table_score(state: State, params: Params, package: int, rank: int, u: float) -> float:
    """Returns the score by which Washington ranks a package, 0 if it would not sign it."""
    if u >= sign_probability(state, params, US, package, rank):
        return 0.0
    gain = package_gain(state, params, US, package)
    gain += landmark_gain(state, params, US, package, rank)
    return gain * max(params.believed_gain_floor, believed_gain(state, params, US, package))


def decide_revival(state: State, params: Params, u_us: float, u_cn: float) -> bool:
    """Returns whether both sides agree to revive a pause that has just lapsed."""
    if not is_feasible(state, params, PACKAGE_TRUCE, MINISTERS):
        return False
    ours = sign_probability(state, params, US, PACKAGE_TRUCE, MINISTERS)
    theirs = sign_probability(state, params, CN, PACKAGE_TRUCE, MINISTERS)
    return u_us < ours and u_cn < theirs


def apply_package(state: State, params: Params, package: int) -> None:
    """Signs a package. Both sides' gains are recorded before its clauses change the state."""
    for side in range(N_SIDES):
        state.signed_gain[side] = package_gain(state, params, side, package)
    state.signed_nash = state.signed_gain[US] * state.signed_gain[CN]
    state.package_day[package] = state.day
    state.softened_day = state.day
    if prolongs(state, package):
        apply_extension(state, params)
    apply_terms(state, params, package)


def apply_signature(state: State, params: Params, package: int, at_summit: bool) -> None:
    """Signs a package and, at the first summit, records it as the result of the summit."""
    apply_package(state, params, package)
    if not at_summit or state.summits != 1:
        return
    if package == PACKAGE_COMPREHENSIVE:
        state.summit_result = RESULT_COMPREHENSIVE
    elif package == PACKAGE_EXTENSION or package == PACKAGE_TRUCE:
        state.summit_result = RESULT_EXTENSION
    else:
        state.summit_result = RESULT_PACKAGE


def apply_discord(state: State, params: Params) -> None:
    """Records internal discord over an investment deal on the table (E302, A6).

    The security camp objects; the objection weighs less the more autonomous the leader is.
    """
    state.discord = 0.0
    if state.issue_on[ISSUE_INVESTMENT] and is_feasible(state, params, PACKAGE_INVESTMENT, LEADERS):
        state.discord = state.influence[US][HAWKS] * (1.0 - params.autonomy[US])
