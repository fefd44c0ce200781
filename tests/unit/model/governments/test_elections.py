"""A change of power in Washington, by hand."""

from __future__ import annotations

import pytest

from sim.model.governments.elections import (
    apply_change_of_power,
    apply_handover,
    apply_new_team,
    decide_election,
    is_handover,
    is_team_ready,
)
from sim.model.governments.posts import apply_first_posts
from sim.model.tables.codes import (
    CN,
    CONGRESS,
    DOVES,
    HAWKS,
    PLANNERS,
    POST_LEAD_NEGOTIATOR,
    POST_SECURITY_ADVISER,
    POST_TREASURY,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State

INAUGURATION = 739_271


@pytest.fixture
def cabinet(state: State, params: Params) -> State:
    """A dove who leads the talks and a hawk in Washington, a planner who leads them in Beijing."""
    for side, post, camp, voice, mandate in (
        (US, POST_TREASURY, DOVES, 0.6, 0.5),
        (US, POST_SECURITY_ADVISER, HAWKS, 0.5, 0.0),
        (CN, POST_LEAD_NEGOTIATOR, PLANNERS, 0.4, 0.8),
    ):
        state.camp[side][post], state.voice[side][post] = camp, voice
        state.mandate_part[side][post] = mandate
        state.mandate_unnamed[side] = 0.0
    apply_first_posts(state, params)
    return state


@pytest.mark.parametrize(("u", "stays"), [(0.0, True), (0.399, True), (0.4, False), (0.99, False)])
def test_the_party_in_office_stays_as_often_as_assumed(
    params: Params, u: float, stays: bool
) -> None:
    """Below its share of the uniforms."""
    # Fails if the share is that of the challenger.
    params.election_stays = 0.4
    assert decide_election(params, u) is stays


def test_those_who_lost_leave_on_the_day_of_the_inauguration(state: State) -> None:
    """Neither before nor after, nor without a defeat."""
    # Fails if a defeat vacates posts at once, or every inauguration does.
    state.day = INAUGURATION
    assert not is_handover(state)
    apply_change_of_power(state, INAUGURATION)
    found = []
    for state.day in (INAUGURATION - 1, INAUGURATION, INAUGURATION + 1):
        found.append(is_handover(state))
    assert found == [False, True, False]


def test_voices_and_mandates_go_with_those_who_leave(cabinet: State, params: Params) -> None:
    """In Washington alone; what does not rest on posts stays."""
    # Fails if a post keeps its holder, or Beijing's are vacated too.
    before = [row[:] for row in cabinet.influence]
    apply_handover(cabinet, params)

    assert cabinet.influence[US][DOVES] == pytest.approx(0.0)
    assert cabinet.influence[US][HAWKS] == pytest.approx(0.0)
    assert cabinet.influence[US][CONGRESS] == before[US][CONGRESS]
    assert cabinet.influence[CN] == before[CN]
    assert cabinet.mandate == [0.0, 0.8]


def test_a_new_team_takes_up_the_talks(cabinet: State, params: Params) -> None:
    """After its days: with a full mandate, and no voice. The next change of power takes it away."""
    # Fails if nobody ever leads again, or the day is another.
    params.handover_days = 77
    apply_change_of_power(cabinet, INAUGURATION)
    apply_handover(cabinet, params)
    ready = []
    for cabinet.day in (INAUGURATION, INAUGURATION + 76, INAUGURATION + 77, INAUGURATION + 78):
        ready.append(is_team_ready(cabinet, params))
    assert ready == [False, False, True, False]
    apply_new_team(cabinet, params)
    assert cabinet.mandate[US] == 1.0
    assert cabinet.influence[US][DOVES] == pytest.approx(0.0)
    apply_handover(cabinet, params)
    assert cabinet.mandate[US] == 0.0


def test_without_a_change_no_team_is_new(state: State, params: Params) -> None:
    """However early the day."""
    # Fails if the absence of a change is taken for a change on day 0.
    state.day = params.handover_days
    assert not is_team_ready(state, params)
