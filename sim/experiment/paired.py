"""Comparing two batches that share their luck: replicate i of one met the same draws as
replicate i of the other, so what differs within a pair is the scenarios' doing.

Clusters (one label a run) are parameter vectors, as in `stats`.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from sim.experiment.stats import (
    LEVEL,
    Estimate,
    Flags,
    Floats,
    Labels,
    mean,
    normal_critical,
)

_CELLS: Final = 2_000_000
"""Cells of a table of resamples worked on at once, 16 MB."""

_RESAMPLES: Final = 999
_RESAMPLING_SEED: Final = 1
"""Fixed, so that an interval or a p-value is a function of the data alone."""


def paired_probability(
    a: Flags, b: Flags, level: float = LEVEL, clusters: Labels | None = None
) -> Estimate:
    """Returns P(a) - P(b) for runs that share their luck pairwise.

    The interval is Tango's score interval (Tango 1998), which stays honest when few pairs
    differ; the p-value is McNemar's mid-p. Over clusters both come from the cluster means.
    """
    n = len(a)
    if n == 0:
        return Estimate(math.nan, -1.0, 1.0)
    only_a = int(np.sum(a & ~b))
    only_b = int(np.sum(b & ~a))
    if clusters is not None and only_a + only_b:
        estimate = paired_mean(a.astype(np.float64), b.astype(np.float64), level, clusters)
        low, high = max(-1.0, estimate.low), min(1.0, estimate.high)
        return Estimate(estimate.value, low, high, estimate.error, estimate.p_value)
    units = n if clusters is None else len(np.unique(clusters))
    z = normal_critical(level)
    difference = (only_a - only_b) / n
    error = math.sqrt(max(0.0, only_a + only_b - n * difference * difference)) / n
    low = -_tango_upper(only_b, only_a, units, z)
    high = _tango_upper(only_a, only_b, units, z)
    return Estimate(difference, low, high, error, _mid_p(only_a, only_b))


def paired_mean(
    a: Floats, b: Floats, level: float = LEVEL, clusters: Labels | None = None
) -> Estimate:
    """Returns mean(a) - mean(b) for runs that share their luck pairwise (Student's t)."""
    difference = a - b
    estimate = mean(difference, level, clusters)
    return Estimate(
        estimate.value, estimate.low, estimate.high, estimate.error, _t_test(estimate, a, clusters)
    )


def unpaired_probability(a: Estimate, b: Estimate) -> Estimate:
    """Returns the difference of two independent probabilities, limits by Newcombe's method 10."""
    value = a.value - b.value
    low = value - math.hypot(a.value - a.low, b.high - b.value)
    high = value + math.hypot(a.high - a.value, b.value - b.low)
    return Estimate(value, low, high, math.hypot(a.error, b.error))


def unpaired_mean(a: Estimate, b: Estimate, level: float = LEVEL) -> Estimate:
    """Returns the difference of two independent means with a normal interval."""
    value = a.value - b.value
    error = math.hypot(a.error, b.error)
    half = normal_critical(level) * error
    return Estimate(value, value - half, value + half, error)


def paired_quantile_shift(
    a: Floats,
    b: Floats,
    q: float,
    level: float = LEVEL,
    clusters: Labels | None = None,
) -> Estimate:
    """Returns quantile(a) - quantile(b) with a percentile bootstrap over pairs, or over clusters.

    Args:
        a: Values, one a run.
        b: Values of the same replicates, same shape.
        q: Which quantile.
        level: Confidence.
        clusters: One label a run if whole clusters are to be resampled.
    """
    units = np.arange(len(a)) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    n_units = int(units.max()) + 1
    every = np.ones((1, n_units), np.int64)
    value = float(_weighted_quantile(a, q, every[:, units])[0])
    value -= float(_weighted_quantile(b, q, every[:, units])[0])
    rng = np.random.default_rng(_RESAMPLING_SEED)
    shifts = np.zeros(0)
    while len(shifts) < _RESAMPLES:
        count = min(_RESAMPLES - len(shifts), max(1, _CELLS // len(a)))
        # How often each unit is drawn is all that a resample is.
        weights = rng.multinomial(n_units, np.full(n_units, 1.0 / n_units), count)[:, units]
        moved = _weighted_quantile(a, q, weights) - _weighted_quantile(b, q, weights)
        shifts = np.concatenate((shifts, moved))
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(shifts, (tail, 1.0 - tail))
    return Estimate(value, float(low), float(high), float(np.std(shifts, ddof=1)))


def tost(estimate: Estimate, margin: float, degrees: float = math.inf) -> float:
    """Returns the p-value of equivalence: the larger of two one-sided tests against +-margin."""
    from scipy.special import ndtr, stdtr

    if margin <= 0.0 or math.isnan(estimate.value):
        return 1.0
    if not estimate.error > 0.0:
        return 0.0 if abs(estimate.value) < margin else 1.0
    distance = (margin - abs(estimate.value)) / estimate.error
    tail = ndtr(-distance) if math.isinf(degrees) else stdtr(degrees, -distance)
    return float(tail)


def p_gt_same_luck(a: Floats, b: Floats) -> float:
    """Returns the share of pairs in which a exceeds b under the same luck, half the ties."""
    if len(a) == 0:
        return math.nan
    return float(np.mean(a > b) + 0.5 * np.mean(a == b))


def p_gt_independent(a: Floats, b: Floats) -> float:
    """Returns the probability that a run of a exceeds an independent run of b, half the ties
    (the Mann-Whitney statistic as a share)."""
    if len(a) == 0 or len(b) == 0:
        return math.nan
    # Sorted values are looked up in the order in which they stand in memory: five times as fast.
    looked_up, ordered = np.sort(a), np.sort(b)
    below = np.searchsorted(ordered, looked_up, side="left")
    upto = np.searchsorted(ordered, looked_up, side="right")
    return float(np.mean(below + upto) / (2.0 * len(b)))


def kolmogorov_smirnov(a: Floats, b: Floats) -> float:
    """Returns the largest distance between two distribution functions, 0 to 1."""
    gaps, _ = _signed_steps(a, b)
    return float(np.max(np.abs(np.cumsum(gaps))[_steps_end(a, b)]))


def energy_distance(a: Floats, b: Floats) -> float:
    """Returns the energy distance of two samples, in the square root of their unit."""
    gaps, widths = _signed_steps(a, b)
    distance = np.cumsum(gaps)[:-1]
    return float(math.sqrt(2.0 * np.sum(distance * distance * widths)))


def label_swap_test(
    a: Floats,
    b: Floats,
    statistic: str = "ks",
    clusters: Labels | None = None,
    permutations: int = _RESAMPLES,
) -> tuple[float, float]:
    """Tests whether two distributions over common luck are one, by swapping labels within pairs.

    Args:
        a: Values, one a run.
        b: Values of the same replicates, same shape.
        statistic: `ks` or `energy`.
        clusters: One label a run if whole clusters are to be swapped together.
        permutations: Random swaps.

    Returns:
        The statistic and its permutation p-value, never below 1/(permutations + 1).
    """
    n = len(a)
    units = np.arange(n) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    gaps, widths = _signed_steps(a, b)
    ends = _steps_end(a, b)
    pairs = np.argsort(np.concatenate((a, b)), kind="stable") % n
    rng = np.random.default_rng(_RESAMPLING_SEED)

    def measure(signs: Floats) -> Floats:
        distance = np.cumsum(gaps * signs[:, units][:, pairs], axis=1)
        if statistic == "ks":
            return np.asarray(np.max(np.abs(distance[:, ends]), axis=1))
        inner = distance[:, :-1]
        return np.asarray(np.sqrt(2.0 * (inner * inner) @ widths))

    n_units = int(units.max()) + 1
    observed = float(measure(np.ones((1, n_units)))[0])
    at_least, done = 0, 0
    step = max(1, _CELLS // (2 * n))
    while done < permutations:
        count = min(step, permutations - done)
        signs = rng.choice(np.array([-1.0, 1.0]), (count, n_units))
        # Sums in another order may differ in the last bits; a tie must count as one.
        at_least += int(np.sum(measure(signs) >= observed - 1e-12))
        done += count
    return observed, (1 + at_least) / (1 + permutations)


def _tango_upper(only_a: int, only_b: int, n: int, z: float) -> float:
    """Returns the upper limit of Tango's interval for (only_a - only_b)/n, by bisection."""
    low, high = (only_a - only_b) / n, 1.0
    for _ in range(60):
        middle = (low + high) / 2.0
        if _tango_score(only_a, only_b, n, middle) > -z:
            low = middle
        else:
            high = middle
    return high


def _tango_score(only_a: int, only_b: int, n: int, difference: float) -> float:
    """Returns Tango's score statistic of a hypothetical difference; it falls as that grows."""
    linear = -only_a - only_b + (2 * n - only_a + only_b) * difference
    constant = -only_b * difference * (1.0 - difference)
    root = math.sqrt(max(0.0, linear * linear - 8.0 * n * constant))
    share_b = (root - linear) / (4.0 * n)
    variance = n * (2.0 * share_b + difference * (1.0 - difference))
    if variance <= 0.0:
        return 0.0 if only_a - only_b == n * difference else -math.inf
    return (only_a - only_b - n * difference) / math.sqrt(variance)


def _mid_p(only_a: int, only_b: int) -> float:
    from scipy.special import bdtr

    n, smaller = only_a + only_b, min(only_a, only_b)
    if n == 0:
        return 1.0
    upto = float(bdtr(smaller, n, 0.5))
    below = float(bdtr(smaller - 1, n, 0.5)) if smaller else 0.0
    return min(1.0, upto + below)


def _t_test(estimate: Estimate, values: Floats, clusters: Labels | None) -> float:
    from scipy.special import stdtr

    if math.isnan(estimate.error):
        return math.nan
    if estimate.error == 0.0:
        return 1.0 if estimate.value == 0.0 else 0.0
    units = len(values) if clusters is None else len(np.unique(clusters))
    return float(2.0 * stdtr(units - 1, -abs(estimate.value) / estimate.error))


def _signed_steps(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Returns the steps of F_a - F_b over the pooled sample and the gaps between its values."""
    pooled = np.concatenate((a, b))
    order = np.argsort(pooled, kind="stable")
    steps = np.concatenate((np.full(len(a), 1.0 / len(a)), np.full(len(b), -1.0 / len(b))))
    return steps[order], np.diff(pooled[order])


def _steps_end(a: Floats, b: Floats) -> Labels:
    """Returns the places of the pooled sample at which a value occurs for the last time."""
    pooled = np.sort(np.concatenate((a, b)))
    return np.flatnonzero(np.append(np.diff(pooled) > 0.0, True))


def _weighted_quantile(values: Floats, q: float, weights: Labels) -> Floats:
    """Returns the smallest value with a share q of the weight at or below it, one a row."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[:, order], axis=1)
    # Shares are ratios of whole numbers: the allowance is for q alone.
    reached = below >= q * below[:, -1:] - 1e-9
    return np.asarray(values[order][np.argmax(reached, axis=1)])
