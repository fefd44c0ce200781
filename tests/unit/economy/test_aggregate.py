"""The trade block against hand cases, closed forms, a second formulation and published results."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.economy import aggregate
from sim.economy.aggregate import (
    CN,
    FREEZE,
    US,
    absorption,
    apply_trade_month,
    apply_trade_opening,
    ces_log,
    duty_paid,
    partner_share,
)
from sim.model import vocabulary
from sim.model.state import State

BASE = (20.7, 21.2)
TRADE = (438.9, 143.5)
US_GDP = 27_843.3
CN_GDP = 17_794.8


def make_params(**changes: Any) -> Any:
    """Returns round central parameters with some of them changed."""
    values: dict[str, Any] = {
        "trade_base_usd_bn": list(TRADE),
        "trade_rest_usd_bn": [2827.0, 1898.5],
        "trade_penetration": [0.18, 0.12],
        "trade_avg_base_pct": list(BASE),
        "trade_collected_base_pct": [10.87, 14.0],
        "trade_collect": [0.9, 0.9],
        "trade_sigma_12m": [2.9, 2.25],
        "trade_sigma_long_ratio": 1.4,
        "trade_slow_share": 0.25,
        "trade_eta": 1.53,
        "trade_kappa": 1.0,
        "trade_domestic_response": 0.0,
        "trade_pass_through": [0.97, 0.9],
        "trade_rest_added_pp": [0.0, 0.0],
        "trade_trend_pct_per_year": [0.0, 0.0],
        "trade_adjustment": 0.35,
        "trade_front_loading": 0.25,
        "trade_export_margin": [0.25, 0.25],
        "trade_freeze_share": 0.09,
        "trade_purchase_additional": 0.4,
        "trade_purchase_premium": 0.05,
        "clause_usd_bn": [[float(10 * side + clause) for clause in range(8)] for side in range(2)],
    }
    return SimpleNamespace(**(values | changes))


def opened(params: Any, us_pct: float = BASE[US], cn_pct: float = BASE[CN]) -> State:
    """Returns a state opened under those average duties."""
    state = State()
    state.avg_pct = [us_pct, cn_pct]
    apply_trade_opening(state, params)
    return state


def play(state: State, params: Any, months: int) -> list[float]:
    """Returns US imports month by month."""
    out = []
    for _ in range(months):
        apply_trade_month(state, params)
        out.append(state.trade_usd_bn_per_month[US])
    return out


def by_expenditure_shares(params: Any, side: int, avg_pct: float) -> tuple[float, float]:
    """Returns (annual customs value, log price level) from nested CES expenditure shares.

    The same economy in its other form: spending is constant (kappa 1), goes to imports by their
    price relative to home goods, and to the partner by its price relative to other imports.
    """
    collected = params.trade_collected_base_pct[side]
    duty = collected + params.trade_collect[side] * (avg_pct - params.trade_avg_base_pct[side])
    wedge = (1 + duty / 100) / (1 + collected / 100)
    rho, sigma = params.trade_pass_through[side], params.trade_sigma_12m[side]
    added = params.trade_collect[side] * params.trade_rest_added_pp[side] / 100
    partner, rest = wedge**rho, (1 + added) ** rho
    w, m, eta = (
        partner_share(params, side),
        params.trade_penetration[side],
        params.trade_eta,
    )
    imports = (w * partner ** (1 - sigma) + (1 - w) * rest ** (1 - sigma)) ** (1 / (1 - sigma))
    home = imports ** (params.trade_domestic_response * m)
    level = (m * imports ** (1 - eta) + (1 - m) * home ** (1 - eta)) ** (1 / (1 - eta))
    spent = absorption(params, side) * m * (imports / level) ** (1 - eta)
    spent *= w * (partner / imports) ** (1 - sigma)
    return spent / partner / (1 + collected / 100) * wedge ** (rho - 1), math.log(level)


def own_cost(params: Any, side: int, avg_pct: float) -> float:
    """Returns an importer's loss: what buyers pay more less what the treasury takes in."""
    value, level = by_expenditure_shares(params, side, avg_pct)
    return absorption(params, side) * level - duty_paid(params, side, avg_pct) * value


def exporter_loss(params: Any, side: int, avg_pct: float) -> float:
    """Returns what the other side loses: the price conceded and the income of lost sales."""
    value, _ = by_expenditure_shares(params, side, avg_pct)
    before, _ = by_expenditure_shares(params, side, params.trade_avg_base_pct[side])
    collected = 1 + params.trade_collected_base_pct[side] / 100
    x = math.log((1 + duty_paid(params, side, avg_pct)) / collected)
    conceded = (1 - params.trade_pass_through[side]) * x * value
    return conceded + params.trade_export_margin[1 - side] * (before - value)


def test_constants_are_those_of_the_vocabulary() -> None:
    """The economy cannot import the model's vocabulary; its copies must not drift from it."""
    assert (US, CN, FREEZE) == (vocabulary.US, vocabulary.CN, vocabulary.FREEZE)
    assert vocabulary.CLAUSE_US_TARIFF_CUT == aggregate.CLAUSE_US_TARIFF_CUT
    assert vocabulary.CLAUSE_CN_TARIFF_CUT == aggregate.CLAUSE_CN_TARIFF_CUT
    assert vocabulary.CLAUSE_MINERALS == aggregate.CLAUSE_MINERALS
    assert vocabulary.CLAUSE_PURCHASES == aggregate.CLAUSE_PURCHASES
    assert vocabulary.N_CLAUSES == aggregate.N_CLAUSES


# ------------------------------------------------------------------------------ prices, demand


def test_duty_paid_is_what_was_collected_plus_the_paid_part_of_what_was_added() -> None:
    """Ten points on a base of 10.87 add nine; a cut below nothing stops at nothing."""
    params = make_params()

    assert duty_paid(params, US, 20.7) == pytest.approx(0.1087, abs=1e-15)
    assert duty_paid(params, US, 30.7) == pytest.approx(0.1987, abs=1e-15)
    assert duty_paid(params, US, 0.0) == 0.0


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


def test_without_a_shock_nothing_moves() -> None:
    """Under the base duties two years pass without any change, to 1e-12."""
    params = make_params()
    state = opened(params)

    play(state, params, 24)

    assert state.trade_usd_bn_per_month == pytest.approx([v / 12 for v in TRADE], rel=1e-12)
    assert state.import_price_log == pytest.approx([0.0, 0.0], abs=1e-12)
    assert state.price_level_log == pytest.approx([0.0, 0.0], abs=1e-12)
    assert state.deficit_usd_bn_per_year == pytest.approx(295.4, abs=1e-9)
    assert state.revenue_usd_bn_per_year == pytest.approx([438.9 * 0.1087, 143.5 * 0.14])


@pytest.mark.parametrize("side", [US, CN])
def test_small_shocks_have_the_elasticity_of_the_nests(side: int) -> None:
    """A tiny duty moves trade by -sigma rho plus substitution within and between the nests."""
    params = make_params()
    step = 1e-4
    moved = list(BASE)
    moved[side] += step
    before = opened(params)
    after = opened(params, *moved)

    actual = (after.trade_log[side] - before.trade_log[side]) / after.duty_log[side]

    rho, sigma, eta = params.trade_pass_through[side], params.trade_sigma_12m[side], 1.53
    share, penetration = partner_share(params, side), params.trade_penetration[side]
    expected = -sigma * rho + (sigma - eta) * share * rho
    expected += (eta - 1.0) * penetration * share * rho - (1 - rho)
    assert actual == pytest.approx(expected, abs=1e-4)


def test_a_partner_too_small_to_move_prices_loses_trade_at_sigma() -> None:
    """With a vanishing share and full pass-through the elasticity is exactly -sigma."""
    params = make_params(trade_rest_usd_bn=[1e15, 1e15], trade_pass_through=[1.0, 1.0])

    state = opened(params, 80.0, 60.0)

    expected = [-2.9 * state.duty_log[US], -2.25 * state.duty_log[CN]]
    assert state.trade_log == pytest.approx(expected, rel=1e-9)


def test_equal_price_rises_of_all_imports_leave_their_mix_alone() -> None:
    """If third countries pay the same, trade falls by eta alone, now and in the long run."""
    params = make_params(trade_pass_through=[1.0, 1.0], trade_kappa=1.53)
    x = opened(params, 50.0).duty_log[US]
    params.trade_rest_added_pp = [(math.exp(x) - 1) * 100 / 0.9, 0.0]
    state = opened(params, 50.0)

    play(state, params, 400)

    assert state.import_price_log[US] == pytest.approx(x, abs=1e-12)
    assert state.trade_log[US] == pytest.approx(-1.53 * x, abs=1e-9)


@given(
    us_pct=st.floats(20.7, 160.0),
    sigma=st.floats(1.2, 6.0),
    rho=st.floats(0.6, 1.0),
    rest=st.floats(0.0, 20.0),
    response=st.floats(0.0, 0.8),
)
def test_trade_equals_that_of_constant_spending(
    us_pct: float, sigma: float, rho: float, rest: float, response: float
) -> None:
    """The log demand system gives the trade and prices of nested expenditure shares."""
    params = make_params(
        trade_sigma_12m=[sigma, 2.25],
        trade_pass_through=[rho, 0.9],
        trade_rest_added_pp=[rest, 0.0],
        trade_domestic_response=response,
    )
    state = opened(params, us_pct)

    value, level = by_expenditure_shares(params, US, us_pct)

    assert 12 * state.trade_usd_bn_per_month[US] == pytest.approx(value, rel=1e-9)
    assert state.price_level_log[US] == pytest.approx(level, abs=1e-9)


@given(
    low=st.floats(0.0, 200.0),
    high=st.floats(0.0, 200.0),
    sigma=st.floats(1.1, 8.0),
    side=st.sampled_from([US, CN]),
)
def test_a_higher_tariff_never_raises_imports(
    low: float, high: float, sigma: float, side: int
) -> None:
    """Bilateral imports fall, and import prices rise, with the duty."""
    low, high = sorted((low, high))
    params = make_params(trade_sigma_12m=[sigma, sigma])
    less, more = list(BASE), list(BASE)
    less[side], more[side] = low, high

    cheap, dear = opened(params, *less), opened(params, *more)

    slack = 1e-12
    assert dear.trade_usd_bn_per_month[side] <= cheap.trade_usd_bn_per_month[side] + slack
    assert dear.import_price_log[side] >= cheap.import_price_log[side] - slack
    assert dear.trade_usd_bn_per_month[1 - side] == cheap.trade_usd_bn_per_month[1 - side]


# --------------------------------------------------------------------------------------- months


def test_ten_points_cost_a_fifth_of_trade_within_a_year() -> None:
    """The twelfth month after ten points lies where the adjustment recursion puts it."""
    params = make_params()
    target = math.log(12 * opened(params, 30.7).trade_usd_bn_per_month[US] / TRADE[US])
    state = opened(params)
    state.avg_pct[US] = 30.7

    months = play(state, params, 12)

    relative = 0.97 * state.duty_log[US] - state.import_price_log[US]
    expected, slow = 0.0, 0.0
    for _ in range(12):
        slow += (relative - slow) * (1 - 0.75 ** (1 / 12))
        expected += 0.35 * (target - 2.9 * 0.4 * slow - expected)
    assert math.log(12 * months[-1] / TRADE[US]) == pytest.approx(expected, abs=1e-12)
    assert slow == pytest.approx(relative * 0.25)
    assert 0.78 < 12 * months[-1] / TRADE[US] < 0.84
    assert months == sorted(months, reverse=True)


def test_the_long_run_uses_the_long_run_elasticity() -> None:
    """After decades the flow is that of an economy whose one-year elasticity is 1.4 times."""
    params = make_params(trade_rest_usd_bn=[1e15, 1e15])
    state = opened(params)
    state.avg_pct[US] = 40.7

    play(state, params, 1200)

    expected = -(1.4 * 2.9 * 0.97 + 0.03) * state.duty_log[US]
    assert state.trade_log[US] == pytest.approx(expected, rel=1e-6)


def test_a_trend_moves_trade_with_duties_unchanged() -> None:
    """Two per cent a year are two per cent of log trade a year, once the lag is filled."""
    params = make_params(trade_trend_pct_per_year=[2.0, 0.0])
    state = opened(params)

    months = play(state, params, 60)

    assert math.log(months[59] / months[47]) == pytest.approx(0.02, abs=1e-6)


def test_front_loading_only_moves_trade_in_time() -> None:
    """Trade rises before announced points, falls after, and the log sum is unchanged."""
    params = make_params()
    still, hurried = opened(params), opened(params)
    gaps = []
    for month in range(80):
        hurried.announced_pp[US] = 50.0 if month == 2 else 0.0
        play(still, params, 1)
        play(hurried, params, 1)
        gaps.append(hurried.trade_log[US] - still.trade_log[US])

    assert gaps[:2] == [0.0, 0.0]
    assert gaps[2] == pytest.approx(0.25 * math.log((1.1087 + 0.45) / 1.1087), rel=1e-12)
    assert min(gaps[3:]) < -0.02
    assert sum(gaps) == pytest.approx(0.0, abs=1e-9)


def test_only_news_is_front_loaded() -> None:
    """An announcement that stands, shrinks or was known at the start hurries nobody."""
    params = make_params()
    state = State()
    state.avg_pct = list(BASE)
    state.announced_pp = [40.0, 0.0]
    apply_trade_opening(state, params)
    start = state.trade_usd_bn_per_month[US]

    standing = play(state, params, 1)
    state.announced_pp[US] = 10.0
    shrunk = play(state, params, 1)
    state.announced_pp[US] = 20.0
    grown = play(state, params, 1)

    assert standing + shrunk == pytest.approx([start, start], rel=1e-12)
    assert grown[0] > start * 1.01


def test_the_deficit_is_that_of_the_last_twelve_months() -> None:
    """It is the sum of twelve monthly gaps, those before the start at the base year's pace."""
    params = make_params()
    state = opened(params)
    state.avg_pct[US] = 51.1
    gaps = [295.4 / 12] * 12

    for _ in range(30):
        apply_trade_month(state, params)
        gaps.append(state.trade_usd_bn_per_month[US] - state.trade_usd_bn_per_month[CN])
        assert state.deficit_usd_bn_per_year == pytest.approx(sum(gaps[-12:]), abs=1e-9)


def test_the_deficit_starts_at_295_and_falls_with_tariffs_and_purchases() -> None:
    """The base year's gap prints as 295; own tariffs and the other's purchases narrow it."""
    params = make_params()
    calm, taxed, bought = opened(params), opened(params), opened(params)
    assert math.floor(calm.deficit_usd_bn_per_year) == 295
    taxed.avg_pct[US] = 30.7
    bought.purchases_usd_bn_per_month = 3.0

    for state in (calm, taxed, bought):
        play(state, params, 12)

    assert taxed.deficit_usd_bn_per_year < calm.deficit_usd_bn_per_year - 30
    saved = calm.deficit_usd_bn_per_year - bought.deficit_usd_bn_per_year
    assert saved == pytest.approx(0.4 * 3.0 * 12)


def test_a_buyer_freeze_acts_at_once_and_ends_at_once() -> None:
    """State buyers hold back their share of the flow, not of pledged purchases."""
    params = make_params()
    state = opened(params)
    free = state.trade_usd_bn_per_month[CN]

    state.control[CN][FREEZE] = 1
    play(state, params, 1)
    frozen = state.trade_usd_bn_per_month[CN]
    state.control[CN][FREEZE] = 0
    play(state, params, 1)

    assert frozen == pytest.approx(0.91 * free)
    assert state.trade_usd_bn_per_month[CN] == pytest.approx(free)


def test_a_scenario_may_set_where_trade_and_the_deficit_start() -> None:
    """A flow that is set is kept, and what it implies without the freeze is worked out."""
    params = make_params()
    state = State()
    state.avg_pct = [51.1, 32.6]
    state.control[CN][FREEZE] = 1
    state.trade_usd_bn_per_month = [18.9, 9.4]
    state.deficit_usd_bn_per_year = 279.7

    apply_trade_opening(state, params)

    assert state.trade_usd_bn_per_month == [18.9, 9.4]
    assert state.trade_log[US] == pytest.approx(math.log(18.9 * 12 / 438.9))
    assert state.trade_log[CN] == pytest.approx(math.log(9.4 * 12 / 143.5 / 0.91))
    assert sum(state.deficit_month_usd_bn) == pytest.approx(279.7)


@given(
    us_pct=st.floats(0.0, 300.0),
    cn_pct=st.floats(0.0, 300.0),
    sigma=st.floats(0.2, 12.0),
    announced=st.floats(0.0, 200.0),
)
def test_whatever_the_duties_the_numbers_stay_finite(
    us_pct: float, cn_pct: float, sigma: float, announced: float
) -> None:
    """No tariff in reach gives a negative flow, or a cost that is no number."""
    params = make_params(trade_sigma_12m=[sigma, sigma])
    state = opened(params)
    state.avg_pct = [us_pct, cn_pct]
    state.announced_pp = [announced, announced]

    play(state, params, 6)

    assert min(state.trade_usd_bn_per_month) > 0.0
    numbers = state.own_cost_per_pp + state.other_cost_per_pp
    numbers += state.clause_value_usd_bn[US] + state.clause_value_usd_bn[CN]
    assert all(math.isfinite(number) for number in numbers)


# -------------------------------------------------------------------------------------- revenue


def test_revenue_peaks_where_the_closed_form_says() -> None:
    """With an elasticity sigma and nothing else, revenue is highest at a duty of 1/(sigma-1)."""
    params = make_params(
        trade_rest_usd_bn=[1e15, 1e15],
        trade_pass_through=[1.0, 1.0],
        trade_collect=[1.0, 1.0],
        trade_collected_base_pct=[0.0, 0.0],
        trade_avg_base_pct=[0.0, 0.0],
    )
    revenue = {pct: opened(params, pct).revenue_usd_bn_per_year[US] for pct in range(1, 150)}

    assert max(revenue, key=lambda pct: revenue[pct]) == round(100 / 1.9)


def test_going_from_145_to_30_points_raises_revenue() -> None:
    """The full duty of April 2025 lies beyond the peak, thirty points before it."""
    params = make_params()
    base, truce, full = (
        opened(params, pct).revenue_usd_bn_per_year[US] for pct in (20.7, 51.1, 126.5)
    )

    assert base < full < truce


# ---------------------------------------------------------------------------------------- costs


@pytest.mark.parametrize("side", [US, CN])
@pytest.mark.parametrize("avg_pct", [21.5, 40.0, 57.6, 126.5])
@pytest.mark.parametrize("changes", [{}, {"trade_domestic_response": 0.49}])
def test_cost_per_point_is_the_slope_of_the_cost(
    side: int, avg_pct: float, changes: dict[str, Any]
) -> None:
    """Both slopes equal numerical derivatives of the costs written in expenditure shares."""
    params = make_params(trade_rest_added_pp=[8.0, 1.0], **changes)
    duties = list(BASE)
    duties[side] = avg_pct
    state = opened(params, *duties)
    step = 1e-4

    own = own_cost(params, side, avg_pct + step) - own_cost(params, side, avg_pct - step)
    other = exporter_loss(params, side, avg_pct + step)
    other -= exporter_loss(params, side, avg_pct - step)

    assert state.own_cost_per_pp[side] == pytest.approx(own / (2 * step), abs=1e-5)
    assert state.other_cost_per_pp[1 - side] == pytest.approx(other / (2 * step), abs=1e-5)


@pytest.mark.parametrize("side", [US, CN])
def test_value_of_a_cut_is_the_mean_cost_of_the_points_added(side: int) -> None:
    """Ten points are worth the whole cost since the base, shared out over the points."""
    params = make_params(trade_rest_added_pp=[8.0, 1.0])
    duties = list(BASE)
    duties[side] += 60.0
    state = opened(params, *duties)

    cost = own_cost(params, side, duties[side]) - own_cost(params, side, BASE[side])
    loss = exporter_loss(params, side, duties[side])

    assert state.clause_value_usd_bn[side][side] == pytest.approx(cost / 6, rel=1e-9)
    assert state.clause_value_usd_bn[1 - side][side] == pytest.approx(loss / 6, rel=1e-9)


def test_value_of_a_cut_does_not_jump_at_one_point() -> None:
    """Slope and mean meet where the rule changes from one to the other."""
    params = make_params()

    below = opened(params, 20.7 + 0.999).clause_value_usd_bn
    above = opened(params, 20.7 + 1.001).clause_value_usd_bn

    assert below[US][0] == pytest.approx(above[US][0], rel=0.05)
    assert below[CN][0] == pytest.approx(above[CN][0], rel=0.05)


def test_a_first_point_only_moves_the_price_the_exporter_concedes() -> None:
    """From free trade, the importer gains exactly what the exporter concedes, and no more.

    Counting a terms-of-trade gain beside prices and revenue would give it twice.
    """
    params = make_params(
        trade_collect=[1.0, 1.0],
        trade_collected_base_pct=[0.0, 0.0],
        trade_avg_base_pct=[0.0, 0.0],
        trade_pass_through=[0.8, 0.8],
        trade_export_margin=[0.0, 0.0],
    )

    state = opened(params, 0.0, 0.0)

    assert state.other_cost_per_pp[CN] == pytest.approx(0.2 * 438.9 / 100)
    assert state.own_cost_per_pp[US] == pytest.approx(-0.2 * 438.9 / 100)
    assert state.own_cost_per_pp[CN] == pytest.approx(-state.other_cost_per_pp[US])


def test_extra_purchases_earn_the_seller_a_margin_and_cost_the_buyer_a_premium() -> None:
    """Ten billion a year are worth 2.5 to the US and cost China half a billion."""
    state = opened(make_params())

    assert state.clause_value_usd_bn[US][aggregate.CLAUSE_PURCHASES] == pytest.approx(2.5)
    assert state.clause_value_usd_bn[CN][aggregate.CLAUSE_PURCHASES] == pytest.approx(-0.5)


def test_rare_earths_are_worth_most_when_stocks_are_gone() -> None:
    """Stocks of three months bridge a quarter of the year; other clauses are read off."""
    params = make_params()
    state = opened(params)
    values = []
    for stock in (3.0, 0.0, 50.0):
        state.minerals_stock_months = stock
        play(state, params, 1)
        values.append(state.clause_value_usd_bn[US][aggregate.CLAUSE_MINERALS])

    assert values == pytest.approx([1.5, 2.0, 0.0])
    assert state.clause_value_usd_bn[CN][3:] == [13.0, -0.5, 15.0, 16.0, 17.0]


# --------------------------------------------------------------------------- published results


def test_thirty_points_on_china_alone_match_the_sectoral_model() -> None:
    """The 26-sector model has trade -47.7 %, revenue +44 and buyers -86 USD bn at sigma 3.3."""
    params = make_params(trade_sigma_12m=[3.3, 2.25], trade_pass_through=[0.94, 0.9])

    state = opened(params, 51.1)

    revenue = state.revenue_usd_bn_per_year[US] - 0.1087 * TRADE[US]
    buyers = absorption(params, US) * state.price_level_log[US]
    assert 12 * state.trade_usd_bn_per_month[US] / TRADE[US] - 1 == pytest.approx(-0.477, abs=0.03)
    assert revenue == pytest.approx(44.0, abs=6.0)
    assert buyers == pytest.approx(86.0, abs=6.0)


def test_a_full_trade_war_costs_what_general_equilibrium_says_within_a_factor_of_three() -> None:
    """At +112/+125 points the published solver has -0.27 % for the US and -0.67 % for China."""
    params = make_params()

    us_own = own_cost(params, US, 20.7 + 112) - own_cost(params, US, 20.7)
    cn_own = own_cost(params, CN, 21.2 + 125) - own_cost(params, CN, 21.2)
    us_loss = (us_own + exporter_loss(params, CN, 21.2 + 125)) / US_GDP
    cn_loss = (cn_own + exporter_loss(params, US, 20.7 + 112)) / CN_GDP

    assert 0.0027 / 3 < us_loss < 0.0027 * 3
    assert 0.0067 / 3 < cn_loss < 0.0067 * 3
