"""Law of duties: points by authority, room below a limit, worth in the face of a ruling."""

from __future__ import annotations

import pytest

from sim.model.duties.law import (
    announced_pp,
    average_pp,
    lawful_pp,
    may_raise,
    standing_pp,
    worth_kept,
)
from sim.model.tables.codes import (
    BY_EMERGENCY,
    BY_S122,
    BY_S301,
    BY_S338,
    CASE_NONE,
    CASE_PENDING,
    CASE_STRUCK,
    CASE_UPHELD,
    CN,
    FENTANYL,
    FULL_REPLY,
    PNTR,
    RECIPROCAL,
    S301,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters with the limits of the law and a discount for each side."""
    params.statute_highest_pp[BY_S122] = 15.0
    params.statute_highest_pp[BY_S338] = 50.0
    params.strike_probability = 0.5
    params.court_discount = [0.5, 0.25]
    params.horizon_days = 80
    return params


@pytest.fixture
def state(state: State) -> State:
    """Returns a state with duties on three layers, and one announced on each side."""
    state.duty_pp[US][S301] = 25.0
    state.duty_pp[US][FENTANYL] = 20.0
    state.duty_pp[US][RECIPROCAL] = 10.0
    state.coverage[US][FENTANYL] = 1.0
    state.coverage[US][RECIPROCAL] = 0.5
    state.pending_due[1], state.pending_layer[1], state.pending_pp[1] = TODAY + 3, THREATENED, 4.0
    state.pending_due[2], state.pending_layer[2], state.pending_pp[2] = TODAY + 3, FULL_REPLY, 7.0
    state.pending_side[2] = CN
    return state


def test_layers_rest_on_the_authorities_of_2025(state: State) -> None:
    """Fentanyl, reciprocal and threatened duties rest on the emergency powers, lists on 301."""
    # Fails if a layer starts under another authority, or a layer of China is counted.
    state.duty_pp[CN][FULL_REPLY] = 99.0

    assert standing_pp(state, BY_EMERGENCY) == 30.0
    assert standing_pp(state, BY_S301) == 25.0
    assert standing_pp(state, BY_S122) == 0.0


def test_an_average_counts_what_a_layer_covers(state: State, params: Params) -> None:
    """Twenty points on all goods and ten on half of them make 25."""
    # Fails if coverage is left out.
    assert average_pp(state, params, BY_EMERGENCY) == 25.0


def test_announced_points_are_those_of_the_us(state: State) -> None:
    """Four points of a threat are announced; China's seven are not counted, nor a free slot."""
    # Fails if slots of China, or free ones, are counted.
    state.pending_pp[3], state.pending_layer[3] = 50.0, THREATENED

    assert announced_pp(state, BY_EMERGENCY) == 4.0


@pytest.mark.parametrize(
    ("case", "expected"),
    [(CASE_NONE, 34.0), (CASE_PENDING, 34.0), (CASE_UPHELD, 34.0), (CASE_STRUCK, 0.0)],
)
def test_emergency_powers_have_no_limit_until_struck_down(
    state: State, params: Params, case: int, expected: float
) -> None:
    """Any step is lawful while they stand, none afterwards."""
    # Fails if a pending case already stops hikes, or a ruling does not.
    state.court_case = case

    assert lawful_pp(state, params, RECIPROCAL, 34.0) == expected
    assert may_raise(state, params, RECIPROCAL) == (expected > 0.0)
    assert may_raise(state, params, PNTR)


@pytest.mark.parametrize(
    ("statute", "duty", "asked", "expected"),
    [
        (BY_S122, 10.0, 34.0, 1.0),
        (BY_S122, 10.0, 0.5, 0.5),
        (BY_S122, 15.0, 34.0, 0.0),
        (BY_S338, 10.0, 34.0, 34.0),
        (BY_S338, 30.0, 34.0, 16.0),
        (BY_S301, 200.0, 34.0, 34.0),
    ],
)
def test_a_statute_leaves_room_up_to_its_highest_duty(
    state: State, params: Params, statute: int, duty: float, asked: float, expected: float
) -> None:
    """Four announced points count too; section 301 sets no limit."""
    # Fails if announced points are left out, a limit is that of another statute, or 0 is a limit.
    state.court_case = CASE_STRUCK
    state.authority[RECIPROCAL] = statute
    state.authority[THREATENED] = statute
    state.duty_pp[US][RECIPROCAL] = duty

    assert lawful_pp(state, params, RECIPROCAL, asked) == expected
    assert may_raise(state, params, RECIPROCAL) == (expected > 0.0)


@pytest.mark.parametrize(("side", "expected"), [(US, 0.75), (CN, 0.875)])
def test_each_side_writes_off_part_of_a_contested_duty(
    state: State, params: Params, side: int, expected: float
) -> None:
    """Odds of one half, times half of the worth for Washington and a quarter for Beijing."""
    # Fails if the discount of the other side is taken, or the odds are left out.
    state.court_case = CASE_PENDING

    assert worth_kept(state, params, side, RECIPROCAL) == expected


@pytest.mark.parametrize("case", [CASE_NONE, CASE_UPHELD])
def test_an_uncontested_duty_keeps_its_worth(state: State, params: Params, case: int) -> None:
    """Without a case, and after a ruling for the duties."""
    # Fails if doubt outlives the ruling.
    state.court_case = case

    assert worth_kept(state, params, US, FENTANYL) == 1.0


def test_another_authority_keeps_its_worth(state: State, params: Params) -> None:
    """Lists under section 301 are not before the court, nor a reciprocal duty that rests on it."""
    # Fails if layers are taken for authorities.
    state.court_case = CASE_PENDING
    state.authority[RECIPROCAL] = BY_S301

    assert worth_kept(state, params, US, S301) == 1.0
    assert worth_kept(state, params, US, RECIPROCAL) == 1.0
    assert worth_kept(state, params, US, FENTANYL) == 0.75


@pytest.mark.parametrize(("days", "expected"), [(0, 0.0), (20, 0.25), (80, 1.0), (99, 1.0)])
def test_a_duty_struck_down_is_worth_the_days_left(
    state: State, params: Params, days: int, expected: float
) -> None:
    """As a share of the horizon of 80 days, for both sides."""
    # Fails if the odds or the discount are still applied, or more than the whole is left.
    state.court_case = CASE_STRUCK
    state.emergency_ends_on = TODAY + days

    assert worth_kept(state, params, US, FENTANYL) == expected
    assert worth_kept(state, params, CN, FENTANYL) == expected
