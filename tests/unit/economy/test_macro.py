"""The economy as a whole: published responses, added up over past changes of the average rate."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.economy.block import apply_trade_month
from sim.economy.macro import (
    EMPLOYMENT,
    GDP,
    HORIZON_MONTHS,
    PRICES,
    QUARTERS,
    UNEMPLOYMENT,
    effective_rate_pp,
    macro_response,
)
from sim.economy.sectors import N_GOODS
from sim.model.tables.codes import FENTANYL, FULL_REPLY, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.economy.worlds import base_flow, central, goods_of, nest, opened, paid

PUBLISHED = {
    GDP: (-0.26, -0.30, -0.32, -0.37, -0.13, 0.09),
    PRICES: (1.02, 1.07, 1.04, 0.96, 0.91, 0.84),
    UNEMPLOYMENT: (0.07, 0.17, 0.21, 0.28, 0.18, -0.03),
    EMPLOYMENT: (-0.07, -0.12, -0.18, -0.25, -0.20, 0.10),
}
"""Responses to ten points of the average tariff after 0, 1, 2, 4, 6 and 10 quarters."""


def china_share(params: Params) -> float:
    """Returns China's part of US imports in the base year."""
    ours = [base_flow(params, good) for good in goods_of(US)]
    all_of = [f / params.good_partner_share[g] for g, f in enumerate(ours)]
    return math.fsum(ours) / math.fsum(all_of)


def average_rate(params: Params, points: float) -> float:
    """Returns the uniform duty on all US imports, in points, that raises their prices as much as
    points on China do: buyers turn elsewhere, good by good, and pay for the rest."""
    extra = everyone = 0.0
    rho = params.trade_pass_through[US]
    for good in goods_of(US):
        share, spending, sigma = nest(params, good)
        wedge = (1.0 + paid(params, good, points)) / (1.0 + paid(params, good, 0.0))
        index = (share * wedge ** (rho * (1.0 - sigma)) + 1.0 - share) ** (1.0 / (1.0 - sigma))
        extra += spending * params.good_penetration[good] * (index ** (1.0 / rho) - 1.0)
        everyone += base_flow(params, good) / params.good_partner_share[good]
    return 100.0 * extra / everyone


def everywhere(points: float) -> Params:
    """Returns parameters of a world that taxed nothing and now taxes third countries so much."""
    return central(
        good_duty_pct=[0.0] * N_GOODS,
        good_rest_duty_pct=[0.0] * N_GOODS,
        trade_rest_added_pp=[points, 0.0],
        trade_opening_age_months=0,
    )


def path(params: Params, steps: dict[int, float], months: int) -> list[list[float]]:
    """Returns the four variables month by month when fentanyl points change in given months."""
    state = opened(params)
    out = []
    for month in range(months):
        state.duty_pp[US][FENTANYL] += steps.get(month, 0.0)
        apply_trade_month(state, params)
        out.append(list(state.macro))
    return out


def test_the_published_response_stands_in_the_parameters() -> None:
    """Quarters and numbers are those of the published table."""
    params = central()

    assert QUARTERS == (0, 1, 2, 4, 6, 10)
    for variable, row in PUBLISHED.items():
        assert tuple(params.macro_response[variable]) == row
        for quarter, value in zip(QUARTERS, row, strict=True):
            assert macro_response(params, variable, 3 * quarter) == pytest.approx(value, abs=1e-14)
    # Lines between: nine months after, halfway between two quarters and four.
    assert macro_response(params, GDP, 9) == pytest.approx((-0.32 - 0.37) / 2, abs=1e-14)
    assert macro_response(params, GDP, 1) == pytest.approx(-0.26 - 0.04 / 3, abs=1e-14)


def test_a_uniform_step_reproduces_the_published_quarters() -> None:
    """Ten collected points on all imports from everyone move the four variables as published."""
    params = everywhere(10.0 / 0.9)
    state = opened(params, {FENTANYL: 10.0 / 0.9})
    assert effective_rate_pp(state, params) == pytest.approx(10.0, abs=1e-12)

    for month in range(40):
        if month % 3 == 0 and month // 3 in QUARTERS:
            place = QUARTERS.index(month // 3)
            published = [PUBLISHED[variable][place] for variable in range(4)]
            assert state.macro == pytest.approx(published, abs=1e-12)
        apply_trade_month(state, params)


def test_a_step_in_mid_course_has_the_published_quarters() -> None:
    """Points on China from the second month on move the variables as so many on all imports."""
    params = central()
    months = path(params, {1: 30.0}, 40)
    rate = average_rate(params, 30.0)

    assert months[0] == pytest.approx([0.0] * 4, abs=1e-12)
    for variable, row in PUBLISHED.items():
        for quarter, value in zip(QUARTERS, row, strict=True):
            expected = rate / 10.0 * value
            assert months[1 + 3 * quarter][variable] == pytest.approx(expected, abs=1e-12)


def test_small_points_on_china_count_with_chinas_share_of_imports() -> None:
    """A collected point on China is a seventh to an eighth of a point on all imports at first."""
    params = central()
    small = 1e-4

    state = opened(params, {FENTANYL: small / 0.9})

    share = china_share(params)
    assert 0.125 < share < 0.143
    assert effective_rate_pp(state, params) == pytest.approx(small * share, rel=1e-5)


def test_prohibitive_points_count_with_what_they_cost_buyers() -> None:
    """The more points the less each counts, as buyers turn elsewhere; beyond three hundred hardly
    anything is added."""
    params = central()
    rates = {}
    for points in (20.0, 50.0, 300.0, 600.0):
        state = opened(params, {FENTANYL: points})
        rates[points] = state.effective_rate_pp
        assert rates[points] == pytest.approx(average_rate(params, points), abs=1e-10)
    linear = 0.9 * china_share(params)
    assert rates[20.0] < 20.0 * linear
    assert rates[50.0] / 50.0 < rates[20.0] / 20.0
    assert rates[600.0] - rates[300.0] < 0.1 * 300.0 * linear


def test_points_on_third_countries_count_with_their_share() -> None:
    """A little on everyone but China counts with all imports less China's."""
    params = everywhere(1e-4 / 0.9)

    state = opened(params)

    assert state.effective_rate_pp == pytest.approx(1e-4 * (1 - china_share(params)), rel=1e-5)


def test_chinese_duties_do_not_move_the_average_us_rate() -> None:
    """China's reply is no American tariff."""
    state = opened(central(), {}, {FULL_REPLY: 84.0})

    assert state.effective_rate_pp == pytest.approx(0.0, abs=1e-15)
    assert state.macro == pytest.approx([0.0] * 4, abs=1e-15)


@given(
    steps=st.dictionaries(st.integers(0, 20), st.floats(-10.0, 40.0), min_size=2, max_size=4),
    scale=st.floats(0.5, 1.8),
)
@settings(max_examples=40)
def test_responses_add_up_over_changes(steps: dict[int, float], scale: float) -> None:
    """Each variable is the sum over past changes of the average rate of the response to each."""
    params = central(macro_scale=scale, good_duty_pct=[60.0] * N_GOODS)
    levels, points = [0.0], 0.0
    for month in range(30):
        points += steps.get(month, 0.0)
        levels.append(average_rate(params, points))
    changes = [after - before for before, after in itertools.pairwise(levels)]

    months = path(params, steps, 30)

    for month in (0, 7, 14, 21, 29):
        for variable in range(4):
            total = scale * math.fsum(
                change / 10.0 * macro_response(params, variable, month - since)
                for since, change in enumerate(changes[: month + 1])
            )
            assert months[month][variable] == pytest.approx(total, abs=1e-12)


def test_responses_go_flat_after_the_last_published_quarter() -> None:
    """Ten quarters after a change, and for ever after, the last published value stands."""
    params = central()
    rate = average_rate(params, 40.0)

    months = path(params, {0: 40.0, 5: -40.0, 10: 40.0}, 120)

    for variable, row in PUBLISHED.items():
        for month in (41, 45, 46, 47, 60, 119):
            assert months[month][variable] == pytest.approx(rate / 10.0 * row[-1], abs=1e-12)
    assert 3 * QUARTERS[-1] < HORIZON_MONTHS


def aged(params: Params, months: int) -> State:
    """Returns a state opened under duties and played on for some months."""
    state = opened(params, {FENTANYL: 20.0})
    for _ in range(months):
        apply_trade_month(state, params)
    return state


def test_duties_of_the_first_day_are_one_change_half_a_year_old() -> None:
    """A run that opens under duties starts six months along the response and goes on from there."""
    params = central()
    rate = average_rate(params, 20.0)

    for months in (0, 6, 12, 24, 60):
        state = aged(params, months)
        for variable in range(4):
            expected = rate / 10.0 * macro_response(params, variable, 6 + months)
            assert state.macro[variable] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("age", [0, 3, 9])
def test_how_old_they_are_is_a_parameter(age: int) -> None:
    """With an age of 0 months the response starts on the first day."""
    params = central(trade_opening_age_months=age)

    state = aged(params, 0)

    expected = average_rate(params, 20.0) / 10.0 * macro_response(params, PRICES, age)
    assert state.macro[PRICES] == pytest.approx(expected, abs=1e-12)
