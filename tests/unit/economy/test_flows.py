"""Trade month by month: adjustment, hurry and payback, state buyers, pledges, licences."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.economy.block import apply_trade_month, apply_trade_opening
from sim.economy.flows import BUYER_FREE, BUYER_FROZEN, BUYER_PLEDGED, buyer_mode
from sim.economy.sectors import N_GOODS
from sim.model.tables.codes import BUYER_FREEZE, CN, FENTANYL, FULL_REPLY, RECIPROCAL, TECH, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Category
from tests.unit.economy.worlds import (
    add_points,
    by_expenditure_shares,
    central,
    good_named,
    goods_of,
    nest,
    opened,
    play,
)

PHONES, TOYS = good_named("us.phones"), good_named("us.toys")
SOYBEANS, ENERGY = good_named("cn.soybeans"), good_named("cn.oil_gas_coal")
CHIPS, PHARMA = good_named("cn.semiconductors"), good_named("cn.pharma")
MEAT, GRAINS = good_named("cn.meat"), good_named("cn.grains")


def silent(params: Params) -> State:
    """Returns a state opened on the base, with nothing announced."""
    state = opened(params)
    state.announced_pp = [[0.0] * 6, [0.0] * 6]
    state.good_known_pp = [0.0] * N_GOODS
    return state


def monthly(state: State, good: int) -> float:
    """Returns this month's trade in a good as a multiple of the base year's."""
    return 12.0 * state.good_usd_bn_per_month[good] / state.good_base_usd_bn[good]


def test_ten_points_work_through_as_the_recursion_says() -> None:
    """Twelve months after ten points trade in toys lies where the two lags put it."""
    params = central()
    state = silent(params)
    add_points(state, ({FENTANYL: 10.0}, {}))

    play(state, params, 12)

    value, _ = by_expenditure_shares(params, TOYS, 10.0)
    target = math.log(value / state.good_base_usd_bn[TOYS])
    share, _, sigma = nest(params, TOYS)
    p = 0.97 * math.log(1.1037 / 1.0137)
    imports = math.log(share * math.exp((1 - sigma) * p) + 1 - share) / (1 - sigma)
    expected, slow = 0.0, 0.0
    for _ in range(12):
        slow += (p - imports - slow) * (1 - 0.75 ** (1 / 12))
        expected += 0.35 * (target - 0.4 * sigma * slow - expected)
    assert state.good_log[TOYS] == pytest.approx(expected, abs=1e-12)
    assert state.good_slow[TOYS] == pytest.approx(0.25 * (p - imports), abs=1e-14)


def test_substitution_goes_on_for_years() -> None:
    """The slow price has closed a quarter of the gap after a year, 1 - 0.75^3 after three."""
    params = central()
    state = silent(params)
    add_points(state, ({FENTANYL: 30.0}, {}))
    flows = play(state, params, 120)

    for months in (12, 36):
        again = silent(params)
        add_points(again, ({FENTANYL: 30.0}, {}))
        play(again, params, months)
        gap = 0.97 * again.good_duty_log[TOYS] - again.good_import_price_log[TOYS]
        assert again.good_slow[TOYS] == pytest.approx((1 - 0.75 ** (months / 12)) * gap, abs=1e-12)
    assert flows == sorted(flows, reverse=True)
    assert flows[119] < flows[23] < flows[11]


def test_the_long_run_uses_the_long_run_elasticity() -> None:
    """After a century the flow is that of an economy whose one-year elasticity is 1.4 times."""
    params = central(good_partner_share=[1e-12] * N_GOODS)
    state = silent(params)
    add_points(state, ({FENTANYL: 20.0}, {FULL_REPLY: 10.0}))

    play(state, params, 1200)

    for good, rho in ((TOYS, 0.97), (SOYBEANS, 0.9)):
        sigma = nest(params, good)[2]
        expected = -(1.4 * sigma * rho + 1 - rho) * state.good_duty_log[good]
        assert state.good_log[good] == pytest.approx(expected, rel=1e-9)


def test_a_trend_moves_trade_with_duties_unchanged() -> None:
    """Two per cent a year are two per cent of log trade a year, once the lag is filled."""
    params = central(trade_trend_pct_per_year=[2.0, 0.0])
    state = silent(params)

    months = play(state, params, 60)

    assert math.log(months[59] / months[47]) == pytest.approx(0.02, abs=1e-9)
    assert state.trade_usd_bn_per_month[CN] == pytest.approx(143.5 / 12, rel=1e-12)


def hurried(params: Params, layer: int, points: float, months: int) -> list[list[float]]:
    """Returns log trade in each good, month by month, against a world without an announcement.

    The points are announced in the third month for one month, and never take force.
    """
    still, moved = silent(params), silent(params)
    gaps = []
    for month in range(months):
        moved.announced_pp[US][layer] = points if month == 2 else 0.0
        apply_trade_month(still, params)
        apply_trade_month(moved, params)
        gaps.append([a - b for a, b in zip(moved.good_log, still.good_log, strict=True)])
    return gaps


def test_front_loading_only_moves_trade_in_time() -> None:
    """Trade rises before announced points, falls in the four months after, and the sum is nil."""
    gaps = [row[TOYS] for row in hurried(central(), FENTANYL, 50.0, 80)]
    ahead = 0.25 * math.log((1.0137 + 0.45) / 1.0137)

    assert gaps[:2] == [0.0, 0.0]
    assert gaps[2] == pytest.approx(ahead, abs=1e-14)
    # A quarter is missing in each of four months; trade closes 35 per cent of a gap a month.
    expected = ahead
    for month in range(3, 12):
        expected = 0.65 * expected - (ahead / 4 if month < 7 else 0.0)
        assert gaps[month] == pytest.approx(expected, abs=1e-14)
    assert min(gaps[3:]) < -0.02
    assert sum(gaps) == pytest.approx(0.0, abs=1e-12)


def test_goods_ordered_in_a_hurry_arrive_as_late_as_others() -> None:
    """With half a month at sea, an eighth of what news brings forward comes a month later."""
    # Fails if all of it is there at once, or what is under way is lost.
    params = central(trade_transit_days=15.2)
    gaps = [row[TOYS] for row in hurried(params, FENTANYL, 50.0, 80)]
    ahead = 0.25 * math.log((1.0137 + 0.45) / 1.0137)

    assert gaps[2] == pytest.approx(ahead * 7 / 8, abs=1e-14)
    late = ahead / 8 - ahead * 7 / 8 / 4
    assert gaps[3] == pytest.approx(0.65 * gaps[2] + late, abs=1e-14)
    assert sum(gaps) == pytest.approx(0.0, abs=1e-12)


def test_an_announced_reciprocal_duty_does_not_hurry_phones_and_a_fentanyl_duty_does() -> None:
    """Only goods the announced layer covers are brought forward, each by its own coverage."""
    params = central()

    reciprocal = hurried(params, RECIPROCAL, 40.0, 3)[2]
    fentanyl = hurried(params, FENTANYL, 40.0, 3)[2]

    before = 1.0144
    assert reciprocal[PHONES] == pytest.approx(
        0.25 * math.log((before + 0.9 * 0.4 * 0.024) / before), abs=1e-14
    )
    assert fentanyl[PHONES] == pytest.approx(0.25 * math.log((before + 0.36) / before), abs=1e-14)
    assert reciprocal[PHONES] < 0.04 * reciprocal[TOYS]
    assert fentanyl[PHONES] == pytest.approx(fentanyl[TOYS], rel=0.01)
    assert reciprocal[26:] == fentanyl[26:] == [0.0] * 17


def test_only_news_is_front_loaded() -> None:
    """An announcement that stands, shrinks or was known at the start hurries nobody."""
    params = central()
    state = opened(params)
    state.announced_pp = [[0.0] * 6, [0.0] * 6]
    state.announced_pp[US][FENTANYL] = 40.0
    apply_trade_opening(state, params)
    start = state.trade_usd_bn_per_month[US]

    standing = play(state, params, 1)
    state.announced_pp[US][FENTANYL] = 10.0
    shrunk = play(state, params, 1)
    state.announced_pp[US][FENTANYL] = 20.0
    grown = play(state, params, 1)

    assert standing + shrunk == pytest.approx([start, start], rel=1e-12)
    assert grown[0] > start * 1.01


def test_state_buyers_freeze_soybeans_first_then_energy() -> None:
    """At once, by 98 per cent, whatever the price; and at once back."""
    params = central()
    state = silent(params)
    seen = []
    for level in (1, 2, 0):
        state.control[CN][BUYER_FREEZE] = level
        apply_trade_month(state, params)
        seen.append((monthly(state, SOYBEANS), monthly(state, ENERGY), monthly(state, MEAT)))

    assert seen[0] == pytest.approx((0.02, 1.0, 1.0), abs=1e-12)
    assert seen[1] == pytest.approx((0.02, 0.02, 1.0), abs=1e-12)
    assert seen[2] == pytest.approx((1.0, 1.0, 1.0), abs=1e-12)


def test_buyers_are_frozen_before_they_are_pledged_before_they_are_free() -> None:
    """A pledge counts for its category only, a freeze goes before it."""
    state = silent(central())
    assert buyer_mode(state, SOYBEANS) == BUYER_FREE

    state.pledge_quality[Category.SOYBEANS] = 0.8
    assert buyer_mode(state, SOYBEANS) == BUYER_PLEDGED
    assert buyer_mode(state, MEAT) == BUYER_FREE
    assert buyer_mode(state, TOYS) == BUYER_FREE

    state.control[CN][BUYER_FREEZE] = 1
    assert buyer_mode(state, SOYBEANS) == BUYER_FROZEN
    assert buyer_mode(state, ENERGY) == BUYER_FREE
    state.control[CN][BUYER_FREEZE] = 2
    assert buyer_mode(state, ENERGY) == BUYER_FROZEN


def test_a_pledge_is_a_floor_under_its_category() -> None:
    """Kept to nine tenths it holds a category at 0.9 of 2024 and what is delivered on top, however
    high the duty; deliveries go to its goods by their trade in 2024."""
    params = central()
    state, without = silent(params), silent(params)
    for each in (state, without):
        add_points(each, ({}, {FULL_REPLY: 125.0}))
    state.pledge_quality[Category.FARM] = 0.9
    state.deliveries_usd_bn_per_month[Category.FARM] = 0.5
    play(state, params, 6)
    play(without, params, 6)

    farm = 2.15 + 3.02 + 1.49 + 2.48
    for good, value in ((MEAT, 3.02), (GRAINS, 2.15)):
        floor = 0.9 * state.good_base_usd_bn[good] / 12 + 0.5 * value / farm
        assert state.good_usd_bn_per_month[good] == pytest.approx(floor, rel=1e-12)
        assert without.good_usd_bn_per_month[good] < 0.2 * floor
    assert state.good_usd_bn_per_month[SOYBEANS] == without.good_usd_bn_per_month[SOYBEANS]


def test_a_floor_below_trade_changes_nothing() -> None:
    """A pledge to buy half of what is bought anyway moves no flow."""
    params = central()
    state = silent(params)
    state.pledge_quality = [0.5] * 5

    play(state, params, 1)

    assert state.trade_usd_bn_per_month[CN] == pytest.approx(143.5 / 12, rel=1e-12)


def test_a_freeze_goes_before_a_pledge() -> None:
    """Frozen soybeans stay frozen, whatever was pledged."""
    params = central()
    state = silent(params)
    state.pledge_quality[Category.SOYBEANS] = 1.0
    state.deliveries_usd_bn_per_month[Category.SOYBEANS] = 1.0
    state.control[CN][BUYER_FREEZE] = 1

    apply_trade_month(state, params)

    assert monthly(state, SOYBEANS) == pytest.approx(0.02, abs=1e-12)


def test_chip_sales_follow_licences_whatever_the_price() -> None:
    """Each level above the base's two takes a fifth of sales, each below it adds one."""
    params = central()
    state = silent(params)
    seen = []
    for level in (2, 3, 5, 1):
        state.control[US][TECH] = level
        apply_trade_month(state, params)
        seen.append(monthly(state, CHIPS))
        assert monthly(state, PHARMA) == pytest.approx(1.0, abs=1e-12)

    assert seen == pytest.approx([1.0, 0.8, 0.4, 1.2], abs=1e-12)


def test_a_pledge_buys_no_chips_the_us_does_not_license() -> None:
    """China's pledge of other goods is no licence: three levels up two fifths of chips are sold."""
    params = central()
    state = silent(params)
    state.control[US][TECH] = 5
    state.pledge_quality[Category.OTHER] = 1.0

    apply_trade_month(state, params)

    assert monthly(state, CHIPS) == pytest.approx(0.4, abs=1e-12)


@pytest.mark.parametrize("months", [6, 12])
def test_slow_substitution_is_under_way_when_a_run_opens(months: int) -> None:
    """Duties half a year or a year old have closed as much of the slow gap as those months do."""
    old = central(trade_opening_age_months=months)
    new = central(trade_opening_age_months=0)
    later, fresh = (opened(params, {FENTANYL: 30.0}) for params in (old, new))

    part = 1.0 - 0.75 ** (months / 12.0)
    for good in goods_of(US):
        relative = 0.97 * fresh.good_duty_log[good] - fresh.good_import_price_log[good]
        assert fresh.good_slow[good] == 0.0
        assert later.good_slow[good] == pytest.approx(part * relative, rel=1e-12)
        extra = 0.4 * fresh.good_sigma[good] * part * relative
        assert fresh.good_log[good] - later.good_log[good] == pytest.approx(extra, rel=1e-12)


def test_a_scenario_may_set_where_trade_starts() -> None:
    """A total that is set is kept and spread over the goods as the duties of the day imply."""
    params = central(trade_opening_age_months=0)
    state, implied = opened(params), opened(params)
    for each in (state, implied):
        add_points(each, ({FENTANYL: 20.0, RECIPROCAL: 10.0}, {FULL_REPLY: 10.0}))
        each.control[CN][BUYER_FREEZE] = 1
        each.trade_usd_bn_per_month = [0.0, 0.0]
    state.trade_usd_bn_per_month = [18.9, 9.4]

    apply_trade_opening(state, params)
    apply_trade_opening(implied, params)

    assert state.trade_usd_bn_per_month == [18.9, 9.4]
    for side, total in ((US, 18.9), (CN, 9.4)):
        flows = [state.good_usd_bn_per_month[good] for good in goods_of(side)]
        assert math.fsum(flows) == pytest.approx(total, rel=1e-12)
        ratio = total / implied.trade_usd_bn_per_month[side]
        for good in goods_of(side):
            expected = ratio * implied.good_usd_bn_per_month[good]
            assert state.good_usd_bn_per_month[good] == pytest.approx(expected, rel=1e-12)
    value, _ = by_expenditure_shares(params, SOYBEANS, 10.0)
    assert implied.good_usd_bn_per_month[SOYBEANS] == pytest.approx(0.02 * value / 12, rel=1e-9)


@given(
    us=st.floats(0.0, 300.0),
    cn=st.floats(0.0, 300.0),
    sigma=st.floats(0.2, 12.0),
    announced=st.floats(0.0, 200.0),
)
def test_whatever_the_duties_the_numbers_stay_finite(
    us: float, cn: float, sigma: float, announced: float
) -> None:
    """No tariff in reach gives a negative flow, or a cost that is no number."""
    params = central(trade_sigma_12m=[sigma, sigma])
    state = opened(params, {RECIPROCAL: us}, {FULL_REPLY: cn})
    state.announced_pp = [[announced] * 6, [announced] * 6]

    play(state, params, 6)

    assert min(state.good_usd_bn_per_month) > 0.0
    numbers = [*state.static_gain_usd_bn_per_year, *state.real_income_pct]
    numbers += [value for row in state.macro for value in row]
    for table in (state.own_cost_per_pp, state.other_cost_per_pp, state.price_usd_bn):
        numbers += table[US] + table[CN]
    assert all(math.isfinite(number) for number in numbers)
