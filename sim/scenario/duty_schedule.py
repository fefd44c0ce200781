"""Schedules of duties: dated steps of layers, read from a CSV file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sim.history.csv_table import csv_rows
from sim.history.places import data_root

OF_2025: Final = "economics/duty_path_2025.csv"
COLUMNS: Final = ("date", "side", "on", "points_pp")
"""Columns that a schedule must have; `announced` and `coverage` may follow."""


@dataclass(frozen=True, slots=True)
class DutyStep:
    """Points of a duty from a given day on.

    Attributes:
        day: Ordinal day from which the points are in force.
        announced: Ordinal day on which they became known, at most `day`.
        side: Side that levies the duty, `us` or `cn`.
        on: Layer of duty, or `everyone_else` for all other countries.
        points_pp: Points in force from that day, in place of those before.
        coverage: Share of trade that the layer covers; None if it does not change.
    """

    day: int
    announced: int
    side: str
    on: str
    points_pp: float
    coverage: float | None


def read_schedule(path: Path) -> tuple[DutyStep, ...]:
    """Returns the steps of a schedule, by day.

    Raises:
        ScenarioError: The file cannot be read, or a column is missing.
    """
    steps = []
    for _, row in csv_rows(path, COLUMNS):
        day = date.fromisoformat(row["date"]).toordinal()
        announced = row.get("announced")
        coverage = row.get("coverage")
        steps.append(
            DutyStep(
                day,
                date.fromisoformat(announced).toordinal() if announced else day,
                row["side"],
                row["on"],
                float(row["points_pp"]),
                float(coverage) if coverage else None,
            )
        )
    return tuple(sorted(steps, key=lambda step: step.day))


@cache
def duties_of_2025() -> tuple[DutyStep, ...]:
    """Returns the steps of both sides' duties in 2025, by day."""
    return read_schedule(data_root() / OF_2025)
