"""Published figures for checking the trade model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from sim.history.csv_table import Row, csv_rows
from sim.history.places import data_root
from sim.scenario.catalog import read

CHECKS: Final = "economics/checks.csv"
CHECK_SOURCES: Final = "economics/check_sources.yaml"


class FigureClass(StrEnum):
    """What a published figure says about the model; only figures out of sample test it."""

    OUT_OF_SAMPLE = "out of sample"
    FITTED = "fitted"
    ECHO = "echo"
    INPUT = "input"


@dataclass(frozen=True, slots=True)
class Check:
    """One published figure.

    Attributes:
        key: Name of the check.
        kind: Class of the figure.
        what: What was measured, and when.
        published: The published figure, in `unit`.
        low: Lowest value within the published tolerance.
        high: Highest value within the published tolerance.
        unit: Unit of the figure.
        basis: Where the tolerance comes from: the source's own error, rounding, or judgement with
            a reason.
        after_cutoff: Whether it was published after the cutoff, and so serves only as a check.
        source: Key of the source.
        sets: Parameters that the figure sets or that it prints back, by dotted name, or the file of
            law that it adds up; empty for figures out of sample.
        note: Basis of the figure and of the comparison.
        known_miss: Reason why the model is known to miss the tolerance; empty if it does not.
    """

    key: str
    kind: FigureClass
    what: str
    published: float
    low: float
    high: float
    unit: str
    basis: str
    after_cutoff: bool
    source: str
    sets: tuple[str, ...]
    note: str
    known_miss: str


@cache
def checks() -> tuple[Check, ...]:
    """Returns the published figures, in the order of the file."""
    return tuple(
        Check(
            row["check"],
            FigureClass(row["class"]),
            row["what"],
            float(row["published"]),
            float(row["low"]),
            float(row["high"]),
            row["unit"],
            row["tolerance"],
            row["after_cutoff"] == "yes",
            row["source"],
            tuple(row["sets"].split()),
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
