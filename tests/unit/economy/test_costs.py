"""The table agents read: slopes by layer, values of clauses, against costs worked out otherwise."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from sim.economy.block import apply_trade_month, apply_trade_opening
from sim.economy.sectors import N_GOODS
from sim.model.tables.codes import (
    CN,
    FENTANYL,
    FULL_REPLY,
    PARTIAL_REPLY,
    PORT_FEES,
    PRICE_CN_TARIFF_CUT,
    PRICE_MINERALS,
    PRICE_PURCHASES,
    PRICE_TECH,
    PRICE_US_BROAD_CUT,
    PRICE_US_TARIFF_CUT,
    RARE_EARTHS,
    RECIPROCAL,
    S232,
    S301,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.economy.worlds import (
    added_points,
    base_state,
    central,
    covered,
    drawn,
    exporter_loss,
    goods_of,
    opened,
    own_cost,
)

Cost = Callable[[Params, int, float, float], float]
STEP = 1e-3

MIXED = ({S301: 5.0, S232: 25.0, FENTANYL: 20.0, RECIPROCAL: 10.0}, {FULL_REPLY: 10.0})


def mixed(params: Params, *, fees: bool = False) -> State:
    """Returns a state under duties on many layers, partly covered, as in autumn 2025."""
    state = base_state(params)
    for side, layers in enumerate(MIXED):
        for layer, points in layers.items():
            state.duty_pp[side][layer] += points
    state.duty_pp[CN][PARTIAL_REPLY] = 15.0
    state.coverage[CN][PARTIAL_REPLY] = 0.08
    state.control[US][PORT_FEES] = int(fees)
    apply_trade_opening(state, params)
    return state


def slope(params: Params, state: State, side: int, layer: int, cost: Cost) -> float:
    """Returns what a point more of a layer costs: differences of costs over the goods it covers."""
    total = 0.0
    for good in goods_of(side):
        step = STEP * covered(params, state, good, layer)
        points, fee = added_points(params, state, good), state.fee_wedge[side]
        up, down = (cost(params, good, points + s, fee) for s in (step, -step))
        total += (up - down) / (2 * STEP)
    return total


@pytest.mark.parametrize("side", [US, CN])
@pytest.mark.parametrize("layer", range(6))
@pytest.mark.parametrize("response", [0.0, 0.49])
def test_cost_per_point_is_the_slope_of_the_cost(side: int, layer: int, response: float) -> None:
    """Both slopes of every layer equal differences of costs written in expenditure shares."""
    params = central(trade_domestic_response=response)
    state = mixed(params)

    own = slope(params, state, side, layer, own_cost)
    other = slope(params, state, side, layer, exporter_loss)

    assert state.own_cost_per_pp[side][layer] == pytest.approx(own, abs=2e-7)
    assert state.other_cost_per_pp[1 - side][layer] == pytest.approx(other, abs=2e-7)


@pytest.mark.parametrize("vector", range(8))
def test_slopes_hold_under_drawn_parameters(vector: int) -> None:
    """Whatever the elasticities and shares, a slope is a slope, for both sides of either duty."""
    params = drawn(vector)
    state = mixed(params)

    for side, layer in ((US, FENTANYL), (US, RECIPROCAL), (CN, FULL_REPLY), (CN, PARTIAL_REPLY)):
        own = slope(params, state, side, layer, own_cost)
        other = slope(params, state, side, layer, exporter_loss)
        assert state.own_cost_per_pp[side][layer] == pytest.approx(own, rel=1e-6, abs=1e-7)
        assert state.other_cost_per_pp[1 - side][layer] == pytest.approx(other, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("share", [0.4, 0.9, 1.0])
def test_a_layer_made_wider_or_narrower_costs_on_what_it_then_covers(share: float) -> None:
    """Coverage other than published enters the slope of its layer."""
    params = central()
    state = base_state(params)
    state.duty_pp[US][RECIPROCAL] = 10.0
    for layer in (S301, S232, RECIPROCAL):
        state.coverage[US][layer] = share
    apply_trade_opening(state, params)

    for layer in (S301, S232, RECIPROCAL):
        own = slope(params, state, US, layer, own_cost)
        assert state.own_cost_per_pp[US][layer] == pytest.approx(own, abs=2e-7)


def test_with_port_fees_in_force_a_slope_is_still_a_slope() -> None:
    """Fees stand in the price a point of duty comes on top of."""
    params = central()
    state = mixed(params, fees=True)

    assert state.fee_wedge[US] == pytest.approx(3.2 / 438.9)
    own = slope(params, state, US, FENTANYL, own_cost)
    other = slope(params, state, US, FENTANYL, exporter_loss)
    assert state.own_cost_per_pp[US][FENTANYL] == pytest.approx(own, abs=2e-7)
    assert state.other_cost_per_pp[CN][FENTANYL] == pytest.approx(other, abs=2e-7)


def mean_value(
    params: Params, state: State, side: int, layer: int, cost: Cost, fee: float = 0.0
) -> float:
    """Returns the value of ten points of a layer: mean cost of the points added on each good."""
    total = 0.0
    for good in goods_of(side):
        points = added_points(params, state, good)
        whole = cost(params, good, points, fee) - cost(params, good, 0.0, fee)
        total += covered(params, state, good, layer) * whole / points
    return 10.0 * total


@pytest.mark.parametrize("vector", [None, 1, 2, 3])
def test_value_of_a_cut_is_the_mean_cost_of_the_points_added(vector: int | None) -> None:
    """Ten points are worth the whole cost since the base, shared out over the points."""
    params = central() if vector is None else drawn(vector)
    state = opened(params, {FENTANYL: 20.0, RECIPROCAL: 34.0}, {FULL_REPLY: 30.0})
    values = state.price_usd_bn

    for clause, side, layer in (
        (PRICE_US_TARIFF_CUT, US, RECIPROCAL),
        (PRICE_US_BROAD_CUT, US, FENTANYL),
        (PRICE_CN_TARIFF_CUT, CN, FULL_REPLY),
    ):
        own = mean_value(params, state, side, layer, own_cost)
        other = mean_value(params, state, side, layer, exporter_loss)
        assert values[side][clause] == pytest.approx(own, rel=1e-9, abs=1e-9)
        assert values[1 - side][clause] == pytest.approx(other, rel=1e-9, abs=1e-9)


def test_duties_on_third_countries_are_no_cost_of_the_other_side() -> None:
    """Prices they raise count neither for nor against a point on the other side."""
    params = central(good_rest_duty_pct=[0.0] * N_GOODS, trade_rest_added_pp=[8.0, 1.0])
    state = opened(params, {FENTANYL: 40.0})

    own = mean_value(params, state, US, FENTANYL, own_cost)

    assert state.price_usd_bn[US][PRICE_US_BROAD_CUT] == pytest.approx(own, rel=1e-9)


@pytest.mark.parametrize("fees", [False, True])
def test_value_of_a_cut_does_not_jump_at_one_point(*, fees: bool) -> None:
    """Slope and mean meet where the rule changes from one to the other, port fees or not."""
    params = central()
    values = []
    for points in (0.999, 1.001):
        state = base_state(params)
        state.duty_pp[US][FENTANYL] = points
        state.control[US][PORT_FEES] = int(fees)
        apply_trade_opening(state, params)
        values.append([row[PRICE_US_BROAD_CUT] for row in state.price_usd_bn])

    assert values[0] == pytest.approx(values[1], rel=0.05)


def test_a_first_point_only_moves_the_price_the_exporter_concedes() -> None:
    """From free trade, the importer gains exactly what the exporter concedes, and no more.

    Counting a terms-of-trade gain beside prices and revenue would give it twice.
    """
    params = central(
        trade_collect=[1.0, 1.0],
        good_duty_pct=[0.0] * N_GOODS,
        trade_pass_through=[0.8, 0.8],
        trade_value_added=[0.0, 0.0],
    )

    state = opened(params)

    assert state.other_cost_per_pp[CN][FENTANYL] == pytest.approx(0.2 * 438.9 / 100)
    assert state.own_cost_per_pp[US][FENTANYL] == pytest.approx(-0.2 * 438.9 / 100)
    assert state.own_cost_per_pp[CN][FULL_REPLY] == pytest.approx(
        -state.other_cost_per_pp[US][FULL_REPLY]
    )


def test_an_exporter_loses_income_on_what_it_can_sell_nowhere_else() -> None:
    """With full pass-through the first point costs China value added on a third of lost sales."""
    params = central(trade_pass_through=[1.0, 1.0], trade_resold_share=[0.667, 0.7])
    half = central(trade_pass_through=[1.0, 1.0], trade_resold_share=[0.667, 0.85])

    whole = opened(params).other_cost_per_pp[CN][FENTANYL]

    assert whole > 0.0
    assert opened(half).other_cost_per_pp[CN][FENTANYL] == pytest.approx(whole / 2, rel=1e-12)
    none = central(trade_pass_through=[1.0, 1.0], trade_resold_share=[1.0, 1.0])
    assert opened(none).other_cost_per_pp[CN][FENTANYL] == pytest.approx(0.0, abs=1e-12)


def test_extra_purchases_earn_the_seller_value_added_and_cost_the_buyer_a_premium() -> None:
    """Of ten billion a year four are additional: worth three to the US; China overpays half."""
    values = opened(central()).price_usd_bn

    assert values[US][PRICE_PURCHASES] == pytest.approx(0.75 * 0.4 * 10.0)
    assert values[CN][PRICE_PURCHASES] == pytest.approx(-0.5)


def test_rare_earths_and_chips_are_worth_most_when_stocks_are_gone() -> None:
    """Three months of stock bridge a quarter of a year, a year or more all of it."""
    params = central()
    state = opened(params)
    state.control[CN][RARE_EARTHS] = 2
    values = []
    for stock in (3.0, 0.0, 50.0):
        state.minerals_stock_months = state.chips_stock_months = stock
        apply_trade_month(state, params)
        values.append((state.price_usd_bn[US][2], state.price_usd_bn[CN][3]))

    assert (PRICE_MINERALS, PRICE_TECH) == (2, 3)
    minerals, chips = 32.0 * 0.25, 40.0 * 0.2
    assert values[0] == pytest.approx((0.75 * minerals, 0.75 * chips))
    assert values[1] == pytest.approx((minerals, chips))
    assert values[2] == pytest.approx((0.0, 0.0))


def test_easing_chip_controls_earns_the_us_the_income_of_its_sales() -> None:
    """A level is a fifth of 2024's chip sales, three quarters of it value added."""
    sales = 7.02 * 143.5 / math.fsum(central().good_value_usd_bn[26:])

    values = opened(central()).price_usd_bn

    assert values[US][PRICE_TECH] == pytest.approx(0.75 * 0.2 * sales, rel=1e-12)


def test_what_no_equation_prices_keeps_its_parameter() -> None:
    """Port fees, investment, precursors, and what controls earn China, are read off as given."""
    clauses = [[float(10 * side + clause) for clause in range(9)] for side in (US, CN)]

    values = opened(central(clause_usd_bn=clauses)).price_usd_bn

    assert values[US][5:8] == [5.0, 6.0, 7.0]
    assert values[CN][5:8] == [15.0, 16.0, 17.0]
    assert values[CN][PRICE_MINERALS] == 12.0
