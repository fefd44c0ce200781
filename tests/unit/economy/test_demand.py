"""Prices and the trade they imply within a year, against hand cases and a second formulation."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.economy.accounts import apply_accounts
from sim.economy.block import apply_side_prices
from sim.economy.demand import apply_rest_prices, ces_log
from sim.economy.sectors import N_GOODS
from sim.model.tables.codes import CN, FENTANYL, FULL_REPLY, PORT_FEES, RECIPROCAL, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.economy.worlds import (
    base_flow,
    by_expenditure_shares,
    central,
    good_named,
    goods_of,
    nest,
    opened,
    side_of,
)

APPAREL, TOYS = good_named("us.apparel"), good_named("us.toys")
BOTH: dict[str, Any] = {"us": {FENTANYL: 20.0, RECIPROCAL: 34.0}, "cn": {FULL_REPLY: 25.0}}


def vanishing(**changes: Any) -> Params:
    """Returns parameters of two sides too small to move each other's prices."""
    return central(good_partner_share=[1e-12] * N_GOODS, **changes)


def test_price_index_by_hand() -> None:
    """Half the goods double in price: with elasticity 2 the index rises by a third."""
    assert ces_log(0.5, 2.0, math.log(2.0), 0.0) == pytest.approx(math.log(4 / 3), abs=1e-15)
    assert ces_log(0.5, 1.0, math.log(2.0), 0.0) == pytest.approx(math.log(2.0) / 2, abs=1e-15)
    assert ces_log(0.5, 0.0, math.log(2.0), 0.0) == pytest.approx(math.log(1.5), abs=1e-15)


@given(
    share=st.floats(0.0, 1.0),
    elasticity=st.floats(0.2, 8.0),
    first=st.floats(-1.0, 1.0),
    second=st.floats(-1.0, 1.0),
    common=st.floats(-1.0, 1.0),
)
def test_price_index_is_homogeneous_and_between_its_parts(
    share: float, elasticity: float, first: float, second: float, common: float
) -> None:
    """A common rise carries over one for one, and an index is never outside its prices."""
    index = ces_log(share, elasticity, first, second)

    shifted = ces_log(share, elasticity, first + common, second + common)

    assert shifted == pytest.approx(index + common, abs=1e-8)
    assert min(first, second) - 1e-8 <= index <= max(first, second) + 1e-8


def test_base_flows_add_up_to_the_official_totals() -> None:
    """Sectors leave out chapters 98 and 99; they are scaled to 438.9 and 143.5 billion."""
    params = central()
    state = opened(params)

    for side, total in ((US, 438.9), (CN, 143.5)):
        flows = [state.good_base_usd_bn[good] for good in goods_of(side)]
        assert math.fsum(flows) == pytest.approx(total, rel=1e-14)
        assert flows == pytest.approx([base_flow(params, g) for g in goods_of(side)], rel=1e-12)


def test_shares_and_spending_of_apparel_by_hand() -> None:
    """China sells 27.8 per cent of US apparel imports before duty, 28.8 per cent after it."""
    params = central()
    params.trade_base_usd_bn[US] = math.fsum(params.good_value_usd_bn[:26])
    state = opened(params)
    ours = 25.947 * 1.1828
    rest = (25.947 / 0.278 - 25.947) * 1.1254

    assert state.good_share[APPAREL] == pytest.approx(ours / (ours + rest), rel=1e-12)
    assert state.good_share[APPAREL] == pytest.approx(0.288, abs=5e-4)
    assert state.good_absorption_usd_bn[APPAREL] == pytest.approx((ours + rest) / 0.31, rel=1e-12)


def test_spending_and_shares_of_every_good_follow_the_table() -> None:
    """All goods have the nests of the second formulation; US imports add up over all sources."""
    params = central()
    state = opened(params)

    for good in range(N_GOODS):
        share, spending, sigma = nest(params, good)
        assert state.good_share[good] == pytest.approx(share, rel=1e-12)
        assert state.good_absorption_usd_bn[good] * params.good_penetration[good] == pytest.approx(
            spending * params.good_penetration[good], rel=1e-12
        )
        assert state.good_sigma[good] == pytest.approx(sigma, rel=1e-12)
    everyone = [base_flow(params, g) / params.good_partner_share[g] for g in goods_of(US)]
    assert state.us_imports_base_usd_bn == pytest.approx(math.fsum(everyone), rel=1e-12)


def test_elasticities_follow_the_common_one_but_for_homogeneous_goods() -> None:
    """Machinery of the US has 0.743 x 2.9, soybeans 3.9, aircraft 2.25, and none is below 1.05."""
    sigma = opened(central()).good_sigma
    assert sigma[good_named("us.machinery")] == pytest.approx(0.743 * 2.9)
    assert sigma[good_named("cn.soybeans")] == 3.9
    assert sigma[good_named("cn.aerospace")] == 2.25

    low = opened(central(trade_sigma_12m=[1.2, 1.05])).good_sigma
    assert low[good_named("us.machinery")] == 1.05
    assert low[good_named("us.computers")] == pytest.approx(1.265 * 1.2)


def test_without_duties_prices_stand_still() -> None:
    """Nothing added moves neither a price nor the trade it implies."""
    state = opened(central())

    for numbers in (state.good_duty_log, state.good_import_price_log, state.good_level_log):
        assert numbers == pytest.approx([0.0] * N_GOODS, abs=1e-14)
    assert state.good_target_log == pytest.approx([0.0] * N_GOODS, abs=1e-13)


@pytest.mark.parametrize("good", range(0, N_GOODS, 3))
def test_small_shocks_have_the_elasticity_of_the_nests(good: int) -> None:
    """A tiny duty moves trade by -sigma rho plus substitution within and between the nests."""
    params = central(trade_kappa=1.2)
    side = side_of(good)
    layer = FENTANYL if side == US else FULL_REPLY
    small = {layer: 1e-4}
    before = opened(params)
    after = opened(params, small, {}) if side == US else opened(params, {}, small)

    moved = after.good_target_log[good] - before.good_target_log[good]
    actual = moved / after.good_duty_log[good]

    rho, eta = params.trade_pass_through[side], params.trade_eta
    share, _, sigma = nest(params, good)
    penetration = params.good_penetration[good]
    expected = -sigma * rho + (sigma - eta) * share * rho
    expected += (eta - 1.2) * penetration * share * rho - (1 - rho)
    assert actual == pytest.approx(expected, abs=1e-5)


def test_a_partner_too_small_to_move_prices_loses_trade_at_sigma() -> None:
    """With a vanishing share and full pass-through the elasticity is exactly -sigma."""
    params = vanishing(trade_pass_through=[1.0, 1.0])

    state = opened(params, **BOTH)

    for good in range(N_GOODS):
        expected = -nest(params, good)[2] * state.good_duty_log[good]
        assert state.good_target_log[good] == pytest.approx(expected, abs=1e-9)
    assert state.good_duty_log[APPAREL] == pytest.approx(math.log(1.6688 / 1.1828), abs=1e-12)


def test_a_common_rise_of_all_imports_leaves_their_mix_alone() -> None:
    """If third countries pay the same, the import price rises one for one and trade falls by the
    elasticity between imports and home goods alone, whatever sigma is."""
    points = 30.0
    params = central(
        good_duty_pct=[0.0] * N_GOODS,
        good_rest_duty_pct=[0.0] * N_GOODS,
        trade_rest_added_pp=[points, points],
        trade_kappa=1.53,
    )
    x = math.log(1.27)

    state = opened(params, {FENTANYL: points}, {FULL_REPLY: points})

    for good in range(N_GOODS):
        rho = params.trade_pass_through[side_of(good)]
        assert state.good_import_price_log[good] == pytest.approx(rho * x, abs=1e-12)
        expected = -1.53 * rho * x - (1 - rho) * x
        assert state.good_target_log[good] == pytest.approx(expected, abs=1e-12)


def test_duties_added_on_others_during_a_run_count_like_those_of_the_scenario() -> None:
    """Two points of a scenario and three added since give the prices of five, to the bit; the same
    step again changes nothing."""
    # Fails if added duties are left out, count for China's imports, or prices are set anew always.
    params = central(trade_rest_added_pp=[2.0, 2.0])
    state = opened(params)
    before = list(state.good_rest_price_log)
    state.prices_due, state.free_due = [False, False], [False, False]

    apply_rest_prices(state, params)
    assert (state.prices_due, state.good_rest_price_log) == ([False, False], before)
    state.others_added_pp = 3.0
    apply_rest_prices(state, params)

    wide = opened(central(trade_rest_added_pp=[5.0, 2.0]))
    assert state.good_rest_price_log == wide.good_rest_price_log
    assert (state.prices_due, state.free_due) == ([True, False], [True, False])
    assert state.others_priced_pp == 3.0


def test_third_countries_pay_on_top_of_what_they_pay_already() -> None:
    """Ten points on apparel of others, taxed at 12.54 per cent, raise its price by 8.0 per cent.

    Equation (1) for every source: ln(T1/T0), not ln(1 + points).
    """
    params = vanishing(trade_rest_added_pp=[10.0, 0.0], trade_pass_through=[1.0, 1.0])

    state = opened(params)

    expected = math.log((1.1254 + 0.09) / 1.1254)
    assert state.good_import_price_log[APPAREL] == pytest.approx(expected, abs=1e-9)
    assert expected == pytest.approx(0.0770, abs=1e-4)


@given(
    points=st.floats(-5.0, 160.0),
    good=st.integers(0, N_GOODS - 1),
    sigma=st.floats(1.2, 6.0),
    rho=st.floats(0.6, 1.0),
    eta=st.floats(1.05, 2.5),
    kappa=st.floats(0.5, 1.7),
    response=st.floats(0.0, 0.8),
)
def test_trade_equals_that_of_expenditure_shares(
    points: float,
    good: int,
    sigma: float,
    rho: float,
    eta: float,
    kappa: float,
    response: float,
) -> None:
    """The log demand system gives, good by good, the trade and prices of nested expenditure."""
    params = central(
        trade_sigma_12m=[sigma, sigma],
        trade_sigma_homogeneous=sigma,
        trade_pass_through=[rho, rho],
        trade_eta=eta,
        trade_kappa=kappa,
        trade_domestic_response=response,
        trade_opening_age_months=0,
    )
    state = opened(params, {FENTANYL: points}, {FULL_REPLY: points})

    value, level = by_expenditure_shares(params, good, points)

    assert 12 * state.good_usd_bn_per_month[good] == pytest.approx(value, rel=1e-9)
    assert state.good_target_usd_bn[good] == pytest.approx(value, rel=1e-9)
    assert state.good_level_log[good] == pytest.approx(level, abs=1e-10)


@given(points=st.floats(0.0, 100.0), rest=st.floats(0.0, 20.0), good=st.integers(0, N_GOODS - 1))
def test_duties_on_third_countries_enter_the_nests(points: float, rest: float, good: int) -> None:
    """Where others paid nothing before, trade and prices are those of nested expenditure too."""
    params = central(good_rest_duty_pct=[0.0] * N_GOODS, trade_rest_added_pp=[rest, rest])
    state = opened(params, {FENTANYL: points}, {FULL_REPLY: points})

    value, level = by_expenditure_shares(params, good, points)

    assert state.good_target_usd_bn[good] == pytest.approx(value, rel=1e-9)
    assert state.good_level_log[good] == pytest.approx(level, abs=1e-10)


@given(low=st.floats(0.0, 200.0), high=st.floats(0.0, 200.0), sigma=st.floats(1.1, 8.0))
def test_a_higher_tariff_never_raises_imports(low: float, high: float, sigma: float) -> None:
    """Imports of every good fall, and import prices rise, with the duty; the other side's stay."""
    low, high = sorted((low, high))
    params = central(trade_sigma_12m=[sigma, sigma])

    cheap, dear = opened(params, {FENTANYL: low}), opened(params, {FENTANYL: high})

    for good in goods_of(US):
        assert dear.good_target_log[good] <= cheap.good_target_log[good] + 1e-12
        assert dear.good_import_price_log[good] >= cheap.good_import_price_log[good] - 1e-12
    assert dear.good_usd_bn_per_month[26:] == cheap.good_usd_bn_per_month[26:]


def charged(params: Params, level: int) -> State:
    """Returns a state opened with US port fees at a level."""
    state = opened(params)
    state.control[US][PORT_FEES] = level
    apply_side_prices(state, params, US)
    apply_accounts(state, params, US)
    return state


def test_port_fees_raise_prices_and_bring_no_duty() -> None:
    """3.2 billion on 438.9 of imports raise the price of toys by ln(1 + 0.00729 / 1.0137)."""
    params = central()
    free, taxed, lifted = (charged(params, level) for level in (0, 1, 0))

    x = math.log((1.0137 + 3.2 / 438.9) / 1.0137)
    assert taxed.good_duty_log[TOYS] == pytest.approx(x, abs=1e-14)
    assert taxed.good_paid == free.good_paid
    assert taxed.revenue_usd_bn_per_year == free.revenue_usd_bn_per_year
    # Buyers bear 97 per cent of it, less what they save by turning away.
    assert 0.95 * 0.97 * 3.2 < taxed.buyers_cost_usd_bn_per_year[US] < 0.97 * 3.2
    assert taxed.good_duty_log[26:] == free.good_duty_log[26:]
    assert lifted.good_duty_log == free.good_duty_log
