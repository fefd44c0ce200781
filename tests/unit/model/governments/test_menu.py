"""The menu: which acts are open to a side today, and that a chosen one is carried out."""

from __future__ import annotations

import pytest

from sim.model.governments.menu import apply_act, is_legal, is_open
from sim.model.tables.codes import (
    CALL_LEADER,
    CN,
    CUT_TARIFF,
    REBUKE,
    SEEK_TALKS,
    TALKS_ACTIVE,
    THREATEN,
    US,
    WAIT,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import N_CHOICES
from tests.unit.model.records import changed


@pytest.mark.parametrize(
    ("rate", "banned", "stands", "expected"),
    [
        (0.5, False, False, True),
        (0.0, False, False, False),
        (-1.0, False, False, False),
        (0.5, True, False, False),
        (0.5, False, True, False),
    ],
)
def test_an_act_is_legal_with_a_rate_no_ban_and_an_open_row(
    state: State, params: Params, rate: float, banned: bool, stands: bool, expected: bool
) -> None:
    """Each of the three closes it on its own."""
    # Fails if one of them is left out, or a rate of zero is enough.
    params.act_rate[US][THREATEN] = rate
    state.forbidden[US][THREATEN] = banned
    state.threat_dropped_day = state.day if stands else 0
    params.prohibitive_pp, params.relented_days = 120.0, 21

    assert is_legal(state, params, US, THREATEN) is expected


def test_rates_and_bans_are_a_sides_own(state: State, params: Params) -> None:
    """What China may do is not what the US may do."""
    # Fails if the sides are mixed up.
    params.act_rate[CN][WAIT] = 0.5
    state.forbidden[US][WAIT] = True

    assert is_legal(state, params, CN, WAIT)
    assert not is_legal(state, params, US, WAIT)


def test_an_act_is_open_when_its_row_says_so(state: State, params: Params) -> None:
    """Neither rate nor ban plays a part in it."""
    # Fails if another row is asked.
    state.forbidden[US][SEEK_TALKS] = True
    assert is_open(state, params, US, SEEK_TALKS)

    state.talks = TALKS_ACTIVE

    assert not is_open(state, params, US, SEEK_TALKS)


@pytest.mark.parametrize("act", [-1, N_CHOICES, 32])
def test_an_act_that_is_not_on_the_menu_is_an_error(state: State, params: Params, act: int) -> None:
    """An unknown code, or that of a course, is found nowhere."""
    # Fails if the look-up falls back to an act.
    with pytest.raises(KeyError):
        is_open(state, params, US, act)
    with pytest.raises(KeyError):
        apply_act(state, params, US, act, 0.5, 0.5)


@pytest.mark.parametrize(
    ("act", "u", "done"),
    [
        (SEEK_TALKS, 0.49, True),
        (SEEK_TALKS, 0.51, False),
        (CALL_LEADER, 0.51, True),
        (REBUKE, 0.9, True),
        (CUT_TARIFF, 0.9, True),
    ],
)
def test_only_an_approach_can_be_refused(
    state: State, params: Params, act: int, u: float, done: bool
) -> None:
    """An act is done unless it needed a yes and got none, even where there was nothing to cut."""
    # Fails if an effect that returns nothing, or zero points, counts as refused.
    params.call_doubt_share = 0.5
    state.tension = 0.0

    assert apply_act(state, params, CN, act, u, 0.5) is done


def test_a_chosen_act_is_carried_out_for_the_side_that_chose(state: State, params: Params) -> None:
    """The call is China's who asked for it."""
    # Fails if the side is not handed on.
    fields = changed(state, lambda: apply_act(state, params, CN, CALL_LEADER, 0.1, 0.5))

    assert "call_by" in fields
    assert state.call_by == CN
