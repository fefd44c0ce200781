"""The exchange rate: the yuan falls with US duties, and what that does to both sides' trade."""

from __future__ import annotations

import math

import pytest

from sim.economy.costs import income_margin
from sim.economy.demand import yuan_fall_log
from sim.model.tables.codes import CN, FENTANYL, FULL_REPLY, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.economy.worlds import central, goods_of, opened

STEP = 1e-3
MOVING = {"trade_yuan_response": 0.3, "trade_exchange_share": [0.4, 0.8]}
NEW = {"trade_opening_age_months": 0}
"""Duties that are new: trade is what prices imply within a year."""


def under(params: Params, us_pp: float, cn_pp: float = 0.0) -> State:
    """Returns a state under a US duty on all Chinese goods and China's on all American ones."""
    return opened(params, {FENTANYL: us_pp}, {FULL_REPLY: cn_pp})


def test_the_yuan_falls_with_the_collected_average() -> None:
    """Thirty points of which nine tenths are paid: 0.3 times the log of 1.27, shared out to prices
    with opposite signs."""
    # Fails if points in law count, China's duties do, or a share goes to the other side's prices.
    params = central(**MOVING)
    state = under(params, 30.0, 50.0)

    fall = 0.3 * math.log(1.27)
    assert yuan_fall_log(state, params) == pytest.approx(fall)
    assert state.exchange_log == pytest.approx([-0.4 * fall, 0.8 * fall])


def test_a_cheaper_yuan_holds_up_us_imports_in_volume_but_lowers_their_price() -> None:
    """Per good, the value moves by (1 - sigma) of the price before duty, the import price index by
    the partner's share of it, in the limit of a small move."""
    # Fails if the quantity does not answer, or the dollar price does not fall.
    still = under(central(), 0.0)
    moved = under(central(trade_yuan_response=1e-6, trade_exchange_share=[1.0, 0.0]), 10.0)
    fixed = under(central(), 10.0)
    good = 3
    share = still.good_share[good]

    fall = -moved.exchange_log[US]
    index = moved.good_import_price_log[good] - fixed.good_import_price_log[good]
    assert fall == pytest.approx(1e-6 * math.log(1.09))
    assert -fall < index < -0.9 * share * fall
    assert moved.good_target_usd_bn[good] > fixed.good_target_usd_bn[good]
    frozen = under(central(), 0.0).good_target_usd_bn[good]
    assert frozen == still.good_target_usd_bn[good]


def test_all_foreign_goods_become_dearer_in_yuan() -> None:
    """China buys less from the US, but turns to its own goods, not to third countries: the import
    index of every good rises by the whole move."""
    # Fails if US goods alone become dearer, or US duties leave China's prices as they were.
    params = central(trade_yuan_response=0.3, trade_exchange_share=[0.0, 0.8])
    state = under(params, 30.0)
    before = under(central(), 30.0)

    for good in goods_of(CN):
        rise = state.good_import_price_log[good] - before.good_import_price_log[good]
        assert rise == pytest.approx(state.exchange_log[CN])
        assert state.good_target_usd_bn[good] < before.good_target_usd_bn[good]
    for good in goods_of(US):
        assert state.good_target_usd_bn[good] == before.good_target_usd_bn[good]


def test_china_does_not_count_the_yuan_as_a_cost_of_its_own_duties() -> None:
    """Without Chinese points, its buyers' cost of Chinese points is nothing, whatever the yuan."""
    # Fails if China's reference keeps the yuan of before.
    params = central(**MOVING)
    state = under(params, 30.0)

    assert state.buyers_cost_usd_bn_per_year[CN] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("points", [0.0, 30.0, 120.0])
def test_the_cost_of_a_point_holds_what_the_yuan_gives_back(points: float) -> None:
    """What the importer's account loses by a point, and the exporter by conceding its price and by
    sales, are the slopes of the table."""
    # Fails if the table leaves the yuan out, or gives the gain to one side only.
    params = central(**MOVING, **NEW)

    def gain(pp: float) -> float:
        return under(params, pp).static_gain_usd_bn_per_year[US]

    def loss(pp: float) -> float:
        state = under(params, pp)
        conceded = 1.0 - params.trade_pass_through[US]
        total = 0.0
        for good in goods_of(US):
            x, flow = state.good_duty_log[good], state.good_target_usd_bn[good]
            price = state.exchange_log[US]
            total += (conceded * x - price) * flow
            total -= income_margin(params, CN) * flow * math.exp(conceded * x - price)
        return total

    state = under(params, points)
    own = -(gain(points + STEP) - gain(points - STEP)) / (2 * STEP)
    other = (loss(points + STEP) - loss(points - STEP)) / (2 * STEP)
    assert state.own_cost_per_pp[US][FENTANYL] == pytest.approx(own, rel=1e-6)
    assert state.other_cost_per_pp[CN][FENTANYL] == pytest.approx(other, rel=1e-6)


def test_border_prices_hold_the_move_and_shelf_prices_the_duty() -> None:
    """The price of Chinese goods at the border is the passed-on duty less what the yuan gives."""
    # Fails if one of the two is left out.
    params = central(**MOVING)
    state = under(params, 30.0)
    rho = params.trade_pass_through[US]

    border = rho * state.duty_avg_log[US] + state.exchange_log[US]
    assert state.border_price_log[US] == pytest.approx(border)
    assert state.border_price_log[US] < rho * state.duty_avg_log[US]


def test_the_average_rate_does_not_fall_with_the_yuan() -> None:
    """The responses of the whole economy answer to duties."""
    # Fails if the import price with the yuan in it is taken for the duty.
    with_yuan, without = (under(central(**c), 30.0) for c in (MOVING, {}))

    assert with_yuan.effective_rate_pp == pytest.approx(without.effective_rate_pp)
