"""China's opening bid and Washington's aims."""

from __future__ import annotations

import math

import pytest

from sim.model.information.opening_bid import (
    apply_opening_answered,
    apply_opening_step,
    apply_preparation,
    caution,
    is_tabled,
    opening_hazard,
)
from sim.model.tables.codes import (
    CN,
    N_ISSUES,
    OPENING_ANSWERED,
    OPENING_NONE,
    OPENING_PREPARED,
    OPENING_TABLED,
    OPENING_WITHHELD,
    SUMMIT_AGREED,
    SUMMIT_FLOATED,
    SUMMIT_HELD,
    TALKS_ACTIVE,
    TALKS_STALLED,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of the bid in round numbers."""
    params.prepare_per_day, params.table_per_day = 0.125, 0.25
    params.prospect_scale = 1.0
    params.influence_base[CN] = [0.5, 0.5, 0.0, 0.0]
    return params


@pytest.mark.parametrize(
    ("stage", "talks", "summit", "expected"),
    [
        (OPENING_NONE, TALKS_STALLED, SUMMIT_FLOATED, 0.125),
        (OPENING_PREPARED, TALKS_STALLED, SUMMIT_FLOATED, 0.125),
        (OPENING_WITHHELD, TALKS_STALLED, SUMMIT_FLOATED, 0.0),
        (OPENING_WITHHELD, TALKS_STALLED, SUMMIT_HELD, 0.0),
        (OPENING_WITHHELD, TALKS_ACTIVE, SUMMIT_FLOATED, 0.25),
        (OPENING_WITHHELD, TALKS_STALLED, SUMMIT_AGREED, 0.25),
        (OPENING_TABLED, TALKS_ACTIVE, SUMMIT_AGREED, 0.0),
        (OPENING_ANSWERED, TALKS_ACTIVE, SUMMIT_AGREED, 0.0),
    ],
)
def test_a_bid_that_is_ready_waits_for_talks(
    state: State, params: Params, stage: int, talks: int, summit: int, expected: float
) -> None:
    """It is drafted at any time, and tabled only where there is a table."""
    # Fails if it is tabled without talks, or a stage is skipped.
    state.opening, state.talks, state.summit = stage, talks, summit

    assert opening_hazard(state, params) == expected


def test_hope_hastens_and_caution_delays_the_bid(state: State, params: Params) -> None:
    """A floor one unit low doubles the hazard at a weight of ln 2; sceptics halve it."""
    # Fails if a sign is turned, or autonomy does not count.
    state.opening, state.talks = OPENING_WITHHELD, TALKS_ACTIVE
    params.table_prospect, state.belief_mean[CN] = math.log(2.0), -1.0
    assert opening_hazard(state, params) == pytest.approx(0.5)
    state.belief_mean[CN] = 0.0
    state.influence[CN] = [0.25, 0.75, 0.0, 0.0]
    params.caution_delay, params.autonomy[CN] = 4.0 * math.log(2.0), 0.0
    assert caution(state, params) == 0.25
    assert opening_hazard(state, params) == pytest.approx(0.125)
    params.autonomy[CN] = 1.0
    assert opening_hazard(state, params) == pytest.approx(0.25)


def test_tabling_shows_what_china_weighs(state: State, params: Params) -> None:
    """Half of Washington's doubt goes; caution shrinks the bid, down to its least size."""
    # Fails if Beijing learns, the size grows, or the day is not kept.
    state.opening, state.belief_asks = OPENING_WITHHELD, [0.8, 0.8]
    state.influence[CN] = [0.25, 0.75, 0.0, 0.0]
    params.autonomy[CN], params.caution_size, params.opening_size_min = 0.0, 1.0, 0.3
    params.tabling_share = 0.5

    apply_opening_step(state, params)

    assert (state.opening, state.tabled_day, state.opening_size) == (OPENING_TABLED, TODAY, 0.75)
    assert state.belief_asks == [0.4, 0.8]
    assert is_tabled(state)
    state.opening, params.caution_size = OPENING_WITHHELD, 9.0
    apply_opening_step(state, params)
    assert state.opening_size == 0.3


def test_earlier_stages_say_nothing(state: State, params: Params) -> None:
    """Only the stage moves on."""
    # Fails if drafting tells Washington something.
    state.opening = OPENING_NONE

    assert changed(state, lambda: apply_opening_step(state, params)) == {"opening"}
    assert not is_tabled(state)


@pytest.mark.parametrize(
    ("stage", "after"),
    [(OPENING_WITHHELD, OPENING_WITHHELD), (OPENING_TABLED, OPENING_ANSWERED)],
)
def test_only_a_tabled_bid_is_answered(state: State, stage: int, after: int) -> None:
    """One that is kept back stays so."""
    # Fails if any bargain answers a bid.
    state.opening = stage

    apply_opening_answered(state)

    assert state.opening == after


def test_aims_shift_less_from_round_to_round_and_are_then_fixed(
    state: State, params: Params
) -> None:
    """By up to the step at the first round, half of it at the second, the last; then not at all."""
    # Fails if the step does not shrink, another issue moves, or fixed aims shift.
    params.aims_step, params.aims_rounds = 1.0, 2
    state.aims_fixed, state.rounds = False, 1
    apply_preparation(state, params, 0.0, 1.0)
    assert state.emphasis == [pytest.approx(math.e)] + [1.0] * (N_ISSUES - 1)
    assert not state.aims_fixed
    state.rounds = 2
    apply_preparation(state, params, 0.999, 0.0)
    assert state.emphasis[-1] == pytest.approx(math.exp(-0.5))
    assert state.aims_fixed
    assert changed(state, lambda: apply_preparation(state, params, 0.5, 1.0)) == set()
