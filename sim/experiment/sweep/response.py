"""Response of an outcome to one input (curves) or two (heat maps), each value with its interval.

On a grid, the value at a level of an axis is the mean over all other axes, run by run. Levels use
the same random draws, so differences between them have the narrow intervals of pairs. For drawn
points, the levels of a number are fifths of its values, the points in a fifth represent everything
else that varies, and differences are those of independent groups of points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

import numpy as np

from sim.experiment.inputs.axes import short, typed
from sim.experiment.runs.targets import Target
from sim.experiment.stats import intervals
from sim.experiment.stats.intervals import LEVEL, Estimate, Floats, Labels
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.stats.pairs import paired_probability

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
    """

    text: str
    middle: float | None
    mean: Estimate
    points: int


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
    """

    axis: str
    target: Target
    levels: tuple[Level, ...]
    lowest: int
    highest: int
    span: Estimate

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
                }
                for level in self.levels
            ],
            "span": finite(self.span.value),
            "span_ci": interval(self.span),
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
    """

    target: Target
    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    means: Floats
    half_widths: Floats

    @property
    def widest(self) -> float:
        """Largest half-width; NaN if no cell has an interval."""
        known = self.half_widths[np.isfinite(self.half_widths)]
        return float(known.max()) if known.size else math.nan

    @property
    def unsure(self) -> int:
        """Number of cells with too few runs for an interval."""
        return int(np.sum(~np.isnan(self.means) & ~np.isfinite(self.half_widths)))


def estimate_of(
    numbers: Floats, target: Target, clusters: Labels | None = None, level: float = LEVEL
) -> Estimate:
    """Returns the mean over the runs to which an outcome applies; a share has Wilson's interval.

    Args:
        numbers: One number per run, NaN if the outcome does not apply.
        target: The outcome.
        clusters: Parameter vector of each run; None if runs are independent.
        level: Confidence level.
    """
    known = ~np.isnan(numbers)
    labels = None if clusters is None else clusters[known]
    values = numbers[known]
    if target.is_share and _is_yes_or_no(values):
        return intervals.probability(values > 0.5, level, labels)
    return intervals.mean(values, level, labels)


def paired_estimate(
    a: Floats, b: Floats, target: Target, clusters: Labels | None = None, level: float = LEVEL
) -> Estimate:
    """Returns mean(a) - mean(b) over the pairs in which the outcome applies to both runs.

    Args:
        a: One number per run, NaN if the outcome does not apply.
        b: The numbers of the same replicates on the other side.
        target: The outcome.
        clusters: Parameter vector of each run; None if runs are independent.
        level: Confidence level.
    """
    known = ~np.isnan(a) & ~np.isnan(b)
    labels = None if clusters is None else clusters[known]
    a, b = a[known], b[known]
    if target.is_share and _is_yes_or_no(a) and _is_yes_or_no(b):
        return paired_probability(a > 0.5, b > 0.5, level, labels)
    return intervals.mean(a - b, level, labels)


def grid_curve(
    axis: str,
    texts: Sequence[str],
    target: Target,
    y: Floats,
    clusters: Labels | None = None,
    statements: int = 1,
) -> Curve:
    """Returns the response of an outcome to one axis of a grid.

    Args:
        axis: Name of the axis.
        texts: Value of the axis at each point.
        target: The outcome.
        y: One number per run, shape (points, runs), with the same replicates at every point.
        clusters: Parameter vector of each run.
        statements: Number of curves reported together, for which the span is corrected.
    """
    values = list(dict.fromkeys(texts))
    rows = [_mean_over_points(y[[text == value for text in texts]]) for value in values]
    levels = [
        Level(value, _number(value), estimate_of(row, target, clusters), texts.count(value))
        for value, row in zip(values, rows, strict=True)
    ]

    def difference(high: int, low: int, level: float) -> Estimate:
        return paired_estimate(rows[high], rows[low], target, clusters, level)

    return _curve(axis, target, levels, difference, statements)


def drawn_curve(
    axis: str, texts: Sequence[str], target: Target, y: Floats, statements: int = 1
) -> Curve:
    """Returns the response of an outcome to one factor of a drawn design.

    Args:
        axis: Name of the factor.
        texts: Value of the factor at each point.
        target: The outcome.
        y: One number per run, shape (points, replicates), with the same replicates at every point.
        statements: Number of curves reported together, for which the span is corrected.
    """
    groups = _groups(texts)
    parts = [y[places] for _, _, places in groups]
    levels = [
        Level(text, middle, _bounded(_crossed(part), target, part), len(places))
        for (text, middle, places), part in zip(groups, parts, strict=True)
    ]

    def difference(high: int, low: int, level: float) -> Estimate:
        return _crossed_difference(parts[high], parts[low], level)

    return _curve(axis, target, levels, difference, statements)


def heat_map(
    down: tuple[str, Sequence[str]],
    across: tuple[str, Sequence[str]],
    target: Target,
    y: Floats,
    clusters: Labels | None = None,
) -> HeatMap:
    """Returns an outcome over two axes of a grid, averaged over all other axes.

    Args:
        down: Name of the axis of the rows, and its value at each point.
        across: Name of the axis of the columns, and its value at each point.
        target: The outcome.
        y: One number per run, shape (points, runs).
        clusters: Parameter vector of each run.
    """
    rows, columns = tuple(dict.fromkeys(down[1])), tuple(dict.fromkeys(across[1]))
    means = np.full((len(rows), len(columns)), np.nan)
    halves = np.full_like(means, np.nan)
    pairs = list(zip(down[1], across[1], strict=True))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            cell = _mean_over_points(y[[pair == (row, column) for pair in pairs]])
            estimate = estimate_of(cell, target, clusters)
            means[i, j], halves[i, j] = estimate.value, estimate.half_width
    return HeatMap(target, down[0], across[0], rows, columns, means, halves)


def _is_yes_or_no(values: Floats) -> bool:
    """Returns whether all values are 0 or 1, and so from single runs, not means over points."""
    return bool(np.all((values == 0.0) | (values == 1.0)))


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


def _bounded(estimate: Estimate, target: Target, y: Floats) -> Estimate:
    """Returns the mean of a level with its interval confined to the range of a share.

    An outcome that occurs in no run, or in every run, has no variance from which to judge how rare
    it may be. Its interval is Wilson's for as many runs as there are points or replicates,
    whichever are fewer.
    """
    if not target.is_share:
        return estimate
    if estimate.value in (0.0, 1.0):
        units = min(y.shape)
        low, high = intervals.wilson(estimate.value * units, units)
    else:
        low, high = max(0.0, estimate.low), min(1.0, estimate.high)
    return replace(estimate, low=low, high=high)


def _crossed(y: Floats, level: float = LEVEL) -> Estimate:
    """Returns the mean of runs that differ by point and by replicate, both random.

    All points use the same replicates, so the mean is no more precise than the number of replicates
    allows, however many points there are. Its variance is the variance of the point means divided
    by their number, plus that of the replicate means divided by theirs, minus the interaction,
    which both contain (Owen 2007).
    """
    rows, columns = _mean_over_points(y.T), _mean_over_points(y)
    variance = _joined(_of_mean(rows), _of_mean(columns), _interaction(y))
    return _normal(float(np.nanmean(rows)) if _any(rows) else math.nan, variance, y, level)


def _crossed_difference(a: Floats, b: Floats, level: float) -> Estimate:
    """Returns mean(a) - mean(b) of different points with the same replicates."""
    rows = [_mean_over_points(part.T) for part in (a, b)]
    columns = _mean_over_points(a) - _mean_over_points(b)
    both = _interaction(a) + _interaction(b)
    variance = _joined(sum(map(_of_mean, rows)), _of_mean(columns), both)
    if not all(map(_any, rows)):
        return Estimate(math.nan, -math.inf, math.inf)
    value = float(np.nanmean(rows[0]) - np.nanmean(rows[1]))
    return _normal(value, variance, a, level)


def _joined(points: float, luck: float, both: float) -> float:
    """Returns the variance of a mean from the parts due to points, due to luck (replicates), and
    contained in both; NaN if any part is.

    The sum minus the common part is unbiased, but if the parts contain little else it is negative
    about half the time. The true variance is at least that of the points and that of luck alone.
    """
    return float(np.max((points, luck, points + luck - both)))


def _normal(value: float, variance: float, y: Floats, level: float) -> Estimate:
    fewest = min(y.shape)
    if fewest < 2 or math.isnan(variance):
        return Estimate(value, -math.inf, math.inf)
    error = math.sqrt(variance)
    half = intervals.student_critical(level, fewest - 1) * error
    return Estimate(value, value - half, value + half, error)


def _any(values: Floats) -> bool:
    return bool((~np.isnan(values)).any())


def _of_mean(values: Floats) -> float:
    """Returns the variance of the mean of values, ignoring NaN."""
    known = values[~np.isnan(values)]
    return float(np.var(known, ddof=1)) / len(known) if len(known) > 1 else math.nan


def _interaction(y: Floats) -> float:
    """Returns the contribution of the interaction of points and luck to the variance of a mean."""
    points, runs = y.shape
    if min(points, runs) < 2:
        return 0.0
    rows, columns = _mean_over_points(y.T), _mean_over_points(y)
    middle = np.nanmean(rows) if _any(rows) else math.nan
    rest = y - rows[:, np.newaxis] - columns[np.newaxis, :] + middle
    square = float(np.nansum(rest * rest)) / ((points - 1) * (runs - 1))
    return float(square / (points * runs))


def _mean_over_points(y: Floats) -> Floats:
    """Returns the mean over points, run by run; NaN if the outcome applies at no point."""
    known = ~np.isnan(y)
    counts = known.sum(axis=0)
    sums = np.where(known, y, 0.0).sum(axis=0)
    nothing = np.full(y.shape[1], np.nan)
    return np.asarray(np.divide(sums, counts, out=nothing, where=counts > 0))


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
