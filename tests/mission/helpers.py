"""Statistics of paired runs, scenario names and bans for the mission tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

JANUARY = "january-2025-first-100-days"
FEBRUARY = "phase-one-redux"
MARCH = "march-2025-escalation"
JUNE = "june-2025-resumed-talks"
OCTOBER = "october-2025-apec"

Numbers = Sequence[float] | np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference with its Monte Carlo error."""

    mean: float
    error: float

    @property
    def positive(self) -> bool:
        """Tells whether it lies more than two standard errors above zero."""
        return self.mean > 2.0 * self.error and self.mean > 0.0

    @property
    def negative(self) -> bool:
        """Tells whether it lies more than two standard errors below zero."""
        return -self.mean > 2.0 * self.error and self.mean < 0.0


def paired(after: Numbers, before: Numbers) -> Gap:
    """Returns the mean of after minus before over runs on the same luck; flags count as 0 and 1."""
    change = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    assert change.size > 1
    return Gap(float(change.mean()), float(change.std(ddof=1) / np.sqrt(change.size)))


def between(one: Numbers, two: Numbers) -> Gap:
    """Returns the mean of one less the mean of two, from runs on different luck."""
    a, b = np.asarray(one, dtype=np.float64), np.asarray(two, dtype=np.float64)
    assert min(a.size, b.size) > 1
    error = np.sqrt(a.var(ddof=1) / a.size + b.var(ddof=1) / b.size)
    return Gap(float(a.mean() - b.mean()), float(error))


def rate_gap(events: int, days: float, other_events: int, other_days: float) -> Gap:
    """Returns the difference of two weekly rates of events, counts taken as Poisson."""
    assert min(days, other_days) > 0.0
    weeks, other_weeks = days / 7.0, other_days / 7.0
    error = np.sqrt(max(events, 1) / weeks**2 + max(other_events, 1) / other_weeks**2)
    return Gap(events / weeks - other_events / other_weeks, float(error))


def banned(side: str, *acts: str, since: str) -> Mapping[str, Any]:
    """Returns an intervention that forbids a side some acts from an ISO date on."""
    rows = [{"side": side, "act": act} for act in acts]
    return {"date": date.fromisoformat(since), "do": {"forbid": rows}}


def weight(side: str, **influences: float) -> tuple[tuple[str, str], ...]:
    """Returns settings that give factions of a side their influence."""
    return tuple((f"{side}.{name}.influence", str(value)) for name, value in influences.items())
