"""Published figures for checking the trade model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from sim.history.csv_table import Row, csv_rows
from sim.history.places import data_root
from sim.scenario.catalog import read

CHECKS: Final = "economics/checks.csv"
CHECK_SOURCES: Final = "economics/check_sources.yaml"


@dataclass(frozen=True, slots=True)
class Check:
    """One published figure.

    Attributes:
        key: Name of the check.
        row: Row of the published validation table it belongs to.
        what: What was measured, and when.
        published: The published figure, in `unit`.
        low: Lowest value within the published tolerance.
        high: Highest value within the published tolerance.
        unit: Unit of the figure.
        fitted: Whether the figure was used to choose a parameter.
        after_cutoff: Whether it was published after the cutoff, and so serves only as a check.
        source: Key of the source.
        note: Basis of the figure and of the comparison.
        known_miss: Reason why the model is known to miss the tolerance; empty if it does not.
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
    """Returns title and authors of the sources used only for checks, by key."""
    entries = read(data_root() / CHECK_SOURCES).root.plain()
    return {key: f"{entry['title']}. {entry['by']}" for key, entry in entries.items()}


def _rows(name: str) -> Iterator[Row]:
    for _, row in csv_rows(data_root() / name):
        yield row
