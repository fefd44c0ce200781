"""Attention: what diverts a leader, for how long, and what remains for the other side."""

from __future__ import annotations

import pytest

from sim.model.tables.codes import (
    CN,
    DIVERTER_DISASTER,
    DIVERTER_FRONT,
    DIVERTER_JOURNEY,
    DIVERTER_SESSION,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.world.attention import (
    apply_attention_day,
    apply_diversion,
    decide_diverter,
    diversion_hazard,
    is_diverted,
    is_diverting,
    may_divert,
)
from tests.unit.model.records import TODAY, changed


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters in round numbers: three matters of Washington's, one of Beijing's."""
    params.diverter_per_day = [0.125, 0.0, 0.25, 0.5]
    params.diverter_days_min, params.diverter_days_max = 3, 6
    params.diverter_loss = 0.25
    params.attention_recovery_per_day = [0.25, 0.5]
    return params


@pytest.mark.parametrize(("side", "expected"), [(US, 0.375), (CN, 0.5)])
def test_the_matters_of_a_side_add_up(
    state: State, params: Params, side: int, expected: float
) -> None:
    """Each side has matters of its own."""
    # Fails if the other side's count.
    assert diversion_hazard(state, params, side) == expected


def test_a_matter_does_not_arrive_twice(state: State, params: Params) -> None:
    """While a disaster lasts only a journey is left; on its last day it may come again."""
    # Fails if a matter that is there counts, or the day after it does not.
    state.diverted_until[DIVERTER_DISASTER] = TODAY + 1
    assert diversion_hazard(state, params, US) == 0.25
    state.diverted_until[DIVERTER_DISASTER] = TODAY
    assert diversion_hazard(state, params, US) == 0.375


@pytest.mark.parametrize(
    ("diverter", "side", "expected"),
    [
        (DIVERTER_DISASTER, US, True),
        (DIVERTER_DISASTER, CN, False),
        (DIVERTER_FRONT, US, False),
        (DIVERTER_SESSION, CN, True),
    ],
)
def test_only_what_can_happen_may_divert(
    state: State, params: Params, diverter: int, side: int, expected: bool
) -> None:
    """A matter of the side with a hazard above zero."""
    # Fails if a matter without a hazard could be chosen.
    assert may_divert(state, params, side, diverter) == expected


@pytest.mark.parametrize(
    ("side", "u", "expected"),
    [
        (US, 0.01, DIVERTER_DISASTER),
        (US, 0.33, DIVERTER_DISASTER),
        (US, 0.34, DIVERTER_JOURNEY),
        (US, 0.99, DIVERTER_JOURNEY),
        (CN, 0.01, DIVERTER_SESSION),
        (CN, 0.99, DIVERTER_SESSION),
    ],
)
def test_matters_come_in_proportion_to_their_hazards(
    state: State, params: Params, side: int, u: float, expected: int
) -> None:
    """A third of Washington's are disasters, the rest journeys."""
    # Fails if all are as likely, or one without a hazard is chosen.
    assert decide_diverter(state, params, side, u) == expected


def test_without_matters_none_is_chosen(state: State, params: Params) -> None:
    """Nothing arrives where nothing can."""
    # Fails if the first is taken by default.
    params.diverter_per_day = [0.0] * 4

    assert decide_diverter(state, params, US, 0.5) == -1


@pytest.mark.parametrize(("u", "days"), [(0.0, 3), (0.24, 3), (0.25, 4), (0.99, 6)])
def test_a_matter_takes_attention_of_its_side_for_some_days(
    state: State, params: Params, u: float, days: int
) -> None:
    """From the shortest to the longest time; a quarter of the attention goes at once."""
    # Fails if an end is left out, or the other side loses attention.
    state.attention = [0.5, 1.0]
    lasts: list[int] = []

    fields = changed(state, lambda: lasts.append(apply_diversion(state, params, 0, u)))

    assert (fields, lasts) == ({"diverted_until", "attention"}, [days])
    assert state.attention == [0.375, 1.0]
    assert state.diverted_until == [TODAY + days, 0, 0, 0]


def test_a_session_takes_beijings_attention(state: State, params: Params) -> None:
    """Not Washington's."""
    # Fails if every matter is Washington's.
    apply_diversion(state, params, DIVERTER_SESSION, 0.0)

    assert state.attention == [1.0, 0.75]
    assert (is_diverted(state, US), is_diverted(state, CN)) == (False, True)
    assert is_diverting(state, DIVERTER_SESSION)


def test_attention_returns_once_no_matter_is_left(state: State, params: Params) -> None:
    """Washington is still busy today; Beijing turns back at its own pace."""
    # Fails if attention returns while a matter lasts, or at the other side's pace.
    state.attention = [0.5, 0.5]
    state.diverted_until = [TODAY + 1, 0, 0, TODAY]

    assert changed(state, lambda: apply_attention_day(state, params)) == {"attention"}
    assert state.attention == [0.5, 0.75]
    state.diverted_until[DIVERTER_DISASTER] = TODAY
    apply_attention_day(state, params)
    assert state.attention == [0.625, 0.875]
