"""Reading results between the nodes of the table, against the solver the table is made of."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba.extending import register_jitable

from sim.economy import welfare_grid
from sim.economy.equilibrium import (
    CN_NODES_PP,
    REST_NODES_PP,
    THETAS,
    US_NODES_PP,
    Array,
    results_of,
    solve,
    war_tariffs,
)
from sim.economy.records import CN, N_REGIONS, N_RESULTS, US
from sim.economy.welfare_grid import (
    apply_equilibrium,
    duty_weight,
    first_node,
    node_weight,
    rest_paid_pp,
    trade_elasticity,
)
from sim.model.tables.fields import to_struct
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.equilibrium_table import eight_region_world, equilibrium_table
from tests.unit.economy.worlds import central

GREATEST_ERROR_PCT = 0.005
GREATEST_ERROR_USD_BN = 1.0
NODES = [-10.0, 0.0, 10.0, 30.0, 70.0, 200.0]


@cache
def params_at(theta: float, rest_pp: float = 0.0) -> Params:
    """Returns the parameters of a run at a trade elasticity and US duties on other countries."""
    return central(
        trade_sigma_12m=[1.0 + theta, 2.25],
        trade_sigma_long_ratio=1.0,
        trade_collect_rest=1.0,
        trade_rest_added_pp=[rest_pp, 0.0],
    )


def read(params: Params, us_pp: float, cn_pp: float) -> list[float]:
    """Returns all results at a pair of duties, in the order of the table."""
    state = State()
    # Whatever was read last must not show.
    state.real_income_pct = [9.0] * N_REGIONS
    state.exports_to_us_change_usd_bn = [9.0] * N_REGIONS
    apply_equilibrium(state, params, us_pp, cn_pp)
    assert state.exports_to_us_change_usd_bn[US] == 0.0
    abroad = state.cn_exports_change_usd_bn
    return [*state.real_income_pct, *state.exports_to_us_change_usd_bn[1:], abroad]


def solved(us_pp: float, cn_pp: float, rest_pp: float, theta: float) -> Array:
    """Returns the results of the solver."""
    world = eight_region_world()
    return results_of(world, solve(world, war_tariffs(N_REGIONS, us_pp, cn_pp, rest_pp), theta))


def check(us_pp: float, cn_pp: float, rest_pp: float, theta: float) -> None:
    """Compares the table with the solver."""
    found = np.array(read(params_at(theta, rest_pp), us_pp, cn_pp))
    error = np.abs(found - solved(us_pp, cn_pp, rest_pp, theta))
    assert error[:N_REGIONS].max() < GREATEST_ERROR_PCT, (theta, us_pp, cn_pp, rest_pp)
    assert error[N_REGIONS:].max() < GREATEST_ERROR_USD_BN, (theta, us_pp, cn_pp, rest_pp)


def test_there_is_one_elasticity() -> None:
    """That of expenditure shares is the long-run sigma of US imports minus one."""
    # Fails if the ratio is left out, or another side's sigma is taken.
    params = central(trade_sigma_12m=[3.0, 7.0], trade_sigma_long_ratio=1.5)

    assert trade_elasticity(params) == 3.5


def test_duties_on_others_count_as_paid() -> None:
    """Only the collected share of what the US adds on other countries moves anything."""
    # Fails if what is legal is taken for what is paid, what is paid on China's goods
    # counts, or China's duties for those of the US.
    params = central(trade_collect_rest=0.5, trade_rest_added_pp=[12.0, 3.0])

    assert rest_paid_pp(params) == 6.0


@pytest.mark.parametrize("seed", range(8))
def test_between_nodes_the_error_is_below_five_thousandths_of_a_point(seed: int) -> None:
    """At random duties and elasticities the table gives what the solver gives."""
    # Fails if a node is taken away, or a lower polynomial is used.
    draw = np.random.default_rng(seed)
    for _ in range(15):
        us_pp, cn_pp = draw.uniform(-10.0, 200.0, 2) * draw.uniform(0.05, 1.0, 2)
        theta = float(np.exp(draw.uniform(*np.log([THETAS[0], THETAS[-1]]))))
        check(float(us_pp), float(cn_pp), float(draw.uniform(0.0, 30.0)), theta)


@pytest.mark.parametrize("theta", [0.85, 2.5, 7.2])
def test_in_the_middle_of_cells_the_error_is_as_small(theta: float) -> None:
    """Between nodes, where interpolation is worst, on every axis."""
    # Fails if an axis has too few nodes where results curve most.
    us = [(a + b) / 2 for a, b in itertools.pairwise(US_NODES_PP)]
    cn = [(a + b) / 2 for a, b in itertools.pairwise(CN_NODES_PP)]
    rest = [(a + b) / 2 for a, b in itertools.pairwise(REST_NODES_PP)]
    for number, us_pp in enumerate(us):
        check(us_pp, cn[number % len(cn)], rest[number % len(rest)], theta)


def test_at_a_node_the_entry_is_read() -> None:
    """Every entry of the table on a few layers, ends included, comes back as it stands."""
    # Fails if the weights of a node do not add up to one, or an axis is turned.
    table = equilibrium_table()
    layers = ((0, 0), (2, 1), (5, 3))
    for (k, r), i, j in itertools.product(layers, range(0, 10, 3), range(0, 7, 2)):
        params = params_at(table.thetas[k], table.rest_pp[r])
        found = read(params, table.us_pp[i], table.cn_pp[j])
        assert found == pytest.approx(table.results[k, r, i, j], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("theta", [0.75, 3.06, 5.0, 99.0])
def test_without_added_duties_nothing_is_gained_or_lost(theta: float) -> None:
    """The base is a node of every axis of duties, so that a run that adds none shows no change."""
    # Fails if 0 is no node.
    assert read(params_at(theta), 0.0, 0.0) == [pytest.approx(0.0, abs=1e-12)] * N_RESULTS


def test_beyond_its_ends_the_table_counts_as_its_ends() -> None:
    """On the axes of duties, of elasticities, and of duties on others."""
    # Fails if a value is extrapolated.
    table = equilibrium_table()

    corner = table.results[-1, -1, -1, 0]
    assert read(params_at(50.0, 99.0), 500.0, -30.0) == pytest.approx(corner, rel=1e-9)
    corner = table.results[0, 0, 0, -1]
    assert read(params_at(-0.5, -9.0), -99.0, 1e9) == pytest.approx(corner, rel=1e-9)


def test_the_prior_of_the_elasticity_lies_on_the_table() -> None:
    """From its 5 % to its 95 % quantile: sigma within a year times the ratio of the long run."""
    # Fails if the table is cut, or the prior widened, so that ends stand in for the middle.
    spread = 1.645 * (0.35**2 + 0.15**2) ** 0.5
    low, high = (2.9 * 1.4 * np.exp(sign * spread) - 1.0 for sign in (-1.0, 1.0))

    assert THETAS[0] < low < 1.2
    assert 6.5 < high < THETAS[-1]


def made_of(formula: Any) -> Params:
    """Returns parameters whose table holds a formula of the result and the two duties."""
    params = Params()
    params.ge_us_pp, params.ge_cn_pp = NODES, NODES[1:]
    params.ge_results = [
        [[formula(result, us, cn) for result in range(N_RESULTS)] for cn in NODES[1:]]
        for us in NODES
    ]
    return params


def test_the_rule_compiles_and_gives_the_same_bits() -> None:
    """On the shipped table, read as the bulk engine reads it, no bit differs."""
    # Fails if the order of operations depends on the engine.
    for rule in ("clamp", "safe_div", "first_node", "node_weight", "duty_weight"):
        register_jitable(getattr(welfare_grid, rule))
    compiled = numba.njit(apply_equilibrium)
    params = params_at(4.4, 7.0)
    state, twin, bulk = State(), to_struct(State())[0], to_struct(params)[0]

    for us_pp, cn_pp in np.random.default_rng(5).uniform(-20.0, 220.0, (100, 2)).tolist():
        apply_equilibrium(state, params, us_pp, cn_pp)
        compiled(twin, bulk, us_pp, cn_pp)
        assert to_struct(state)[0].tobytes() == twin.tobytes()


@given(us_pp=st.floats(-10.0, 200.0), cn_pp=st.floats(0.0, 200.0))
def test_axes_and_results_are_not_mixed_up(us_pp: float, cn_pp: float) -> None:
    """A table that is a cubic in 1/(1 + tariff), unlike by axis and result, is read exactly."""
    # Fails if a result is written to another's place, or a duty is read on the other's axis.

    def formula(result: int, us: float, cn: float) -> float:
        x, y = 100 / (100 + us), 100 / (100 + cn)
        return (result + 1) * (1 + x - 2 * x**3) * (2 - y**2 + 0.5 * y**3)

    expected = [formula(result, us_pp, cn_pp) for result in range(N_RESULTS)]

    assert read(made_of(formula), us_pp, cn_pp) == pytest.approx(expected, abs=1e-9)


@given(pp=st.floats(-10.0, 200.0))
def test_reading_is_continuous(pp: float) -> None:
    """A hair's breadth of tariff moves income by a hair's breadth, across nodes too."""
    # Fails if the four nodes are not those around the point.
    for here in (pp, *US_NODES_PP):
        for us_step, cn_step in ((1e-7, 0.0), (0.0, 1e-7)):
            near = read(params_at(8.0), here - us_step, here - cn_step)
            far = read(params_at(8.0), here + us_step, here + cn_step)
            assert abs(far[US] - near[US]) < 1e-7
            assert abs(far[CN] - near[CN]) < 1e-7


@pytest.mark.parametrize(
    ("pp", "first"), [(-50.0, 0), (5.0, 0), (9.9, 0), (10.0, 1), (29.0, 1), (30.0, 2), (300.0, 2)]
)
def test_two_nodes_lie_on_each_side_where_there_are(pp: float, first: int) -> None:
    """The four nodes surround the tariff, but for the cells at the ends."""
    # Fails if the window starts a node early or late.
    assert first_node(NODES, pp) == first


def test_weights_by_hand() -> None:
    """Duties of 0, 25, 100 and 300 per cent are ratios of 1, 0.8, 0.5, 0.25; x cubed is hit."""
    # Fails if a weight is that of a polynomial in the duty itself.
    nodes, cubes = [0.0, 25.0, 100.0, 300.0], [1.0, 0.512, 0.125, 0.015625]

    weights = [duty_weight(nodes, 0, 4, place, 60.0) for place in range(4)]

    assert sum(weights) == pytest.approx(1.0, abs=1e-14)
    assert sum(w * c for w, c in zip(weights, cubes, strict=True)) == pytest.approx(0.625**3)


def test_a_weight_of_a_polynomial_by_hand() -> None:
    """Through 0, 1 and 3 the middle node has the weight x (3 - x) / 2, of which no other knows."""
    # Fails if a factor has the wrong sign, or nodes outside the window count.
    nodes = [-7.0, 0.0, 1.0, 3.0, 8.0]

    assert node_weight(nodes, 1, 3, 2, 2.0) == pytest.approx(1.0)
    assert node_weight(nodes, 1, 3, 1, 2.0) == pytest.approx(-1.0 / 3.0)
    assert node_weight(nodes, 1, 3, 3, 2.0) == pytest.approx(1.0 / 3.0)
