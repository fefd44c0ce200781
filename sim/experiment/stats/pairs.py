"""Paired comparison of two batches.

Replicate i of one batch used the same random draws as replicate i of the other, so a difference
within a pair is due to the scenarios. Clusters (one label per run) are parameter vectors, as in
`stats`.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from sim.experiment.stats.intervals import (
    LEVEL,
    Estimate,
    Flags,
    Floats,
    Labels,
    effective_runs,
    mean,
    normal_critical,
    student_critical,
    totals,
)

_DOUBT: Final = 0.05
"""The `doubt` of `effective_runs` for differences. It is smaller than for shares because pairs of
one vector that differ are less similar than its runs; a larger value would cost power."""


def paired_probability(
    a: Flags, b: Flags, level: float = LEVEL, clusters: Labels | None = None
) -> Estimate:
    """Returns P(a) - P(b) for paired runs.

    The interval is Tango's score interval (Tango 1998), whose coverage stays correct when few pairs
    differ; the p-value is McNemar's mid-p. With clusters the number of pairs is replaced by
    `effective_runs`, the normal distribution by Student's t, and the p-value is that of McNemar's
    score test, which agrees with the interval.
    """
    n = len(a)
    if n == 0:
        return Estimate(math.nan, -1.0, 1.0)
    only_a = int(np.sum(a & ~b))
    only_b = int(np.sum(b & ~a))
    difference = (only_a - only_b) / n
    variance = (only_a + only_b) / n - difference * difference
    if clusters is None:
        error = math.sqrt(max(0.0, variance) / n)
        low, high = _tango(only_a, only_b, n, normal_critical(level))
        return Estimate(difference, low, high, error, _mid_p(only_a, only_b))
    of_pairs = a.astype(np.float64) - b
    error = mean(of_pairs, level, clusters).error
    telling, _ = totals(np.abs(of_pairs), clusters)
    units = len(telling)
    if units < 2:
        return Estimate(difference, -1.0, 1.0)
    effective = effective_runs(variance, error, int(np.sum(telling > 0.0)), n, units, _DOUBT)
    scale = effective / n
    low, high = _tango(
        only_a * scale, only_b * scale, effective, student_critical(level, units - 1)
    )
    return Estimate(difference, low, high, error, _mcnemar(only_a * scale, only_b * scale, units))


def paired_mean(
    a: Floats, b: Floats, level: float = LEVEL, clusters: Labels | None = None
) -> Estimate:
    """Returns mean(a) - mean(b) for paired runs (see `stats.mean`)."""
    return mean(a - b, level, clusters)


def unpaired(a: Estimate, b: Estimate) -> Estimate:
    """Returns the difference of two independent probabilities (Newcombe 1998, method 10) or means
    (Zou and Donner 2008), with an interval built from the two intervals."""
    value = a.value - b.value
    low = value - math.hypot(a.value - a.low, b.high - b.value)
    high = value + math.hypot(a.high - a.value, b.value - b.low)
    return Estimate(value, low, high, math.hypot(a.error, b.error))


def p_gt_same_luck(a: Floats, b: Floats) -> float:
    """Returns the share of pairs in which a exceeds b; a tie counts as a half."""
    if len(a) == 0:
        return math.nan
    return float(np.mean(a > b) + 0.5 * np.mean(a == b))


def p_gt_independent(a: Floats, b: Floats) -> float:
    """Returns the probability that a run of a exceeds an independent run of b; a tie counts as a
    half (the Mann-Whitney statistic as a share)."""
    if len(a) == 0 or len(b) == 0:
        return math.nan
    # Looking values up in sorted order follows memory order, which is five times as fast.
    looked_up, ordered = np.sort(a), np.sort(b)
    below = np.searchsorted(ordered, looked_up, side="left")
    upto = np.searchsorted(ordered, looked_up, side="right")
    return float(np.mean(below + upto) / (2.0 * len(b)))


def _tango(only_a: float, only_b: float, n: float, z: float) -> tuple[float, float]:
    """Returns Tango's interval for (only_a - only_b)/n."""
    return -_tango_upper(only_b, only_a, n, z), _tango_upper(only_a, only_b, n, z)


def _tango_upper(only_a: float, only_b: float, n: float, z: float) -> float:
    """Returns the upper end of Tango's interval for (only_a - only_b)/n, by bisection."""
    low, high = (only_a - only_b) / n, 1.0
    for _ in range(60):
        middle = (low + high) / 2.0
        if _tango_score(only_a, only_b, n, middle) > -z:
            low = middle
        else:
            high = middle
    return high


def _tango_score(only_a: float, only_b: float, n: float, difference: float) -> float:
    """Returns Tango's score statistic for a hypothetical difference, of which it is decreasing."""
    linear = -only_a - only_b + (2 * n - only_a + only_b) * difference
    constant = -only_b * difference * (1.0 - difference)
    root = math.sqrt(max(0.0, linear * linear - 8.0 * n * constant))
    share_b = (root - linear) / (4.0 * n)
    variance = n * (2.0 * share_b + difference * (1.0 - difference))
    if variance <= 0.0:
        return 0.0 if only_a - only_b == n * difference else -math.inf
    return (only_a - only_b - n * difference) / math.sqrt(variance)


def _mcnemar(only_a: float, only_b: float, units: int) -> float:
    """Returns the p-value of McNemar's score, referred to Student's t."""
    from scipy.special import stdtr

    if not only_a + only_b > 0.0:
        return 1.0
    return float(2.0 * stdtr(units - 1, -abs(only_a - only_b) / math.sqrt(only_a + only_b)))


def _mid_p(only_a: int, only_b: int) -> float:
    from scipy.special import bdtr

    n, smaller = only_a + only_b, min(only_a, only_b)
    if n == 0:
        return 1.0
    upto = float(bdtr(smaller, n, 0.5))
    below = float(bdtr(smaller - 1, n, 0.5)) if smaller else 0.0
    return min(1.0, upto + below)
