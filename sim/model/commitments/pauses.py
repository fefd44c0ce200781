"""Dated pauses: their length, when they may be prolonged, and when they may be revived."""

from __future__ import annotations

from sim.model.relations.stages import talks_frozen
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    CN,
    EXPIRY_SNAPBACK,
    LEADERS,
    MINISTERS,
    TALKS_STALLED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def apply_pause_length(state: State, params: Params, rank: int, u_kind: float, u: float) -> None:
    """Sets the length of a pause that is agreed today.

    Leaders sometimes set no end (Osaka 2019). Otherwise most pauses have the usual length, and some
    are shorter or longer.

    Args:
        state: The state.
        params: The parameters.
        rank: Rank of those who agree.
        u_kind: Uniform that decides whether it has an end, or the usual length.
        u: Uniform of another length.
    """
    apply_usual_length(state, params)
    open_ended = params.open_ended_share if rank == LEADERS else 0.0
    if u_kind < open_ended:
        state.pause_days = 0
    elif u_kind > open_ended + (1.0 - open_ended) * params.usual_length_share:
        # A uniform from 0 to 1 becomes one from minus to plus the spread.
        shift = (2.0 * u - 1.0) * params.pause_spread_days
        state.pause_days = max(1, int(params.truce_length_days + shift))


def apply_usual_length(state: State, params: Params) -> None:
    """Gives a pause that is agreed today the usual length."""
    state.pause_days = params.truce_length_days


def bad_day(state: State) -> bool:
    """Returns whether something happened today on which nobody prolongs a pause: a hike by either
    side, or the stall of the talks."""
    hiked = state.hike_day[US] == state.day or state.hike_day[CN] == state.day
    return hiked or (state.talks == TALKS_STALLED and state.stall_day == state.day)


def can_extend(state: State, params: Params, rank: int) -> bool:
    """Returns whether negotiators of a rank may prolong the pause today: it has an end, not too far
    off, and the day is not a bad one. Ministers leave it until late."""
    if state.agreement != AGREEMENT_PAUSE or state.truce_ends_on <= state.day:
        return False
    left = state.truce_ends_on - state.day
    longest = params.truce_length_days
    if rank == MINISTERS:
        longest = min(longest, params.early_extension_days)
    return left <= longest and not bad_day(state)


def settle_hazard(state: State, params: Params) -> float:
    """Returns today's probability that officials settle what becomes of the pause; on its last day
    they must."""
    if not can_extend(state, params, MINISTERS):
        return 0.0
    left = state.truce_ends_on - state.day
    if left <= 1:
        return 1.0
    return params.extension_per_day if left <= params.extension_window_days else 0.0


def revival_hazard(state: State, params: Params) -> float:
    """Returns today's probability that officials try to revive a pause that has just lapsed."""
    lapsed = state.expiry == EXPIRY_SNAPBACK and state.agreement == AGREEMENT_NONE
    recent = state.day - state.lapse_day <= params.revival_days
    may = lapsed and recent and not bad_day(state) and not talks_frozen(state)
    return params.revival_per_day if may else 0.0
