"""Intervals and tests: what may be said about a distribution from the runs at hand.

Two kinds of sample come in. Under fixed parameters every run is an independent draw of luck.
Under drawn parameters the runs of one parameter vector share their ignorance, so the independent
unit is the vector: functions that take `clusters` (one label a run, the vector's number) then
reckon over vectors. Percentages of confidence are `level`, a share; limits that the sample cannot
give are infinite.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int64]

LEVEL: Final = 0.95

_DOUBT: Final = 0.5
"""Doubt of `effective_runs` about shares; 0.1 would leave rare events in few vectors at 85 %."""

TRACE: Final = 59
"""Units of which what happens in one of twenty has left a trace, but for 5 % (0.95 ** 59): fewer
that are all alike tell nothing of how far others might lie from them."""

_ROUNDING: Final = 1e-13
"""Error relative to its mean that comes of adding up equal numbers."""

_NO_BEND: Final = 1e-9
"""Less skewness than this cannot be told from rounding."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval.

    Attributes:
        value: The point estimate.
        low: Lower limit.
        high: Upper limit.
        error: Standard error, in the unit of the value; NaN where none is defined.
        p_value: Two-sided p-value of a value of 0; NaN where none is defined.
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

    As successes are whole, how often it holds swings around the level: of ten successes or more
    expected within a point and a half; of fewer it may be 92 % for 95 % (Brown, Cai and DasGupta
    2001).

    Args:
        successes: Runs that count, possibly fractional for an effective sample.
        n: Runs, or the effective number of them.
        level: Confidence.
        critical: Critical value to use in place of the normal one.
    """
    if n <= 0:
        return 0.0, 1.0
    z = normal_critical(level) if critical is None else critical
    share = successes / n
    centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n)
    half = z / (1.0 + z * z / n) * math.sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n))
    # At 0 and n the limit is exact; rounding would put it a hair inside.
    low = 0.0 if successes <= 0 else max(0.0, centre - half)
    high = 1.0 if successes >= n else min(1.0, centre + half)
    return low, high


def probability(hits: Flags, level: float = LEVEL, clusters: Labels | None = None) -> Estimate:
    """Returns a probability with Wilson's interval.

    Over clusters the sample counts for as many runs as `effective_runs` tells, and Student's t
    replaces the normal.
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

    Either limit is the farther of two: Student's, and the one freed of the skewness that samples
    of few or rare events have (Hall's 1992 cubic of the studentised mean, which for a symmetric
    sample changes nothing). Student's alone falls short beside a long tail, Hall's alone where
    chance makes a symmetric one look skewed. The p-value is of a mean of 0 and belongs to them:
    below 1 - level just where they leave 0 out. Of ten very skewed units the skewness is badly
    known, and about a point of the level is lost.

    A sample of at least `TRACE` units that does not vary has an interval of no length; of fewer the
    limits are infinite, as nothing in it tells of what it might have held.
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
    """Returns an estimate of a mean, or of a difference of means, as `mean` does.

    Args:
        value: The estimate.
        residuals: What each independent unit adds to its error: they sum to about 0.
        level: Confidence.
        units: Units that stand behind it, where some of the residuals are of units that tell of
            another part of it; all by default.
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

    Under fixed parameters the limits are the exact binomial ones, free of any assumption about
    the distribution; a sample too small for a limit gives an infinite one. Over clusters the
    limits are the values at which the interval of the share at or below them (`probability`)
    begins and ceases to hold q (test inversion: Francisco and Fuller 1991).
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
    """Returns Holm's step-down adjusted p-values, in the order given (Holm 1979)."""
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


def totals(values: Floats, clusters: Labels) -> tuple[Floats, Floats]:
    """Returns sum and number of values of each cluster that has any."""
    _, inverse = np.unique(clusters, return_inverse=True)
    counts = np.bincount(inverse).astype(np.float64)
    return np.bincount(inverse, weights=values).astype(np.float64), counts


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an interval of a mean is made of.

    Attributes:
        error: Standard error.
        units: Independent units behind it.
        skewness: Of what a unit adds to the mean.
    """

    error: float
    units: int
    skewness: float

    def skewed(self, t: float) -> float:
        """Returns what is distributed as Student's t at a studentised mean (Hall 1992)."""
        bend = self.skewness / (3.0 * math.sqrt(self.units))
        return t + bend * t * t + bend * bend * t**3 / 3.0 + bend / 2.0

    def unskewed(self, t: float) -> float:
        """Returns the studentised mean at which `skewed` is t."""
        bend = self.skewness / (3.0 * math.sqrt(self.units))
        if abs(bend) < _NO_BEND:
            return t
        return (math.cbrt(1.0 + 3.0 * bend * (t - bend / 2.0)) - 1.0) / bend


def _parts(residuals: Floats) -> _Parts:
    """Returns the parts of a mean from what each unit adds to its error."""
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
    """Returns how many independent runs would tell a share as well as clusters do (the design
    effect: Rao and Scott 1992).

    Few clusters that tell anything cannot tell how alike the runs of one are: a part of a cluster
    whose runs are all alike is added to them. Without any a cluster counts as one run.

    Args:
        variance: Of a single run.
        error: Standard error of the share over clusters.
        telling: Clusters that differ from what most are like.
        n: Runs.
        units: Clusters.
        doubt: The part, above 0. The least with which intervals keep their level for any share
            and any likeness of runs (tests/statistical).
    """
    alike = n / units
    effect = max(1.0, error * error * n / variance) if variance > 0.0 else alike
    return n / ((telling * effect + doubt * alike) / (telling + doubt))


def _clustered_share(hits: Floats, counts: Floats, level: float) -> Estimate:
    """Returns a probability from the hits and the runs of each cluster."""
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
    _, units = np.unique(clusters, return_inverse=True)
    order = np.argsort(places, kind="stable")
    units, ends = units[order], np.cumsum(np.bincount(places))
    counts = np.bincount(units).astype(np.float64)

    def upto(place: int) -> Estimate:
        """Returns the share of runs at or below a value; of none at -1."""
        runs = int(ends[place]) if place >= 0 else 0
        hits = np.bincount(units[:runs], minlength=len(counts)).astype(np.float64)
        return _clustered_share(hits, counts, level)

    everywhere = range(-1, len(known))
    first = bisect_left(everywhere, True, key=lambda place: upto(place).high >= q) - 1
    last = bisect_left(everywhere, True, key=lambda place: upto(place).low > q) - 1
    value = float(known[np.searchsorted(ends, q * len(values) * (1.0 - 1e-12))])
    low = float(known[first]) if first >= 0 else -math.inf
    return Estimate(value, low, float(known[last]) if last < len(known) else math.inf)


def _binomial_ranks(n: int, q: float, level: float) -> tuple[int, int]:
    """Returns the ranks (1-based; 0 and n + 1 mean none) of the limits of a quantile."""
    from scipy.special import bdtr

    tail = (1.0 - level) / 2.0
    reach = 10.0 * math.sqrt(n * q * (1.0 - q)) + 2.0
    first, last = max(0, math.floor(n * q - reach)), min(n - 1, math.ceil(n * q + reach))
    cumulative = bdtr(np.arange(first, last + 1), n, q)
    low = first + int(np.searchsorted(cumulative, tail, side="right"))
    high = first + int(np.searchsorted(cumulative, 1.0 - tail, side="left")) + 1
    return low, high
