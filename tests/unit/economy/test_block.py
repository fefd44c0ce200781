"""The block as a whole: nothing from nothing, symmetry, peaks, and no stale number."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from sim.economy.block import apply_trade_month, apply_trade_opening
from sim.economy.records import N_REGIONS
from sim.economy.sectors import N_GOODS
from sim.engine.interventions import carry_out
from sim.engine.plan import make_plan
from sim.engine.world import PARAM_SLOTS, World, cut_table, make_params
from sim.model.duties.layers import apply_averages
from sim.model.tables.codes import (
    BUYER_FREEZE,
    CN,
    FENTANYL,
    FULL_REPLY,
    PARTIAL_REPLY,
    PNTR,
    PORT_FEES,
    RECIPROCAL,
    S232,
    S301,
    TECH,
    THREATENED,
    US,
)
from sim.model.tables.fields import copy_record, set_slot, to_struct
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Action, Intervention
from tests.unit.economy.worlds import (
    JANUARY,
    add_points,
    base_state,
    central,
    china_only,
    drawn,
    january,
    opened,
    play,
)

DRAWS = 200


@pytest.mark.parametrize("vector", [None, 0, 1, 2])
def test_without_a_shock_nothing_moves_for_two_years(vector: int | None) -> None:
    """Trade, prices, incomes, accounts and macro stay at the base to 1e-12, whatever parameters."""
    params = central() if vector is None else drawn(vector)
    state = opened(params)
    state.announced_pp = [[0.0] * 6, [0.0] * 6]
    months = [value / 12 for value in params.trade_base_usd_bn]

    for _ in range(24):
        apply_trade_month(state, params)
        assert state.trade_usd_bn_per_month == pytest.approx(months, rel=1e-12)
        still = (
            *state.good_log,
            *state.good_slow,
            *state.good_added_pp,
            *state.border_price_log,
            *state.retail_price_log,
            *state.content_price_pct,
            *state.real_income_pct,
            *state.exports_to_us_change_usd_bn,
            state.cn_exports_change_usd_bn,
            *(value for row in state.macro for value in row),
            *state.lost_sales_usd_bn_per_month,
            *state.buyers_cost_usd_bn_per_year,
            *state.static_gain_usd_bn_per_year,
        )
        assert still == pytest.approx([0.0] * len(still), abs=1e-12)
    gap = params.trade_base_usd_bn[US] - params.trade_base_usd_bn[CN]
    assert state.deficit_usd_bn_per_year == pytest.approx(gap, rel=1e-12)


def mirrored() -> Params:
    """Returns parameters of two like sides: 17 sectors of the same numbers, nine without trade."""
    params = central()
    params.good_value_usd_bn[17:26] = [0.0] * 9
    for numbers in (
        params.good_value_usd_bn,
        params.good_partner_share,
        params.good_duty_pct,
        params.good_rest_duty_pct,
        params.good_penetration,
        params.good_sigma_ratio,
    ):
        numbers[26:] = numbers[:17]
    params.good_homogeneous = [0.0] * N_GOODS
    for name in (
        "trade_base_usd_bn",
        "trade_sigma_12m",
        "trade_pass_through",
        "trade_collect",
        "trade_value_added",
        "trade_resold_share",
        "trade_port_fee_usd_bn",
    ):
        getattr(params, name)[CN] = getattr(params, name)[US]
    return params


def test_like_sides_with_like_duties_fare_alike() -> None:
    """With the same sectors, parameters, duties and announcements both get the same numbers."""
    params = mirrored()
    state = base_state(params)
    state.control[US][TECH] = params.chips_base_level
    state.control[US][PORT_FEES] = state.control[CN][PORT_FEES] = 1
    state.coverage[US][RECIPROCAL] = 1.0
    state.trade_usd_bn_per_month = [0.0, 0.0]
    add_points(state, ({RECIPROCAL: 20.0}, {FULL_REPLY: 20.0}))
    state.announced_pp = [[0.0] * 6, [0.0] * 6]
    apply_trade_opening(state, params)

    for month in range(18):
        add_points(state, ({RECIPROCAL: 3.0}, {FULL_REPLY: 3.0}))
        state.announced_pp[US][RECIPROCAL] = state.announced_pp[CN][FULL_REPLY] = 5.0 * (month % 4)
        apply_trade_month(state, params)

    for numbers in (
        state.trade_usd_bn_per_month,
        state.revenue_usd_bn_per_year,
        state.buyers_cost_usd_bn_per_year,
        state.static_gain_usd_bn_per_year,
        state.border_price_log,
        state.retail_price_log,
        state.lost_sales_usd_bn_per_month,
        state.added_avg_pp,
        [state.own_cost_per_pp[US][RECIPROCAL], state.own_cost_per_pp[CN][FULL_REPLY]],
        [state.other_cost_per_pp[CN][RECIPROCAL], state.other_cost_per_pp[US][FULL_REPLY]],
        [state.price_usd_bn[US][0], state.price_usd_bn[CN][1]],
        [state.price_usd_bn[CN][0], state.price_usd_bn[US][1]],
    ):
        assert numbers[US] == pytest.approx(numbers[CN], rel=1e-12)
        assert numbers[US] != 0.0
    assert state.good_usd_bn_per_month[26:] == pytest.approx(
        state.good_usd_bn_per_month[:17], rel=1e-12
    )


# ---------------------------------------------------------------------------- peaks and optima


def revenue_after_a_year(params: Params, points: float, *, exempt: bool = True) -> float:
    """Returns US revenue from China a year after points on China alone, USD bn a year."""
    state = base_state(params)
    if not exempt:
        state.coverage[US][RECIPROCAL] = 1.0
    apply_trade_opening(state, params)
    add_points(state, (china_only(points), {}))
    play(state, params, 12)
    return state.revenue_usd_bn_per_year[US]


def peak_of_revenue(sigma: float, rho: float) -> int:
    """Returns the points on all Chinese goods at which revenue within a year is highest."""
    params = central(
        trade_sigma_12m=[sigma, 2.25], trade_pass_through=[rho, 0.9], trade_opening_age_months=0
    )
    state = base_state(params)
    state.coverage[US][RECIPROCAL] = 1.0
    revenue = []
    for points in range(150):
        opened = copy_record(state)
        add_points(opened, ({FENTANYL: float(points)}, {}))
        apply_trade_opening(opened, params)
        revenue.append(opened.revenue_usd_bn_per_year[US])
    return revenue.index(max(revenue))


def test_revenue_from_china_peaks_between_24_and_110_points() -> None:
    """Over nine tenths of the prior that is recommended for checks (sigma lognormal with median 3.3
    and 0.25, 92 per cent passed on) the peak lies there; it falls as sigma rises."""
    # That prior knows the trade of 2025 and is used in this test alone.
    sigmas = [3.3 * math.exp(0.25 * z) for z in (-1.645, 0.0, 1.645)]

    peaks = [peak_of_revenue(sigma, 0.92) for sigma in sigmas]

    assert peaks == sorted(peaks, reverse=True)
    assert 24 <= peaks[-1] < peaks[0] <= 110
    assert 40 <= peaks[1] <= 60


def test_most_draws_of_scenarios_peak_there_too() -> None:
    """With the wider prior of scenarios, which knows nothing of 2025, six draws in ten do."""
    inside = 0
    for vector in range(DRAWS):
        params = drawn(vector)
        low, next_low, high, next_high = (
            revenue_after_a_year(params, points) for points in (25.0, 26.0, 110.0, 111.0)
        )
        inside += next_low >= low and next_high <= high

    assert inside >= 0.6 * DRAWS


@pytest.mark.parametrize("exempt", [True, False], ids=["as-published", "all-goods"])
def test_thirty_points_raise_more_than_145(*, exempt: bool) -> None:
    """At central values the duty of April 2025 lies beyond the peak, the truce's before it."""
    params = central()
    rows = {
        points: revenue_after_a_year(params, points, exempt=exempt)
        for points in (0.0, 30.0, 55.0, 145.0)
    }

    assert rows[0.0] < rows[145.0] < rows[30.0] < rows[55.0]


@pytest.mark.parametrize("vector", [None, *range(10)])
def test_beyond_the_optimum_the_more_duty_the_less_gain(vector: int | None) -> None:
    """Extra revenue less buyers' cost is positive for a small duty if it is for any, and falls all
    the way once it has begun to fall; at a hundred points it is a loss."""
    params = central() if vector is None else drawn(vector)
    gains = []
    for points in range(0, 160, 10):
        state = opened(params, china_only(float(points)))
        gains.append(state.static_gain_usd_bn_per_year[US])

    best = gains.index(max(gains))
    assert gains[best:] == sorted(gains[best:], reverse=True)
    assert gains[: best + 1] == sorted(gains[: best + 1])
    assert gains[10] < 0.0
    assert gains[0] == pytest.approx(0.0, abs=1e-12)


def test_beyond_the_optimum_real_income_falls_with_the_own_tariff() -> None:
    """In general equilibrium the US optimum against China alone is near ten points, and each step
    beyond costs more; China loses from the first."""
    params = central()
    states = [opened(params, {FENTANYL: float(points)}) for points in range(0, 150, 5)]
    us = [state.real_income_pct[US] for state in states]
    china = [state.real_income_pct[CN] for state in states]

    best = us.index(max(us))
    assert 5 <= 5 * best <= 15
    assert us[best:] == sorted(us[best:], reverse=True)
    assert china == sorted(china, reverse=True)


# ------------------------------------------------------------------------------- no stale number


def shuffled(state: State, draw: random.Random) -> None:
    """Moves a duty, an announcement or a control now and then, as rules do; most months nothing."""
    moves: list[Callable[[], None]] = [
        lambda: state.duty_pp[US].__setitem__(FENTANYL, draw.choice([0.0, 10.0, 20.0])),
        lambda: state.duty_pp[US].__setitem__(RECIPROCAL, draw.uniform(0.0, 125.0)),
        lambda: state.duty_pp[US].__setitem__(S301, draw.uniform(0.0, 50.0)),
        lambda: state.duty_pp[US].__setitem__(S232, draw.uniform(0.0, 50.0)),
        lambda: state.duty_pp[US].__setitem__(THREATENED, draw.uniform(0.0, 100.0)),
        lambda: state.duty_pp[US].__setitem__(PNTR, draw.uniform(0.0, 30.0)),
        lambda: state.duty_pp[CN].__setitem__(FULL_REPLY, draw.uniform(0.0, 125.0)),
        lambda: state.announced_pp[US].__setitem__(RECIPROCAL, draw.uniform(0.0, 50.0)),
        lambda: state.control[US].__setitem__(PORT_FEES, draw.randrange(2)),
        lambda: state.control[CN].__setitem__(PORT_FEES, draw.randrange(2)),
        lambda: state.control[US].__setitem__(TECH, draw.randrange(5)),
        lambda: state.control[CN].__setitem__(BUYER_FREEZE, draw.randrange(3)),
        lambda: setattr(state, "minerals_stock_months", draw.uniform(0.0, 3.0)),
        lambda: setattr(state, "others_added_pp", draw.uniform(0.0, 10.0)),
    ]
    if draw.random() < 0.5:
        draw.choice(moves)()
    if draw.random() < 0.1:
        # A partial reply sets its rate and adds to its coverage, in one act.
        state.duty_pp[CN][PARTIAL_REPLY] = 15.0
        state.coverage[CN][PARTIAL_REPLY] = min(1.0, state.coverage[CN][PARTIAL_REPLY] + 0.05)


@pytest.mark.parametrize("seed", range(12))
def test_prices_kept_from_last_month_are_never_stale(seed: int) -> None:
    """Over random paths of duties, prices worked out anew every month give the same state."""
    params = drawn(seed)
    lazy = opened(params)
    eager = copy_record(lazy)
    one, two = (random.Random(seed) for _ in range(2))  # noqa: S311 - test data

    for _ in range(48):
        shuffled(lazy, one)
        shuffled(eager, two)
        eager.prices_due = [True, True]
        eager.income_due = True
        for state in (lazy, eager):
            apply_trade_month(state, params)
            # Sums in between, of whichever side was last worked out.
            state.slope_sum = [[0.0] * 4, [0.0] * 4]
        assert to_struct(lazy).tobytes() == to_struct(eager).tobytes()


def test_most_months_no_price_is_worked_out() -> None:
    """A month in which no duty or fee moves leaves prices alone; a duty moves its own side's."""
    params = central()
    state = opened(params)
    state.good_level_log[0] = state.good_level_log[30] = 0.123

    apply_trade_month(state, params)
    assert (state.good_level_log[0], state.good_level_log[30]) == (0.123, 0.123)

    state.duty_pp[US][FENTANYL] = 10.0
    apply_trade_month(state, params)
    assert state.good_level_log[0] != 0.123
    assert state.good_level_log[30] == 0.123


# ---------------------------------------------------------------------- numbers set in mid-course


def started(name: str, value: float) -> World:
    """Returns a run of the base some months on, under duties of both sides, whose plan sets a
    number on the first day."""
    params = make_params(january())
    row = Intervention(
        key="set",
        day=january().start,
        until=None,
        when=(),
        do=(Action("set", name=name, value=value),),
        once=False,
        cooldown_days=0,
        source="",
    )
    plan = make_plan(replace(january(), calendar=(), interventions=(row,)))
    state = opened(params, {FENTANYL: 20.0, RECIPROCAL: 10.0}, {FULL_REPLY: 10.0})
    play(state, params, 3)
    return World(plan, state, params, [[0.0]])


def set_number(world: World) -> None:
    """Carries out the plan's steps of the first day."""
    for step in range(world.plan.n_dated):
        carry_out(world, step)


SETTABLE = {
    "trade.us.sigma_12m": 4.1,
    "trade.sigma_long_ratio": 1.8,
    "trade.cn.sigma_homogeneous": 5.0,
    "trade.us.collect": 0.7,
    "trade.cn.pass_through": 0.7,
    "trade.eta": 2.0,
    "trade.us.rest_added_pp": 9.0,
    "trade.us.base_usd_bn": 400.0,
    "trade.us.toys.value_usd_bn": 50.0,
    "trade.us.toys.partner_share": 0.5,
    "trade.us.toys.duty_pct": 10.0,
    "trade.us.toys.penetration": 0.6,
    "trade.cn.aerospace.sigma_ratio": 2.0,
    "trade.us.toys.cover_reciprocal": 0.1,
    "us.coverage_reference.reciprocal": 0.8,
}


@pytest.mark.parametrize("name", SETTABLE)
def test_a_parameter_set_in_mid_course_takes_effect_everywhere(name: str) -> None:
    """The next month has the prices, shares, costs and incomes of a run that always had it."""
    world = started(name, SETTABLE[name])
    resolved = resolve(JANUARY, sets=[(name, str(SETTABLE[name]))])
    fresh = make_params(resolved)
    always = opened(fresh, {FENTANYL: 20.0, RECIPROCAL: 10.0}, {FULL_REPLY: 10.0})
    before = to_struct(world.state)

    set_number(world)
    apply_trade_month(world.state, world.params)
    apply_trade_month(always, fresh)

    assert to_struct(world.params).tobytes() == to_struct(fresh).tobytes()
    moved = False
    for attr in (
        "good_base_usd_bn",
        "good_share",
        "good_absorption_usd_bn",
        "good_sigma",
        "good_paid",
        "good_duty_log",
        "good_import_price_log",
        "good_level_log",
        "good_target_log",
        "buyers_cost_usd_bn_per_year",
        "revenue_free_usd_bn_per_year",
        "real_income_pct",
        "exports_to_us_change_usd_bn",
        "cn_exports_change_usd_bn",
        "own_cost_per_pp",
        "other_cost_per_pp",
        "price_usd_bn",
        "us_imports_base_usd_bn",
        "effective_rate_pp",
    ):
        assert getattr(world.state, attr) == getattr(always, attr), attr
        moved = moved or before[attr][0].tobytes() != to_struct(world.state)[attr][0].tobytes()
    assert moved


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trade.us.sigma_12m", 4.1),
        ("trade.sigma_long_ratio", 1.8),
        ("trade.us.rest_added_pp", 3.0),
        ("trade.us.collect_rest", 0.5),
    ],
)
def test_what_is_set_under_duties_on_others_cuts_the_table_anew(name: str, value: float) -> None:
    """The slice is that of a world which always had the number, to the bit, and another than
    before."""
    # Fails if a parameter at which the table is cut is left out, or the old slice is not wiped.
    world = started(name, value)
    world.params.trade_rest_added_pp[US] = 12.0
    cut_table(world.params)
    before = copy_record(world.params)

    set_number(world)

    fresh = copy_record(before)
    set_slot(fresh, PARAM_SLOTS[name], value)
    cut_table(fresh)
    assert world.params.ge_results == fresh.ge_results
    assert world.params.ge_results != before.ge_results


def test_a_draw_moves_flows_and_incomes_together() -> None:
    """In forty draws from the priors the table is cut at the elasticity of the trade flows, and it
    is another in each."""
    # Fails if a draw leaves the slice of the central values.
    seen = []
    for vector in range(40):
        params = drawn(vector)
        sigma = params.trade_sigma_12m[US] * params.trade_sigma_long_ratio
        apart = copy_record(params)
        apart.trade_sigma_12m[US], apart.trade_sigma_long_ratio = sigma, 1.0
        cut_table(apart)
        assert params.ge_results[5][3] == pytest.approx(apart.ge_results[5][3], rel=1e-9)
        seen.append((sigma, params.ge_results[5][3][N_REGIONS]))

    # The higher the elasticity, the more China sells less to the US.
    losses = [loss for _, loss in sorted(seen)]
    assert losses == sorted(losses, reverse=True)


def test_coverage_set_in_mid_course_takes_effect_on_the_costs_of_its_layer() -> None:
    """Coverage of a layer without points moves no duty, but what a point of it would cost."""
    world = started("us.coverage.reciprocal", 1.0)
    world.state.duty_pp[US][RECIPROCAL] = 0.0
    apply_trade_month(world.state, world.params)
    narrow = world.state.own_cost_per_pp[US][RECIPROCAL]

    set_number(world)
    apply_averages(world.state, world.params)
    apply_trade_month(world.state, world.params)

    costs = world.state.own_cost_per_pp[US]
    assert costs[RECIPROCAL] == pytest.approx(costs[FENTANYL], rel=1e-12)
    assert costs[RECIPROCAL] != pytest.approx(narrow, rel=0.1)
