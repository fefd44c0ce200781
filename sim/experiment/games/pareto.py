"""Pareto frontiers of bargains in which the gains of clauses add up.

A clause is in a bundle or not. The supported frontier is traced by weights: with weight w on the US
and 1 - w on China, a clause is in if w x its US gain + (1 - w) x its Chinese gain is above 0. From
China's best bundle to Washington's, clauses change one by one, those first that give Washington
most for what China loses. Its vertices are bundles; its edges bound every bundle between them.
Some efficient bundles lie below an edge, so `efficient` lists all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from sim.experiment.stats.intervals import Flags, Floats

_ROUNDING: Final = 1e-9
"""Gains that differ by less are equal: sums of the same clauses in another order."""


@dataclass(frozen=True, slots=True)
class Attainment:
    """What two sides could have had at a table, and how their bundle compares with it.

    Attributes:
        frontier: Vertices of the supported frontier from China's best to Washington's, shape
            (vertices, 2).
        best_nash: Largest product of both gains on it, edges included; 0 if nowhere on it both
            sides gain.
        benefits_both: Whether from some bundle both sides gain.
        is_efficient: Whether no bundle gives one side more without giving the other less.
        has_better: Whether some bundle gives both sides more.
    """

    frontier: Floats
    best_nash: float
    benefits_both: bool
    is_efficient: bool
    has_better: bool


def reach_of(gains: Floats, shares: Floats, held: Flags, start: Floats) -> Attainment:
    """Returns what could have been had at a table.

    Args:
        gains: Gains of the US and of China from all of each clause to be had, shape (clauses, 2).
        shares: Share of each clause in the bundle proposed, shape (clauses,). A clause of which
            only part is proposed counts as whole, as absent, and as that part.
        held: Whether the bundle must hold a clause, shape (clauses,).
        start: Gains of both sides from a bundle apart from its clauses, shape (2,).
    """
    frontier = supported(gains, held, start)
    every = efficient(gains, shares, held, start)
    proposed = start + shares @ gains
    more = every - proposed
    no_less = np.all(more > -_ROUNDING, axis=1)
    return Attainment(
        frontier,
        best_product(frontier),
        bool(np.any(np.all(every > 0.0, axis=1))),
        not bool(np.any(no_less & np.any(more > _ROUNDING, axis=1))),
        bool(np.any(np.all(more > _ROUNDING, axis=1))),
    )


def supported(gains: Floats, held: Flags, start: Floats) -> Floats:
    """Returns the vertices of the supported frontier, from China's best to Washington's.

    The empty bundle is none of them, because it is not signed. If there are only clauses that
    please no side, they are single ones. See `reach_of` for the arguments.
    """
    welcome, contested = _sorted_out(gains, held)
    us, cn = gains[contested].T
    order = np.argsort(-cn / us, kind="stable")
    first_in = cn > 0.0
    best_for_cn = start + gains[welcome].sum(axis=0) + gains[contested][first_in].sum(axis=0)
    # A clause that Beijing wants goes out; one that Washington wants comes in.
    steps = np.abs(gains[contested][order]) * (1.0, -1.0)
    sizes = np.where(first_in[order], -1, 1)
    vertices = best_for_cn + np.vstack([np.zeros((1, 2)), np.cumsum(steps, axis=0)])
    size = int(welcome.sum() + first_in.sum()) + np.concatenate([[0], np.cumsum(sizes)])
    found = vertices[size > 0]
    return np.asarray(found if len(found) else undominated(start + gains)[::-1])


def best_product(vertices: Floats) -> float:
    """Returns the largest product of both coordinates on a falling line through vertices, where
    both are above 0; 0 if they nowhere are."""
    points = [*vertices]
    for (x, y), (next_x, next_y) in pairwise(vertices):
        right, down = next_x - x, y - next_y
        # The product is a parabola along the edge, with its top midway between its two zeros.
        top = (y / down - x / right) / 2.0
        part = min(1.0, max(0.0, top))
        points.append(np.array([x + part * right, y - part * down]))
    return max((float(x * y) for x, y in points if x > 0.0 and y > 0.0), default=0.0)


def efficient(gains: Floats, shares: Floats, held: Flags, start: Floats) -> Floats:
    """Returns the gains from every bundle that no other bundle improves on.

    Clauses are added one by one, and only what no other bundle of these improves on is kept
    (Nemhauser and Ullmann 1969). See `reach_of` for the arguments.

    Returns:
        Shape (bundles, 2), Washington's gain falling; bundles with equal gains once.
    """
    welcome, contested = _sorted_out(gains, held)
    free = (start + gains[welcome].sum(axis=0)).reshape(1, 2)
    # A clause that harms a side and pleases none is of use only as all there is to sign.
    some = free if welcome.any() else undominated(start + gains)
    for gain, share in zip(gains[contested], shares[contested], strict=True):
        parts = {1.0, float(share)} - {0.0}
        wider = np.concatenate([free + part * gain for part in sorted(parts)])
        some = undominated(np.concatenate([some, wider]))
        free = undominated(np.concatenate([free, wider]))
    return some


def undominated(points: Floats) -> Floats:
    """Returns the points that no other point dominates, by falling first coordinate.

    A point dominates another if it is at least as good for both sides and better for one. Equal
    points are returned once.

    Args:
        points: Gains of both sides, shape (points, 2); more is better.
    """
    ordered = points[np.lexsort((-points[:, 1], -points[:, 0]))]
    best = np.maximum.accumulate(np.concatenate([[-np.inf], ordered[:, 1]]))[:-1]
    return np.asarray(ordered[ordered[:, 1] > best])


def _sorted_out(gains: Floats, held: Flags) -> tuple[Flags, Flags]:
    """Returns the masks of the clauses that every efficient bundle holds, and of those from which
    one side gains and the other loses. The others please no side."""
    us, cn = gains.T
    welcome = held | ((us >= 0.0) & (cn >= 0.0) & (us + cn > 0.0))
    return welcome, ~held & (us * cn < 0.0)
