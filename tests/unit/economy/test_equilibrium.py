"""General equilibrium against reference results, a second solver and the laws of accounting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.economy import equilibrium
from sim.economy.equilibrium import (
    Array,
    TradeEquilibrium,
    TradeWorld,
    best_tariff_pct,
    bilateral_nash,
    build_table,
    gains_from_trade_pct,
    results_of,
    small_country,
    solve,
    war_tariffs,
    world_of_exports,
)
from sim.economy.records import CN, FIRST_EXPORT, LAST_RESULT, N_REGIONS, N_RESULTS, REGIONS, US
from sim.errors import SimError, UsageError
from sim.scenario.equilibrium_table import eight_region_world

REST = 2
WORLD = world_of_exports(
    ("us", "cn", "rest"),
    [27843.2833, 17794.7830, 59673.4899],
    [
        [0.0, 145.3344, 1713.3911],
        [440.4777, 0.0, 2903.0991],
        [2462.1321, 1898.5279, 0.0],
    ],
)
"""Three regions: the US, China without Hong Kong, the rest; data of the published reference."""
EIGHT = eight_region_world()
BALANCED = world_of_exports(
    "abc", [10.0, 20.0, 30.0], [[0.0, 3.0, 2.0], [1.0, 0.0, 4.0], [4.0, 2.0, 0.0]]
)


def random_world(draw: np.random.Generator) -> TradeWorld:
    """Returns a world of two to five regions of unlike size, with unbalanced trade."""
    count = int(draw.integers(2, 6))
    income = 10.0 ** draw.uniform(-0.5, 1.5, count)
    exports = draw.uniform(0.01, 0.10, (count, count)) * np.minimum.outer(income, income)
    np.fill_diagonal(exports, 0.0)
    return world_of_exports([f"region {n}" for n in range(count)], income, exports)


def random_tariffs(draw: np.random.Generator, world: TradeWorld) -> Array:
    """Returns tariffs from a subsidy of 20 to a duty of 150 per cent."""
    tariff = draw.uniform(-20.0, 150.0, world.trade_usd_bn.shape)
    np.fill_diagonal(tariff, 0.0)
    return tariff


def by_fixed_point(world: TradeWorld, tariff_pct: Array, theta: float) -> tuple[Array, Array]:
    """Returns (welfare changes in per cent, incomes) of the same world in levels.

    A second program: no changes but levels, with technologies that make the base year's flows an
    equilibrium at wages of one; spending and revenue are iterated, not solved for; wages move
    a little towards what is paid for each region's labour until nothing moves.
    """
    labour, flows = world.income_usd_bn, world.trade_usd_bn
    spent_before = flows.sum(axis=1)
    technology = flows / spent_before[:, None]
    transfer = spent_before - labour
    factor = 1 + tariff_pct / 100
    wage = np.ones_like(labour)
    spent = spent_before.copy()
    for _ in range(200_000):
        cost = technology * (wage[None, :] * factor) ** (-theta)
        bought = spent[:, None] * cost / cost.sum(axis=1, keepdims=True)
        customs = bought / factor
        earned = customs.sum(axis=0)
        unit = labour.sum() / earned.sum()
        next_wage = wage * (earned * unit / (labour * wage)) ** (0.5 / (1 + theta))
        next_spent = labour * wage + (bought - customs).sum(axis=1) + transfer
        gap = max(np.abs(next_wage / wage - 1).max(), np.abs(next_spent / spent - 1).max())
        wage, spent = next_wage * labour.sum() / (labour @ next_wage), next_spent
        if gap < 1e-15:
            break
    cost = technology * (wage[None, :] * factor) ** (-theta)
    price_level = cost.sum(axis=1) ** (-1 / theta)
    return 100 * (spent / price_level / spent_before - 1), labour * wage


# ---------------------------------------------------------------------------- reference results


@pytest.mark.parametrize(
    ("us_pp", "cn_pp", "theta", "welfare_pct"),
    [
        (27.0, 10.0, 2.5, (0.0112, -0.3173, 0.0340)),
        (60.0, 60.0, 2.5, (-0.1284, -0.5149, 0.0462)),
        (112.0, 125.0, 2.5, (-0.2715, -0.6719, 0.0550)),
        (27.0, 10.0, 4.0, (-0.0243, -0.2658, 0.0280)),
        (60.0, 60.0, 4.0, (-0.1542, -0.4147, 0.0347)),
        (112.0, 125.0, 4.0, (-0.2435, -0.4920, 0.0383)),
    ],
)
def test_welfare_is_that_of_the_reference(
    us_pp: float, cn_pp: float, theta: float, welfare_pct: tuple[float, ...]
) -> None:
    """Three shocks, two elasticities and three regions agree to the last digit printed."""
    result = solve(WORLD, war_tariffs(3, us_pp, cn_pp), theta)

    assert tuple(result.welfare_pct.round(4)) == welfare_pct


@pytest.mark.parametrize(
    ("theta", "us_pct", "cn_pct", "us_welfare", "cn_welfare"),
    [(2.5, 15.5, 20.9, 0.0094, -0.1939), (4.0, 10.4, 13.8, 0.0060, -0.1265)],
)
def test_nash_tariffs_are_those_of_the_reference(
    theta: float, us_pct: float, cn_pct: float, us_welfare: float, cn_welfare: float
) -> None:
    """Tariffs and welfare of the bilateral Nash equilibrium agree to the last digit printed."""
    nash = bilateral_nash(WORLD, theta)

    assert (round(nash.first_pct, 1), round(nash.second_pct, 1)) == (us_pct, cn_pct)
    assert nash.equilibrium.welfare_pct[US].round(4) == us_welfare
    assert nash.equilibrium.welfare_pct[CN].round(4) == cn_welfare


@pytest.mark.parametrize("theta", [2.0, 4.0, 8.0])
def test_best_tariff_of_a_vanishing_country_is_one_over_theta(theta: float) -> None:
    """The gap to 100/theta per cent closes in proportion to the country's size, to nothing."""
    gaps = [
        best_tariff_pct(small_country(0.7, size), theta, 0, [1]) - 100 / theta
        for size in (1e-3, 1e-4, 1e-8)
    ]

    assert 0.001 < gaps[0] < 0.02
    assert gaps[1] / gaps[0] == pytest.approx(0.1, rel=0.02)
    assert gaps[2] == pytest.approx(0.0, abs=5e-5)


def test_best_tariff_of_a_vanishing_country_does_not_depend_on_its_openness() -> None:
    """One over theta holds whether half or a twentieth of spending goes abroad."""
    tariffs = [best_tariff_pct(small_country(share), 5.0, 0, [1]) for share in (0.5, 0.95)]

    assert tariffs == pytest.approx([20.0, 20.0], abs=1e-4)


@pytest.mark.parametrize(
    ("home_share", "formula_pct", "printed_pct"),
    [(0.68, 8.0, 8.0), (0.70, 7.4, 7.5), (0.80, 4.6, 4.5), (0.88, 2.6, 2.6), (0.92, 1.7, 1.8)],
)
def test_gains_from_trade_are_the_published_ones(
    home_share: float, formula_pct: float, printed_pct: float
) -> None:
    """The formula's digits, and the article's, whose home shares are not rounded."""
    gains = gains_from_trade_pct(home_share, 5.0)

    assert round(gains, 1) == formula_pct
    assert gains == pytest.approx(printed_pct, abs=0.125)


@pytest.mark.parametrize("theta", [2.5, 5.0])
def test_a_prohibitive_wall_brings_autarky(theta: float) -> None:
    """Once nothing is traded, the solver has lost just what the formula says trade gained."""
    assert BALANCED.deficit_usd_bn == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)
    wall = 1e6 * (1 - np.eye(3))

    result = solve(BALANCED, wall, theta)

    gains = np.array([gains_from_trade_pct(share, theta) for share in BALANCED.home_share])
    assert 1 / (1 + result.welfare_pct / 100) == pytest.approx(1 + gains / 100, abs=1e-6)


# -------------------------------------------------------------------------------- second solver


@pytest.mark.parametrize("seed", range(24))
def test_a_second_program_finds_the_same_equilibrium(seed: int) -> None:
    """Random worlds, tariffs and elasticities: welfare and incomes agree to 1e-9."""
    draw = np.random.default_rng(seed)
    world = random_world(draw)
    tariff = random_tariffs(draw, world)
    theta = float(draw.uniform(1.5, 10.0))

    result = solve(world, tariff, theta)
    welfare_pct, income = by_fixed_point(world, tariff, theta)

    assert result.welfare_pct / 100 == pytest.approx(welfare_pct / 100, abs=1e-9)
    assert result.wage_change * world.income_usd_bn == pytest.approx(income, rel=1e-9)


@pytest.mark.parametrize("theta", [2.0, 3.3, 8.0])
def test_a_second_program_agrees_on_the_three_regions(theta: float) -> None:
    """Three regions under the tariffs of April 2025, to 1e-9."""
    tariff = war_tariffs(3, 112.0, 125.0)

    welfare_pct, _ = by_fixed_point(WORLD, tariff, theta)

    assert solve(WORLD, tariff, theta).welfare_pct == pytest.approx(welfare_pct, abs=1e-9)


# -------------------------------------------------------------------------------- laws that hold


seeds = st.integers(0, 2**32 - 1)
elasticities = st.floats(1.2, 12.0)


def random_case(seed: int, theta: float) -> tuple[TradeWorld, Array, TradeEquilibrium]:
    """Returns a random world, tariffs and the equilibrium under them."""
    draw = np.random.default_rng(seed)
    world = random_world(draw)
    tariff = random_tariffs(draw, world)
    return world, tariff, solve(world, tariff, theta)


@given(seed=seeds, theta=elasticities)
@settings(max_examples=30, deadline=None)
def test_without_tariffs_nothing_changes(seed: int, theta: float) -> None:
    """The base year is its own equilibrium, to 1e-12."""
    world = random_world(np.random.default_rng(seed))

    result = solve(world, np.zeros(world.trade_usd_bn.shape), theta)

    assert result.welfare_pct == pytest.approx(np.zeros(len(world.names)), abs=1e-10)
    assert result.wage_change == pytest.approx(np.ones(len(world.names)), abs=1e-12)
    assert result.price_index == pytest.approx(np.ones(len(world.names)), abs=1e-12)
    assert result.trade_usd_bn == pytest.approx(world.trade_usd_bn, rel=1e-12)
    assert result.revenue_usd_bn == pytest.approx(np.zeros(len(world.names)), abs=1e-12)


@given(seed=seeds, theta=elasticities)
@settings(max_examples=40, deadline=None)
def test_the_accounts_close(seed: int, theta: float) -> None:
    """Sales are incomes, revenue is duty times imports, spending is income, revenue and deficit."""
    world, tariff, result = random_case(seed, theta)
    income = result.wage_change * world.income_usd_bn
    duties = tariff / 100 * result.trade_usd_bn
    paid = (result.trade_usd_bn + duties).sum(axis=1)

    assert result.trade_usd_bn.sum(axis=0) == pytest.approx(income, rel=1e-10)
    assert result.revenue_usd_bn == pytest.approx(duties.sum(axis=1), rel=1e-10)
    assert result.expenditure_usd_bn == pytest.approx(paid, rel=1e-10)
    assert result.expenditure_usd_bn == pytest.approx(
        income + result.revenue_usd_bn + world.deficit_usd_bn, rel=1e-10
    )


@given(seed=seeds, theta=elasticities)
@settings(max_examples=40, deadline=None)
def test_world_trade_balances_and_deficits_keep_their_share_of_world_income(
    seed: int, theta: float
) -> None:
    """Imports less exports at customs values are each region's old deficit, and sum to zero."""
    world, _, result = random_case(seed, theta)
    imports = result.trade_usd_bn.sum(axis=1) - result.trade_usd_bn.diagonal()
    exports = result.trade_usd_bn.sum(axis=0) - result.trade_usd_bn.diagonal()
    size = world.income_usd_bn.sum()

    assert imports - exports == pytest.approx(world.deficit_usd_bn, abs=1e-10 * size)
    assert (imports - exports).sum() == pytest.approx(0.0, abs=1e-10 * size)
    assert result.wage_change @ world.income_usd_bn == pytest.approx(size, rel=1e-12)


@given(seed=seeds, theta=elasticities, scale=st.floats(1e-3, 1e3))
@settings(max_examples=30, deadline=None)
def test_the_currency_does_not_matter(seed: int, theta: float, scale: float) -> None:
    """Flows and incomes in another unit leave wages, prices and welfare as they are."""
    world, tariff, result = random_case(seed, theta)
    scaled = TradeWorld(world.names, scale * world.income_usd_bn, scale * world.trade_usd_bn)

    other = solve(scaled, tariff, theta)

    assert other.welfare_pct == pytest.approx(result.welfare_pct, abs=1e-8)
    assert other.trade_usd_bn == pytest.approx(scale * result.trade_usd_bn, rel=1e-9)


@given(seed=seeds, theta=elasticities)
@settings(max_examples=30, deadline=None)
def test_the_order_of_regions_does_not_matter(seed: int, theta: float) -> None:
    """Which region comes last, and so which wage is the yardstick, changes nothing."""
    world, tariff, result = random_case(seed, theta)
    order = np.arange(len(world.names))[::-1]
    turned = TradeWorld(
        world.names[::-1], world.income_usd_bn[order], world.trade_usd_bn[np.ix_(order, order)]
    )

    other = solve(turned, tariff[np.ix_(order, order)], theta)

    assert other.welfare_pct[order] == pytest.approx(result.welfare_pct, abs=1e-8)


@pytest.mark.parametrize("theta", [2.0, 4.0, 8.0])
def test_two_like_countries_fare_alike(theta: float) -> None:
    """Countries of one kind under equal tariffs lose equally; the third, by symmetry, gains."""
    exports = np.array([[0.0, 2.0, 3.0], [2.0, 0.0, 3.0], [4.0, 4.0, 0.0]])
    world = world_of_exports("abc", [20.0, 20.0, 60.0], exports)

    result = solve(world, war_tariffs(3, 40.0, 40.0), theta)

    assert result.welfare_pct[0] == pytest.approx(result.welfare_pct[1], abs=1e-10)
    assert result.wage_change[0] == pytest.approx(result.wage_change[1], rel=1e-12)
    assert result.trade_usd_bn[0, 1] == pytest.approx(result.trade_usd_bn[1, 0], rel=1e-12)
    assert result.welfare_pct[0] < 0.0 < result.welfare_pct[2]


# --------------------------------------------------------------------------------- best tariffs


@pytest.mark.parametrize("theta", [2.5, 4.0, 8.0])
@pytest.mark.parametrize(("own", "other"), [(US, CN), (CN, US)])
def test_welfare_rises_to_the_best_tariff_and_falls_beyond(
    theta: float, own: int, other: int
) -> None:
    """The own tariff pays up to the best one and costs more and more after it."""
    best = best_tariff_pct(WORLD, theta, own, [other])
    welfare = []
    for tariff_pct in (0.0, 0.5 * best, best, 1.5 * best, 3 * best, 100.0, 200.0):
        tariff = np.zeros((3, 3))
        tariff[own, other] = tariff_pct
        welfare.append(solve(WORLD, tariff, theta).welfare_pct[own])

    assert welfare[0] < welfare[1] < welfare[2]
    assert welfare[2:] == sorted(welfare[2:], reverse=True)
    assert len(set(welfare)) == len(welfare)


@pytest.mark.parametrize(("own", "other"), [(US, CN), (CN, US)])
def test_nobody_gains_by_leaving_the_nash_tariffs(own: int, other: int) -> None:
    """Half a point up or down costs the side that moves."""
    nash = bilateral_nash(WORLD, 4.0)
    for step in (-0.5, 0.5):
        tariff = war_tariffs(3, nash.first_pct, nash.second_pct)
        tariff[own, other] += step

        moved = solve(WORLD, tariff, 4.0).welfare_pct[own]

        assert moved < nash.equilibrium.welfare_pct[own]


def test_a_best_tariff_answers_the_tariffs_of_others() -> None:
    """China's duty moves the best US duty; one on all partners is above 1/theta, and higher."""
    alone = best_tariff_pct(BALANCED, 4.0, US, [CN])
    everyone = best_tariff_pct(BALANCED, 4.0, US, [CN, REST])
    answered = best_tariff_pct(BALANCED, 4.0, US, [CN], war_tariffs(3, 0.0, 60.0))

    assert 25.0 < everyone < 50.0
    assert alone < everyone - 1.0
    assert abs(answered - alone) > 0.1


def test_a_best_tariff_without_end_is_told() -> None:
    """The US deficit is held fixed, so a tariff on everyone would pay without end."""
    with pytest.raises(SimError, match=r"welfare of us still rises .* balanced trade"):
        best_tariff_pct(WORLD, 4.0, US, [CN, REST])


# -------------------------------------------------------------------------------- eight regions

wars = st.tuples(st.floats(0.0, 150.0), st.floats(0.0, 150.0), st.floats(0.0, 30.0))
thetas = st.floats(0.75, 8.0)
War = tuple[float, float, float]


@pytest.mark.parametrize(
    ("war", "theta"),
    [((30.0, 10.0, 0.0), 0.75), ((30.0, 10.0, 12.0), 3.06), ((145.0, 125.0, 12.0), 8.0)],
)
def test_a_second_program_agrees_on_the_regions_that_ship(war: War, theta: float) -> None:
    """A damped iteration in levels finds real incomes and wages of all eight, to 1e-9."""
    # Fails if a share, a price or the spending of the revenue is wrong by a hair.
    tariff = war_tariffs(N_REGIONS, *war)

    result = solve(EIGHT, tariff, theta)
    welfare_pct, income = by_fixed_point(EIGHT, tariff, theta)

    assert result.welfare_pct / 100 == pytest.approx(welfare_pct / 100, abs=1e-9)
    assert result.wage_change * EIGHT.income_usd_bn == pytest.approx(income, rel=1e-9)


@given(war=wars, theta=thetas)
@settings(max_examples=25, deadline=None)
def test_markets_of_the_eight_clear(war: War, theta: float) -> None:
    """What each sells is its income; the US deficit, and all others, stay what they were."""
    # Fails if one market is left out, or a deficit moves.
    result = solve(EIGHT, war_tariffs(N_REGIONS, *war), theta)
    sold = result.trade_usd_bn.sum(axis=0)
    spent = result.trade_usd_bn.sum(axis=1)

    assert sold == pytest.approx(result.wage_change * EIGHT.income_usd_bn, rel=1e-9)
    assert spent - sold == pytest.approx(EIGHT.deficit_usd_bn, abs=1e-5)
    assert sold.sum() == pytest.approx(EIGHT.income_usd_bn.sum(), rel=1e-12)


@given(war=wars, theta=thetas)
@settings(max_examples=25, deadline=None)
def test_welfare_of_the_eight_follows_from_home_shares(war: War, theta: float) -> None:
    """Real income is spending per wage times the home share to the power -1/theta, by a formula
    that needs no price index (Arkolakis, Costinot and Rodriguez-Clare 2012)."""
    # Fails if the price index and the shares do not belong together.
    result = solve(EIGHT, war_tariffs(N_REGIONS, *war), theta)
    home = result.trade_usd_bn.diagonal() / result.expenditure_usd_bn / EIGHT.home_share
    per_wage = result.expenditure_usd_bn / EIGHT.expenditure_usd_bn / result.wage_change

    formula = 100 * (per_wage * home ** (-1 / theta) - 1)

    assert result.welfare_pct == pytest.approx(formula, abs=1e-8)


@given(theta=thetas)
@settings(max_examples=10, deadline=None)
def test_no_duty_changes_nothing_among_the_eight(theta: float) -> None:
    """All sixteen results are 0 at the base."""
    # Fails if a result is a level, not a change.
    found = results_of(EIGHT, solve(EIGHT, war_tariffs(N_REGIONS, 0.0, 0.0), theta))

    assert found == pytest.approx(np.zeros(N_RESULTS), abs=1e-8)


@given(war=wars, theta=thetas, scale=st.floats(1e-2, 1e2))
@settings(max_examples=15, deadline=None)
def test_the_eight_are_homogeneous(war: War, theta: float, scale: float) -> None:
    """In another currency incomes change as much, and exports by as much in that currency."""
    # Fails if a result depends on the size of the world.
    tariff = war_tariffs(N_REGIONS, *war)
    scaled = TradeWorld(REGIONS, scale * EIGHT.income_usd_bn, scale * EIGHT.trade_usd_bn)

    found = results_of(EIGHT, solve(EIGHT, tariff, theta))
    other = results_of(scaled, solve(scaled, tariff, theta))

    assert other[:N_REGIONS] == pytest.approx(found[:N_REGIONS], abs=1e-7)
    assert other[N_REGIONS:] == pytest.approx(scale * found[N_REGIONS:], rel=1e-6, abs=1e-6 * scale)


def test_results_are_read_off_the_right_flows() -> None:
    """Incomes, then exports to the US by exporter, then China's exports to everyone but itself."""
    # Fails if a row and a column of the flows are taken for each other.
    found = solve(EIGHT, war_tariffs(N_REGIONS, 30.0, 10.0, 12.0), 3.06)
    kept = results_of(EIGHT, found)

    assert kept[:N_REGIONS].tolist() == found.welfare_pct.tolist()
    for seller in range(1, N_REGIONS):
        change = found.trade_usd_bn[US, seller] - EIGHT.trade_usd_bn[US, seller]
        assert kept[FIRST_EXPORT + seller - 1] == change
    abroad = [buyer for buyer in range(N_REGIONS) if buyer != CN]
    total = sum(found.trade_usd_bn[b, CN] - EIGHT.trade_usd_bn[b, CN] for b in abroad)
    assert kept[LAST_RESULT] == pytest.approx(total, rel=1e-12)


def test_duties_on_china_alone_divert_trade_to_all_others() -> None:
    """Everyone else sells more to the US and gains; China loses less abroad than in the US."""
    # Fails if the US duty falls on others, or China's is taken for that of the US.
    found = results_of(EIGHT, solve(EIGHT, war_tariffs(N_REGIONS, 30.0, 10.0), 3.06))

    assert (found[2:N_REGIONS] > 0.0).all()
    assert (found[FIRST_EXPORT + 1 : LAST_RESULT] > 0.0).all()
    assert found[FIRST_EXPORT] < found[LAST_RESULT] < 0.0
    assert found[CN] < found[US] < 0.0


def test_duties_on_all_others_turn_the_sign_of_us_income() -> None:
    """Twelve points more on everyone else turn a US loss into a gain, and cost the others."""
    # Fails if duties on other countries are left out.
    alone = solve(EIGHT, war_tariffs(N_REGIONS, 30.0, 10.0), 3.06).welfare_pct
    widely = solve(EIGHT, war_tariffs(N_REGIONS, 30.0, 10.0, 12.0), 3.06).welfare_pct

    assert alone[US] < 0.0 < widely[US]
    assert (widely[1:] < 0.0).all()


# ---------------------------------------------------------------------------------------- table


def test_a_table_holds_the_solution_at_each_node() -> None:
    """Axes are theta, the US tariff on others, that on China, China's on the US, and the result."""
    # Fails if two axes are swapped.
    table = build_table(EIGHT, [2.5, 4.0], [0.0, 8.0], [0.0, 27.0, 60.0], [0.0, 10.0])
    found = results_of(EIGHT, solve(EIGHT, war_tariffs(N_REGIONS, 60.0, 10.0, 8.0), 4.0))

    assert table.shape == (2, 2, 3, 2, N_RESULTS)
    assert table[1, 1, 2, 1].tolist() == found.tolist()
    assert table[0, 0, 0, 0] == pytest.approx(np.zeros(N_RESULTS), abs=1e-8)


# ------------------------------------------------------------------------------------ bad input


def broken(**changes: Any) -> dict[str, Any]:
    """Returns a sound world's fields with some of them changed."""
    values: dict[str, Any] = {
        "names": ("a", "b"),
        "income_usd_bn": [10.0, 20.0],
        "trade_usd_bn": [[8.0, 3.0], [2.0, 17.0]],
    }
    return values | changes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"income_usd_bn": [10.0]}, r"shape \(2,\), found \(1,\)"),
        ({"trade_usd_bn": [[8.0, 3.0]]}, r"shape \(2, 2\)"),
        ({"income_usd_bn": [10.0, -20.0]}, "must be above 0, found -20"),
        ({"income_usd_bn": [10.0, float("nan")]}, "finite"),
        ({"trade_usd_bn": [[12.0, 3.0], [-2.0, 17.0]]}, "must not be negative, found -2"),
        ({"trade_usd_bn": [[0.0, 3.0], [10.0, 17.0]]}, "a has no home sales"),
        ({"trade_usd_bn": [[8.0, 3.0], [2.0, 16.0]]}, "sum to the income"),
        (
            {"names": ("a",), "income_usd_bn": [10.0], "trade_usd_bn": [[10.0]]},
            "at least two regions",
        ),
    ],
)
def test_an_impossible_world_is_refused(changes: dict[str, Any], message: str) -> None:
    """The error names what is wrong with the numbers."""
    TradeWorld(**broken())

    with pytest.raises(UsageError, match=message):
        TradeWorld(**broken(**changes))


def test_a_world_cannot_be_written_to() -> None:
    """Its arrays are copies and read-only, since one world serves many solutions."""
    income = np.array([10.0, 20.0])
    world = TradeWorld(**broken(income_usd_bn=income))
    income[0] = 99.0

    assert world.income_usd_bn[0] == 10.0
    with pytest.raises(ValueError, match="read-only"):
        world.trade_usd_bn[0, 0] = 1.0


@pytest.mark.parametrize(
    ("tariff", "theta", "message"),
    [
        (np.zeros((2, 2)), 4.0, r"shape \(3, 3\), found \(2, 2\)"),
        (war_tariffs(3, -100.0, 0.0), 4.0, "above -100"),
        (war_tariffs(3, float("inf"), 0.0), 4.0, "finite"),
        (np.eye(3), 4.0, "its own goods"),
        (np.zeros((3, 3)), 0.0, "theta.* must be above 0, found 0"),
        (np.zeros((3, 3)), -4.0, "found -4"),
        (np.zeros((3, 3)), float("nan"), "found nan"),
    ],
)
def test_impossible_tariffs_and_elasticities_are_refused(
    tariff: Array, theta: float, message: str
) -> None:
    """The error names what was found and what is allowed."""
    with pytest.raises(UsageError, match=message):
        solve(WORLD, tariff, theta)


@pytest.mark.parametrize("wall_pct", [1e4, 1e8])
@pytest.mark.parametrize("theta", [1.0, 8.0])
def test_a_wall_that_leaves_nothing_to_carry_a_surplus_is_told(
    wall_pct: float, theta: float
) -> None:
    """Without an equilibrium, or with negative spending, the error says why and what to do."""
    with pytest.raises(SimError, match="Lower the tariffs: deficits and surpluses are held fixed"):
        solve(WORLD, wall_pct * (1 - np.eye(3)), theta)


def test_far_tariffs_are_reached_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first guess is too poor the solver walks, and finds what it cannot jump to."""
    draw = np.random.default_rng(9)
    world = random_world(draw)
    tariff = random_tariffs(draw, world)

    result = solve(world, tariff, 9.9)

    sold = result.trade_usd_bn.sum(axis=0)
    assert sold == pytest.approx(result.wage_change * world.income_usd_bn, rel=1e-9)
    monkeypatch.setattr(equilibrium, "_STEPS", 0)
    with pytest.raises(SimError, match="no equilibrium found"):
        solve(world, tariff, 9.9)


def test_other_impossible_calls_are_refused() -> None:
    """Own exports, shares outside 0 to 1 and unknown regions are usage errors."""
    with pytest.raises(UsageError, match="does not export to itself"):
        world_of_exports("ab", [1.0, 1.0], [[0.1, 0.1], [0.1, 0.0]])
    with pytest.raises(UsageError, match="between 0 and 1"):
        small_country(1.2)
    with pytest.raises(UsageError, match="home share"):
        gains_from_trade_pct(0.0, 5.0)
    with pytest.raises(UsageError, match="different regions from 0 to 2"):
        best_tariff_pct(WORLD, 4.0, US, [US])
    with pytest.raises(UsageError, match="different regions from 0 to 2"):
        best_tariff_pct(WORLD, 4.0, US, [3])
    with pytest.raises(UsageError, match=r"needs the regions .* found \('small', 'rest'\)"):
        build_table(small_country(0.7), [4.0], [0.0], [0.0], [0.0])
    with pytest.raises(UsageError, match=r"a exports 0\.5 USD bn more than its income"):
        world_of_exports("ab", [1.0, 1.0], [[0.0, 1.5], [0.1, 0.0]])
