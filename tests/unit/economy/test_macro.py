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
    LONGEST_FADE_MONTHS,
    N_MACRO,
    ON_CHINA,
    ON_OTHERS,
    PRICES,
    PUBLISHED_MONTHS,
    QUARTERS,
    UNEMPLOYMENT,
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

LONG_RUN = {GDP: -0.26, PRICES: 0.93, UNEMPLOYMENT: 0.0, EMPLOYMENT: 0.0}
"""Responses that remain, thirty months after the last of these quarters."""


def rate(state: State) -> float:
    """Returns the points that all duties have added to the average rate."""
    return math.fsum(state.effective_rate_pp)


def total(state: State) -> list[float]:
    """Returns the four variables under all duties."""
    return [state.macro[ON_CHINA][v] + state.macro[ON_OTHERS][v] for v in range(N_MACRO)]


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
        out.append(total(state))
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
    assert rate(state) == pytest.approx(10.0, abs=1e-12)

    for month in range(40):
        if month % 3 == 0 and month // 3 in QUARTERS:
            place = QUARTERS.index(month // 3)
            published = [PUBLISHED[variable][place] for variable in range(4)]
            assert total(state) == pytest.approx(published, abs=1e-12)
        apply_trade_month(state, params)


def test_a_step_in_mid_course_has_the_published_quarters() -> None:
    """Points on China from the second month on move the variables as so many on all imports."""
    params = central()
    months = path(params, {1: 30.0}, 40)
    points = average_rate(params, 30.0)

    assert months[0] == pytest.approx([0.0] * 4, abs=1e-12)
    for variable, row in PUBLISHED.items():
        for quarter, value in zip(QUARTERS, row, strict=True):
            expected = points / 10.0 * value
            assert months[1 + 3 * quarter][variable] == pytest.approx(expected, abs=1e-12)


def test_small_points_on_china_count_with_chinas_share_of_imports() -> None:
    """A collected point on China is a seventh to an eighth of a point on all imports at first."""
    params = central()
    small = 1e-4

    state = opened(params, {FENTANYL: small / 0.9})

    share = china_share(params)
    assert 0.125 < share < 0.143
    assert rate(state) == pytest.approx(small * share, rel=1e-5)


def test_prohibitive_points_count_with_what_they_cost_buyers() -> None:
    """The more points the less each counts, as buyers turn elsewhere; beyond three hundred hardly
    anything is added."""
    params = central()
    rates = {}
    for points in (20.0, 50.0, 300.0, 600.0):
        state = opened(params, {FENTANYL: points})
        rates[points] = rate(state)
        assert rates[points] == pytest.approx(average_rate(params, points), abs=1e-10)
    linear = 0.9 * china_share(params)
    assert rates[20.0] < 20.0 * linear
    assert rates[50.0] / 50.0 < rates[20.0] / 20.0
    assert rates[600.0] - rates[300.0] < 0.1 * 300.0 * linear


def test_points_on_third_countries_count_with_their_share() -> None:
    """A little on everyone but China counts with all imports less China's."""
    params = everywhere(1e-4 / 0.9)

    state = opened(params)

    assert state.effective_rate_pp[ON_OTHERS] == pytest.approx(
        1e-4 * (1 - china_share(params)), rel=1e-5
    )
    assert state.effective_rate_pp[ON_CHINA] == 0.0


def test_chinese_duties_do_not_move_the_average_us_rate() -> None:
    """China's reply is no American tariff."""
    state = opened(central(), {}, {FULL_REPLY: 84.0})

    assert state.effective_rate_pp == pytest.approx([0.0, 0.0], abs=1e-15)
    assert total(state) == pytest.approx([0.0] * 4, abs=1e-15)


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
            expected = scale * math.fsum(
                change / 10.0 * macro_response(params, variable, month - since)
                for since, change in enumerate(changes[: month + 1])
            )
            assert months[month][variable] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("variable", sorted(PUBLISHED))
def test_a_response_fades_in_a_straight_line_to_the_long_run_and_stays(variable: int) -> None:
    """From ten quarters after a change it moves to the study's long run, and never leaves it."""
    # Fails if the last published value is held, the fade starts or ends elsewhere, or goes on
    # beyond the long run.
    params = central(macro_fade_months=20.0)
    last, rest = PUBLISHED[variable][-1], LONG_RUN[variable]

    assert macro_response(params, variable, 30) == pytest.approx(last, abs=1e-14)
    assert macro_response(params, variable, 35) == pytest.approx(
        0.75 * last + 0.25 * rest, abs=1e-14
    )
    assert macro_response(params, variable, 49) == pytest.approx(
        0.05 * last + 0.95 * rest, abs=1e-14
    )
    for months in (50, 51, 120, 1200):
        assert macro_response(params, variable, months) == pytest.approx(rest, abs=1e-14)


def test_the_longest_fade_ends_where_single_changes_are_forgotten() -> None:
    """A fade of any length is over when changes are lumped together."""
    # Fails if a fade is not cut, or the horizon is shorter than quarters and fade.
    params = central(macro_fade_months=500.0)

    assert 3 * QUARTERS[-1] == PUBLISHED_MONTHS
    assert PUBLISHED_MONTHS + LONGEST_FADE_MONTHS == HORIZON_MONTHS
    assert macro_response(params, GDP, HORIZON_MONTHS) == pytest.approx(LONG_RUN[GDP], abs=1e-14)
    assert macro_response(params, GDP, HORIZON_MONTHS - 1) > LONG_RUN[GDP]


def test_old_changes_end_in_the_long_run_and_are_held_there() -> None:
    """Whatever the path, five years after its last change the long run stands, for ever."""
    # Fails if changes drop out of the sum, or the last published value is held.
    params = central()
    points = average_rate(params, 40.0)

    months = path(params, {0: 40.0, 5: -40.0, 10: 40.0}, 150)

    for variable, rest in LONG_RUN.items():
        for month in (70, 89, 90, 91, 99, 100, 101, 149):
            assert months[month][variable] == pytest.approx(points / 10.0 * rest, abs=1e-12)
    assert months[59][GDP] > months[70][GDP]


def test_duties_on_others_count_with_what_they_add() -> None:
    """Duties on China have the effect they would have alone, and both parts make up the whole."""
    # Fails if the causes are mixed up, or China's part is measured beside duties on others.
    alone = central(trade_opening_age_months=3)
    both = central(trade_opening_age_months=3, trade_rest_added_pp=[12.0, 0.0])
    others = central(trade_opening_age_months=3, trade_rest_added_pp=[12.0, 0.0])
    with_both, on_china = opened(both, {FENTANYL: 30.0}), opened(alone, {FENTANYL: 30.0})
    on_others = opened(others)

    for state, params in ((with_both, both), (on_china, alone), (on_others, others)):
        for month in range(40):
            state.duty_pp[US][FENTANYL] += 20.0 * (month == 9)
            if state is on_others:
                state.duty_pp[US][FENTANYL] = 0.0
            apply_trade_month(state, params)

    assert with_both.effective_rate_pp[ON_CHINA] == pytest.approx(
        on_china.effective_rate_pp[ON_CHINA], abs=1e-12
    )
    assert with_both.macro[ON_CHINA] == pytest.approx(on_china.macro[ON_CHINA], abs=1e-12)
    assert on_china.macro[ON_OTHERS] == [0.0] * 4
    assert on_others.macro[ON_CHINA] == pytest.approx([0.0] * 4, abs=1e-12)
    # Buyers whom duties on China have sent to other countries pay the duties on these as well.
    assert with_both.effective_rate_pp[ON_OTHERS] > on_others.effective_rate_pp[ON_OTHERS] > 8.0


def aged(params: Params, months: int) -> State:
    """Returns a state opened under duties and played on for some months."""
    state = opened(params, {FENTANYL: 20.0})
    for _ in range(months):
        apply_trade_month(state, params)
    return state


def test_duties_of_the_first_day_are_one_change_half_a_year_old() -> None:
    """A run that opens under duties starts six months along the response and goes on from there."""
    params = central()
    points = average_rate(params, 20.0)

    for months in (0, 6, 12, 24, 60):
        state = aged(params, months)
        for variable in range(4):
            expected = points / 10.0 * macro_response(params, variable, 6 + months)
            assert total(state)[variable] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("age", [0, 3, 9])
def test_how_old_they_are_is_a_parameter(age: int) -> None:
    """With an age of 0 months the response starts on the first day."""
    params = central(trade_opening_age_months=age)

    state = aged(params, 0)

    expected = average_rate(params, 20.0) / 10.0 * macro_response(params, PRICES, age)
    assert total(state)[PRICES] == pytest.approx(expected, abs=1e-12)
