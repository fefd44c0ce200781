"""Scored forecasts: what a frozen forecast said, what came, and what it scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.backtest.forecasts.frozen_file import FrozenForecast
from sim.backtest.scores.events import brier, log_score
from sim.backtest.scores.numbers import crps
from sim.experiment.stats.intervals import Floats


@dataclass(frozen=True, slots=True)
class ScoredForecast:
    """A forecast beside what came. Smaller scores are better.

    Attributes:
        forecast: The forecast.
        outcome: 1 or 0 for an event, a number, or an ordinal day; None if it is not known.
        brier: Brier score of a probability, 0 to 1; None for a quantity or without outcome.
        log: Logarithmic score of a probability, in nats; infinite if it was certain and wrong.
        crps: Continuous ranked probability score of a quantity, in its unit (days for a day).
        reason: Why the outcome is not known; empty if it is.
    """

    forecast: FrozenForecast
    outcome: float | None
    brier: float | None = None
    log: float | None = None
    crps: float | None = None
    reason: str = ""


def score(forecast: FrozenForecast, outcome: float | None, reason: str = "") -> ScoredForecast:
    """Returns a forecast with its scores.

    Args:
        forecast: The forecast.
        outcome: What came; None if it is not known.
        reason: Why it is not known.
    """
    if outcome is None:
        return ScoredForecast(forecast, None, reason=reason)
    if forecast.probability is not None:
        probability, came = np.array([forecast.probability]), np.array([bool(outcome)])
        return ScoredForecast(
            forecast,
            outcome,
            brier=float(brier(probability, came)[0]),
            log=float(log_score(probability, came)[0]),
        )
    if not forecast.members:
        return ScoredForecast(forecast, outcome)
    members = _numbers(forecast.members)[None, :]
    return ScoredForecast(forecast, outcome, crps=float(crps(members, np.array([outcome]))[0]))


def mean_scores(scored: Sequence[ScoredForecast]) -> tuple[int, float, float]:
    """Returns the number of events with an outcome, and their mean Brier and logarithmic scores;
    NaN without any."""
    events = [(each.brier, each.log) for each in scored if each.brier is not None]
    if not events:
        return 0, np.nan, np.nan
    means = np.mean(np.array(events, dtype=np.float64), axis=0)
    return len(events), float(means[0]), float(means[1])


def _numbers(values: Sequence[date | float]) -> Floats:
    """Returns values as numbers, days as ordinals."""
    return np.array([v.toordinal() if isinstance(v, date) else v for v in values], np.float64)
