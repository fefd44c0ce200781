"""A self-exciting process: each event raises the rate of the next for a while (Hawkes 1971)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.backtest.baselines.records import EventRecord
from sim.experiment.stats.intervals import Floats

BACKGROUND_MEDIAN: Final = 4.0 / 365.0
BACKGROUND_SPREAD: Final = 1.5
"""Lognormal prior of the events a day that nothing excites: four a year, times or over 20 in 95 of
100 cases. Without it the fit to no event at all is a rate of 0."""

BRANCHING_MEDIAN: Final = 0.3
BRANCHING_SPREAD: Final = 1.0
"""Logit-normal prior of the events that one event excites on average: between 0.06 and 0.75 in 95
of 100 cases. It is below 1 always, or the process would explode."""

DELAY_MEDIAN_DAYS: Final = 14.0
DELAY_SPREAD: Final = 0.7
"""Lognormal prior of the mean delay of an excited event: 3.5 to 55 days in 95 of 100 cases, from
replies within days to the slow answers of controls. With few events the data do not bound it."""


@dataclass(frozen=True, slots=True)
class HawkesProcess:
    """A self-exciting process with an exponential kernel.

    Attributes:
        background: Events a day that nothing excites.
        branching: Mean number of events that one event excites, below 1.
        delay_days: Mean delay of these.
    """

    background: float
    branching: float
    delay_days: float

    def chance(self, record: EventRecord, horizon: int) -> float:
        """Returns the probability of at least one event within the horizon.

        Until the next event the rate is known, so it is 1 - exp(-its integral over the horizon).
        """
        since = record.origin + 0.5 - record.days
        left = float(np.sum(np.exp(-since / self.delay_days)))
        excited = self.branching * left * -math.expm1(-horizon / self.delay_days)
        return -math.expm1(-(self.background * horizon + excited))

    def log_likelihood(self, record: EventRecord) -> float:
        """Returns the logarithm of the density of the record (Ozaki 1979): each event counts as in
        the middle of its day, and the record ends with the day of the origin."""
        times = record.days - record.first + 0.5
        excitement, total, before = 0.0, 0.0, math.nan
        for time in times:
            if not math.isnan(before):
                excitement = (excitement + 1.0) * math.exp((before - time) / self.delay_days)
            total += math.log(self.background + self.branching / self.delay_days * excitement)
            before = time
        spent = -np.expm1(-(record.span - times) / self.delay_days)
        return total - self.background * record.span - self.branching * float(np.sum(spent))


def fit_hawkes(record: EventRecord) -> HawkesProcess:
    """Returns the process of the highest posterior density, found by Nelder and Mead's simplex.

    With no event it is the process of the priors, its background lowered.
    """
    from scipy.optimize import minimize

    def loss(at: Floats) -> float:
        return 0.5 * float(at @ at) - _process(at).log_likelihood(record)

    options = {"xatol": 1e-6, "fatol": 1e-9, "maxiter": 2000}
    best: npt.NDArray[np.float64] = minimize(
        loss, np.zeros(3), method="Nelder-Mead", options=options
    ).x
    return _process(best)


def self_exciting(record: EventRecord, horizon: int) -> float:
    """Returns the probability of an event within the horizon under the process fitted to the
    record.

    Args:
        record: The event until the origin.
        horizon: Days.
    """
    return fit_hawkes(record).chance(record, horizon)


def _process(at: Floats) -> HawkesProcess:
    """Returns the process at a point measured in standard deviations of the priors from their
    medians."""
    odds = math.log(BRANCHING_MEDIAN / (1.0 - BRANCHING_MEDIAN)) + BRANCHING_SPREAD * at[1]
    return HawkesProcess(
        BACKGROUND_MEDIAN * math.exp(BACKGROUND_SPREAD * at[0]),
        1.0 / (1.0 + math.exp(-odds)),
        DELAY_MEDIAN_DAYS * math.exp(DELAY_SPREAD * at[2]),
    )
