"""Actual duties, step by step, on the scales of the outcomes with the same names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, nearest
from sim.history.csv_table import take_rows
from sim.history.places import data_root

LAST_DAY: Final = date(2025, 10, 23).toordinal()
"""Last day of the record: nothing later is used in a scenario or compared with a forecast."""

UNITS: Final = {
    "us_addon_pp": "pp",
    "cn_addon_pp": "pp",
    "us_avg_pct": "pct",
    "cn_avg_pct": "pct",
}
"""Series of the record, and the unit of each."""

_FILE: Final = "history/tariffs.csv"
_COLUMNS: Final = ("series", "date", "value", "unit", "known_from", "source")
LARGEST_PP: Final = 1000.0
"""A larger duty is a typing error; units elsewhere have the same maximum."""


@dataclass(frozen=True, slots=True)
class TariffStep:
    """Level of a duty from a given day.

    Attributes:
        day: Ordinal day.
        value: The level, in the unit of the series.
        source: Source of the level.
    """

    day: int
    value: float
    source: str


def duty_steps(series: str) -> tuple[TariffStep, ...]:
    """Returns the steps of a duty in order of day; each level holds until the next.

    Args:
        series: `us_addon_pp`, `cn_addon_pp` (points added since 20 January 2025), `us_avg_pct`
            or `cn_avg_pct` (average duty on the base of the Peterson Institute).

    Raises:
        NotFoundError: There is no such series.
    """
    known = _record()
    if series not in known:
        raise NotFoundError(
            f"the record has no series {series!r}{nearest(series, known)}; it has "
            f"{', '.join(known)}"
        )
    return known[series]


def has_duty(series: str) -> bool:
    """Returns whether the record has a series."""
    return series in _record()


@cache
def _record() -> dict[str, tuple[TariffStep, ...]]:
    return read_record(data_root() / _FILE)


def read_record(path: Path) -> dict[str, tuple[TariffStep, ...]]:
    """Reads the series of a record, by name.

    Raises:
        ScenarioError: The file cannot be read, or has invalid rows; reports all of them.
    """
    found: dict[str, list[TariffStep]] = {}
    take_rows(
        path, _COLUMNS, "series", lambda row: _append(found.setdefault(row["series"], []), row)
    )
    return {name: tuple(steps) for name, steps in found.items()}


def _append(steps: list[TariffStep], row: dict[str, str]) -> None:
    """Adds a row to its series.

    Raises:
        ValueError: The row is invalid.
    """
    if row["series"] not in UNITS:
        raise ValueError(f"is not a series of the record{nearest(row['series'], UNITS)}")
    unit = UNITS[row["series"]]
    if row["unit"] != unit:
        raise ValueError(f"found unit {row['unit']!r}; the unit of this series is {unit}")
    day, value = date.fromisoformat(row["date"]).toordinal(), float(row["value"])
    if not 0.0 <= value <= LARGEST_PP:
        raise ValueError(f"found {row['value']}; a duty lies between 0 and {LARGEST_PP:g}")
    if day > LAST_DAY:
        raise ValueError(f"found {row['date']}; the record ends on {date.fromordinal(LAST_DAY)}")
    if steps and day <= steps[-1].day:
        raise ValueError(f"found {row['date']} after {date.fromordinal(steps[-1].day)}")
    if date.fromisoformat(row["known_from"]).toordinal() > LAST_DAY:
        raise ValueError(f"found known_from {row['known_from']}, after the end of the record")
    if not row["source"]:
        raise ValueError("has no source")
    steps.append(TariffStep(day, value, row["source"]))
