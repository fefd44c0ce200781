"""People in posts: they give factions their influence, and negotiators their mandate (A9, A17).

The influence of a faction is the sum of the voices of those who speak for it. On the first day the
voices of all in post add up to the influence that the scenario sets, so that only vacant posts, the
weight of the go-between, and changes of post during the run move it.
"""

from __future__ import annotations

from sim.economy.arithmetic import clamp, safe_div
from sim.model.tables.codes import N_FACTIONS, N_POSTS, N_SIDES, POST_GO_BETWEEN
from sim.model.tables.params import Params
from sim.model.tables.state import State


def apply_first_posts(state: State, params: Params) -> None:
    """Ties the influence of each faction to the voices of all who are in post on the first day."""
    for side in range(N_SIDES):
        for faction in range(N_FACTIONS):
            heard = 0.0
            for post in range(N_POSTS):
                if state.camp[side][post] == faction:
                    heard += state.voice[side][post]
            state.heard[side][faction] = heard
            unit = safe_div(state.influence[side][faction], heard) if heard > 0.0 else 0.0
            state.voice_unit[side][faction] = unit
    apply_posts(state, params)


def apply_posts(state: State, params: Params) -> None:
    """Moves the influence of factions by the voices gained and lost, and adds up the mandates.

    Called when posts change hands; `apply_weights` follows it.
    """
    for side in range(N_SIDES):
        for faction in range(N_FACTIONS):
            heard = voices(state, params, side, faction)
            gained = heard - state.heard[side][faction]
            state.heard[side][faction] = heard
            influence = state.influence[side][faction] + state.voice_unit[side][faction] * gained
            state.influence[side][faction] = max(0.0, influence)
        mandate = state.mandate_unnamed[side]
        for post in range(N_POSTS):
            if state.filled[side][post]:
                mandate += state.mandate_part[side][post]
        state.mandate[side] = clamp(mandate, 0.0, 1.0)


def voices(state: State, params: Params, side: int, faction: int) -> float:
    """Returns the sum of the voices that a faction has in filled posts; how much a go-between is
    heard is not known (E295)."""
    total = 0.0
    for post in range(N_POSTS):
        if state.camp[side][post] == faction and state.filled[side][post]:
            weight = params.go_between_weight if post == POST_GO_BETWEEN else 1.0
            total += weight * state.voice[side][post]
    return total


def apply_change(
    state: State, params: Params, side: int, post: int, camp: int, voice: float, mandate: float
) -> None:
    """Hands a post to another holder, or to nobody, and counts voices and mandates anew."""
    state.camp[side][post] = camp
    state.voice[side][post] = voice
    state.mandate_part[side][post] = mandate
    apply_posts(state, params)
