"""Published figures the trade block is held to, and the path of duties of 2025 they belong to."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from sim.history.places import data_root
from sim.scenario.catalog import read

CHECKS: Final = "economics/checks.csv"
CHECK_SOURCES: Final = "economics/check_sources.yaml"
DUTY_PATH: Final = "economics/duty_path_2025.csv"


@dataclass(frozen=True, slots=True)
class Check:
    """One published figure.

    Attributes:
        key: Its name.
        row: Row of the published validation table it belongs to.
        what: What was measured, when.
        published: The figure, in `unit`.
        low: Lowest value within the printed tolerance.
        high: Highest.
        unit: Its unit.
        fitted: Whether it helped to choose a parameter.
        after_cutoff: Whether it became public after the cutoff, and so is a check alone.
        source: Key of its source.
        note: What it rests on.
        known_miss: Why the block is known to lie outside the tolerance, empty if it does not.
    """

    key: str
    row: int
    what: str
    published: float
    low: float
    high: float
    unit: str
    fitted: bool
    after_cutoff: bool
    source: str
    note: str
    known_miss: str


@dataclass(frozen=True, slots=True)
class DutyStep:
    """A layer's rate from a day on; `coverage` is its share of trade, None as before."""

    day: int
    side: str
    layer: str
    points_pp: float
    coverage: float | None


@cache
def checks() -> tuple[Check, ...]:
    """Returns the published figures, in the order of the file."""
    return tuple(
        Check(
            row["check"],
            int(row["row"]),
            row["what"],
            float(row["published"]),
            float(row["low"]),
            float(row["high"]),
            row["unit"],
            row["fitted"] == "yes",
            row["after_cutoff"] == "yes",
            row["source"],
            row["note"],
            row["known_miss"],
        )
        for row in _rows(CHECKS)
    )


@cache
def check_sources() -> dict[str, str]:
    """Returns title and authors of the sources that serve checks alone, by key."""
    entries = read(data_root() / CHECK_SOURCES).root.plain()
    return {key: f"{entry['title']}. {entry['by']}" for key, entry in entries.items()}


@cache
def duty_path() -> tuple[DutyStep, ...]:
    """Returns the steps of both sides' duties in 2025, by day."""
    steps = (
        DutyStep(
            date.fromisoformat(row["date"]).toordinal(),
            row["side"],
            row["layer"],
            float(row["points_pp"]),
            float(row["coverage"]) if row["coverage"] else None,
        )
        for row in _rows(DUTY_PATH)
    )
    return tuple(sorted(steps, key=lambda step: step.day))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (data_root() / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
