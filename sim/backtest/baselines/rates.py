"""Forecasts of an event from how often it has come: in the last window, in all, or of late."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from sim.backtest.baselines.records import EventRecord

CERTAINTY: Final = 0.95
"""Probability that the next window repeats the last, as in the pilot study: one window in twenty is
allowed to differ, where certainty would cost infinitely much."""

JEFFREYS: Final = 0.5
"""Windows with and without the event added to those on record: Jeffreys's prior, whose intervals
keep their level best for shares near 0 and 1 (Brown, Cai and DasGupta 2001)."""

LAPLACE: Final = 1.0
"""The same for Laplace's (1774) rule of succession, the uniform prior."""

HALF_LIFE_DAYS: Final = 180.0
"""Days after which an event counts half: the better of 180 and 365 in the pilot study."""


def persistence(record: EventRecord, horizon: int, certainty: float = CERTAINTY) -> float:
    """Returns the probability of an event within the horizon if the next window of this length is
    to repeat the last.

    Args:
        record: The event until the origin.
        horizon: Days.
        certainty: Probability of a repetition.
    """
    repeated = len(record.days) > 0 and record.days[-1] > record.origin - horizon
    return certainty if repeated else 1.0 - certainty


def climatology(record: EventRecord, horizon: int, smoothing: float = JEFFREYS) -> float:
    """Returns the share of windows of this length with an event, over all windows that ended by the
    origin, smoothed.

    Windows begin on every day and overlap; they weigh as many as fit side by side. A record shorter
    than the horizon gives 1/2.

    Args:
        record: The event until the origin.
        horizon: Days.
        smoothing: Windows with the event, and as many without, that are added: `JEFFREYS` or
            `LAPLACE`.
    """
    beginnings = record.span - horizon + 1
    if beginnings < 1:
        return 0.5
    counts = np.concatenate(([0], np.cumsum(record.daily())))
    share = float(np.mean(counts[horizon:] > counts[:-horizon]))
    windows = record.span / horizon
    return (share * windows + smoothing) / (windows + 2.0 * smoothing)


def drifting_rate(
    record: EventRecord, horizon: int, half_life_days: float = HALF_LIFE_DAYS
) -> float:
    """Returns the probability of an event within the horizon if its rate drifts slowly: events and
    days lose half their weight in each half-life, and the rate has the gamma posterior of what is
    left after Jeffreys's prior (power steady model: Smith 1979).

    The forecast averages over that posterior: 1 - (d / (d + horizon)) ^ (e + 1/2) for a weight of
    e events in d days.

    Args:
        record: The event until the origin.
        horizon: Days.
        half_life_days: The half-life; infinite for a constant rate.
    """
    shape, days = drifting_posterior(record, half_life_days)
    return -math.expm1(shape * math.log(days / (days + horizon)))


def drifting_posterior(
    record: EventRecord, half_life_days: float = HALF_LIFE_DAYS
) -> tuple[float, float]:
    """Returns the gamma posterior of a rate that drifts: its shape, and days as inverse scale.

    Args:
        record: The event until the origin.
        half_life_days: The half-life; infinite for a constant rate.
    """
    fade = math.log(2.0) / half_life_days
    events = float(np.sum(np.exp(-fade * (record.origin - record.days))))
    return events + JEFFREYS, float(np.sum(np.exp(-fade * np.arange(record.span))))
