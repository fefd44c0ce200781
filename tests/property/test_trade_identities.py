"""Accounting identities of the trade model over duties, layers and drawn parameters."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.economy.block import apply_trade_month, apply_trade_opening
from sim.economy.costs import PRICE_CN_TARIFF_CUT, PRICE_US_BROAD_CUT
from sim.economy.sectors import N_GOODS
from sim.model.tables.codes import (
    BUYER_FREEZE,
    CN,
    FENTANYL,
    FULL_REPLY,
    PARTIAL_REPLY,
    RECIPROCAL,
    TECH,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.economy.worlds import (
    added_points,
    base_flow,
    base_state,
    by_expenditure_shares,
    central,
    drawn,
    exporter_loss,
    goods_of,
    home_gain,
    nest,
    own_cost,
    paid,
)

VECTORS = st.integers(0, 400)
LAYERS = st.lists(st.floats(0.0, 130.0), min_size=12, max_size=12)
SHARES = st.lists(st.floats(0.0, 1.0), min_size=12, max_size=12)
WORLD: dict[str, Any] = {"vector": VECTORS, "points": LAYERS, "shares": SHARES}


def taxed(params: Params, points: list[float], shares: list[float]) -> State:
    """Returns a state opened under any points on any layers with any coverage."""
    state = base_state(params)
    for side in (US, CN):
        for layer in range(6):
            state.duty_pp[side][layer] = points[6 * side + layer]
            state.coverage[side][layer] = shares[6 * side + layer]
    state.control[US][TECH] = params.chips_base_level
    apply_trade_opening(state, params)
    return state


@given(**WORLD)
@settings(max_examples=60, deadline=None)
def test_spending_in_the_nests_adds_up(
    vector: int, points: list[float], shares: list[float]
) -> None:
    """What is spent on the other side, on third countries and at home is all that is spent, and
    trade and price levels are those of the expenditure shares, good by good."""
    params = drawn(vector)
    params.trade_kappa = 1.0
    state = taxed(params, points, shares)

    for good in range(N_GOODS):
        value, level = by_expenditure_shares(params, good, added_points(params, state, good))
        assert state.good_target_usd_bn[good] == pytest.approx(value, rel=1e-8)
        assert state.good_level_log[good] == pytest.approx(level, abs=1e-9)
        side = US if good < N_GOODS - 17 else CN
        rho, eta = params.trade_pass_through[side], params.trade_eta
        share, spending, sigma = nest(params, good)
        m, imports = params.good_penetration[good], state.good_import_price_log[good]
        home = params.trade_domestic_response * m * imports
        # Nominal spending on each source from quantities of its own demand curve.
        p = rho * state.good_duty_log[good]
        quantity = math.exp((sigma - eta) * imports + (eta - 1.0) * level)
        partner = m * share * spending * quantity * math.exp((1.0 - sigma) * p)
        rest = m * (1.0 - share) * spending * quantity
        at_home = (1.0 - m) * spending * math.exp((1.0 - eta) * home + (eta - 1.0) * level)
        assert partner + rest + at_home == pytest.approx(spending, rel=1e-8)
        # Buyers' spending is customs value plus duty, but for the part exporters concede.
        customs = state.good_target_usd_bn[good]
        assert customs * (1.0 + state.good_paid[good]) == pytest.approx(partner, rel=1e-8)


@given(**WORLD, months=st.integers(1, 14))
@settings(max_examples=60, deadline=None)
def test_revenue_is_rate_times_what_is_collected_on(
    vector: int, points: list[float], shares: list[float], months: int
) -> None:
    """Revenue of a side is the sum over goods of the rate paid times the trade of the month."""
    params = drawn(vector)
    state = taxed(params, points, shares)
    for _ in range(months):
        apply_trade_month(state, params)

    for side in (US, CN):
        rates = {
            good: paid(params, good, added_points(params, state, good)) for good in goods_of(side)
        }
        revenue = math.fsum(
            12.0 * state.good_usd_bn_per_month[good] * rate for good, rate in rates.items()
        )
        assert state.revenue_usd_bn_per_year[side] == pytest.approx(revenue, rel=1e-10)
        extra = revenue - math.fsum(
            base_flow(params, good) * params.good_duty_pct[good] / 100.0 for good in rates
        )
        cost = math.fsum(nest(params, good)[1] * state.good_level_log[good] for good in rates)
        kept = math.fsum(
            home_gain(params, good, added_points(params, state, good)) for good in rates
        )
        gain = state.static_gain_usd_bn_per_year[side]
        assert gain == pytest.approx(extra - cost + kept, rel=1e-8, abs=1e-8)


@given(**WORLD, freeze=st.integers(0, 2), quality=st.floats(0.0, 1.2), months=st.integers(1, 20))
@settings(max_examples=60, deadline=None)
def test_goods_add_up_to_trade_and_trade_to_the_deficit(
    vector: int,
    points: list[float],
    shares: list[float],
    freeze: int,
    quality: float,
    months: int,
) -> None:
    """Trade is the sum of its goods, the deficit US less Chinese imports of twelve months; what an
    exporter lost is what its importer no longer buys."""
    params = drawn(vector)
    state = taxed(params, points, shares)
    state.control[CN][BUYER_FREEZE] = freeze
    state.pledge_quality = [quality] * 5
    gaps = [(params.trade_base_usd_bn[US] - params.trade_base_usd_bn[CN]) / 12.0] * 12
    for _ in range(months):
        apply_trade_month(state, params)
        flows = state.good_usd_bn_per_month
        us, cn = math.fsum(flows[:26]), math.fsum(flows[26:])
        gaps.append(us - cn)
        assert state.trade_usd_bn_per_month == pytest.approx([us, cn], rel=1e-12)
        assert state.deficit_usd_bn_per_year == pytest.approx(math.fsum(gaps[-12:]), abs=1e-9)
    for side in (US, CN):
        less = [base_flow(params, g) / 12.0 - flows[g] for g in goods_of(1 - side)]
        lost = math.fsum(max(0.0, gap) for gap in less)
        assert state.lost_sales_usd_bn_per_month[side] == pytest.approx(lost, abs=1e-10)


@given(vector=VECTORS, points=st.floats(0.0, 100.0), side=st.sampled_from([US, CN]))
@settings(max_examples=60, deadline=None)
def test_a_common_rise_of_all_import_prices_leaves_shares_alone(
    vector: int, points: float, side: int
) -> None:
    """If every source pays the same duty from the same base, the price index of imports rises as
    much as each price, and all sources lose the same share of trade."""
    params = drawn(vector)
    params.good_duty_pct = [0.0] * N_GOODS
    params.good_rest_duty_pct = [0.0] * N_GOODS
    params.good_exempt = [0.0] * N_GOODS
    params.trade_rest_added_pp[side] = points
    state = base_state(params)
    state.duty_pp[side][FENTANYL if side == US else FULL_REPLY] += points
    apply_trade_opening(state, params)

    rho = params.trade_pass_through[side]
    rise = rho * math.log(1.0 + params.trade_collect[side] * points / 100.0)
    for good in goods_of(side):
        assert rho * state.good_duty_log[good] == pytest.approx(rise, abs=1e-12)
        assert state.good_import_price_log[good] == pytest.approx(rise, abs=1e-10)
        # The slow part of substitution works on relative prices, of which none moved.
        apply_trade_month(state, params)
        assert state.good_slow[good] == pytest.approx(0.0, abs=1e-10)


@given(vector=VECTORS, layers=LAYERS, shares=SHARES)
@settings(max_examples=40, deadline=None)
def test_value_of_a_broad_cut_is_the_mean_of_its_costs(
    vector: int, layers: list[float], shares: list[float]
) -> None:
    """Ten points off all goods are worth the whole cost since the base over the points, good by
    good, wherever a point or more was added."""
    params = drawn(vector)
    state = taxed(params, layers, shares)

    for side, clause in ((US, PRICE_US_BROAD_CUT), (CN, PRICE_CN_TARIFF_CUT)):
        own = other = 0.0
        for good in goods_of(side):
            added = added_points(params, state, good)
            if added < 1.0:
                own += state.good_own_cost[good]
                other += state.good_other_cost[good]
            else:
                own += (own_cost(params, good, added) - own_cost(params, good, 0.0)) / added
                other += exporter_loss(params, good, added) / added
        value = state.price_usd_bn
        assert value[side][clause] == pytest.approx(10.0 * own, rel=1e-7, abs=1e-7)
        assert value[1 - side][clause] == pytest.approx(10.0 * other, rel=1e-7, abs=1e-7)


@given(vector=VECTORS, points=LAYERS, shares=SHARES)
@settings(max_examples=40, deadline=None)
def test_the_average_us_rate_is_that_of_a_uniform_duty_that_costs_as_much(
    vector: int, points: list[float], shares: list[float]
) -> None:
    """Points on the average of all US imports raise import prices as the duties on China do."""
    params = drawn(vector)
    state = taxed(params, points, shares)

    extra = everyone = 0.0
    rho = params.trade_pass_through[US]
    for good in goods_of(US):
        share, spending, sigma = nest(params, good)
        after = 1.0 + paid(params, good, added_points(params, state, good))
        wedge = after / (1.0 + params.good_duty_pct[good] / 100.0)
        index = (share * wedge ** (rho * (1.0 - sigma)) + 1.0 - share) ** (1.0 / (1.0 - sigma))
        extra += spending * params.good_penetration[good] * (index ** (1.0 / rho) - 1.0)
        everyone += base_flow(params, good) / params.good_partner_share[good]
    rate = 100.0 * extra / everyone
    assert math.fsum(state.effective_rate_pp) == pytest.approx(rate, rel=1e-9, abs=1e-10)


@given(
    points=st.floats(0.0, 60.0),
    announced=st.lists(st.floats(0.0, 100.0), min_size=6, max_size=6),
    layer=st.sampled_from([FENTANYL, RECIPROCAL]),
)
@settings(max_examples=25, deadline=None)
def test_what_is_brought_forward_is_paid_back(
    points: float, announced: list[float], layer: int
) -> None:
    """Whatever is announced and withdrawn, log trade of every good sums to that without it."""
    params = central()
    still, moved = (taxed(params, [0.0] * 12, [1.0] * 12) for _ in range(2))
    for state in (still, moved):
        state.duty_pp[US][FENTANYL] = points
        state.announced_pp = [[0.0] * 6, [0.0] * 6]
        state.good_known_pp = [0.0] * N_GOODS
    sums = [0.0] * N_GOODS
    for month in range(90):
        moved.announced_pp[US][layer] = announced[month] if month < len(announced) else 0.0
        moved.announced_pp[CN][FULL_REPLY] = moved.announced_pp[US][layer]
        for state in (still, moved):
            apply_trade_month(state, params)
        for good in range(N_GOODS):
            sums[good] += moved.good_log[good] - still.good_log[good]

    assert sums == pytest.approx([0.0] * N_GOODS, abs=1e-9)


@given(rate=st.floats(0.0, 1.0))
@settings(deadline=None)
def test_partial_replies_average_to_the_share_they_are_of(rate: float) -> None:
    """The average over our goods is points times share times the mean tilt, until a good is covered
    in full; the published share weighs goods by other trade, so the mean tilt is not one."""
    params = central()
    state = base_state(params)
    share = 0.09 * rate
    state.coverage[CN][PARTIAL_REPLY] = share
    state.duty_pp[CN][PARTIAL_REPLY] = 15.0
    apply_trade_opening(state, params)

    tilt = math.fsum(base_flow(params, g) * params.good_cover[2][g] for g in goods_of(CN))
    tilt /= params.trade_base_usd_bn[CN]
    assert state.added_avg_pp[CN] == pytest.approx(15.0 * share * tilt, rel=1e-9, abs=1e-12)
