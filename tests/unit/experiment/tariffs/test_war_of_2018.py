"""The tariffs of 2018 to 2020, replayed by the trade model on the trade of 2017."""

from __future__ import annotations

import math
from datetime import date
from functools import cache

import pytest

from sim.economy.block import apply_trade_month
from sim.economy.sectors import END_GOOD, FIRST_GOOD, SOYBEANS_GOOD
from sim.experiment.tariffs import war_of_2018
from sim.experiment.tariffs.bench import WORLD, Bench
from sim.experiment.tariffs.war_of_2018 import (
    CHINA_SHARE_2017,
    LISTED_USD_BN,
    WarMonth,
    apply_lists,
    collected_pct,
    goods_on,
    list_steps,
    others_log,
    params_of_2017,
    replay,
    span,
)
from sim.model.tables.codes import CN, US
from sim.scenario.load import resolve


@cache
def bench() -> Bench:
    """Returns the test bench at central values."""
    return Bench(resolve(WORLD))


@cache
def months() -> dict[date, WarMonth]:
    """Returns the months of the war."""
    return replay(bench())


@pytest.mark.parametrize(
    ("day", "points"),
    [
        (date(2018, 7, 1), (0.0, 0.0, 0.0, 0.0, 0.0)),
        (date(2018, 9, 1), (25.0, 25.0, 0.0, 0.0, 0.0)),
        (date(2018, 10, 1), (25.0, 25.0, 10.0, 0.0, 0.0)),
        (date(2019, 7, 1), (25.0, 25.0, 25.0, 0.0, 0.0)),
        (date(2019, 10, 1), (25.0, 25.0, 25.0, 15.0, 0.0)),
        (date(2020, 3, 1), (25.0, 25.0, 25.0, 7.5, 0.0)),
    ],
)
def test_the_lists_are_in_force_as_in_law(day: date, points: tuple[float, ...]) -> None:
    """Each list on its day, nine tenths of it paid; the last never."""
    # Fails if a list is put on another's goods, a step too early or late, or paid in full.
    params = params_of_2017(bench())

    apply_lists(params, list_steps(), day)

    assert params.good_rise_pp[: len(points)] == pytest.approx([0.9 * p for p in points])
    assert [goods_on(name)[0] for name in LISTED_USD_BN] == [*range(len(LISTED_USD_BN))]


def test_soybeans_have_their_own_duty_and_all_other_goods_share_one() -> None:
    """25 points on soybeans, 9.7 on the rest after the third list."""
    # Fails if soybeans are among the other goods.
    params = params_of_2017(bench())
    apply_lists(params, list_steps(), date(2018, 10, 1))

    assert params.good_rise_pp[SOYBEANS_GOOD] == pytest.approx(22.5)
    rest = params.good_rise_pp[SOYBEANS_GOOD + 1 : END_GOOD[CN]]
    assert rest == pytest.approx([0.9 * 9.7] * len(rest))
    assert len(rest) == 16


def test_without_lists_trade_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """505.2 and 130 billion a year, China's share 21.6 per cent, duty 2.68 per cent."""
    # Fails if the base of 2017 is not the one the model opens with.
    monkeypatch.setattr(war_of_2018, "list_steps", list)
    calm = replay(bench())

    for month in (calm[date(2018, 7, 1)], calm[date(2022, 12, 1)]):
        assert month.imports_usd_bn == pytest.approx(505.2 / 12)
        assert month.china_share == pytest.approx(CHINA_SHARE_2017)
        assert 100 * month.duty_usd_bn / month.imports_usd_bn == pytest.approx(2.68)
        ratios = (
            month.soybeans,
            month.exports,
            month.imports_within_a_year,
            month.exports_within_a_year,
        )
        assert ratios == pytest.approx([1.0] * 4)


def test_buyers_who_leave_china_turn_to_others() -> None:
    """Spending on the two origins is divided as a nest of two with its elasticity divides it."""
    # Fails if the price index, or its sign, is left out of what others sell.
    params = params_of_2017(bench())
    params.trade_kappa = 1.0
    params.trade_sigma_long_ratio = 1.0
    state = bench().opened(params)
    params.good_rise_pp[0] = 22.5
    apply_trade_month(state, params)

    x = math.log(1.2518 / 1.0268)
    p = 0.97 * x
    share = state.good_share[0]
    ours = share * math.exp((1.0 - 2.9) * p)
    expected = math.log(ours / share) - math.log((1.0 - share) / (1.0 - share))
    spent = state.good_target_log[0] + (1.0 - 0.97) * x + p
    assert spent - others_log(state, params, 0) == pytest.approx(expected, rel=1e-9)
    assert others_log(state, params, 0) > 0.0
    assert others_log(state, params, len(LISTED_USD_BN) - 1) == 0.0


def test_others_gain_more_once_the_slow_part_has_moved() -> None:
    """Years later China's share is lower than the month's duties alone would make it."""
    # Fails if others' slow part is left out: their sales would not grow after a year.
    first, last = months()[date(2020, 4, 1)], months()[date(2022, 12, 1)]

    assert last.china_share < first.china_share < CHINA_SHARE_2017
    params = params_of_2017(bench())
    state = bench().opened(params)
    params.good_rise_pp[0] = 22.5
    for _ in range(6):
        apply_trade_month(state, params)
    young = others_log(state, params, 0)
    for _ in range(60):
        apply_trade_month(state, params)
    assert others_log(state, params, 0) > young


def test_a_rise_is_paid_on_all_that_arrives() -> None:
    """The first month under the third list collects as much as the second: goods on the way were
    not let in at the old rate."""
    # Fails if goods under way pay the duty before.
    first, second = (collected_pct([months()[date(2018, month, 1)]]) for month in (10, 11))

    assert first == pytest.approx(second, rel=0.05)
    assert first > 7.0


def test_collected_duty_is_weighted_by_trade() -> None:
    """A month of ten at ten per cent and one of thirty at two: four per cent."""
    # Fails if the mean is one of rates.
    month = months()[date(2018, 7, 1)]
    two = [
        month._replace(imports_usd_bn=10.0, duty_usd_bn=1.0),
        month._replace(imports_usd_bn=30.0, duty_usd_bn=0.6),
    ]

    assert collected_pct(two) == pytest.approx(4.0)


def test_a_span_begins_with_its_first_month() -> None:
    """Three months from October 2018 end with December."""
    # Fails by a month either way.
    assert span(months(), date(2018, 10, 1), 3) == [
        months()[date(2018, month, 1)] for month in (10, 11, 12)
    ]


def test_the_two_sides_do_not_change_places() -> None:
    """American imports hardly move in the first month, and fall by more than exports in 2019."""
    goods = params_of_2017(bench()).good_value_usd_bn

    assert sum(value > 0.0 for value in goods[FIRST_GOOD[US] : END_GOOD[US]]) == 5
    assert all(value > 0.0 for value in goods[FIRST_GOOD[CN] : END_GOOD[CN]])
    month = months()[date(2019, 12, 1)]
    assert month.imports_usd_bn < 0.87 * 505.2 / 12
    assert 0.7 < month.exports < 0.9
    assert month.soybeans < 0.65
