"""Stopping rule of a batch that must reach a precision: outcomes, a half-width, and checkpoints.

The number of runs at which a batch stops depends only on scenario, seed and the requested
precision: each checkpoint follows from the half-width at the previous one, which depends only on
the runs up to it. The contents of the store and the kind of workers have no influence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.errors import NotFoundError, UsageError, nearest
from sim.experiment.stats import intervals
from sim.experiment.store.folder import Folder, Note
from sim.experiment.store.manifest import SHARD
from sim.experiment.store.parquet import Array

if TYPE_CHECKING:
    from sim.engine.blocks import Column

MOST: Final = 1_000_000
"""Default number of runs at which a batch stops even if its precision is not reached."""

_FARTHEST: Final = 10
"""The next checkpoint has at most this many times as many runs, because early half-widths are
themselves uncertain."""

_PART: Final = 0.9
"""Share of the estimated remaining runs played before the next checkpoint, to avoid overshooting
the goal."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Precision to reach, and for which outcomes.

    Attributes:
        half_width: Largest allowed half-width of the 95% interval of a probability, or of the mean
            of a number, in its unit.
        columns: The outcomes that must reach it.
        least: Minimum number of runs, in whole shards.
        most: Maximum number of runs, in whole shards.
    """

    half_width: float
    columns: tuple[Column, ...]
    least: int
    most: int

    def next_look(self, n: int, reached: float) -> int:
        """Returns the number of runs at the next checkpoint, if the half-width is `reached` at n.

        Half-widths fall with the square root of the number of runs.
        """
        needed = n * (reached / self.half_width) ** 2
        step = min(_PART * (needed - n), (_FARTHEST - 1) * n)
        return min(n + SHARD * max(1, math.ceil(step / SHARD)), self.most)


@dataclass(slots=True)
class PrecisionGauge:
    """Measures half-widths over a growing number of runs, reading each run once.

    Attributes:
        folder: Results folder that holds the runs.
        goal: The goal.
    """

    folder: Folder
    goal: Goal
    _n: int = 0
    _failed: set[int] = field(default_factory=set)
    _values: dict[str, Array] = field(default_factory=dict)

    def widest(self, n: int) -> tuple[str, float]:
        """Returns the outcome with the widest interval over the first n runs, and its
        half-width."""
        self._read(n)
        finished = np.ones(n, dtype=np.bool_)
        finished[list(self._failed)] = False
        per_vector = self.folder.content.per_vector
        clusters = intervals.vector_labels(n, per_vector) if per_vector else None
        widths = {
            column.name: half_width(column, self._values[column.name], finished, clusters)
            for column in self.goal.columns
        }
        name = max(widths, key=widths.__getitem__)
        return name, widths[name]

    def _read(self, n: int) -> None:
        new = self.folder.read(self.goal.columns, n, self._n)
        for column in self.goal.columns:
            values = new[column.name]
            # Class codes fit in one byte: an eighth of the memory.
            kept = values.astype(np.int8) if column.outcome.kind == "class" else values
            before = self._values.get(column.name, kept[:0])
            self._values[column.name] = np.concatenate((before, kept))
        self._failed.update(self.folder.read_failures(n, self._n))
        self._n = n


def goal_of(
    precision: float,
    wanted: str | None,
    n: int,
    most: int | None,
    columns: Sequence[Column],
) -> Goal:
    """Returns the goal of a batch.

    Args:
        precision: The half-width.
        wanted: Name of a column; None for every headline probability at the end of the run.
        n: Minimum number of runs, rounded up to whole shards.
        most: Maximum number of runs, rounded down to whole shards; None for the default.
        columns: Columns of the outcomes table.

    Raises:
        NotFoundError: There is no such column.
        UsageError: The half-width or the limit is out of range.
    """
    limit = MOST if most is None else most
    if limit < SHARD:
        raise UsageError(
            f"maximum number of runs (--max-runs) {limit} is below {SHARD}; --precision adds whole "
            f"shards of {SHARD} runs"
        )
    chosen = _chosen(wanted, columns)
    dated = any(column.outcome.kind == "number" for column in chosen)
    if not 0.0 < precision < (math.inf if dated else 0.5):
        allowed = "a finite number above 0" if dated else "between 0 and 0.5"
        about = f"the mean of {wanted}" if dated else "an interval of probability, e.g. 0.01"
        raise UsageError(
            f"precision (--precision) {precision} is not {allowed}; it is the half-width of {about}"
        )
    most = limit // SHARD * SHARD
    return Goal(precision, chosen, min(-(-n // SHARD) * SHARD, most), most)


def reach(goal: Goal, folder: Folder, play_on: Callable[[int, int], None], note: Note) -> int:
    """Plays more runs until the goal or its maximum is reached, and returns the number of runs.

    Args:
        goal: The goal; its minimum number of runs is already stored.
        folder: Results folder that holds the runs.
        play_on: Plays the missing runs from the first number up to, not including, the second.
        note: Called if the maximum is reached before the goal.
    """
    gauge = PrecisionGauge(folder, goal)
    n = goal.least
    while True:
        name, reached = gauge.widest(n)
        if reached <= goal.half_width:
            return n
        if n >= goal.most:
            note(
                f"stopped at {n} runs (--max-runs): the half-width of {name} is {reached:.3g}, "
                f"not yet {goal.half_width:g}"
            )
            return n
        further = goal.next_look(n, reached)
        play_on(n, further)
        n = further


def half_width(
    column: Column, values: Array, finished: intervals.Flags, clusters: intervals.Labels | None
) -> float:
    """Returns the half-width of the 95% interval of a column: of the mean for a number, of the
    class with the widest interval for a class. Infinite if there are too few runs."""
    valid = finished
    if column.outcome.kind == "number":
        valid = finished & ~np.isnan(values)
    elif column.outcome.name == "failed":
        valid = np.ones(len(values), dtype=np.bool_)
    values = values[valid]
    labels = None if clusters is None else clusters[valid]
    if column.outcome.kind == "number":
        return intervals.mean(values, clusters=labels).half_width
    return max(
        intervals.probability(values == code, clusters=labels).half_width
        for code in range(max(1, len(column.outcome.classes)))
    )


def _chosen(wanted: str | None, columns: Sequence[Column]) -> tuple[Column, ...]:
    if wanted is None:
        return tuple(
            c
            for c in columns
            if c.outcome.headline and c.day is None and c.outcome.kind != "number"
        )
    found = tuple(column for column in columns if column.name == wanted)
    if not found:
        raise NotFoundError(
            f"--precision-for {wanted}: there is no such outcome"
            f"{nearest(wanted, [column.name for column in columns])}\n"
            "dated outcomes exist for the dates of the scenario's calendar; --at adds a day"
        )
    return found
