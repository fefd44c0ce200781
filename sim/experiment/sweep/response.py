"""Response of an outcome to one input (curves) or two (heat maps), each value with its interval.

On a grid, the value at a level of an axis is the mean over all other axes. Levels use the same
random draws, so differences between them have the narrow intervals of pairs. For drawn points, the
levels of a number are fifths of its values, the points in a fifth represent everything else that
varies, and differences are those of independent groups of points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.experiment.inputs.axes import short, typed
from sim.experiment.outcomes.targets import Target
from sim.experiment.stats.intervals import LEVEL, Estimate, Floats
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.stats.subsets import CommonPairs, common_json
from sim.experiment.sweep.readings import (
    Readings,
    common_of,
    difference_of,
    drawn_difference,
    drawn_estimate,
    estimate_of,
)

GROUPS: Final = 5
"""Number of groups into which the points of a drawn number are divided."""

FEW: Final = 8
"""Largest number of different values for which each is its own level."""


@dataclass(frozen=True, slots=True)
class Level:
    """An outcome at one value of an input, or between two values.

    Attributes:
        text: The value as typed, or a range such as `0.2 to 0.4`.
        middle: Position on the axis of a chart; None for words.
        mean: Mean of the outcome at this level.
        points: Number of points of the design in this level.
        n: Number of runs the mean is taken over: those to which the outcome applies.
        of: Number of runs that finished.
    """

    text: str
    middle: float | None
    mean: Estimate
    points: int
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Response of an outcome to one input.

    Attributes:
        axis: The input.
        target: The outcome.
        levels: The levels, in the order of their values.
        lowest: Index of the level with the lowest outcome.
        highest: Index of the level with the highest outcome.
        span: Highest minus lowest. The interval is corrected (Bonferroni) for picking these two
            levels, and for the number of curves reported together.
        common: The span over the pairs of runs to which the outcome applies at both levels; None if
            it applies to the same runs, or if points were drawn.
    """

    axis: str
    target: Target
    levels: tuple[Level, ...]
    lowest: int
    highest: int
    span: Estimate
    common: CommonPairs | None = None

    @property
    def is_significant(self) -> bool:
        """Whether the response is statistically significant."""
        return self.span.low > 0.0

    @property
    def is_flat(self) -> bool:
        """Whether the outcome is exactly the same at every level."""
        return self.span.value == 0.0

    @property
    def size(self) -> float:
        """Span divided by the outcome's margin of practical equivalence; 0 if not significant."""
        if not self.is_significant:
            return 0.0
        return self.span.value / self.target.margin if self.target.margin > 0.0 else math.inf

    def to_json(self) -> dict[str, Any]:
        """Returns the curve as a JSON-serialisable dict."""
        return {
            "axis": self.axis,
            "outcome": self.target.outcome,
            "class": self.target.label or None,
            "unit": self.target.unit,
            "levels": [
                {
                    "value": level.text,
                    "middle": level.middle,
                    "estimate": finite(level.mean.value),
                    "ci": interval(level.mean),
                    "points": level.points,
                    "n": level.n,
                    "of": level.of,
                }
                for level in self.levels
            ],
            "span": finite(self.span.value),
            "span_ci": interval(self.span),
            "common_pairs": common_json(self.common, self.span),
        }


@dataclass(frozen=True, slots=True)
class HeatMap:
    """An outcome over two axes of a grid.

    Attributes:
        target: The outcome.
        down: Name of the axis of the rows.
        across: Name of the axis of the columns.
        rows: Values of the rows, as typed.
        columns: Values of the columns, as typed.
        means: Means, shape (rows, columns).
        half_widths: Half-width of the 95% interval of each mean, same shape.
        n: Number of runs each mean is taken over, same shape.
        of: Number of runs of each cell that finished, same shape.
    """

    target: Target
    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    means: Floats
    half_widths: Floats
    n: npt.NDArray[np.int64]
    of: npt.NDArray[np.int64]

    @property
    def widest(self) -> float:
        """Largest half-width; NaN if no cell has an interval."""
        known = self.half_widths[np.isfinite(self.half_widths)]
        return float(known.max()) if known.size else math.nan

    @property
    def unsure(self) -> int:
        """Number of cells with too few runs for an interval."""
        return int(np.sum(~np.isnan(self.means) & ~np.isfinite(self.half_widths)))


def grid_curve(
    axis: str, texts: Sequence[str], target: Target, runs: Readings, statements: int = 1
) -> Curve:
    """Returns the response of an outcome to one axis of a grid.

    Args:
        axis: Name of the axis.
        texts: Value of the axis at each point.
        target: The outcome.
        runs: The outcome at every point.
        statements: Number of curves reported together, for which the span is corrected.
    """
    values = list(dict.fromkeys(texts))
    parts = [runs.at([text == value for text in texts]) for value in values]
    levels = [
        Level(
            value,
            _number(value),
            estimate_of(part, target),
            texts.count(value),
            part.n,
            part.of,
        )
        for value, part in zip(values, parts, strict=True)
    ]

    def difference(high: int, low: int, level: float) -> Estimate:
        return difference_of(parts[high], parts[low], target, level)

    curve = _curve(axis, target, levels, difference, statements)
    return replace(curve, common=common_of(parts[curve.highest], parts[curve.lowest]))


def drawn_curve(
    axis: str, texts: Sequence[str], target: Target, runs: Readings, statements: int = 1
) -> Curve:
    """Returns the response of an outcome to one factor of a drawn design.

    Args:
        axis: Name of the factor.
        texts: Value of the factor at each point.
        target: The outcome.
        runs: The outcome at every point.
        statements: Number of curves reported together, for which the span is corrected.
    """
    groups = _groups(texts)
    parts = [runs.at(places) for _, _, places in groups]
    levels = [
        Level(text, middle, drawn_estimate(part, target), len(places), part.n, part.of)
        for (text, middle, places), part in zip(groups, parts, strict=True)
    ]

    def difference(high: int, low: int, level: float) -> Estimate:
        return drawn_difference(parts[high], parts[low], level)

    return _curve(axis, target, levels, difference, statements)


def heat_map(
    down: tuple[str, Sequence[str]],
    across: tuple[str, Sequence[str]],
    target: Target,
    runs: Readings,
) -> HeatMap:
    """Returns an outcome over two axes of a grid, averaged over all other axes.

    Args:
        down: Name of the axis of the rows, and its value at each point.
        across: Name of the axis of the columns, and its value at each point.
        target: The outcome.
        runs: The outcome at every point.
    """
    rows, columns = tuple(dict.fromkeys(down[1])), tuple(dict.fromkeys(across[1]))
    shape = len(rows), len(columns)
    means, halves = np.full(shape, np.nan), np.full(shape, np.nan)
    n, of = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    pairs = list(zip(down[1], across[1], strict=True))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            cell = runs.at([pair == (row, column) for pair in pairs])
            estimate = estimate_of(cell, target)
            means[i, j], halves[i, j] = estimate.value, estimate.half_width
            n[i, j], of[i, j] = cell.n, cell.of
    return HeatMap(target, down[0], across[0], rows, columns, means, halves, n, of)


def _curve(
    axis: str,
    target: Target,
    levels: Sequence[Level],
    difference: Callable[[int, int, float], Estimate],
    statements: int,
) -> Curve:
    middles = np.array([level.mean.value for level in levels])
    if len(levels) < 2 or np.isnan(middles).all():
        return Curve(axis, target, tuple(levels), 0, 0, Estimate(0.0, 0.0, 0.0))
    low, high = int(np.nanargmin(middles)), int(np.nanargmax(middles))
    pairs = len(list(combinations(levels, 2)))
    span = difference(high, low, 1.0 - (1.0 - LEVEL) / (pairs * statements))
    return Curve(axis, target, tuple(levels), low, high, span)


def _number(text: str) -> float | None:
    value = typed(text)
    return float(value) if isinstance(value, int | float) else None


def _groups(texts: Sequence[str]) -> list[tuple[str, float | None, np.ndarray[Any, Any]]]:
    """Returns the levels of a factor: the label, the position on a chart and the points of each."""
    different = list(dict.fromkeys(texts))
    numbers = [_number(text) for text in texts]
    known = [number for number in numbers if number is not None]
    if len(known) < len(texts) or len(different) <= FEW:
        ordered = sorted(different, key=lambda text: (_number(text) is None, _number(text) or 0.0))
        return [
            (text, _number(text), np.flatnonzero([other == text for other in texts]))
            for text in ordered
        ]
    values = np.array(known)
    parts = np.array_split(np.argsort(values, kind="stable"), GROUPS)
    return [
        (
            f"{short(_rounded(values[part].min()))} to {short(_rounded(values[part].max()))}",
            float(np.median(values[part])),
            part,
        )
        for part in parts
    ]


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")
