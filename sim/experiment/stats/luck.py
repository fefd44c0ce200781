"""Luck and ignorance taken apart: how an expected value moves over the assumed ranges.

Means of vectors carry luck as well as ignorance. `freed_means` draws them together to the spread of
ignorance alone; by how much is known only as well as the two variances are. For intervals these
are drawn anew from their sampling distributions (generalised pivots: Weerahandi 1993), with fewer
degrees of freedom where vectors have heavier tails than the normal distribution (Box 1953), and
the vectors themselves by the bootstrap.

The spread of luck hides the form of that of ignorance. Where luck is the larger part, shares in a
tail are those of a normal distribution, and too large if ignorance ends there at once.
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
    probability,
    totals,
    vector_labels,
)

_RESAMPLES: Final = 400
"""Limits are known to about a tenth of the length of an interval."""

_SEED: Final = 1
"""Fixed, so that an interval is a function of the data alone."""


@dataclass(frozen=True, slots=True)
class VarianceSplit:
    """The variance of an outcome, taken apart.

    Attributes:
        luck: Variance between runs of one parameter vector (mean square within).
        ignorance: Variance between the means of vectors, freed of luck; never below 0.
        share: Ignorance as a share of the two; NaN for an outcome that does not vary.
        vectors: Number of parameter vectors behind it.
    """

    luck: float
    ignorance: float
    share: float
    vectors: int


@dataclass(frozen=True, slots=True)
class Expected:
    """An expected value in each of many parameter vectors.

    Attributes:
        values: One a vector, luck taken out, shape (vectors,).
        resamples: The same drawn anew many times, shape (resamples, vectors).
    """

    values: Floats
    resamples: Floats

    def share(self, test: Callable[[Floats], Flags]) -> Estimate:
        """Returns the share of the ranges of which something is true, with a 95 % interval.

        Args:
            test: Tells of expected values whether it is true of them.
        """
        estimate = probability(test(self.values))
        low, high = _limits(np.mean(test(self.resamples), axis=1))
        # No resample knows what no vector has shown.
        return Estimate(estimate.value, min(low, estimate.low), max(high, estimate.high))

    def quantile(self, q: float) -> Estimate:
        """Returns the value below which a share q of the ranges lies, with a 95 % interval."""
        low, high = _limits(np.quantile(self.resamples, q, axis=1))
        return Estimate(float(np.quantile(self.values, q)), low, high)


def luck_ignorance(values: npt.ArrayLike, per_vector: int) -> VarianceSplit:
    """Returns how the variance of an outcome splits between luck and ignorance.

    Unbiased one-way random-effects analysis of variance (Searle, Casella and McCulloch 1992);
    runs of one vector are consecutive, and missing values are left out.

    Args:
        values: One value a run, from replicate 0; flags count as 0 and 1.
        per_vector: Runs that share a parameter vector.
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
    """Returns between what values the mean moves as the parameters do: the middle `share` of
    `freed_means`.

    Args:
        values: One value a run, from replicate 0; flags count as 0 and 1.
        per_vector: Runs that share a parameter vector.
        share: Share of vectors in between.
    """
    means = freed_means(values, per_vector)
    if not len(means):
        return math.nan, math.nan
    tail = (1.0 - share) / 2.0
    low, high = np.quantile(means, (tail, 1.0 - tail))
    return float(low), float(high)


def freed_means(values: npt.ArrayLike, per_vector: int) -> Floats:
    """Returns the means of vectors, drawn together until they spread by as much as ignorance
    alone accounts for: as they are they also carry the luck left in `per_vector` runs.

    Their distribution estimates that of the expected value over the parameters (constrained
    empirical Bayes: Louis 1984); it is right where either is normal, and near that otherwise.

    Args:
        values: One value a run, from replicate 0; flags count as 0 and 1.
        per_vector: Runs that share a parameter vector.

    Returns:
        One mean for each vector with a value, in order; none if luck and ignorance cannot be told
        apart.
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
    """Returns how the expected value of an outcome is spread over parameter vectors.

    Args:
        values: One value a run, from replicate 0, NaN where it does not apply; flags count as 0
            and 1.
        per_vector: Runs that share a parameter vector, 2 or more.

    Returns:
        None if luck and ignorance cannot be told apart.
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
    """Returns what a variance may be that was estimated with so many degrees of freedom."""
    return np.asarray(variance * degrees / rng.chisquare(degrees, _RESAMPLES))


def _degrees(means: Floats) -> float:
    """Returns the degrees of freedom of the variance between vectors."""
    normal = len(means) - 1.0
    fourth = float(np.mean(_standardised(means[np.newaxis]) ** 4))
    return min(normal, 2.0 * len(means) / (fourth - 1.0)) if fourth > 1.0 else normal


def _standardised(rows: Floats) -> Floats:
    """Returns rows with mean 0 and variance 1; 0 where all of a row is alike."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    spread = rows.std(axis=1, keepdims=True)
    return np.asarray(rows / np.where(spread > 0.0, spread, 1.0))


def _limits(found: Floats) -> tuple[float, float]:
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(found, (tail, 1.0 - tail))
    return float(low), float(high)


def _cluster_deviations(values: Floats, clusters: Labels) -> Floats:
    _, inverse = np.unique(clusters, return_inverse=True)
    sums, counts = totals(values, clusters)
    return np.asarray(values - (sums / counts)[inverse])
