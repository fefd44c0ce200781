"""Accounts of trade: revenue, prices, gains and losses, the deficit, real income."""

from __future__ import annotations

import math

import pytest

from sim.economy.accounts import (
    apply_opening_deficit,
    goods_lost_pct,
    household_cost_usd_per_year,
    month_usd_bn,
    prices_with_inputs_pct,
    rerouted_usd_bn_per_month,
    resold_usd_bn_per_month,
    rest_real_income_pct,
    us_imports_long_run_pct,
)
from sim.economy.block import apply_trade_month, apply_trade_opening
from sim.economy.equilibrium import solve, war_tariffs
from sim.economy.records import N_REGIONS
from sim.economy.welfare_grid import apply_equilibrium
from sim.engine.world import make_params
from sim.model.tables.codes import BUYER_FREEZE, CN, FENTANYL, FULL_REPLY, PORT_FEES, RECIPROCAL, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.equilibrium_table import eight_region_world
from tests.unit.economy.worlds import (
    add_points,
    added_points,
    base_flow,
    base_state,
    by_expenditure_shares,
    central,
    goods_of,
    january,
    nest,
    opened,
    paid,
    play,
)

US_DUTIES = {FENTANYL: 20.0, RECIPROCAL: 34.0}
CN_DUTIES = {FULL_REPLY: 25.0}


def test_revenue_is_what_is_paid_on_what_is_bought() -> None:
    """Good by good, the rate paid times the trade it is paid on, at yearly rates."""
    params = central()
    state = opened(params, US_DUTIES, CN_DUTIES)
    play(state, params, 5)

    for side in (US, CN):
        revenue = math.fsum(
            12.0
            * state.good_usd_bn_per_month[good]
            * paid(params, good, added_points(params, state, good))
            for good in goods_of(side)
        )
        assert state.revenue_usd_bn_per_year[side] == pytest.approx(revenue, rel=1e-12)


def test_goods_under_way_pay_the_duty_before_a_rise() -> None:
    """With half a month at sea, an eighth of the month's arrivals pay nothing of a rise by 20
    points on some day of the month before; a cut is everyone's at once, and so is the rise a month
    later."""
    # Fails if cargo afloat pays the rise, all rises are taken to come on the first of a month, the
    # fall is delayed too, or the delay never ends.
    params = central(trade_transit_days=15.2)
    state = opened(params)
    rates = []
    for points in (20.0, 20.0, 0.0):
        state.duty_pp[US][FENTANYL] = points
        apply_trade_month(state, params)
        flow = 12.0 * state.trade_usd_bn_per_month[US]
        now = math.fsum(
            12.0 * state.good_usd_bn_per_month[g] * params.good_duty_pct[g] / 100.0
            for g in goods_of(US)
        )
        rates.append(100.0 * (state.revenue_usd_bn_per_year[US] - now) / flow)

    assert rates == pytest.approx([18.0 * 7.0 / 8.0, 18.0, 0.0], abs=1e-9)


def test_revenue_of_the_base_is_what_was_collected_in_2024() -> None:
    """Rates of the table on flows of the table: 11.2 per cent of US imports; of China's, a part of
    its whole take of 244.3 billion yuan that leaves other goods more than half a per cent."""
    # Fails if China is to have collected the rates of law, 30 of 34 billion dollars.
    params = central()
    state = opened(params)
    us, cn = (
        math.fsum(base_flow(params, g) * params.good_duty_pct[g] / 100 for g in goods_of(side))
        for side in (US, CN)
    )

    assert state.revenue_usd_bn_per_year == pytest.approx([us, cn], rel=1e-12)
    assert state.revenue_free_usd_bn_per_year == pytest.approx([us, cn], rel=1e-12)
    assert 0.005 < (244.3 / 7.19 - cn) / (2590.0 - 143.5) < 0.02
    # Calculated duty of 2024 was 46.65 billion on 418.0, here on 438.9.
    assert us == pytest.approx(46.65 * 438.9 / 418.0, rel=0.005)


def test_buyers_pay_spending_times_the_rise_of_its_price_level() -> None:
    """The cost to buyers is absorption times the log price level, summed over goods."""
    params = central()
    state = opened(params, US_DUTIES, CN_DUTIES)

    for side, points in ((US, None), (CN, 25.0)):
        cost = 0.0
        for good in goods_of(side):
            p = added_points(params, state, good) if points is None else points
            cost += nest(params, good)[1] * by_expenditure_shares(params, good, p)[1]
        assert state.buyers_cost_usd_bn_per_year[side] == pytest.approx(cost, rel=1e-9)
        extra = state.revenue_usd_bn_per_year[side] - state.revenue_free_usd_bn_per_year[side]
        assert state.static_gain_usd_bn_per_year[side] == pytest.approx(extra - cost, rel=1e-9)


def test_duties_on_third_countries_are_no_cost_of_duties_on_china() -> None:
    """Duties on everyone else are paid to the same treasury: without a duty on China there is no
    cost of duties on China to a household."""
    params = central(trade_rest_added_pp=[7.5, 0.0])

    state = opened(params)

    assert household_cost_usd_per_year(state, params) == pytest.approx(0.0, abs=1e-9)


def test_a_household_bears_its_part_of_what_buyers_pay() -> None:
    """Fourteen billion on buyers, 86 per cent passed on, are 91 dollars for each of 132 million."""
    params = central()
    state = opened(params)
    state.buyers_cost_usd_bn_per_year[US] = 14.0

    expected = 0.86 * 14e9 / 132e6
    assert household_cost_usd_per_year(state, params) == pytest.approx(expected, rel=1e-12)


def test_border_prices_take_the_duty_at_once_and_shelf_prices_a_fifth_with_a_lag() -> None:
    """Seven months close 95 per cent of the gap between shelf price and its share of the duty."""
    params = central(trade_adjustment=1e-12, trade_front_loading=0.0)
    state = opened(params)
    add_points(state, ({FENTANYL: 20.0}, {}))
    shelf = []
    for _ in range(30):
        apply_trade_month(state, params)
        shelf.append(state.retail_price_log[US])

    # Trade has barely moved: weights are those of 2024.
    duty = math.fsum(
        base_flow(params, good) * state.good_duty_log[good] for good in goods_of(US)
    ) / math.fsum(base_flow(params, good) for good in goods_of(US))
    assert state.border_price_log[US] == pytest.approx(0.97 * duty, abs=1e-9)
    for month, price in enumerate(shelf, start=1):
        expected = 0.2 * duty * (1 - math.exp(-3 * month / 7))
        assert price == pytest.approx(expected, abs=1e-9)
    assert shelf[6] == pytest.approx(0.95 * 0.2 * duty, rel=0.001)
    assert state.retail_price_log[CN] == 0.0


def contents(params: Params, state: State) -> tuple[float, float]:
    """Returns per cent by which the duties of a state raise consumer prices in the end: through
    Chinese goods, and through inputs."""
    spent = {good: nest(params, good)[1] * state.good_level_log[good] for good in goods_of(US)}
    bought = math.fsum(params.good_consumer_share[good] * cost for good, cost in spent.items())
    used = math.fsum(params.good_input_share[good] * cost for good, cost in spent.items())
    return 100 * 0.86 * bought / 20_000, 100 * 0.86 * 0.7 * used / 20_000


def test_chinese_goods_raise_consumer_prices_soon_and_chinese_inputs_late() -> None:
    """Ninety-five per cent of the direct rise in seven months, of that through inputs in 18."""
    # Fails if a share, a lag, or the part of inputs that ends in consumption is left out.
    params = central()
    state = opened(params)
    add_points(state, ({FENTANYL: 20.0}, {FULL_REPLY: 50.0}))

    for month in range(1, 31):
        apply_trade_month(state, params)
        direct, inputs = contents(params, state)
        assert state.content_price_pct == pytest.approx(
            [direct * (1 - math.exp(-3 * month / 7)), inputs * (1 - math.exp(-3 * month / 18))],
            rel=1e-9,
        )
        if month == 18:
            assert state.content_price_pct[1] == pytest.approx(0.95 * inputs, rel=0.001)

    # By hand: 0.78 and 0.65 per cent of spending, 18 points paid on a base of 11, in part avoided.
    assert state.content_price_pct[0] == pytest.approx(0.78 * 0.16 * 0.86, abs=0.02)
    assert state.content_price_pct[1] == pytest.approx(0.65 * 0.16 * 0.86, abs=0.02)
    assert prices_with_inputs_pct(state, params) == math.fsum(state.content_price_pct)


def test_consumer_prices_by_content_hold_what_duties_on_china_do_alone() -> None:
    """Duties on all others make everything dearer, but not by the content of Chinese goods."""
    # Fails if the price level of third countries' duties is not taken off.
    params = central(trade_rest_added_pp=[20.0, 0.0])
    state = opened(params)
    play(state, params, 12)

    assert state.good_level_log[0] > 0.0
    assert state.content_price_pct == pytest.approx([0.0, 0.0], abs=1e-12)


def test_consumer_prices_begin_as_old_as_the_duties() -> None:
    """Six months of adjustment on the first day; none if the duties are of that day."""
    # Fails if the first day begins at none, or at all.
    params = central(trade_opening_age_months=6)
    state = opened(params, US_DUTIES)
    direct, inputs = contents(params, state)

    assert state.content_price_pct == pytest.approx(
        [direct * (1 - math.exp(-18 / 7)), inputs * (1 - math.exp(-1.0))], rel=1e-9
    )
    apply_trade_opening(state, params)
    assert state.content_price_pct[0] == pytest.approx(direct * (1 - math.exp(-18 / 7)), rel=1e-9)
    assert opened(central(trade_opening_age_months=0), US_DUTIES).content_price_pct == [0.0, 0.0]


def test_prices_keep_the_weights_of_2024_while_trade_turns_away() -> None:
    """Years into a war border prices are those of its first month: buyers who leave the dearest
    goods do not make the rest of them cheaper."""
    # Fails if the mean duty is weighted by the month's trade.
    params = central(trade_retail_months=1.0)
    state = opened(params)
    add_points(state, ({FENTANYL: 20.0, RECIPROCAL: 125.0}, {FULL_REPLY: 125.0}))
    apply_trade_month(state, params)
    first = list(state.border_price_log)

    play(state, params, 60)

    assert state.border_price_log == pytest.approx(first, abs=1e-12)
    for side in (US, CN):
        duty = math.fsum(
            base_flow(params, good) * state.good_duty_log[good] for good in goods_of(side)
        ) / math.fsum(base_flow(params, good) for good in goods_of(side))
        rho = params.trade_pass_through[side]
        assert state.border_price_log[side] == pytest.approx(rho * duty, abs=1e-9)
        assert state.retail_price_log[side] == pytest.approx(0.2 * duty, abs=1e-9)
    assert math.exp(first[US]) - 1.0 == pytest.approx(0.72, abs=0.01)


def test_lost_sales_are_the_exporters_and_count_goods_that_lost_any() -> None:
    """A gain in one good does not make up for a loss in another."""
    params = central()
    state = opened(params)
    add_points(state, ({FENTANYL: 10.0}, {}))
    state.control[CN][BUYER_FREEZE] = 1
    state.pledge_quality[4] = 1.0
    state.deliveries_usd_bn_per_month[4] = 2.0

    play(state, params, 3)

    base, flow = state.good_base_usd_bn, state.good_usd_bn_per_month
    for side in (US, CN):
        gaps = [base[good] / 12 - flow[good] for good in goods_of(1 - side)]
        lost = math.fsum(gap for gap in gaps if gap > 0.0)
        assert state.lost_sales_usd_bn_per_month[side] == pytest.approx(lost, rel=1e-12)
    # Soybeans alone are lost; other goods rise by the two billion.
    soybeans = 0.98 * base[26] / 12
    assert state.lost_sales_usd_bn_per_month[US] == pytest.approx(soybeans, rel=1e-9)
    assert state.trade_usd_bn_per_month[CN] > 143.5 / 12


def test_lost_sales_are_resold_and_some_come_back_through_third_countries() -> None:
    """Of ten billion lost China resells 6.67, a fifth of which reaches the US."""
    params = central()
    state = opened(params)
    state.lost_sales_usd_bn_per_month = [3.0, 10.0]

    assert resold_usd_bn_per_month(state, params, CN) == pytest.approx(6.67)
    assert resold_usd_bn_per_month(state, params, US) == pytest.approx(2.001)
    assert rerouted_usd_bn_per_month(state, params) == pytest.approx(1.334)


def test_goods_lost_compare_a_year_at_this_months_rate_with_2024() -> None:
    """A run of goods at half its monthly trade has lost half; a gain is a negative loss."""
    state = opened(central())
    for good in (26, 27):
        state.good_usd_bn_per_month[good] *= 0.5
    assert goods_lost_pct(state, 26, 28) == pytest.approx(50.0)
    assert goods_lost_pct(state, 28, 30) == pytest.approx(0.0, abs=1e-12)
    state.good_usd_bn_per_month[28] *= 1.25
    assert goods_lost_pct(state, 28, 29) == pytest.approx(-25.0)


def test_the_deficit_is_that_of_the_last_twelve_months() -> None:
    """US imports less Chinese imports, months before the start at the base year's pace."""
    params = central()
    state = opened(params)
    add_points(state, ({FENTANYL: 20.0, RECIPROCAL: 10.0}, {FULL_REPLY: 10.0}))
    gaps = [295.4 / 12] * 12
    assert state.deficit_usd_bn_per_year == pytest.approx(295.4, abs=1e-9)

    for _ in range(30):
        apply_trade_month(state, params)
        flows = state.good_usd_bn_per_month
        gaps.append(math.fsum(flows[:26]) - math.fsum(flows[26:]))
        assert state.deficit_usd_bn_per_year == pytest.approx(math.fsum(gaps[-12:]), abs=1e-9)


def test_the_season_moves_months_but_not_a_year_of_them() -> None:
    """With duties unchanged the deficit of twelve months stays what it was, month after month,
    while imports of a month rise and fall with the season."""
    # Fails if past months have no season, new ones none, or those of another month of the year.
    seasons = [
        [1.0 + 0.02 * (m - 5.5) for m in range(12)],
        [1.0 - 0.01 * (m - 5.5) for m in range(12)],
    ]
    params = central(trade_season=seasons)
    state = opened(params)
    state.announced_pp = [[0.0] * 6, [0.0] * 6]
    first = state.trade_month

    for step in range(1, 18):
        apply_trade_month(state, params)
        month = (first + step) % 12
        assert state.trade_month == month
        for side in (US, CN):
            adjusted = state.trade_usd_bn_per_month[side]
            assert month_usd_bn(state, params, side) == adjusted * seasons[side][month]
        assert state.deficit_usd_bn_per_year == pytest.approx(295.4, abs=1e-9)


def test_own_tariffs_and_the_others_purchases_narrow_the_deficit() -> None:
    """Ten points for a year take more than thirty billion off it, pledges what they add."""
    params = central()
    calm, taxed, bought = opened(params), opened(params), opened(params)
    for state in (calm, taxed, bought):
        state.announced_pp = [[0.0] * 6, [0.0] * 6]
    add_points(taxed, ({FENTANYL: 10.0}, {}))
    bought.pledge_quality = [1.0] * 5
    bought.deliveries_usd_bn_per_month = [1.0, 0.5, 0.5, 0.5, 0.5]

    for state in (calm, taxed, bought):
        play(state, params, 12)

    assert taxed.deficit_usd_bn_per_year < calm.deficit_usd_bn_per_year - 30.0
    saved = calm.deficit_usd_bn_per_year - bought.deficit_usd_bn_per_year
    assert saved == pytest.approx(3.0 * 12, rel=1e-9)


def test_a_scenario_may_set_where_the_deficit_starts() -> None:
    """A deficit that is set is spread over the twelve months before the run."""
    params = central()
    state = opened(params)
    state.deficit_usd_bn_per_year = 279.7
    state.deficit_month_usd_bn = [0.0] * 12
    apply_opening_deficit(state, params)

    assert state.deficit_month_usd_bn == pytest.approx([279.7 / 12] * 12)


def test_shelf_prices_have_moved_as_long_as_the_duties_are_old() -> None:
    """A run that opens under duties of half a year finds shelf prices 95 per cent of the way after
    a lag of six months, and at their start if the duties are new."""
    old = opened(central(trade_opening_age_months=6, trade_retail_months=6.0), US_DUTIES)
    new = opened(central(trade_opening_age_months=0, trade_retail_months=6.0), US_DUTIES)

    full = central().trade_retail_share * old.border_price_log[US] / 0.97
    assert old.retail_price_log[US] == pytest.approx((1.0 - math.exp(-3.0)) * full, rel=1e-12)
    assert new.retail_price_log[US] == 0.0


def test_real_income_is_read_at_the_average_points_of_both_sides() -> None:
    """The table is entered with what each side's duties add on average, exemptions counted and as
    far as they are paid."""
    # Fails if legal points count, or a side's points are those of the other.
    params = central(trade_collect=[0.9, 0.8])
    state = opened(params, US_DUTIES, CN_DUTIES)
    flows = [base_flow(params, good) for good in goods_of(US)]
    points = [20.0 + 34.0 * params.good_cover[2][good] for good in goods_of(US)]
    us = math.fsum(f * p for f, p in zip(flows, points, strict=True)) / math.fsum(flows)

    expected = State()
    apply_equilibrium(expected, params, 0.9 * us, 0.8 * 25.0)
    for attr in ("real_income_pct", "exports_to_us_change_usd_bn"):
        assert getattr(state, attr) == pytest.approx(getattr(expected, attr), abs=1e-10)
    assert state.cn_exports_change_usd_bn == pytest.approx(expected.cn_exports_change_usd_bn)
    assert state.real_income_pct[CN] < -0.2 < state.real_income_pct[US] < 0.0


def test_flows_and_incomes_of_a_run_belong_to_one_world() -> None:
    """The incomes of a run are those of the solver at the elasticity of its trade flows, and under
    the duties on other countries that its prices hold."""
    # Fails if incomes have an elasticity of their own, or leave duties on other countries out.
    changes = {"trade.us.sigma_12m": 2.0, "trade.sigma_long_ratio": 1.5, "trade.us.collect": 1.0}
    elsewhere = {"trade.us.rest_added_pp": 12.0, "trade.us.collect_rest": 1.0}
    params = make_params(january(), {**changes, **elsewhere})
    state = opened(params, {FENTANYL: 30.0})

    world = eight_region_world()
    exact = solve(world, war_tariffs(N_REGIONS, 30.0, 0.0, 12.0), 2.0 * 1.5 - 1.0)
    assert state.real_income_pct == pytest.approx(exact.welfare_pct.tolist(), abs=0.005)
    assert state.real_income_pct[US] > 0.1


def test_the_rest_is_weighted_by_output() -> None:
    """All regions but the US and China, by output of the base year."""
    # Fails if a side counts as rest, or regions count alike.
    state, params = State(), Params()
    state.real_income_pct = [9.0, 9.0, 1.0, 0.0, 0.0, 0.0, 0.0, 4.0]
    params.ge_gdp_usd_bn = [7.0, 7.0, 6.0, 1.0, 1.0, 1.0, 1.0, 2.0]

    assert rest_real_income_pct(state, params) == pytest.approx((6.0 + 8.0) / 12.0)


def test_long_run_imports_are_a_share_of_those_of_the_base() -> None:
    """A loss of 111 of 444 billion is a quarter."""
    # Fails if another region's exports are taken.
    state, params = State(), Params()
    state.exports_to_us_change_usd_bn[CN] = -111.0
    params.ge_exports_to_us_usd_bn[CN] = 444.0

    assert us_imports_long_run_pct(state, params) == pytest.approx(-25.0)


def test_port_fees_are_income_of_those_who_levy_them() -> None:
    """With nothing but fees, the static gain is the fees taken less what buyers pay by them."""
    params = central()
    state = base_state(params)
    state.control[US][PORT_FEES] = 1
    apply_trade_opening(state, params)

    fees = 12.0 * state.fee_wedge[US] * state.trade_usd_bn_per_month[US]
    free = math.fsum(
        state.good_free_usd_bn[good] * params.good_duty_pct[good] / 100.0 for good in goods_of(US)
    )
    extra = state.revenue_usd_bn_per_year[US] - free
    expected = extra + fees - state.buyers_cost_usd_bn_per_year[US]
    assert fees > 2.0
    assert state.static_gain_usd_bn_per_year[US] == pytest.approx(expected, rel=1e-9)
