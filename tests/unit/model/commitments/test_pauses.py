"""Dated pauses: their length, when they may be prolonged, when they may be revived."""

from __future__ import annotations

import pytest

from sim.model.commitments.pauses import (
    apply_pause_length,
    bad_day,
    can_extend,
    revival_hazard,
    settle_hazard,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    CN,
    EXPIRY_DEAL,
    EXPIRY_SNAPBACK,
    LEADERS,
    MINISTERS,
    TALKS_ACTIVE,
    TALKS_STALLED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of pauses that hand arithmetic can follow."""
    params.truce_length_days, params.pause_spread_days = 90, 30
    params.usual_length_share, params.open_ended_share = 0.75, 0.5
    params.early_extension_days, params.extension_window_days = 20, 6
    params.extension_per_day = 0.25
    params.revival_days, params.revival_per_day = 14, 0.125
    return params


@pytest.fixture
def pause(state: State) -> State:
    """Returns a state with a pause that ends in three days."""
    state.agreement, state.truce_ends_on = AGREEMENT_PAUSE, TODAY + 3
    return state


@pytest.mark.parametrize(
    ("rank", "u_kind", "u", "expected"),
    [
        (LEADERS, 0.49, 0.9, 0),
        (LEADERS, 0.51, 0.9, 90),
        (LEADERS, 0.87, 0.0, 90),
        (LEADERS, 0.88, 0.0, 60),
        (MINISTERS, 0.0, 0.9, 90),
        (MINISTERS, 0.74, 0.9, 90),
        (MINISTERS, 0.76, 0.75, 105),
        (MINISTERS, 0.76, 0.5, 90),
    ],
)
def test_leaders_may_set_no_end_and_some_pauses_have_a_length_of_their_own(
    state: State, params: Params, rank: int, u_kind: float, u: float, expected: int
) -> None:
    """Half of the leaders' pauses have no end; of the others three quarters have the usual one."""
    # Fails if ministers set no end, shares are of the wrong whole, or the spread is one-sided.
    fields = changed(state, lambda: apply_pause_length(state, params, rank, u_kind, u))

    assert fields <= {"pause_days"}
    assert state.pause_days == expected


def test_a_pause_lasts_a_day_at_least(state: State, params: Params) -> None:
    """However wide the spread."""
    # Fails if a pause could end before it begins, or a length of none were taken for no end.
    params.pause_spread_days = 200
    apply_pause_length(state, params, MINISTERS, 0.99, 0.0)

    assert state.pause_days == 1


@pytest.mark.parametrize(
    ("rank", "left", "expected"),
    [
        (MINISTERS, 20, True),
        (MINISTERS, 21, False),
        (LEADERS, 90, True),
        (LEADERS, 91, False),
        (LEADERS, 0, False),
        (MINISTERS, 1, True),
    ],
)
def test_ministers_prolong_late_and_leaders_whenever_they_meet(
    pause: State, params: Params, rank: int, left: int, expected: bool
) -> None:
    """Ministers in the last weeks, leaders within a usual length; not once it is over."""
    # Fails if a boundary moves by a day, or rank makes no difference.
    pause.truce_ends_on = TODAY + left

    assert can_extend(pause, params, rank) is expected


@pytest.mark.parametrize("level", [AGREEMENT_NONE, AGREEMENT_SIGNED])
def test_only_a_pause_with_an_end_is_prolonged(pause: State, params: Params, level: int) -> None:
    """No agreement, a signed one, and a pause without an end have nothing to prolong."""
    # Fails if the form of the agreement is not asked, or no end is taken for a day.
    pause.agreement = level
    assert not can_extend(pause, params, LEADERS)
    pause.agreement, pause.truce_ends_on = AGREEMENT_PAUSE, 0
    assert not can_extend(pause, params, LEADERS)


@pytest.mark.parametrize(
    ("hike_day", "talks", "stall_day", "expected"),
    [
        ([0, 0], TALKS_ACTIVE, 0, False),
        ([TODAY, 0], TALKS_ACTIVE, 0, True),
        ([0, TODAY], TALKS_ACTIVE, 0, True),
        ([TODAY - 1, TODAY - 1], TALKS_STALLED, TODAY - 1, False),
        ([0, 0], TALKS_STALLED, TODAY, True),
        ([0, 0], TALKS_ACTIVE, TODAY, False),
    ],
)
def test_nobody_prolongs_on_a_bad_day(
    pause: State, params: Params, hike_day: list[int], talks: int, stall_day: int, expected: bool
) -> None:
    """A hike by either side or a stall today, not those of the day before."""
    # Fails if one side's hike is left out, or a bad day lasts longer.
    pause.hike_day, pause.talks, pause.stall_day = hike_day, talks, stall_day

    assert bad_day(pause) is expected
    assert can_extend(pause, params, LEADERS) is not expected


@pytest.mark.parametrize(("left", "expected"), [(1, 1.0), (2, 0.25), (6, 0.25), (7, 0.0), (0, 0.0)])
def test_what_becomes_of_a_pause_is_settled_in_its_last_days(
    pause: State, params: Params, left: int, expected: float
) -> None:
    """Within the window at one pace; on the last day it must be."""
    # Fails if a window moves by a day, or the last day may pass without a decision.
    pause.truce_ends_on = TODAY + left

    assert settle_hazard(pause, params) == expected


@pytest.mark.parametrize(
    ("level", "expiry", "since", "expected"),
    [
        (AGREEMENT_NONE, EXPIRY_SNAPBACK, 0, 0.125),
        (AGREEMENT_NONE, EXPIRY_SNAPBACK, 14, 0.125),
        (AGREEMENT_NONE, EXPIRY_SNAPBACK, 15, 0.0),
        (AGREEMENT_PAUSE, EXPIRY_SNAPBACK, 3, 0.0),
        (AGREEMENT_NONE, EXPIRY_DEAL, 3, 0.0),
    ],
)
def test_a_pause_that_lapsed_may_be_revived_for_some_days(
    state: State, params: Params, level: int, expiry: int, since: int, expected: float
) -> None:
    """Two weeks, unless there is a new one or it ended in a deal."""
    # Fails if the days are not counted, or any end of a pause is taken for a lapse.
    state.agreement, state.expiry, state.lapse_day = level, expiry, TODAY - since

    assert revival_hazard(state, params) == expected
    state.hike_day[US] = TODAY
    assert revival_hazard(state, params) == 0.0
    assert state.hike_day[CN] != TODAY
