"""Coverage of every printed interval on toys with known truth, at fixed seeds.

A 95 % interval must hold the truth in 95 % of repetitions. Bands around the nominal share are
three to four standard errors of the repetitions wide, and a little more upwards: intervals for
discrete quantities cover more than they promise.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from sim.experiment import paired, stats
from sim.experiment.distribution import Numbers, shapes
from sim.experiment.stats import Estimate

Floats = npt.NDArray[np.float64]

REPEATS = 1500
VECTORS, PER_VECTOR = 60, 20
CLUSTERS = np.repeat(np.arange(VECTORS), PER_VECTOR)


def coverage(
    truth: float, estimate: Callable[[np.random.Generator], Estimate], repeats: int = REPEATS
) -> float:
    """Share of repetitions whose interval holds the truth."""
    held = 0
    for repeat in range(repeats):
        found = estimate(np.random.default_rng([20251023, repeat]))
        held += found.low <= truth <= found.high
    return held / repeats


def vectors(rng: np.random.Generator, ignorance: float, luck: float = 1.0) -> Floats:
    """Runs of parameter vectors: the vector's own mean plus luck."""
    means = rng.normal(0.0, ignorance, VECTORS)
    return means[CLUSTERS] + rng.normal(0.0, luck, len(CLUSTERS))


@pytest.mark.parametrize("p", [0.02, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("n", [100, 2000])
def test_a_probability_is_covered(p: float, n: int) -> None:
    """Wilson's interval holds the true probability in 95 % of batches."""
    held = coverage(p, lambda rng: stats.probability(rng.random(n) < p))

    assert 0.93 <= held <= 0.985


@pytest.mark.parametrize("skewed", [False, True])
def test_a_mean_is_covered(skewed: bool) -> None:
    """The Monte Carlo interval holds the mean, of a skewed outcome as well."""

    def estimate(rng: np.random.Generator) -> Estimate:
        return stats.mean(rng.exponential(1.0, 500) if skewed else rng.normal(1.0, 2.0, 500))

    assert 0.93 <= coverage(1.0, estimate) <= 0.97


@pytest.mark.parametrize("q", [0.05, 0.5, 0.95])
def test_a_quantile_is_covered(q: float) -> None:
    """The order-statistic interval holds the quantile, whatever the distribution."""
    truth = float(-np.log(1.0 - q))

    held = coverage(truth, lambda rng: stats.quantile(rng.exponential(1.0, 300), q))

    assert 0.94 <= held <= 0.98


def test_the_median_of_a_count_is_covered() -> None:
    """Ties make the interval wider, never too narrow."""
    assert coverage(3.0, lambda rng: stats.quantile(rng.poisson(3.0, 300) * 1.0, 0.5)) >= 0.95


@pytest.mark.parametrize("ignorance", [0.0, 0.3, 2.0])
def test_a_mean_over_vectors_is_covered(ignorance: float) -> None:
    """With no, some or much ignorance the interval over vectors holds the mean."""
    held = coverage(0.0, lambda rng: stats.mean(vectors(rng, ignorance), clusters=CLUSTERS))

    assert 0.93 <= held <= 0.97


def test_an_interval_over_runs_would_not_cover() -> None:
    """The control: taking runs of a vector for independent holds the mean far too seldom."""
    assert coverage(0.0, lambda rng: stats.mean(vectors(rng, 2.0))) < 0.6


@pytest.mark.parametrize(
    ("a", "b"), [(30.0, 30.0), (2.0, 2.0), (1.0, 9.0), (0.5, 4.5), (0.5, 20.0)]
)
def test_a_probability_over_vectors_is_covered(a: float, b: float) -> None:
    """Each vector has its own beta(a, b) probability; the interval holds the mean of them."""

    def estimate(rng: np.random.Generator) -> Estimate:
        own = rng.beta(a, b, VECTORS)[CLUSTERS]
        return stats.probability(rng.random(len(own)) < own, clusters=CLUSTERS)

    assert 0.925 <= coverage(a / (a + b), estimate) <= 0.98


@pytest.mark.parametrize("ignorance", [0.3, 2.0])
def test_a_median_over_vectors_is_covered(ignorance: float) -> None:
    """The median of all runs is held by the interval over vectors."""

    def estimate(rng: np.random.Generator) -> Estimate:
        return stats.quantile(vectors(rng, ignorance), 0.5, clusters=CLUSTERS)

    assert 0.93 <= coverage(0.0, estimate) <= 0.98


@pytest.mark.parametrize(("only_a", "only_b", "both"), [(0.02, 0.005, 0.4), (0.2, 0.1, 0.3)])
@pytest.mark.parametrize("n", [200, 2000])
def test_a_difference_of_paired_probabilities_is_covered(
    only_a: float, only_b: float, both: float, n: int
) -> None:
    """Tango's interval holds P(a) - P(b), with few discordant pairs and with many."""
    edges = np.cumsum([only_a, only_b, both])

    def estimate(rng: np.random.Generator) -> Estimate:
        kind = np.searchsorted(edges, rng.random(n))
        return paired.paired_probability((kind == 0) | (kind == 2), (kind == 1) | (kind == 2))

    assert 0.93 <= coverage(only_a - only_b, estimate) <= 0.985


def test_a_difference_of_paired_probabilities_over_vectors_is_covered() -> None:
    """The effect itself differs between vectors; its mean is held."""

    def estimate(rng: np.random.Generator) -> Estimate:
        own = rng.beta(2.0, 2.0, VECTORS)[CLUSTERS]
        luck = rng.random(len(own))
        return paired.paired_probability(luck < own, luck < 0.5 * own, clusters=CLUSTERS)

    assert 0.93 <= coverage(0.25, estimate) <= 0.97


@pytest.mark.parametrize("clusters", [None, CLUSTERS])
def test_a_paired_difference_of_means_is_covered(clusters: stats.Labels | None) -> None:
    """Common luck and common ignorance fall out of the difference, its own spread stays."""

    def estimate(rng: np.random.Generator) -> Estimate:
        common = vectors(rng, 2.0)
        effect = 0.2 + rng.normal(0.0, 0.5, len(common))
        if clusters is not None:
            effect += rng.normal(0.0, 0.3, VECTORS)[CLUSTERS]
        return paired.paired_mean(common + effect, common, clusters=clusters)

    assert 0.93 <= coverage(0.2, estimate) <= 0.97


def test_an_unpaired_difference_is_covered() -> None:
    """The reference intervals for separate luck hold their differences too."""

    def of_shares(rng: np.random.Generator) -> Estimate:
        return paired.unpaired_probability(
            stats.probability(rng.random(300) < 0.4), stats.probability(rng.random(300) < 0.1)
        )

    def of_means(rng: np.random.Generator) -> Estimate:
        return paired.unpaired_mean(
            stats.mean(rng.normal(1.3, 1.0, 300)), stats.mean(rng.normal(1.0, 3.0, 300))
        )

    assert 0.93 <= coverage(0.3, of_shares) <= 0.97
    assert 0.93 <= coverage(0.3, of_means) <= 0.97


def test_a_shift_of_a_quantile_is_covered() -> None:
    """The paired bootstrap holds the difference of medians."""

    def estimate(rng: np.random.Generator) -> Estimate:
        common = rng.normal(0.0, 1.0, 200)
        (shape,) = shapes([Numbers.in_pairs(common + 0.3 + rng.normal(0.0, 0.5, 200), common)])
        return shape.shifts["p50"]

    assert 0.89 <= coverage(0.3, estimate, repeats=120) <= 1.0


def test_p_values_are_uniform_where_nothing_differs() -> None:
    """At 5 %, tests of equal distributions reject in about 5 %, never in many more."""
    rejected = {"mean": 0, "mcnemar": 0, "ks": 0, "energy": 0}
    repeats = 400
    for repeat in range(repeats):
        rng = np.random.default_rng([7, repeat])
        common = rng.normal(size=120)
        a, b = common + rng.normal(size=120), common + rng.normal(size=120)
        rejected["mean"] += paired.paired_mean(a, b).p_value <= 0.05
        rejected["mcnemar"] += paired.paired_probability(a > 0, b > 0).p_value <= 0.05
        (shape,) = shapes([Numbers.in_pairs(a, b)], resamples=99)
        rejected["ks"] += shape.ks.p_value <= 0.05
        rejected["energy"] += shape.energy.p_value <= 0.05

    assert all(0.01 <= count / repeats <= 0.09 for count in rejected.values()), rejected


def test_tost_errs_in_five_of_a_hundred_at_the_edge() -> None:
    """A difference exactly at the margin is called equivalent in 5 % of batches."""
    called = 0
    for repeat in range(REPEATS):
        difference = 0.1 + np.random.default_rng([9, repeat]).normal(0.0, 0.5, 400)
        estimate = paired.paired_mean(difference, np.zeros(400))
        called += paired.tost(estimate, 0.1, degrees=399) <= 0.05

    assert 0.03 <= called / REPEATS <= 0.07


@pytest.mark.parametrize(("ignorance", "luck"), [(0.0, 1.0), (0.5, 1.0), (1.0, 0.5)])
def test_luck_and_ignorance_are_split_without_bias(ignorance: float, luck: float) -> None:
    """On average over batches both variances are the true ones."""
    splits = [
        stats.luck_ignorance(vectors(np.random.default_rng([5, i]), ignorance, luck), PER_VECTOR)
        for i in range(400)
    ]

    assert np.mean([s.luck for s in splits]) == pytest.approx(luck**2, rel=0.02)
    # Clipping at 0 lifts the mean a little where there is no ignorance at all.
    assert np.mean([s.ignorance for s in splits]) == pytest.approx(ignorance**2, rel=0.04, abs=0.01)


def test_the_range_over_ignorance_is_that_of_the_vectors_means() -> None:
    """On average the range is that of 90 in 100 true means (a tenth less: vectors are few)."""
    ranges = [
        stats.ignorance_range(vectors(np.random.default_rng([6, i]), 0.5), PER_VECTOR)
        for i in range(200)
    ]

    low, high = np.mean(ranges, axis=0)
    assert (low, high) == pytest.approx((-0.8224, 0.8224), rel=0.1)
