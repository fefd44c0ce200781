"""Boxes: limits on a few columns between which an outcome is oftener met than elsewhere.

PRIM (Friedman and Fisher 1999; Bryant and Lempert 2010), the library's: starting from all runs it
peels off, again and again, the thin slice in which the outcome is rarest, and so leaves a trail of
ever smaller and denser boxes. Which box of the trail is told, and which of its limits, is decided
here, by rules that know that the runs of one parameter vector are alike.
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
"""More conditions at once than three or four are not taken in (Bryant and Lempert 2010)."""

LEAST_MASS: Final = 0.05
"""Share of the runs below which a box is too seldom met to be worth watching for."""

PATIENCE: Final = 0.05
"""Share of a box peeled off at a time, as Friedman and Fisher advise."""

FEWEST: Final = 20
"""Runs with the outcome, and runs without, below which there is nothing to peel."""

LIKELY_CHANCE: Final = 0.05
"""Quasi-p-value above which a limit is dropped (Bryant and Lempert 2010)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One side of a box.

    Attributes:
        column: Place of the column.
        is_least: Whether the bound is the least value inside, else the largest.
        bound: The bound, itself inside; columns hold whole numbers.
    """

    column: int
    is_least: bool
    bound: int

    def holds(self, x: Floats) -> Flags:
        """Tells which rows of a table, shape (rows, columns), lie on the inside."""
        values = x[:, self.column]
        return np.asarray(values >= self.bound if self.is_least else values <= self.bound)


Limits = tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a box fits an outcome.

    Attributes:
        mass: Share of the runs that lie inside.
        coverage: Share of the runs with the outcome that lie inside.
        density: Share of the runs inside with the outcome; NaN if none lie inside.
    """

    mass: float
    coverage: float
    density: float


@dataclass(frozen=True, slots=True)
class Box:
    """A box and the trail it was picked from.

    Attributes:
        limits: What a run inside it meets.
        trail: The boxes peeled one after another, the largest first; the limits of each.
    """

    limits: Limits
    trail: tuple[Limits, ...]


def library() -> Any:
    """Returns the module of PRIM.

    Raises:
        UsageError: It is not installed.
    """
    with warnings.catch_warnings():
        # It warns of features of its own that it could not load.
        warnings.simplefilter("ignore")
        try:
            from ema_workbench.analysis import prim
        except ImportError as error:
            raise needs("explore") from error
    return prim


def inside(limits: Sequence[Limit], x: Floats) -> Flags:
    """Tells which rows of a table, shape (rows, columns), lie in a box."""
    found = np.ones(len(x), np.bool_)
    for limit in limits:
        found &= limit.holds(x)
    return found


def fit(found: Flags, hits: Flags) -> Fit:
    """Returns how well the runs in a box fit those with the outcome."""
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
    """Returns the boxes in which an outcome is oftener met than in all runs, at most two.

    The second is found among the runs outside the first.

    Args:
        x: Columns that might tell, whole numbers, shape (rows, columns).
        hits: Rows with the outcome, shape (rows,).
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
    """Returns the boxes peeled and pasted one after another; none where there is too little.

    Args:
        x: Columns, shape (rows, columns).
        hits: Rows with the outcome, shape (rows,).
        least_mass: Share of the rows a box holds at least.

    Raises:
        UsageError: The library is missing.
    """
    if not x.shape[1] or min(np.sum(hits), np.sum(~hits)) < FEWEST or least_mass >= 1.0:
        return ()
    import pandas as pd

    prim = library()
    # Up to version 2 it is told from which value on an outcome counts, 1 being a hit; a box that
    # is on average below that is thrown away with its trail.
    takes_threshold = "threshold" in inspect.signature(prim.Prim).parameters
    with warnings.catch_warnings():
        # It uses what younger versions of its own libraries deprecate.
        warnings.simplefilter("ignore")
        rules = prim.Prim(
            pd.DataFrame(x, columns=[str(place) for place in range(x.shape[1])]),
            hits.astype(np.int64),
            # What a peel takes away counts by how seldom the outcome is in it. The default divides
            # the gain by the loss once more, and goes for the rarest sign at the first step.
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
    """Returns the limits of a box, shape (2, columns), that are narrower than those of all runs."""
    found = []
    for column in range(ends.shape[1]):
        (low, high), (least, largest) = ends[:, column], whole[:, column]
        # Bounds lie between values or on them.
        if low > least:
            found.append(Limit(column, is_least=True, bound=math.ceil(low)))
        if high < largest:
            found.append(Limit(column, is_least=False, bound=math.floor(high)))
    return tuple(found)


def _picked(trail: Sequence[Limits], x: Floats, hits: Flags, labels: Labels) -> Limits:
    """Returns, of the boxes of a trail each trimmed, the one that is least like chance: that with
    the largest gain of density times root of mass, which goes as the test statistic of its density
    (Kloesgen 1996)."""
    base = float(np.mean(hits))

    def gain(limits: Limits) -> float:
        found = fit(inside(limits, x), hits)
        return math.sqrt(found.mass) * (found.density - base)

    return max((_trimmed(limits, x, hits, labels) for limits in trail), key=gain)


def _trimmed(limits: Limits, x: Floats, hits: Flags, labels: Labels) -> Limits:
    """Returns a box without the limits that may be chance, one dropped after another, and with no
    more than can be taken in."""
    while limits:
        chances = _quasi_p(limits, x, hits, labels)
        worst = max(range(len(limits)), key=chances.__getitem__)
        if len(limits) <= MOST_LIMITS and chances[worst] <= LIKELY_CHANCE:
            break
        limits = limits[:worst] + limits[worst + 1 :]
    return limits


def _quasi_p(limits: Limits, x: Floats, hits: Flags, labels: Labels) -> list[float]:
    """Returns how likely a box would be as dense if one of its limits did nothing (Bryant and
    Lempert 2010), limit by limit, the runs counting for as many as are independent."""
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
    # The upper tail of a binomial, of counts that need not be whole.
    return [float(betainc(met, runs - met + 1.0, p)) if met > 0.0 else 1.0 for p in without]
