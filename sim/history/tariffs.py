"""Duties as they really stood, step by step, on the scales of the outcomes of the same name."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from sim.errors import NotFoundError, nearest
from sim.history.places import data_root

LAST_DAY: Final = date(2025, 10, 23).toordinal()
"""Last day of the record: nothing later enters a scenario or stands beside a forecast."""

_FILE: Final = "history/tariffs.csv"


@dataclass(frozen=True, slots=True)
class Step:
    """A level from a day on.

    Attributes:
        day: Ordinal day.
        value: The level, in the unit of the series.
        source: Where it was read.
    """

    day: int
    value: float
    source: str


def duty_steps(series: str) -> tuple[Step, ...]:
    """Returns how a duty moved, in order of day; each level holds until the next.

    Args:
        series: `us_addon_pp`, `cn_addon_pp` (points added since 20 January 2025), `us_avg_pct`
            or `cn_avg_pct` (average duty on the base of the Peterson Institute).

    Raises:
        NotFoundError: There is no such series.
    """
    known = _record()
    if series not in known:
        raise NotFoundError(
            f"the record holds no {series!r}{nearest(series, known)}; it holds {', '.join(known)}"
        )
    return known[series]


def has_duty(series: str) -> bool:
    """Tells whether the record holds a series."""
    return series in _record()


@cache
def _record() -> dict[str, tuple[Step, ...]]:
    found: dict[str, list[Step]] = {}
    with (data_root() / _FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["date"]).toordinal()
            found.setdefault(row["series"], []).append(
                Step(day, float(row["value"]), row["source"])
            )
    return {name: tuple(sorted(steps, key=lambda step: step.day)) for name, steps in found.items()}
