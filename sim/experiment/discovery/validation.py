"""Found in one half of the runs, told of the other: boxes, single questions and a tree.

Whoever looks long enough finds a box in pure noise. So columns must first pass a screening
(`screening`) that noise passes in 5 % of cases, and whatever is found is told by its rates in runs
that had no part in finding it. It holds if there, too, the outcome is oftener met inside than
outside. The runs of one parameter vector may be much alike: halves are made of whole vectors,
screening shuffles whole vectors, and intervals are over vectors.
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
    """What a column is of."""

    def condition(self, limit: Limit) -> str:
        """Returns a limit on it as text."""


ColumnT = TypeVar("ColumnT", bound=FactorColumn)


@dataclass(frozen=True, slots=True)
class Half:
    """Half of the runs.

    Attributes:
        x: What is known of them, whole numbers, shape (rows, columns).
        hits: Runs with the outcome, shape (rows,).
        labels: Parameter vector of each run; runs of one vector are not independent.
    """

    x: Floats
    hits: Flags
    labels: Labels


@dataclass(frozen=True, slots=True)
class Rate:
    """How often the outcome is met where something holds, in the half that was not looked in.

    Attributes:
        mass: Share of the runs in which it holds.
        coverage: Share of the runs with the outcome in which it holds.
        density: Share of the runs in which it holds that have the outcome.
        holds: Whether the outcome is oftener met there than elsewhere, beyond chance.
    """

    mass: Estimate
    coverage: Estimate
    density: Estimate
    holds: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A box, as it turned out.

    Attributes:
        limits: Its limits.
        rate: How often the outcome is met in it; of a second box, in its part outside the first.
        without: Share of runs with the outcome if one of the limits is left out, limit by limit.
        trail: The boxes it was picked from, with their fit to the half looked in and to the other;
            of a second box, too, of their parts outside the first.
    """

    limits: Limits
    rate: Rate
    without: tuple[float, ...]
    trail: tuple[tuple[Limits, Fit, Fit], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The best single question about a column.

    Attributes:
        limit: What is asked, so that the outcome is the oftener met where it holds.
        where: Rate of the outcome where it holds.
        elsewhere: Share of runs with the outcome where it does not.
    """

    limit: Limit
    where: Rate
    elsewhere: Estimate


@dataclass(frozen=True, slots=True)
class Search(Generic[ColumnT]):
    """What was found in a set of columns; limits name columns by their places.

    Attributes:
        looked_at: Columns that were looked at.
        columns: Those that passed the screening and tell different things, the best first.
        boxes: The boxes found, at most two.
        questions: The best question about each column that has one.
    """

    looked_at: int
    columns: tuple[ColumnT, ...]
    boxes: tuple[Found, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the tree.

    Attributes:
        path: What a run meets that comes here.
        is_leaf: Whether no question follows.
        rate: Rate of the outcome here.
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
    """Looks for boxes and questions in one half, and holds them to the other.

    Args:
        columns: What the columns of both halves are of.
        looked_at: How many there were before screening.
        seen: The half looked in.
        other: The other.
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
    """Returns a tree grown in one half, with its rates in the other; empty if there is none."""
    return tuple(
        Branch(node.path, node.is_leaf, rate(inside(node.path, other.x), other))
        for node in tree.grow(seen.x, seen.hits)
    )


def rate(found: Flags, half: Half) -> Rate:
    """Returns how often the outcome is met among some runs of a half."""
    hits, labels = half.hits, half.labels
    together = (hits - np.mean(hits)) * (found - np.mean(found))
    return Rate(
        mass=probability(found, clusters=labels),
        coverage=probability(found[hits], clusters=labels[hits]),
        density=probability(hits[found], clusters=labels[found]),
        holds=mean(together, clusters=labels).low > 0.0,
    )


def _fit(limits: Limits, half: Half, taken: Flags) -> Fit:
    """Returns how well a box fits a half, but for what an earlier one has taken."""
    return fit(inside(limits, half.x) & ~taken, half.hits)


def _question(column: int, seen: Half, other: Half) -> Question | None:
    """Returns the question about a column that parts the runs best; None if none parts them."""
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
