"""Differences between two batches when each counts only its own runs that meet a condition.

The estimand is E[Y_a | G_a] - E[Y_b | G_b]. Because the two sides count different runs, a pair
contributes the influence function psi = G_a (Y_a - m_a)/p_a - G_b (Y_b - m_b)/p_b. Its mean square
gives the standard error, with the random draws the two runs share cancelled out (Hampel 1974; for
ratios Cochran 1977, chapter 6). A pair that counts on neither side contributes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiment.stats import intervals
from sim.experiment.stats.intervals import LEVEL, Estimate, Flags, Floats, Labels
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.stats.pairs import paired_mean


@dataclass(frozen=True, slots=True)
class _Sides:
    """Standard errors of two conditional means, and their correlation.

    Attributes:
        error_a: Standard error of the first mean.
        error_b: Standard error of the second mean.
        correlation: Correlation of the two estimates; 0 if either does not vary.
        units: Number of independent units on the side that has fewer.
    """

    error_a: float
    error_b: float
    correlation: float
    units: int

    @property
    def error(self) -> float:
        """Standard error of the difference."""
        common = 2.0 * self.correlation * self.error_a * self.error_b
        return math.sqrt(max(0.0, self.error_a**2 + self.error_b**2 - common))


@dataclass(frozen=True, slots=True)
class CommonPairs:
    """Difference of means over the pairs that count on both sides, if others count on one only.

    Attributes:
        pairs: Number of pairs that count on both sides.
        difference: Difference over these pairs.
        rest: The difference of the two sides' means minus that one: the part that is due to the
            runs that count on one side only.
    """

    pairs: int
    difference: Estimate
    rest: Estimate

    def contradicts(self, whole: Estimate) -> bool:
        """Returns whether the pairs and the means tell different stories: they differ by more than
        luck, and in sign or in significance.

        Args:
            whole: The difference of the two sides' means.
        """
        return _sign(self.rest) != 0 and _sign(self.difference) != _sign(whole)


def _sign(estimate: Estimate) -> int:
    """Returns 1 or -1 if an interval excludes 0, else 0."""
    return int(estimate.low > 0.0) - int(estimate.high < 0.0)


def difference_of_means(
    x: Floats,
    y: Floats,
    counts_x: Flags,
    counts_y: Flags,
    level: float = LEVEL,
    clusters: Labels | None = None,
) -> Estimate:
    """Returns the mean of x over its runs that count minus that of y over its own: pair by pair if
    the same runs count on both sides. The arguments are those of `mean_difference`."""
    if not np.array_equal(counts_x, counts_y):
        return mean_difference(x, y, counts_x, counts_y, level, clusters)
    labels = None if clusters is None else clusters[counts_x]
    return paired_mean(x[counts_x], y[counts_x], level, labels)


def common_pairs(
    x: Floats, y: Floats, counts_x: Flags, counts_y: Flags, clusters: Labels | None = None
) -> CommonPairs | None:
    """Returns the difference of means over the pairs that count on both sides; None if no others
    count, or if no pair does. The arguments are those of `mean_difference`."""
    both = counts_x & counts_y
    if np.array_equal(counts_x, counts_y) or not both.any():
        return None
    gap = np.where(both, x - y, 0.0)
    labels = None if clusters is None else clusters[both]
    whole = float(np.mean(x[counts_x]) - np.mean(y[counts_y]))
    psi_x, units_x = _influence(x, counts_x, clusters)
    psi_y, units_y = _influence(y, counts_y, clusters)
    psi_both, units = _influence(gap, both, clusters)
    rest = intervals.from_residuals(
        whole - float(np.mean(gap[both])),
        psi_x - psi_y - psi_both,
        units=min(units_x, units_y, units),
    )
    return CommonPairs(int(both.sum()), paired_mean(x[both], y[both], clusters=labels), rest)


def common_json(common: CommonPairs | None, whole: Estimate) -> dict[str, Any] | None:
    """Returns the pairs that count on both sides as JSON values; None if no others count.

    Args:
        common: The difference over these pairs.
        whole: The difference of the two sides' means.
    """
    if common is None:
        return None
    return {
        "pairs": common.pairs,
        "difference": finite(common.difference.value),
        "ci": interval(common.difference),
        "contradicts": common.contradicts(whole),
    }


def mean_difference(
    x: Floats,
    y: Floats,
    counts_x: Flags,
    counts_y: Flags,
    level: float = LEVEL,
    clusters: Labels | None = None,
) -> Estimate:
    """Returns E[x | counts_x] - E[y | counts_y] with the interval of `stats.mean`.

    Args:
        x: One value per run.
        y: Values of the same replicates.
        counts_x: Mask of the runs of x that count; their values are never NaN.
        counts_y: Mask of the runs of y that count.
        level: Confidence level.
        clusters: One label per run if clusters, not runs, are the independent units.
    """
    if not (counts_x.any() and counts_y.any()):
        return Estimate(math.nan, -math.inf, math.inf)
    value = float(np.mean(x[counts_x]) - np.mean(y[counts_y]))
    psi_x, units_x = _influence(x, counts_x, clusters)
    psi_y, units_y = _influence(y, counts_y, clusters)
    for psi, units in ((psi_x, units_x), (psi_y, units_y)):
        # If one side does not vary, the other side's spread says nothing about its possible values.
        if units < intervals.TRACE and not psi.any():
            return Estimate(value, -math.inf, math.inf, math.nan, 1.0)
    return intervals.from_residuals(value, psi_x - psi_y, level, min(units_x, units_y))


def share_difference(
    x: Flags,
    y: Flags,
    counts_x: Flags,
    counts_y: Flags,
    level: float = LEVEL,
    clusters: Labels | None = None,
) -> Estimate:
    """Returns P(x | counts_x) - P(y | counts_y).

    The interval combines the Wilson intervals of the two shares with their correlation (Newcombe
    1998, method 10; Zou and Donner 2008), so that its coverage stays correct near 0 and 1. The
    p-value uses the larger of two standard errors: the observed one, and the one that would hold
    if the two shares were equal.
    """
    if not (counts_x.any() and counts_y.any()):
        return Estimate(math.nan, -1.0, 1.0)
    labels_x, labels_y = (None if clusters is None else clusters[c] for c in (counts_x, counts_y))
    a = intervals.probability(x[counts_x], level, labels_x)
    b = intervals.probability(y[counts_y], level, labels_y)
    parts = _sides(x.astype(np.float64), y.astype(np.float64), counts_x, counts_y, clusters)
    value = a.value - b.value
    low = value - _reach(a.value - a.low, b.high - b.value, parts.correlation)
    high = value + _reach(a.high - a.value, b.value - b.low, parts.correlation)
    n_x, n_y = int(counts_x.sum()), int(counts_y.sum())
    pooled = float(x[counts_x].sum() + y[counts_y].sum()) / (n_x + n_y)
    spread = math.sqrt(pooled * (1.0 - pooled))
    error_if_one = spread * _reach(n_x**-0.5, n_y**-0.5, parts.correlation)
    p_value = _p_value(value, max(parts.error, error_if_one), max(1, parts.units - 1))
    return Estimate(value, max(-1.0, low), min(1.0, high), parts.error, p_value)


def _reach(of_x: float, of_y: float, correlation: float) -> float:
    """Returns the half-width of a difference from the half-widths of its two correlated sides."""
    return math.sqrt(max(0.0, of_x**2 + of_y**2 - 2.0 * correlation * of_x * of_y))


def _sides(
    x: Floats, y: Floats, counts_x: Flags, counts_y: Flags, clusters: Labels | None
) -> _Sides:
    psi_x, units_x = _influence(x, counts_x, clusters)
    psi_y, units_y = _influence(y, counts_y, clusters)
    units = len(psi_x)
    scale = math.sqrt(units / (units - 1)) if units > 1 else math.nan
    square_x, square_y = float(np.sum(psi_x * psi_x)), float(np.sum(psi_y * psi_y))
    product = math.sqrt(square_x * square_y)
    correlation = float(np.sum(psi_x * psi_y)) / product if product > 0.0 else 0.0
    error_x, error_y = scale * math.sqrt(square_x), scale * math.sqrt(square_y)
    return _Sides(error_x, error_y, correlation, min(units_x, units_y))


def _influence(values: Floats, counts: Flags, clusters: Labels | None) -> tuple[Floats, int]:
    """Returns each unit's contribution to the error of a conditional mean, and the number of units
    that contain at least one counted run."""
    deviations = np.zeros(len(values))
    chosen = values[counts]
    # The mean of equal numbers may differ from them by rounding.
    if np.ptp(chosen) > 0.0:
        deviations[counts] = (chosen - np.mean(chosen)) / len(chosen)
    if clusters is None:
        return deviations, len(chosen)
    labels = np.unique(clusters, return_inverse=True)[1]
    return np.bincount(labels, weights=deviations).astype(np.float64), len(
        np.unique(labels[counts])
    )


def _p_value(value: float, error: float, degrees: int) -> float:
    from scipy.special import stdtr

    if not error > 0.0:
        return 1.0 if value == 0.0 else 0.0
    return float(2.0 * stdtr(degrees, -abs(value) / error))
