"""Boxes: limits on a few columns within which an outcome is more frequent than elsewhere.

The boxes come from PRIM (Friedman and Fisher 1999; Bryant and Lempert 2010), as implemented in
ema_workbench. Starting from all runs, PRIM repeatedly peels off the thin slice in which the outcome
is rarest, which leaves a trail of ever smaller and denser boxes. This module decides which box of
the trail to report, and with which of its limits, by rules that allow for the similarity of runs of
one parameter vector.
"""

from __future__ import annotations

import inspect
import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.errors import needs
from sim.experiment.stats.intervals import Flags, Floats, Labels, probability

MOST_BOXES: Final = 2
MOST_LIMITS: Final = 4
"""Largest number of limits: readers cannot interpret more than three or four conditions at once
(Bryant and Lempert 2010)."""

LEAST_MASS: Final = 0.05
"""Smallest share of the runs in a box: a rarer one is not worth watching for."""

PATIENCE: Final = 0.05
"""Share of a box peeled off at a time, as Friedman and Fisher advise."""

FEWEST: Final = 20
"""Runs needed both with and without the outcome for a search."""

LIKELY_CHANCE: Final = 0.05
"""Quasi-p-value above which a limit is dropped (Bryant and Lempert 2010)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One side of a box.

    Attributes:
        column: Index of the column.
        is_least: Whether the bound is the smallest value inside; otherwise it is the largest.
        bound: The bound, itself inside the box; columns hold whole numbers.
    """

    column: int
    is_least: bool
    bound: int

    def holds(self, x: Floats) -> Flags:
        """Returns the mask of the rows of a table, shape (rows, columns), inside the limit."""
        values = x[:, self.column]
        return np.asarray(values >= self.bound if self.is_least else values <= self.bound)


Limits = tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """Fit of a box to an outcome.

    Attributes:
        mass: Share of all runs that lie inside the box.
        coverage: Share of the runs with the outcome that lie inside.
        density: Share of the runs inside that have the outcome; NaN if no run lies inside.
    """

    mass: float
    coverage: float
    density: float


@dataclass(frozen=True, slots=True)
class Box:
    """A box and the trail it was picked from.

    Attributes:
        limits: Limits that define the box.
        trail: The limits of the boxes peeled one after another, the largest first.
    """

    limits: Limits
    trail: tuple[Limits, ...]


def library() -> Any:
    """Returns ema_workbench's PRIM module.

    Raises:
        UsageError: ema_workbench is not installed.
    """
    with warnings.catch_warnings():
        # The library warns about optional features it cannot load.
        warnings.simplefilter("ignore")
        try:
            from ema_workbench.analysis import prim
        except ImportError as error:
            raise needs("explore") from error
    return prim


def inside(limits: Sequence[Limit], x: Floats) -> Flags:
    """Returns the mask of the rows of a table, shape (rows, columns), inside a box."""
    found = np.ones(len(x), np.bool_)
    for limit in limits:
        found &= limit.holds(x)
    return found


def fit(found: Flags, hits: Flags) -> Fit:
    """Returns the fit of a box, given masks of the runs inside it and of those with the outcome."""
    caught = float(np.sum(found & hits))
    return Fit(
        mass=float(np.mean(found)),
        coverage=caught / float(np.sum(hits)) if hits.any() else math.nan,
        density=caught / float(np.sum(found)) if found.any() else math.nan,
    )


def find_boxes(
    x: Floats,
    hits: Flags,
    labels: Labels,
    progress: Callable[[], None] | None = None,
) -> tuple[Box, ...]:
    """Returns at most two boxes in which an outcome is more frequent than in all runs.

    The second box is searched for among the runs outside the first.

    Args:
        x: Candidate columns, whole numbers, shape (rows, columns).
        hits: Mask of the rows with the outcome, shape (rows,).
        labels: Parameter vector of each row; rows of one vector are not independent.
        progress: Called after each search.
    """
    found: list[Box] = []
    rest = np.ones(len(x), np.bool_)
    for _ in range(MOST_BOXES):
        limits: Limits = ()
        trail = peel(x[rest], hits[rest], LEAST_MASS / float(np.mean(rest)))
        if trail:
            limits = _picked(trail, x[rest], hits[rest], labels[rest])
        if progress:
            progress()
        caught = rest & inside(limits, x)
        if not limits or np.mean(hits[caught]) <= np.mean(hits):
            break
        found.append(Box(limits, trail))
        rest &= ~caught
    return tuple(found)


def peel(x: Floats, hits: Flags, least_mass: float) -> tuple[Limits, ...]:
    """Returns the boxes peeled and pasted one after another; empty if there are too few rows.

    Args:
        x: Columns, shape (rows, columns).
        hits: Mask of the rows with the outcome, shape (rows,).
        least_mass: Smallest share of the rows in a box.

    Raises:
        UsageError: The library is missing.
    """
    if not x.shape[1] or min(np.sum(hits), np.sum(~hits)) < FEWEST or least_mass >= 1.0:
        return ()
    import pandas as pd

    prim = library()
    # Up to version 2 the library takes a threshold for the mean of the outcome in a box (a hit is
    # 1), and discards a box below it together with its trail.
    takes_threshold = "threshold" in inspect.signature(prim.Prim).parameters
    with warnings.catch_warnings():
        # The library uses functions deprecated by newer versions of its own dependencies.
        warnings.simplefilter("ignore")
        rules = prim.Prim(
            pd.DataFrame(x, columns=[str(place) for place in range(x.shape[1])]),
            hits.astype(np.int64),
            # This objective judges a peel by how rare the outcome is in the slice removed. The
            # default also divides the gain by the loss, and jumps to the rarest sign at once.
            obj_function=prim.PRIMObjectiveFunctions.LENIENT2,
            peel_alpha=PATIENCE,
            paste_alpha=PATIENCE,
            mass_min=least_mass,
            **({"threshold": 1.0e-9} if takes_threshold else {}),
        )
        box = rules.find_box()
    whole = rules.box_init.to_numpy()
    return tuple(_limits(frame.to_numpy(), whole) for frame in box.box_lims)


def _limits(ends: Floats, whole: Floats) -> Limits:
    """Returns the limits of a box (ends: shape (2, columns)) that are tighter than those of all
    runs."""
    found = []
    for column in range(ends.shape[1]):
        (low, high), (least, largest) = ends[:, column], whole[:, column]
        # The library's bounds lie between values or on them.
        if low > least:
            found.append(Limit(column, is_least=True, bound=math.ceil(low)))
        if high < largest:
            found.append(Limit(column, is_least=False, bound=math.floor(high)))
    return tuple(found)


def _picked(trail: Sequence[Limits], x: Floats, hits: Flags, labels: Labels) -> Limits:
    """Returns the trimmed box of a trail that is least likely to be chance.

    That is the box with the largest product of the gain in density and the square root of mass,
    which is proportional to the test statistic of its density (Kloesgen 1996).
    """
    base = float(np.mean(hits))

    def gain(limits: Limits) -> float:
        found = fit(inside(limits, x), hits)
        return math.sqrt(found.mass) * (found.density - base)

    return max((_trimmed(limits, x, hits, labels) for limits in trail), key=gain)


def _trimmed(limits: Limits, x: Floats, hits: Flags, labels: Labels) -> Limits:
    """Returns a box after dropping limits one by one, until none of the rest is likely to be chance
    and there are at most `MOST_LIMITS`."""
    while limits:
        chances = _quasi_p(limits, x, hits, labels)
        worst = max(range(len(limits)), key=chances.__getitem__)
        if len(limits) <= MOST_LIMITS and chances[worst] <= LIKELY_CHANCE:
            break
        limits = limits[:worst] + limits[worst + 1 :]
    return limits


def _quasi_p(limits: Limits, x: Floats, hits: Flags, labels: Labels) -> list[float]:
    """Returns for each limit the probability that the box would be as dense if the limit had no
    effect (Bryant and Lempert 2010), based on the effective number of independent runs."""
    from scipy.special import betainc

    found = inside(limits, x)
    share = probability(hits[found], clusters=labels[found])
    runs = float(np.sum(found))
    spread = share.value * (1.0 - share.value)
    if spread > 0.0 and share.error > 0.0:
        runs = min(runs, spread / share.error**2)
    met = share.value * runs
    without = (
        float(np.mean(hits[inside(limits[:place] + limits[place + 1 :], x)]))
        for place in range(len(limits))
    )
    # The upper tail of a binomial distribution, generalised to counts that are not whole.
    return [float(betainc(met, runs - met + 1.0, p)) if met > 0.0 else 1.0 for p in without]
