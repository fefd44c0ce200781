"""Validation: boxes, questions and a tree found in one half of the runs, checked on the other.

A long enough search finds a box even in pure noise. So columns must first pass a screening
(`screening`), which noise passes in 5% of cases, and every finding is reported with its rates in
runs that were not used to find it. A finding holds if the outcome is more frequent inside than
outside in those runs too. Runs of one parameter vector may be very similar, so the halves consist
of whole vectors, the screening shuffles whole vectors, and intervals are over vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

import numpy as np

from sim.experiment.discovery import tree
from sim.experiment.discovery.boxes import Fit, Limit, Limits, find_boxes, fit, inside
from sim.experiment.stats.intervals import Estimate, Flags, Floats, Labels, mean, probability


class FactorColumn(Protocol):
    """Meaning of a column: a sign or an assumption."""

    def condition(self, limit: Limit) -> str:
        """Returns a limit on the column as text."""


ColumnT = TypeVar("ColumnT", bound=FactorColumn)


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the runs.

    Attributes:
        x: Columns of signs or assumptions, whole numbers, shape (rows, columns).
        hits: Mask of the runs with the outcome, shape (rows,).
        labels: Parameter vector of each run; runs of one vector are not independent.
    """

    x: Floats
    hits: Flags
    labels: Labels


@dataclass(frozen=True, slots=True)
class Rate:
    """Rate of the outcome in a group of runs (a box or one side of a question), in the other half.

    Attributes:
        mass: Share of all runs that are in the group.
        coverage: Share of the runs with the outcome that are in the group.
        density: Share of the runs in the group that have the outcome.
        holds: Whether the outcome is significantly more frequent in the group than elsewhere.
    """

    mass: Estimate
    coverage: Estimate
    density: Estimate
    holds: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A box with its validation. For a second box, all rates refer to its part outside the first.

    Attributes:
        limits: Limits of the box.
        rate: Rate of the outcome in the box.
        without: Share of runs with the outcome if one limit is left out, limit by limit.
        trail: The boxes it was picked from, with their fit to the half searched and to the other.
    """

    limits: Limits
    rate: Rate
    without: tuple[float, ...]
    trail: tuple[tuple[Limits, Fit, Fit], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The best single question about a column.

    Attributes:
        limit: The question, put so that the outcome is more frequent where the answer is yes.
        where: Rate of the outcome where the answer is yes.
        elsewhere: Share of runs with the outcome where the answer is no.
    """

    limit: Limit
    where: Rate
    elsewhere: Estimate


@dataclass(frozen=True, slots=True)
class Search(Generic[ColumnT]):
    """Findings in a set of columns; limits refer to columns by index.

    Attributes:
        looked_at: Number of columns screened.
        columns: Columns that passed the screening and are not redundant, the best first.
        boxes: The boxes found, at most two.
        questions: The best question about each column that has one.
    """

    looked_at: int
    columns: tuple[ColumnT, ...]
    boxes: tuple[Found, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the tree, with the rate of the outcome.

    Attributes:
        path: Conditions that the runs in this node meet.
        is_leaf: Whether no further question follows.
        rate: Rate of the outcome in this node.
    """

    path: Limits
    is_leaf: bool
    rate: Rate


def search(
    columns: Sequence[ColumnT],
    looked_at: int,
    seen: Half,
    other: Half,
    progress: Callable[[], None] | None = None,
) -> Search[ColumnT]:
    """Searches one half for boxes and questions, and checks them on the other.

    Args:
        columns: Meaning of the columns of both halves.
        looked_at: Number of columns before screening.
        seen: The half to search.
        other: The half to check on.
        progress: Called after the search for each box.
    """
    taken, taken_seen = (np.zeros(len(half.hits), np.bool_) for half in (other, seen))
    boxes = []
    for box in find_boxes(seen.x, seen.hits, seen.labels, progress):
        caught = inside(box.limits, other.x) & ~taken
        without = (box.limits[:place] + box.limits[place + 1 :] for place in range(len(box.limits)))
        boxes.append(
            Found(
                box.limits,
                rate(caught, other),
                tuple(fit(inside(rest, other.x) & ~taken, other.hits).density for rest in without),
                tuple(
                    (limits, _fit(limits, seen, taken_seen), _fit(limits, other, taken))
                    for limits in box.trail
                ),
            )
        )
        taken_seen = taken_seen | inside(box.limits, seen.x)
        taken = taken | caught
    questions = (_question(place, seen, other) for place in range(len(columns)))
    return Search(looked_at, tuple(columns), tuple(boxes), tuple(q for q in questions if q))


def grown(seen: Half, other: Half) -> tuple[Branch, ...]:
    """Returns a tree grown on one half, with its rates in the other; empty if there is none."""
    return tuple(
        Branch(node.path, node.is_leaf, rate(inside(node.path, other.x), other))
        for node in tree.grow(seen.x, seen.hits)
    )


def rate(found: Flags, half: Half) -> Rate:
    """Returns the rate of the outcome in a group of runs of a half."""
    hits, labels = half.hits, half.labels
    together = (hits - np.mean(hits)) * (found - np.mean(found))
    return Rate(
        mass=probability(found, clusters=labels),
        coverage=probability(found[hits], clusters=labels[hits]),
        density=probability(hits[found], clusters=labels[found]),
        holds=mean(together, clusters=labels).low > 0.0,
    )


def _fit(limits: Limits, half: Half, taken: Flags) -> Fit:
    """Returns the fit of a box to a half, without the runs taken by an earlier box."""
    return fit(inside(limits, half.x) & ~taken, half.hits)


def _question(column: int, seen: Half, other: Half) -> Question | None:
    """Returns the question about a column that best separates the runs; None if none does."""
    alone = seen.x[:, [column]]
    sides = [node.path[0] for node in tree.grow(alone, seen.hits, leaves=2)]
    if not sides:
        return None
    limit = max(sides, key=lambda side: float(np.mean(seen.hits[side.holds(alone)])))
    limit = replace(limit, column=column)
    found = limit.holds(other.x)
    return Question(
        limit,
        rate(found, other),
        probability(other.hits[~found], clusters=other.labels[~found]),
    )
