"""Checks of behaviour: statistics of the record against the middle 90% of runs, by regime.

Each regime is cut into windows of a year. Runs start on the eve of each from the record replayed up
to it, exactly as forecasts do, and what they did is added up over the windows of the regime. So a
band tells what the model expects of an administration, put right by the record once a year; a
statistic of the record outside it is one that the model hardly ever shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.backtests.origin_forecasts import Variant
from sim.backtest.behaviour.statistics import STATISTICS, Behaviour, Statistic
from sim.backtest.behaviour.windows import recorded_window, simulated_window
from sim.backtest.regimes import Regime
from sim.experiment.stats.intervals import Floats

BAND: Final = (0.05, 0.95)
"""Shares of the runs at the ends of a band, both of which belong to it."""

TARGET: Final = 0.80
"""Share of the counts in their bands that is asked of the model; the true one would have nine in
ten on average, and more where counts are small, since the ends of bands belong to them."""

HALF: Final = 0.5

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class StatisticCheck:
    """A statistic of the record among those of runs.

    Attributes:
        regime: The administration.
        statistic: What is compared.
        recorded: Its value on record.
        low: Lower end of the middle 90% of the runs to which it applies; infinite for a wait that
            does not end.
        middle: Their median.
        high: Upper end.
        place: Share of these runs below the record and half of those that equal it (mid-p).
        runs: Number of these runs.
    """

    regime: Regime
    statistic: Statistic
    recorded: float
    low: float
    middle: float
    high: float
    place: float
    runs: int

    @property
    def in_band(self) -> bool:
        """Whether the record lies in the band, ends included."""
        return self.low <= self.recorded <= self.high

    @property
    def is_idle(self) -> bool:
        """Whether nothing was done: not on record, and hardly ever in runs."""
        return self.recorded == self.high == 0.0


@dataclass(frozen=True, slots=True)
class BehaviourChecks:
    """All checks.

    Attributes:
        checks: The checks, by regime.
        n: Number of runs of each window.
        seed: Seed of their luck.
    """

    checks: tuple[StatisticCheck, ...]
    n: int
    seed: int

    def tally(self, regime: Regime | None = None, *, idle: bool = True) -> tuple[int, int]:
        """Returns the number of counts in their bands, and of all counts.

        Args:
            regime: The administration; None for all.
            idle: Whether counts at which neither runs nor the record did anything are counted.
        """
        found = [
            each.in_band
            for each in self.checks
            if each.statistic.is_count
            and regime in {None, each.regime}
            and (idle or not each.is_idle)
        ]
        return sum(found), len(found)


def check_behaviour(
    n: int,
    seed: int,
    variant: Variant,
    engine: str,
    regimes: Iterable[Regime],
    progress: Progress | None = None,
) -> BehaviourChecks:
    """Returns all statistics of the record beside those of runs.

    Args:
        n: Number of runs of each window.
        seed: Seed of their luck; windows have luck of their own, because their days differ.
        variant: Variant of the model.
        engine: `simpy` or `compiled`; the results are the same.
        regimes: Administrations to look at.
        progress: Called with (done, total) windows.
    """
    windows = [(regime, window) for regime in regimes for window in regime.windows()]
    seen: dict[Regime, tuple[Behaviour, Behaviour]] = {}
    for done, (regime, (eve, last)) in enumerate(windows, 1):
        runs, weeks = simulated_window(eve, last, n, seed, variant, engine)
        record = recorded_window(eve, last, weeks)
        before = seen.get(regime)
        seen[regime] = (before[0] + runs, before[1] + record) if before else (runs, record)
        if progress:
            progress(done, len(windows))
    found = (compared(regime, *both) for regime, both in seen.items())
    return BehaviourChecks(tuple(each for rows in found for each in rows), n, seed)


def compared(regime: Regime, runs: Behaviour, record: Behaviour) -> list[StatisticCheck]:
    """Returns the checks of a regime; a statistic that does not apply to the record, or to any run,
    is left out."""
    found = []
    for statistic in STATISTICS:
        (recorded,) = statistic.read(record)
        values = statistic.read(runs)
        values = values[~np.isnan(values)]
        if np.isnan(recorded) or not len(values):
            continue
        low, middle, high = _quantiles(values, (BAND[0], HALF, BAND[1]))
        place = np.mean(values < recorded) + HALF * np.mean(values == recorded)
        found.append(
            StatisticCheck(
                regime, statistic, float(recorded), low, middle, high, float(place), len(values)
            )
        )
    return found


def _quantiles(values: Floats, levels: tuple[float, ...]) -> list[float]:
    """Returns quantiles, each a value that occurred."""
    return [float(each) for each in np.quantile(values, levels, method="inverted_cdf")]
