"""Prices of clauses: the trade model's estimate, leverage given up, the snapback, a threat."""

from __future__ import annotations

import math

import pytest

from sim.model.bargain.prices import (
    leverage_left,
    own_reach,
    price_value,
    snapback_cost,
    threat_worth,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    BY_EMERGENCY,
    CASE_PENDING,
    CN,
    FENTANYL,
    FULL_REPLY,
    PRICE_CN_TARIFF_CUT,
    PRICE_MINERALS,
    PRICE_US_BROAD_CUT,
    PRICE_US_TARIFF_CUT,
    RECIPROCAL,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY


@pytest.fixture
def params(params: Params) -> Params:
    """Returns leverage of 14 and 4 billion dollars that fades over 50 points."""
    params.leverage_usd_bn, params.prohibitive_pp = [14.0, 4.0], 50.0
    return params


@pytest.mark.parametrize(
    ("side", "price", "reach"),
    [
        (US, PRICE_US_TARIFF_CUT, 0.5),
        (US, PRICE_US_BROAD_CUT, 0.25),
        (US, PRICE_CN_TARIFF_CUT, 0.0),
        (CN, PRICE_CN_TARIFF_CUT, 0.125),
        (CN, PRICE_US_TARIFF_CUT, 0.0),
        (CN, PRICE_MINERALS, 0.0),
    ],
)
def test_leverage_goes_with_a_cut_of_ones_own_duty(
    state: State, params: Params, side: int, price: int, reach: float
) -> None:
    """A duty on half of the goods gives half the leverage; the other side's cut costs none."""
    # Fails if a coverage is left out or taken from another layer, or the other side pays.
    state.coverage[US][RECIPROCAL], state.coverage[US][FENTANYL] = 0.5, 0.25
    state.coverage[CN][FULL_REPLY] = 0.125
    state.price_usd_bn[side][price] = 3.0

    assert own_reach(state, side, price) == reach
    assert price_value(state, params, side, price) == 3.0 - params.leverage_usd_bn[side] * reach


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (0.0, 1.0),
        (50.0, 1.0 - math.exp(-1.0)),
        (100.0, (1.0 - math.exp(-2.0)) / 2.0),
        (5000.0, 0.01),
    ],
)
def test_leverage_fades_where_no_trade_is_left(
    state: State, params: Params, points: float, expected: float
) -> None:
    """The mean of exp(-x / 50) over the points in force: whole at none, little at prohibitive
    duties."""
    # Fails if the last point is taken for the mean one, or the other side's duties are read.
    state.duty_pp[US][RECIPROCAL], state.duty_pp[CN][FULL_REPLY] = points, 7.0

    assert leverage_left(state, params, US) == pytest.approx(expected)


def test_what_is_lost_to_leverage_fades_with_it(state: State, params: Params) -> None:
    """At 50 points a point of one's own duty costs 63% of what the first does."""
    # Fails if the price does not ask what leverage is left.
    state.coverage[US][RECIPROCAL], state.duty_pp[US][RECIPROCAL] = 1.0, 50.0

    expected = -14.0 * (1.0 - math.exp(-1.0))
    assert price_value(state, params, US, PRICE_US_TARIFF_CUT) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("layer", "price"), [(RECIPROCAL, PRICE_US_TARIFF_CUT), (THREATENED, PRICE_US_BROAD_CUT)]
)
def test_a_duty_before_the_courts_is_worth_less(
    state: State, params: Params, layer: int, price: int
) -> None:
    """Each side writes off its share of the odds, of the layer's own authority alone."""
    # Fails if the law is not asked, or of another layer.
    state.court_case, params.strike_probability = CASE_PENDING, 0.5
    params.court_discount = [1.0, 0.5]
    state.authority = [BY_EMERGENCY + 1] * len(state.authority)
    state.price_usd_bn = [[8.0] * 9, [8.0] * 9]
    assert price_value(state, params, CN, price) == 8.0
    state.authority[layer] = BY_EMERGENCY

    assert price_value(state, params, CN, price) == 6.0
    assert price_value(state, params, US, price) == 4.0
    assert price_value(state, params, CN, PRICE_CN_TARIFF_CUT) == 8.0


@pytest.mark.parametrize(
    ("level", "ends_on", "expected"),
    [
        (AGREEMENT_PAUSE, TODAY + 9, 3.0 * 2.0 + 0.5 * 4.0),
        (AGREEMENT_PAUSE, 0, 0.0),
        (AGREEMENT_NONE, TODAY + 9, 0.0),
    ],
)
def test_a_snapback_costs_what_both_suspended_duties_do(
    state: State, params: Params, level: int, ends_on: int, expected: float
) -> None:
    """30 suspended points at 2 a ten and 5 at 4; nothing where no pause has an end."""
    # Fails if a duty is left out, points are not taken in tens, or there need be no pause.
    state.agreement, state.truce_ends_on = level, ends_on
    state.suspended_pp[US][RECIPROCAL], state.suspended_pp[CN][FULL_REPLY] = 30.0, 5.0
    state.price_usd_bn[US][PRICE_US_TARIFF_CUT] = 2.0
    state.price_usd_bn[US][PRICE_CN_TARIFF_CUT] = 4.0

    assert snapback_cost(state, params, US) == expected


def test_a_threat_is_worth_what_it_would_cost_times_its_odds(state: State, params: Params) -> None:
    """100 threatened points at 2 a ten, if three deadlines in four were kept."""
    # Fails if reputation or size is left out.
    state.threat_pp, state.reputation_kept, state.reputation_broken = 100.0, 3.0, 1.0
    state.price_usd_bn[CN][PRICE_US_BROAD_CUT] = 2.0

    assert threat_worth(state, params, CN) == 15.0
