"""Confidence intervals and tests for the distribution behind a sample of runs.

There are two kinds of sample. With fixed parameters every run is an independent draw. With drawn
parameters the runs of one parameter vector share the same parameter values, so the independent
unit is the vector: functions that take `clusters` (one label per run, the number of its vector)
then treat vectors as the units. Confidence is given by `level`, a share. An end of an interval that
the sample is too small to give is infinite.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int64]

LEVEL: Final = 0.95

_DOUBT: Final = 0.5
"""The `doubt` of `effective_runs` for shares. With 0.1, intervals for rare events in few vectors
would cover the true value only 85% of the time."""

TRACE: Final = 59
"""Sample size at which an event that affects one unit in twenty has shown up with 95% probability
(0.95 ** 59 < 0.05). A smaller sample of equal values says nothing about how far others may lie."""

_ROUNDING: Final = 1e-13
"""Relative error of a mean of equal numbers that is due to rounding alone."""

_NO_BEND: Final = 1e-9
"""Skewness below this is indistinguishable from rounding error."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its confidence interval.

    Attributes:
        value: The point estimate.
        low: Lower end of the interval.
        high: Upper end of the interval.
        error: Standard error, in the unit of the value; NaN if not defined.
        p_value: Two-sided p-value of the hypothesis that the value is 0; NaN if not defined.
    """

    value: float
    low: float
    high: float
    error: float = math.nan
    p_value: float = math.nan

    @property
    def half_width(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2.0


def normal_critical(level: float = LEVEL) -> float:
    """Returns the two-sided critical value of the normal distribution."""
    return NormalDist().inv_cdf(0.5 + level / 2.0)


def student_critical(level: float, degrees: float) -> float:
    """Returns the two-sided critical value of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + level / 2.0))


def wilson(
    successes: float, n: float, level: float = LEVEL, critical: float | None = None
) -> tuple[float, float]:
    """Returns Wilson's score interval for a probability (Wilson 1927).

    Because successes are whole numbers, the coverage oscillates around the level. It stays within
    1.5 percentage points if ten or more successes are expected; with fewer, a 95% interval may
    cover only 92% (Brown, Cai and DasGupta 2001).

    Args:
        successes: Number of successes, possibly fractional for an effective sample.
        n: Number of runs, or the effective number.
        level: Confidence level.
        critical: Critical value to use instead of the normal one.
    """
    if n <= 0:
        return 0.0, 1.0
    z = normal_critical(level) if critical is None else critical
    share = successes / n
    centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n)
    half = z / (1.0 + z * z / n) * math.sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n))
    # At 0 and n the end is exact; rounding would move it slightly inwards.
    low = 0.0 if successes <= 0 else max(0.0, centre - half)
    high = 1.0 if successes >= n else min(1.0, centre + half)
    return low, high


def probability(hits: Flags, level: float = LEVEL, clusters: Labels | None = None) -> Estimate:
    """Returns a probability with Wilson's interval.

    With clusters the sample size is replaced by `effective_runs`, and the normal distribution by
    Student's t.
    """
    n = len(hits)
    if n == 0:
        return Estimate(math.nan, 0.0, 1.0)
    share = float(np.mean(hits))
    if clusters is None:
        low, high = wilson(float(np.sum(hits)), n, level)
        return Estimate(share, low, high, math.sqrt(share * (1.0 - share) / n))
    return _clustered_share(*totals(hits.astype(np.float64), clusters), level)


def mean(values: Floats, level: float = LEVEL, clusters: Labels | None = None) -> Estimate:
    """Returns a mean with its Monte Carlo interval over runs or over clusters.

    Each end of the interval is the wider of two: Student's, and Hall's (1992), which corrects for
    the skewness that small samples and rare events have by a cubic of the studentised mean, and
    equals Student's for a symmetric sample. Student's interval alone is too short on the side of a
    long tail; Hall's alone is too short when a symmetric sample looks skewed by chance. The p-value
    tests a mean of 0 and agrees with the interval: it is below 1 - level exactly when the interval
    excludes 0. With ten very skewed units the skewness is poorly estimated, and the coverage falls
    about one percentage point short.

    A sample that does not vary has an interval of zero length if it has at least `TRACE` units.
    With fewer units the interval is infinite, because the sample says nothing about unseen values.
    """
    if len(values) == 0:
        return Estimate(math.nan, -math.inf, math.inf)
    value = float(np.mean(values))
    if clusters is None:
        return from_residuals(value, (values - value) / len(values), level)
    sums, counts = totals(values, clusters)
    # A ratio estimator: clusters may differ in size where an outcome does not always apply.
    return from_residuals(value, (sums - value * counts) / len(values), level)


def from_residuals(
    value: float, residuals: Floats, level: float = LEVEL, units: int | None = None
) -> Estimate:
    """Returns a mean, or a difference of means, with the interval described at `mean`.

    Args:
        value: The estimate.
        residuals: Contribution of each independent unit to its error; they sum to about 0.
        level: Confidence level.
        units: Number of units to base the interval on, if some residuals belong to units that
            inform only part of the estimate; by default the number of residuals.
    """
    from scipy.special import stdtr

    behind = len(residuals) if units is None else units
    if behind < 2:
        return Estimate(value, -math.inf, math.inf)
    parts = _parts(residuals)
    if parts.error <= _ROUNDING * abs(value):
        if behind < TRACE:
            return Estimate(value, -math.inf, math.inf, 0.0, 1.0)
        return Estimate(value, value, value, 0.0, 1.0 if value == 0.0 else 0.0)
    t = student_critical(level, behind - 1)
    low = value - parts.error * max(t, parts.unskewed(t))
    high = value - parts.error * min(-t, parts.unskewed(-t))
    nearer = min(abs(value / parts.error), abs(parts.skewed(value / parts.error)))
    p_value = float(2.0 * stdtr(behind - 1, -nearer))
    return Estimate(value, low, high, parts.error, p_value)


def quantile(
    values: Floats, q: float, level: float = LEVEL, clusters: Labels | None = None
) -> Estimate:
    """Returns a quantile (a value that occurred) with an interval between order statistics.

    With fixed parameters the interval is the exact binomial one, which assumes nothing about the
    distribution; an end for which the sample is too small is infinite. With clusters the interval
    consists of the values v for which the interval of the share at or below v (see `probability`)
    contains q (test inversion: Francisco and Fuller 1991).
    """
    n = len(values)
    if n == 0:
        return Estimate(math.nan, -math.inf, math.inf)
    if clusters is not None:
        return _clustered_quantile(values, q, level, clusters)
    ordered = np.sort(values)
    value = float(np.quantile(ordered, q, method="inverted_cdf"))
    low_rank, high_rank = _binomial_ranks(n, q, level)
    low = float(ordered[low_rank - 1]) if low_rank >= 1 else -math.inf
    high = float(ordered[high_rank - 1]) if high_rank <= n else math.inf
    return Estimate(value, low, high)


def holm(p_values: Sequence[float]) -> list[float]:
    """Returns Holm's step-down adjusted p-values, in the order of the input (Holm 1979)."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    largest = 0.0
    for place, i in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - place) * p_values[i]))
        adjusted[i] = largest
    return adjusted


def vector_labels(n: int, per_vector: int) -> Labels:
    """Returns the parameter vector of each of the first n replicates."""
    return np.arange(n, dtype=np.int64) // per_vector


def places_of(clusters: Labels) -> Labels:
    """Returns the place of each value's cluster among those that have any, in ascending order."""
    steps = np.diff(clusters)
    if len(clusters) and (steps >= 0).all():
        # Runs of a vector are consecutive, so nothing has to be sorted.
        return np.concatenate(([0], np.cumsum(steps > 0)))
    return np.unique(clusters, return_inverse=True)[1]


def totals(values: Floats, clusters: Labels) -> tuple[Floats, Floats]:
    """Returns the sum and the number of values of each cluster that has any."""
    inverse = places_of(clusters)
    counts = np.bincount(inverse).astype(np.float64)
    return np.bincount(inverse, weights=values).astype(np.float64), counts


@dataclass(frozen=True, slots=True)
class _Parts:
    """Ingredients of the interval of a mean.

    Attributes:
        error: Standard error.
        units: Number of independent units.
        skewness: Skewness of the units' contributions to the mean.
    """

    error: float
    units: int
    skewness: float

    def skewed(self, t: float) -> float:
        """Returns Hall's (1992) transform of a studentised mean, distributed as Student's t."""
        bend = self.skewness / (3.0 * math.sqrt(self.units))
        return t + bend * t * t + bend * bend * t**3 / 3.0 + bend / 2.0

    def unskewed(self, t: float) -> float:
        """Returns the studentised mean for which `skewed` is t."""
        bend = self.skewness / (3.0 * math.sqrt(self.units))
        if abs(bend) < _NO_BEND:
            return t
        return (math.cbrt(1.0 + 3.0 * bend * (t - bend / 2.0)) - 1.0) / bend


def _parts(residuals: Floats) -> _Parts:
    """Returns the ingredients of an interval from each unit's contribution to the error."""
    units = len(residuals)
    if units < 2:
        return _Parts(math.nan, units, 0.0)
    squares = residuals * residuals
    square = float(np.sum(squares))
    error = math.sqrt(units / (units - 1) * square)
    if units == 2 or not error > 0.0:
        return _Parts(error, units, 0.0)
    third = float(np.mean(squares * residuals)) / (square / units) ** 1.5
    return _Parts(error, units, third * math.sqrt(units * (units - 1.0)) / (units - 2.0))


def effective_runs(
    variance: float, error: float, telling: int, n: int, units: int, doubt: float
) -> float:
    """Returns the number of independent runs that would estimate a share as precisely as the
    clusters do (the design effect: Rao and Scott 1992).

    If few clusters are informative, they do not show how similar the runs within a cluster are. So
    `doubt` of a cluster with identical runs is added to them. With no informative cluster, a
    cluster counts as one run.

    Args:
        variance: Variance of a single run.
        error: Standard error of the share over clusters.
        telling: Number of informative clusters: those that differ from the majority.
        n: Number of runs.
        units: Number of clusters.
        doubt: Weight of the added cluster, above 0: the smallest with which intervals keep their
            level for any share and any similarity of runs (tests/statistical).
    """
    alike = n / units
    effect = max(1.0, error * error * n / variance) if variance > 0.0 else alike
    return n / ((telling * effect + doubt * alike) / (telling + doubt))


def _clustered_share(hits: Floats, counts: Floats, level: float) -> Estimate:
    """Returns a probability from the number of hits and of runs in each cluster."""
    units, n = len(counts), float(np.sum(counts))
    share = float(np.sum(hits)) / n
    if units < 2:
        return Estimate(share, 0.0, 1.0)
    error = _parts((hits - share * counts) / n).error
    telling = min(int(np.sum(hits > 0.0)), int(np.sum(hits < counts)))
    effective = effective_runs(share * (1.0 - share), error, telling, int(n), units, _DOUBT)
    critical = student_critical(level, units - 1)
    low, high = wilson(share * effective, effective, level, critical)
    return Estimate(share, low, high, error)


def _clustered_quantile(values: Floats, q: float, level: float, clusters: Labels) -> Estimate:
    known, places = np.unique(values, return_inverse=True)
    units = places_of(clusters)
    order = np.argsort(places, kind="stable")
    units, ends = units[order], np.cumsum(np.bincount(places))
    counts = np.bincount(units).astype(np.float64)

    def upto(place: int) -> Estimate:
        """Returns the share of runs at or below the value at a place; 0 for place -1."""
        runs = int(ends[place]) if place >= 0 else 0
        hits = np.bincount(units[:runs], minlength=len(counts)).astype(np.float64)
        return _clustered_share(hits, counts, level)

    everywhere = range(-1, len(known))
    first = bisect_left(everywhere, True, key=lambda place: upto(place).high >= q) - 1
    last = bisect_left(everywhere, True, key=lambda place: upto(place).low > q) - 1
    value = float(known[np.searchsorted(ends, q * len(values) * (1.0 - 1e-12))])
    low = float(known[first]) if first >= 0 else -math.inf
    return Estimate(value, low, float(known[last]) if last < len(known) else math.inf)


@lru_cache(maxsize=256)
def _binomial_ranks(n: int, q: float, level: float) -> tuple[int, int]:
    """Returns the ranks of the two ends of a quantile's interval (1-based; 0 and n + 1: no end)."""
    from scipy.special import bdtr

    tail = (1.0 - level) / 2.0
    reach = 10.0 * math.sqrt(n * q * (1.0 - q)) + 2.0
    first, last = max(0, math.floor(n * q - reach)), min(n - 1, math.ceil(n * q + reach))
    cumulative = bdtr(np.arange(first, last + 1), n, q)
    low = first + int(np.searchsorted(cumulative, tail, side="right"))
    high = first + int(np.searchsorted(cumulative, 1.0 - tail, side="left")) + 1
    return low, high
