"""Forecasts from rates: closed forms, and what an empty record is worth."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.backtest.baselines.rates import (
    LAPLACE,
    climatology,
    drifting_rate,
    persistence,
)
from sim.backtest.baselines.records import EventRecord


def record(*days: int, last: int = 100) -> EventRecord:
    """Returns a record of days 1 to `last`."""
    return EventRecord.known(np.array(days, dtype=np.int64), 1, last)


@pytest.mark.parametrize(("day", "chance"), [(91, 0.95), (90, 0.05), (100, 0.95)])
def test_the_last_window_is_repeated(day: int, chance: float) -> None:
    """Its days are those of the next, before the origin: 91 to 100 for ten days."""
    assert persistence(record(day), 10) == pytest.approx(chance)
    assert persistence(record(), 10) == pytest.approx(0.05)


def test_climatology_counts_windows_from_every_day() -> None:
    """Of the 91 windows of ten days, ten hold day 50; they weigh as ten, to which one half with an
    event and one half without are added."""
    assert climatology(record(50), 10) == pytest.approx((10 / 91 * 10 + 0.5) / 11)
    assert climatology(record(50), 10, LAPLACE) == pytest.approx((10 / 91 * 10 + 1.0) / 12)


def test_an_event_at_an_end_is_in_fewer_windows() -> None:
    """Day 1 is in one window of ten days, day 100 in one."""
    assert climatology(record(1, 100), 10) == pytest.approx((2 / 91 * 10 + 0.5) / 11)


def test_climatology_is_never_certain() -> None:
    """With no event, an event a day, or a record shorter than the horizon."""
    assert 0.0 < climatology(record(), 10) < 0.05
    assert 0.95 < climatology(record(*range(1, 101)), 10) < 1.0
    assert climatology(record(5, last=9), 10) == 0.5


def test_a_constant_rate_has_the_gamma_posterior() -> None:
    """Three events in 100 days after Jeffreys's prior: 1 - (100 / 110) ^ 3.5 for ten days."""
    chance = drifting_rate(record(3, 40, 99), 10, math.inf)

    assert chance == pytest.approx(1.0 - (100 / 110) ** 3.5)


def test_an_event_weighs_half_after_a_half_life() -> None:
    """One event of a half-life ago and one of today weigh 3/2; the days sum to a geometric
    series."""
    days = (1.0 - 0.5 ** (100 / 20)) / (1.0 - 0.5 ** (1 / 20))

    chance = drifting_rate(record(80, 100), 10, half_life_days=20.0)

    assert chance == pytest.approx(1.0 - (days / (days + 10)) ** 2.0)


def test_a_drifting_rate_forgets() -> None:
    """The same events count for more if they are recent; without a drift their days are nothing
    to it."""
    old, new = record(5, 10, 15, last=1000), record(985, 990, 995, last=1000)

    assert drifting_rate(new, 30) > 3.0 * drifting_rate(old, 30)
    assert drifting_rate(new, 30, math.inf) == drifting_rate(old, 30, math.inf)


def test_a_constant_rate_is_calibrated() -> None:
    """In 2,000 records of 400 days whose rates are drawn, forecasts add up to what comes, within
    four standard errors."""
    rng = np.random.default_rng(6)
    rates = rng.gamma(2.0, 0.005, 2000)
    came, chances = [], []
    for rate in rates:
        days = 1 + np.flatnonzero(rng.random(430) < -math.expm1(-rate))
        known = EventRecord.known(days, 1, 400)
        chances.append(drifting_rate(known, 30, math.inf))
        came.append(bool(np.any(days > 400)))

    gap = np.array(came) - np.array(chances)
    assert abs(gap.mean()) < 4.0 * gap.std() / math.sqrt(len(gap))
