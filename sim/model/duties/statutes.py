"""Statutes that replace duties struck down: which are open, and what each puts in force."""

from __future__ import annotations

from sim.model.duties.court import apply_removal
from sim.model.duties.layers import apply_averages
from sim.model.relations.mood import apply_hostile_act
from sim.model.tables.codes import (
    AGREEMENT_SIGNED,
    BY_EMERGENCY,
    BY_S232,
    BY_S301,
    BY_S338,
    CASE_STRUCK,
    N_AUTHORITIES,
    RECIPROCAL,
    S232,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def falls_short(state: State, params: Params, statute: int) -> bool:
    """Returns whether duties struck down are not yet replaced, so that a statute would help.

    A duty with a last day replaces no other; a lasting one replaces a duty with a last day, or one
    below what was struck down. While a lasting one on all goods is under way, no second is begun.
    """
    if state.struck_pp <= 0.0:
        return False
    under_way = state.statute_due[BY_S301] > 0 or state.statute_due[BY_S338] > 0
    if under_way and (statute == BY_S301 or statute == BY_S338):
        return False
    now = state.authority[RECIPROCAL]
    if now == BY_EMERGENCY:
        return True
    if params.statute_longest_days[statute] > 0:
        return False
    return params.statute_longest_days[now] > 0 or state.duty_pp[US][RECIPROCAL] < state.struck_pp


def can_use(state: State, params: Params, statute: int) -> bool:
    """Returns whether the US may begin to replace duties struck down by those of a statute.

    Each statute is used once, and none after a comprehensive agreement.
    """
    if state.court_case != CASE_STRUCK or state.agreement == AGREEMENT_SIGNED:
        return False
    if state.statute_used[statute] or state.statute_due[statute] > 0:
        return False
    return falls_short(state, params, statute)


def apply_use(state: State, params: Params, statute: int) -> None:
    """Begins to use a statute. Its duty follows after inquiry and notice, and not before the old
    duties have ended. In relations it counts as a measure, not as a hike."""
    due = state.day + params.statute_lead_days[statute]
    state.statute_due[statute] = max(due, state.emergency_ends_on)
    apply_hostile_act(state, params, US, params.tension_per_measure, params.rapport_per_measure)


def apply_due_statutes(state: State, params: Params) -> int:
    """Puts the duties of statutes due today in force; returns how many there were.

    A duty that is no longer missing, or that a comprehensive agreement has overtaken, is dropped.
    """
    done = 0
    for statute in range(N_AUTHORITIES):
        if 0 < state.statute_due[statute] <= state.day:
            state.statute_due[statute] = 0
            if state.agreement != AGREEMENT_SIGNED and falls_short(state, params, statute):
                apply_statute(state, params, statute)
                done += 1
    return done


def apply_statute(state: State, params: Params, statute: int) -> None:
    """Puts the duty of a statute in force: on more sectors, or in place of the reciprocal duty, as
    high as the one struck down if the statute allows it."""
    state.statute_used[statute] = True
    if statute == BY_S232:
        share = state.coverage[US][S232] + params.s232_wider_share
        state.coverage[US][S232] = min(1.0, share)
    else:
        state.statute_ends_on[state.authority[RECIPROCAL]] = 0
        state.authority[RECIPROCAL] = statute
        state.authority[THREATENED] = statute
        points = restored_pp(state, params, statute)
        state.duty_pp[US][RECIPROCAL] = max(state.duty_pp[US][RECIPROCAL], points)
        if params.statute_longest_days[statute] > 0:
            state.statute_ends_on[statute] = state.day + params.statute_longest_days[statute]
    apply_averages(state, params)


def restored_pp(state: State, params: Params, statute: int) -> float:
    """Returns the points struck down that a statute can restore."""
    highest = params.statute_highest_pp[statute]
    return min(state.struck_pp, highest) if highest > 0.0 else state.struck_pp


def duties_lapsing(state: State) -> int:
    """Returns how many duties that their statute limits in time would end today."""
    count = 0
    for statute in range(N_AUTHORITIES):
        if 0 < state.statute_ends_on[statute] <= state.day:
            count += 1
    return count


def apply_duty_extension(state: State, params: Params) -> None:
    """Extends the duties that would end today by as many days again."""
    for statute in range(N_AUTHORITIES):
        if 0 < state.statute_ends_on[statute] <= state.day:
            state.statute_ends_on[statute] += params.statute_longest_days[statute]


def apply_duty_lapse(state: State, params: Params) -> None:
    """Ends the duties whose last day is over; their layers are without authority again."""
    for statute in range(N_AUTHORITIES):
        if 0 < state.statute_ends_on[statute] <= state.day:
            apply_removal(state, params, statute)
            state.statute_ends_on[statute] = 0
            state.authority[RECIPROCAL] = BY_EMERGENCY
            state.authority[THREATENED] = BY_EMERGENCY
