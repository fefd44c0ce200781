"""The self-exciting process: its likelihood, its forecast, and recovery of what was drawn."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.backtest.baselines.hawkes import HawkesProcess, fit_hawkes, self_exciting
from sim.backtest.baselines.records import EventRecord

TRUTH = HawkesProcess(background=0.02, branching=0.5, delay_days=10.0)


def drawn(process: HawkesProcess, days: int, seed: int) -> list[float]:
    """Returns times of a process from its clusters: immigrants, their children, and so on (Hawkes
    and Oakes 1974)."""
    rng = np.random.default_rng(seed)
    wave = list(rng.uniform(0.0, days, rng.poisson(process.background * days)))
    times: list[float] = []
    while wave:
        times += wave
        wave = [
            time + rng.exponential(process.delay_days)
            for time in wave
            for _ in range(rng.poisson(process.branching))
        ]
    return sorted(time for time in times if time < days)


def record(times: list[float], days: int) -> EventRecord:
    """Returns times from 0 on as days from 1 on."""
    return EventRecord.known(np.floor(times).astype(np.int64) + 1, 1, days)


def intensity(process: HawkesProcess, known: EventRecord, time: float) -> float:
    """Returns the rate at a time, from its definition; events are in the middle of their days."""
    past = [time - (day - 0.5) for day in known.days if day - 0.5 < time]
    kicks = sum(math.exp(-gap / process.delay_days) for gap in past)
    return process.background + process.branching / process.delay_days * kicks


def test_the_likelihood_is_that_of_the_definition() -> None:
    """Sum of log rates at events less the integral of the rate, by brute force."""
    known = EventRecord.known(np.array([3, 4, 20, 21, 60]), 1, 80)
    grid = np.arange(0.0, 80.0, 0.001) + 0.0005

    logs = sum(math.log(intensity(TRUTH, known, day - 0.5)) for day in known.days)
    kicks = np.subtract.outer(grid, known.days - 0.5)
    rate = TRUTH.background + TRUTH.branching / TRUTH.delay_days * np.sum(
        np.where(kicks > 0.0, np.exp(-np.maximum(kicks, 0.0) / TRUTH.delay_days), 0.0), axis=1
    )

    assert TRUTH.log_likelihood(known) == pytest.approx(logs - rate.sum() * 0.001, abs=1e-3)


def test_the_forecast_is_one_less_the_chance_of_nothing() -> None:
    """The rate until the next event, summed over thirty days in small steps."""
    known = EventRecord.known(np.array([70, 79]), 1, 80)
    steps = 80.0 + (np.arange(30_000) + 0.5) / 1000.0

    spent = sum(intensity(TRUTH, known, time) for time in steps) / 1000.0

    assert TRUTH.chance(known, 30) == pytest.approx(1.0 - math.exp(-spent), abs=1e-6)


def test_the_forecast_is_calibrated() -> None:
    """Of 3,000 histories, the shares in which an event comes within two weeks agree with the mean
    forecast of the true process, within four standard errors; a history that has had one of late is
    likelier to."""
    gaps, late = [], []
    for seed in range(3000):
        times = drawn(TRUTH, 214, seed)
        known = record([time for time in times if time < 200.0], 200)
        chance = TRUTH.chance(known, 14)
        gaps.append(any(time >= 200.0 for time in times) - chance)
        late.append(chance)

    gap = np.array(gaps)
    assert abs(gap.mean()) < 4.0 * gap.std() / math.sqrt(3000) + 0.005
    assert max(late) > 2.0 * min(late)


def test_a_process_is_recovered_from_a_long_history() -> None:
    """Means of twelve fits to 8,000 days, about 320 events each, within four standard errors and a
    tenth for the rounding to days, where two of a day are one."""
    fits = [fit_hawkes(record(drawn(TRUTH, 8000, seed), 8000)) for seed in range(12)]

    for name in ("background", "branching", "delay_days"):
        found = np.array([getattr(fit, name) for fit in fits])
        truth = getattr(TRUTH, name)
        assert abs(found.mean() - truth) < 4.0 * found.std(ddof=1) / math.sqrt(12) + 0.1 * truth


@pytest.mark.parametrize("days", [[], [50], [99, 100], list(range(1, 101))])
def test_few_events_and_many_give_a_process_that_holds(days: list[int]) -> None:
    """It does not explode, and forecasts are not certain."""
    known = EventRecord.known(np.array(days, dtype=np.int64), 1, 100)
    process = fit_hawkes(known)

    assert process.background > 0.0
    assert 0.0 < process.branching < 1.0
    assert 1.0 < process.delay_days < 100.0
    assert 0.0 < self_exciting(known, 30) < 1.0


def test_a_burst_raises_the_forecast_more_than_old_events_do() -> None:
    """The same number of events in one burst, today or long ago."""
    burst = np.arange(5)
    old = EventRecord.known(100 + burst, 1, 1000)
    new = EventRecord.known(996 + burst, 1, 1000)

    assert self_exciting(new, 30) > 2.0 * self_exciting(old, 30)
