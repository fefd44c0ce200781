"""A change of power in Washington: those in post leave when a new administration takes office.

Who follows them is not known, so their posts are vacant: the factions lose the voices, and nobody
leads the talks until a new team takes them up.
"""

from __future__ import annotations

from sim.model.governments.posts import apply_posts
from sim.model.tables.codes import N_POSTS, US
from sim.model.tables.params import Params
from sim.model.tables.state import State


def decide_election(params: Params, u: float) -> bool:
    """Returns whether voters keep the party in office."""
    return u < params.election_stays


def apply_change_of_power(state: State, inauguration: int) -> None:
    """Lets the party in office leave on the day of the inauguration."""
    state.handover_day = inauguration


def is_handover(state: State) -> bool:
    """Returns whether a party that lost an election during the run leaves office today."""
    return state.handover_day == state.day


def apply_handover(state: State, params: Params) -> None:
    """Vacates every post of the administration.

    `apply_weights` follows it.
    """
    state.mandate_unnamed[US] = 0.0
    for post in range(N_POSTS):
        state.camp[US][post] = 0
        state.voice[US][post] = 0.0
        state.mandate_part[US][post] = 0.0
    apply_posts(state, params)


def is_team_ready(state: State, params: Params) -> bool:
    """Returns whether a new administration takes up the talks today."""
    return state.handover_day > 0 and state.day == state.handover_day + params.handover_days


def apply_new_team(state: State, params: Params) -> None:
    """Gives the new administration's negotiators a full mandate, whoever they are.

    No faction gains a voice: for whom those not yet named will speak is not known.
    """
    state.mandate_unnamed[US] = 1.0
    apply_posts(state, params)
