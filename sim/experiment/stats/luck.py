"""Separation of luck from ignorance: the expected value of an outcome over the assumed ranges.

Luck is the random variation between runs of one parameter vector; ignorance is the variation
between vectors, because the assumed numbers are uncertain. The mean of a vector contains both.
`freed_means` shrinks these means until their spread is that of ignorance alone; the right amount of
shrinkage is only as certain as the two variances. For intervals the variances are therefore
redrawn from their sampling distributions (generalised pivots: Weerahandi 1993), with fewer degrees
of freedom if the vectors have heavier tails than the normal distribution (Box 1953). The vectors
themselves are resampled by the bootstrap.

Luck blurs the shape of the distribution due to ignorance. Where luck dominates, the share in a tail
is that of a normal distribution, which is too large if the true distribution ends abruptly there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.experiment.stats.intervals import (
    LEVEL,
    Estimate,
    Flags,
    Floats,
    Labels,
    places_of,
    probability,
    totals,
    vector_labels,
)

_RESAMPLES: Final = 400
"""Number of resamples: the ends of an interval are accurate to about a tenth of its length."""

_SEED: Final = 1
"""Fixed, so that an interval is a function of the data alone."""


@dataclass(frozen=True, slots=True)
class VarianceSplit:
    """Variance of an outcome, split into luck and ignorance.

    Attributes:
        luck: Variance between runs of one parameter vector (mean square within).
        ignorance: Variance between the expected values of vectors, luck excluded; never below 0.
        share: Ignorance as a share of the sum of both; NaN for an outcome that does not vary.
        vectors: Number of parameter vectors used.
    """

    luck: float
    ignorance: float
    share: float
    vectors: int


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected value of an outcome in each of many parameter vectors.

    Attributes:
        values: One per vector, with luck removed, shape (vectors,).
        resamples: Resampled versions of the values, shape (resamples, vectors).
    """

    values: Floats
    resamples: Floats

    def share(self, test: Callable[[Floats], Flags]) -> Estimate:
        """Returns the share of the assumed ranges in which a condition holds, with a 95% interval.

        Args:
            test: Returns a mask of the expected values that meet the condition.
        """
        estimate = probability(test(self.values))
        low, high = _limits(np.mean(test(self.resamples), axis=1))
        # Resamples cannot contain what no vector has shown, so Wilson's interval is the minimum.
        return Estimate(estimate.value, min(low, estimate.low), max(high, estimate.high))

    def quantile(self, q: float) -> Estimate:
        """Returns the value below which a share q of the ranges lies, with a 95% interval."""
        low, high = _limits(np.quantile(self.resamples, q, axis=1))
        return Estimate(float(np.quantile(self.values, q)), low, high)


def luck_ignorance(values: npt.ArrayLike, per_vector: int) -> VarianceSplit:
    """Returns the variance of an outcome, split into luck and ignorance.

    Unbiased one-way random-effects analysis of variance (Searle, Casella and McCulloch 1992).
    Runs of one vector are consecutive; missing values are ignored.

    Args:
        values: One value per run, from replicate 0; flags count as 0 and 1.
        per_vector: Number of runs per parameter vector.
    """
    numbers = np.asarray(values, dtype=np.float64)
    valid = ~np.isnan(numbers)
    labels = (np.arange(len(numbers)) // per_vector)[valid]
    numbers = numbers[valid]
    sums, counts = totals(numbers, labels)
    n, vectors = len(numbers), len(counts)
    if vectors < 2 or n <= vectors:
        return VarianceSplit(math.nan, math.nan, math.nan, vectors)
    means = sums / counts
    within_sum = float(np.sum(_cluster_deviations(numbers, labels) ** 2))
    between_sum = float(np.sum(counts * (means - numbers.mean()) ** 2))
    within = within_sum / (n - vectors)
    between = between_sum / (vectors - 1)
    typical = (n - float(np.sum(counts * counts)) / n) / (vectors - 1)
    ignorance = max(0.0, (between - within) / typical)
    total = within + ignorance
    return VarianceSplit(within, ignorance, ignorance / total if total > 0.0 else math.nan, vectors)


def ignorance_range(
    values: npt.ArrayLike, per_vector: int, share: float = 0.9
) -> tuple[float, float]:
    """Returns the range of the expected value over the parameters: the middle `share` of
    `freed_means`.

    Args:
        values: One value per run, from replicate 0; flags count as 0 and 1.
        per_vector: Number of runs per parameter vector.
        share: Share of vectors within the range.
    """
    means = freed_means(values, per_vector)
    if not len(means):
        return math.nan, math.nan
    tail = (1.0 - share) / 2.0
    low, high = np.quantile(means, (tail, 1.0 - tail))
    return float(low), float(high)


def freed_means(values: npt.ArrayLike, per_vector: int) -> Floats:
    """Returns the means of vectors, shrunk until their spread is that of ignorance alone. The raw
    means also contain the luck that remains in `per_vector` runs.

    Their distribution estimates that of the expected value over the parameters (constrained
    empirical Bayes: Louis 1984). The estimate is right if luck and ignorance are both normal, and
    close otherwise.

    Args:
        values: One value per run, from replicate 0; flags count as 0 and 1.
        per_vector: Number of runs per parameter vector.

    Returns:
        One mean for each vector that has a value, in order; empty if luck and ignorance cannot be
        separated.
    """
    numbers = np.asarray(values, dtype=np.float64)
    valid = ~np.isnan(numbers)
    labels = (np.arange(len(numbers)) // per_vector)[valid]
    split = luck_ignorance(values, per_vector)
    if math.isnan(split.ignorance):
        return np.zeros(0)
    sums, counts = totals(numbers[valid], labels)
    means = sums / counts
    spread = float(np.var(means, ddof=1))
    factor = math.sqrt(min(1.0, split.ignorance / spread)) if spread > 0.0 else 0.0
    centre = float(np.mean(means))
    return np.asarray(centre + factor * (means - centre))


def expected(values: Floats, per_vector: int) -> Expected | None:
    """Returns the distribution of an outcome's expected value over parameter vectors.

    Args:
        values: One value per run, from replicate 0; NaN if the outcome does not apply to a run;
            flags count as 0 and 1.
        per_vector: Number of runs per parameter vector, 2 or more.

    Returns:
        None if luck and ignorance cannot be separated.
    """
    freed = freed_means(values, per_vector)
    if not len(freed):
        return None
    there = ~np.isnan(values)
    labels = vector_labels(len(values), per_vector)[there]
    sums, counts = totals(values[there], labels)
    means = sums / counts
    luck = luck_ignorance(values, per_vector).luck
    rng = np.random.default_rng(_SEED)
    vectors = len(means)
    spread = float(np.var(means, ddof=1))
    within = float(len(labels) - vectors)
    variances = _redrawn(rng, spread, _degrees(means)) - _redrawn(
        rng, luck * float(np.mean(1.0 / counts)), within
    )
    centres = float(np.mean(means)) + math.sqrt(spread / vectors) * rng.standard_t(
        vectors - 1, _RESAMPLES
    )
    forms = _standardised(means[rng.integers(0, vectors, (_RESAMPLES, vectors))])
    scales = np.sqrt(np.maximum(0.0, variances))
    return Expected(freed, centres[:, np.newaxis] + scales[:, np.newaxis] * forms)


def _redrawn(rng: np.random.Generator, variance: float, degrees: float) -> Floats:
    """Returns resampled values of a variance estimated with the given degrees of freedom."""
    return np.asarray(variance * degrees / rng.chisquare(degrees, _RESAMPLES))


def _degrees(means: Floats) -> float:
    """Returns the degrees of freedom of the variance between vectors."""
    normal = len(means) - 1.0
    fourth = float(np.mean(_standardised(means[np.newaxis]) ** 4))
    return min(normal, 2.0 * len(means) / (fourth - 1.0)) if fourth > 1.0 else normal


def _standardised(rows: Floats) -> Floats:
    """Returns rows scaled to mean 0 and variance 1; all zeros if a row does not vary."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    spread = rows.std(axis=1, keepdims=True)
    return np.asarray(rows / np.where(spread > 0.0, spread, 1.0))


def _limits(found: Floats) -> tuple[float, float]:
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(found, (tail, 1.0 - tail))
    return float(low), float(high)


def _cluster_deviations(values: Floats, clusters: Labels) -> Floats:
    sums, counts = totals(values, clusters)
    return np.asarray(values - (sums / counts)[places_of(clusters)])
