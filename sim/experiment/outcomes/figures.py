"""Headline figures of runs: the share with a flag or of a class, or the mean of a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sim.engine.blocks import Column
from sim.experiment.outcomes.summary import classes_of
from sim.experiment.stats import intervals
from sim.experiment.stats.intervals import Estimate, Labels

SHARE: Final = "share"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a column.

    Attributes:
        name: Name of the column, followed by `=` and the class if it has classes.
        unit: Unit of the value; `share` for flags and classes.
        estimate: Share of the runs, or mean, with its interval and Monte Carlo error.
        runs: Number of runs behind it: those that finished and to which the outcome applies.
    """

    name: str
    unit: str
    estimate: Estimate
    runs: int


def figures_of(column: Column, values: Any, clusters: Labels | None = None) -> Iterator[Figure]:
    """Yields the figures of a column: one for a number or a flag, else one for each class.

    Args:
        column: The column.
        values: Its values in the runs that count and to which it applies; codes for classes.
        clusters: Parameter vector of each of these runs; None if they are independent.
    """
    name, runs = column.name, len(values)
    if column.outcome.kind == "number":
        yield Figure(name, column.outcome.unit, intervals.mean(values, clusters=clusters), runs)
        return
    for code, label in enumerate(classes_of(column)):
        if column.outcome.kind == "flag" and not code:
            continue
        share = intervals.probability(values == code, clusters=clusters)
        yield Figure(
            name if column.outcome.kind == "flag" else f"{name}={label}", SHARE, share, runs
        )
