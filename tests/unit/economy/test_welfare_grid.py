"""Reading welfare between the nodes of the table, against the solver the table is made of."""

from __future__ import annotations

import itertools
from functools import cache
from types import SimpleNamespace
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba.extending import register_jitable

from sim.economy import welfare_grid
from sim.economy.equilibrium import CN_NODES_PP, US_NODES_PP, bilateral_tariffs, solve, theta_slice
from sim.economy.welfare_grid import first_node, real_income_pct, through_four
from sim.scenario.equilibrium_table import equilibrium_table, three_region_world

GREATEST_ERROR_PCT = 0.001
NODES = [-10.0, 0.0, 10.0, 30.0, 70.0, 200.0]


@cache
def params_at(theta: float) -> Any:
    """Returns the parameters of a run at a trade elasticity."""
    table = equilibrium_table()
    return SimpleNamespace(
        ge_us_pp=list(table.us_pp),
        ge_cn_pp=list(table.cn_pp),
        ge_welfare_pct=theta_slice(table.welfare_pct, table.thetas, theta).tolist(),
    )


def made_of(formula: Any) -> Any:
    """Returns parameters whose table holds a formula of region and the two tariffs."""
    return SimpleNamespace(
        ge_us_pp=NODES,
        ge_cn_pp=NODES[1:],
        ge_welfare_pct=[
            [[formula(region, us, cn) for cn in NODES[1:]] for us in NODES] for region in range(3)
        ],
    )


def test_the_reference_results_are_read_off_the_table() -> None:
    """The shocks of the reference, between the nodes or on them, come out to 0.001 points."""
    expected = {
        (27.0, 10.0): (-0.0243, -0.2658, 0.0280),
        (60.0, 60.0): (-0.1542, -0.4147, 0.0347),
        (112.0, 125.0): (-0.2435, -0.4920, 0.0383),
    }
    for (us_pp, cn_pp), welfare in expected.items():
        for region in range(3):
            read = real_income_pct(params_at(4.0), region, us_pp, cn_pp)
            assert read == pytest.approx(welfare[region], abs=GREATEST_ERROR_PCT)


@pytest.mark.parametrize("seed", range(12))
def test_reading_between_nodes_errs_by_less_than_a_thousandth_of_a_point(seed: int) -> None:
    """At random tariffs and elasticities from 2 to 8 the table gives what the solver gives."""
    draw = np.random.default_rng(seed)
    theta = float(draw.uniform(2.0, 8.0))
    for us_pp, cn_pp in draw.uniform(-10.0, 200.0, (60, 2)) * draw.uniform(0.05, 1.0, (60, 1)):
        solved = solve(three_region_world(), bilateral_tariffs(us_pp, cn_pp), theta).welfare_pct
        read = [real_income_pct(params_at(theta), region, us_pp, cn_pp) for region in range(3)]
        assert read == pytest.approx(solved, abs=GREATEST_ERROR_PCT), (theta, us_pp, cn_pp)


@pytest.mark.parametrize("theta", [2.0, 8.0])
def test_reading_errs_as_little_in_the_middle_of_every_cell(theta: float) -> None:
    """Between nodes, where interpolation is worst, for the two ends of the elasticity."""
    middles_us = [(a + b) / 2 for a, b in itertools.pairwise(US_NODES_PP)]
    middles_cn = [(a + b) / 2 for a, b in itertools.pairwise(CN_NODES_PP)]
    for us_pp, cn_pp in itertools.product(middles_us, middles_cn):
        solved = solve(three_region_world(), bilateral_tariffs(us_pp, cn_pp), theta).welfare_pct
        read = [real_income_pct(params_at(theta), region, us_pp, cn_pp) for region in range(3)]
        assert read == pytest.approx(solved, abs=GREATEST_ERROR_PCT), (us_pp, cn_pp)


def test_at_a_node_the_entry_is_read() -> None:
    """Every entry of the table, ends included, comes back as it stands."""
    params = params_at(3.7)
    for region, us, cn in itertools.product(range(3), *[range(len(params.ge_us_pp))] * 2):
        read = real_income_pct(params, region, params.ge_us_pp[us], params.ge_cn_pp[cn])
        assert read == pytest.approx(params.ge_welfare_pct[region][us][cn], abs=1e-13)


def test_without_added_tariffs_nothing_is_gained_or_lost() -> None:
    """The base is a node, so that a run that adds no tariff shows no change."""
    assert [real_income_pct(params_at(4.0), region, 0.0, 0.0) for region in range(3)] == [
        pytest.approx(0.0, abs=1e-12)
    ] * 3


def test_beyond_its_ends_the_table_counts_as_its_ends() -> None:
    """A cut of thirty points reads as the lowest node, a tariff of 500 as the highest."""
    params = params_at(4.0)

    for region in range(3):
        corner = params.ge_welfare_pct[region][-1][0]
        assert real_income_pct(params, region, 500.0, -30.0) == pytest.approx(corner, abs=1e-13)
        corner = params.ge_welfare_pct[region][0][-1]
        assert real_income_pct(params, region, -99.0, 1e9) == pytest.approx(corner, abs=1e-13)


@given(
    region=st.integers(0, 2),
    us_pp=st.floats(-10.0, 200.0),
    cn_pp=st.floats(0.0, 200.0),
)
def test_axes_and_regions_are_not_mixed_up(region: int, us_pp: float, cn_pp: float) -> None:
    """A table that is a cubic in 1/(1 + tariff), unlike by axis and region, is read exactly."""

    def formula(region: int, us: float, cn: float) -> float:
        x, y = 100 / (100 + us), 100 / (100 + cn)
        return (region + 1) * (1 + x - 2 * x**3) * (2 - y**2 + 0.5 * y**3)

    read = real_income_pct(made_of(formula), region, us_pp, cn_pp)

    assert read == pytest.approx(formula(region, us_pp, cn_pp), abs=1e-11)


@given(pp=st.floats(-10.0, 200.0), region=st.integers(0, 1))
def test_reading_is_continuous(pp: float, region: int) -> None:
    """A hair's breadth of tariff moves welfare by a hair's breadth, across nodes too."""
    for here in (pp, *US_NODES_PP):
        for us_step, cn_step in ((1e-7, 0.0), (0.0, 1e-7)):
            near = real_income_pct(params_at(8.0), region, here - us_step, here - cn_step)
            far = real_income_pct(params_at(8.0), region, here + us_step, here + cn_step)
            assert abs(far - near) < 1e-7


@pytest.mark.parametrize(
    ("pp", "first"), [(-50.0, 0), (5.0, 0), (9.9, 0), (10.0, 1), (29.0, 1), (30.0, 2), (300.0, 2)]
)
def test_two_nodes_lie_on_each_side_where_there_are(pp: float, first: int) -> None:
    """The four nodes surround the tariff, but for the cells at the ends."""
    assert first_node(NODES, pp) == first


def test_a_cubic_through_four_points_by_hand() -> None:
    """Tariffs of 0, 25, 100 and 300 per cent are ratios of 1, 0.8, 0.5, 0.25; x cubed is hit."""
    read = through_four(60.0, 0.0, 25.0, 100.0, 300.0, 1.0, 0.512, 0.125, 0.015625)

    assert read == pytest.approx(0.625**3, abs=1e-14)


def test_the_rule_compiles_and_gives_the_same_bits() -> None:
    """On the shipped table, read as the bulk engine reads it, no bit differs."""
    count = len(US_NODES_PP)
    readable = params_at(4.4)
    record = np.zeros(
        1,
        dtype=[
            ("ge_us_pp", float, (count,)),
            ("ge_cn_pp", float, (count,)),
            ("ge_welfare_pct", float, (3, count, count)),
        ],
    )
    for name, values in vars(readable).items():
        record[name][0] = values
    for rule in ("clamp", "safe_div", "along_cn", "first_node", "through_four"):
        register_jitable(getattr(welfare_grid, rule))
    compiled = numba.njit(real_income_pct)

    for region in range(3):
        for us_pp, cn_pp in np.random.default_rng(5).uniform(-20.0, 220.0, (100, 2)).tolist():
            expected = real_income_pct(readable, region, us_pp, cn_pp)
            assert compiled(record[0], region, us_pp, cn_pp) == expected
