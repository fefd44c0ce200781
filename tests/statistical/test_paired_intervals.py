"""Coverage of the intervals of differences on known truth, and p-values where nothing differs.

Runs of a pair share luck; vectors, where there are any, share ignorance on both sides.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import expon, norm

from sim.experiment.stats import intervals, pairs
from sim.experiment.stats.distributions import FEWEST_BEYOND, FEWEST_UNITS, Numbers, shapes
from sim.experiment.stats.intervals import Estimate, Flags, Floats
from tests.statistical.truth import (
    PER_VECTOR,
    REPEATS,
    assert_covered,
    assert_nominal,
    labels,
    own,
    slack,
)

SIZES = (200, 2000)
VECTORS = (10, 30, 100)
Pairs = Callable[[np.random.Generator, int], tuple[Floats, Floats]]


def flags(
    rng: np.random.Generator, p_a: Floats | float, p_b: Floats | float, n: int, alike: float = 0.8
) -> tuple[Flags, Flags]:
    """Two events that come of the same uniform in a share `alike` of pairs."""
    luck = rng.random(n)
    other = np.where(rng.random(n) < alike, luck, rng.random(n))
    return luck < p_a, other < p_b


@pytest.mark.parametrize(("p_a", "p_b"), [(0.01, 0.01), (0.01, 0.02), (0.1, 0.13), (0.5, 0.45)])
@pytest.mark.parametrize("n", SIZES)
def test_a_difference_of_paired_probabilities_is_covered(p_a: float, p_b: float, n: int) -> None:
    """Tango's interval holds P(a) - P(b), with few discordant pairs and with many."""
    assert_covered(p_a - p_b, lambda rng: pairs.paired_probability(*flags(rng, p_a, p_b, n)))


@pytest.mark.parametrize("vectors", [10, 100])
@pytest.mark.parametrize("p", [0.01, 0.1, 0.5])
@pytest.mark.parametrize("likeness", [2.0, 20.0])
def test_a_difference_of_paired_probabilities_over_vectors_is_covered(
    vectors: int, p: float, likeness: float
) -> None:
    """The effect is as large as each vector's own probability lets it be; its mean is held."""

    def estimate(rng: np.random.Generator) -> Estimate:
        chance = own(rng.beta(p * likeness, (1.0 - p) * likeness, vectors))
        a, b = flags(rng, chance, 0.7 * chance, len(chance))
        return pairs.paired_probability(a, b, clusters=labels(vectors))

    assert_covered(0.3 * p, estimate)


def shifted(rng: np.random.Generator, n: int) -> tuple[Floats, Floats]:
    """Normal values with common luck and an effect of 0.2."""
    common = rng.normal(0.0, 2.0, n)
    return common + 0.2 + rng.normal(0.0, 0.5, n), common


def stretched(rng: np.random.Generator, n: int) -> tuple[Floats, Floats]:
    """Exponential luck that counts for 1.2 on one side."""
    common = rng.exponential(1.0, n)
    return 1.2 * common, common


def counted(rng: np.random.Generator, n: int) -> tuple[Floats, Floats]:
    """Counts that share most of their events."""
    common = rng.poisson(1.0, n)
    return common + rng.poisson(0.3, n) * 1.0, common + rng.poisson(0.1, n) * 1.0


def added(rng: np.random.Generator, n: int) -> tuple[Floats, Floats]:
    """One side has ten events more in a batch, none fewer."""
    common = rng.poisson(1.0, n)
    return common + (rng.random(n) < 10.0 / n) * (n / 50.0), common * 1.0


@pytest.mark.parametrize("n", SIZES)
def test_a_paired_difference_of_means_is_covered(n: int) -> None:
    """Common luck falls out of the difference, its own spread stays, skewed or not."""
    for sample in (shifted, stretched):
        assert_nominal(0.2, lambda rng, f=sample: pairs.paired_mean(*f(rng, n)))  # type: ignore[misc]


@pytest.mark.parametrize("sample", [counted, added])
@pytest.mark.parametrize("n", SIZES)
def test_a_paired_difference_of_counts_is_covered(sample: Pairs, n: int) -> None:
    """Most pairs tie; the mean of what differs is held, also if it only goes one way."""
    assert_covered(0.2, lambda rng: pairs.paired_mean(*sample(rng, n)))


@pytest.mark.parametrize("vectors", VECTORS)
def test_a_paired_difference_over_vectors_is_covered(vectors: int) -> None:
    """The effect itself differs between vectors; its mean is held."""

    def estimate(rng: np.random.Generator) -> Estimate:
        a, b = shifted(rng, vectors * PER_VECTOR)
        return pairs.paired_mean(
            a + own(rng.normal(0.0, 0.3, vectors)), b, clusters=labels(vectors)
        )

    assert_nominal(0.2, estimate)


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize(("p_a", "p_b"), [(0.01, 0.02), (0.4, 0.1)])
def test_an_unpaired_difference_of_probabilities_is_covered(p_a: float, p_b: float, n: int) -> None:
    """Newcombe's interval holds the difference of runs that share nothing."""

    def estimate(rng: np.random.Generator) -> Estimate:
        a, b = (intervals.probability(rng.random(n) < p) for p in (p_a, p_b))
        return pairs.unpaired(a, b)

    assert_covered(p_a - p_b, estimate)


@pytest.mark.parametrize("n", SIZES)
def test_an_unpaired_difference_of_means_is_covered(n: int) -> None:
    """Unequal spreads and skewness do not matter."""

    def normal(rng: np.random.Generator) -> Estimate:
        return pairs.unpaired(
            intervals.mean(rng.normal(1.3, 1.0, n)), intervals.mean(rng.normal(1.0, 3.0, n))
        )

    def skewed(rng: np.random.Generator) -> Estimate:
        return pairs.unpaired(
            intervals.mean(rng.exponential(1.3, n)), intervals.mean(rng.normal(1.0, 0.3, n))
        )

    assert_nominal(0.3, normal)
    assert_nominal(0.3, skewed)


@pytest.mark.parametrize("vectors", VECTORS)
def test_an_unpaired_difference_over_vectors_is_covered(vectors: int) -> None:
    """Vectors that share nothing: means and probabilities are held, of twice ten of them more
    often than promised."""

    def of_means(rng: np.random.Generator) -> Estimate:
        return pairs.unpaired(
            *(
                intervals.mean(
                    own(rng.normal(mean, 1.0, vectors)) + rng.normal(size=vectors * PER_VECTOR),
                    clusters=labels(vectors),
                )
                for mean in (0.5, 0.0)
            )
        )

    def of_shares(rng: np.random.Generator) -> Estimate:
        chances = (own(rng.beta(10.0 * p, 10.0 - 10.0 * p, vectors)) for p in (0.1, 0.03))
        return pairs.unpaired(
            *(
                intervals.probability(rng.random(len(chance)) < chance, clusters=labels(vectors))
                for chance in chances
            )
        )

    assert_covered(0.5, of_means)
    assert_covered(0.07, of_shares)


@pytest.mark.parametrize(("clustered", "n"), [(False, 200), (False, 2000), (True, 600)])
def test_a_shift_of_a_quantile_is_covered(clustered: bool, n: int) -> None:
    """The bootstrap over pairs, or vectors, holds the shifts of a normal outcome that is moved by
    0.3 and made wider; few vectors tell the tails less well."""
    repeats = 200 if n == 200 else 100
    units = n // PER_VECTOR
    held = {"p05": 0, "p50": 0, "p95": 0}
    wide, narrow = math.sqrt(2.25), math.sqrt(2.0)
    for repeat in range(repeats):
        rng = np.random.default_rng([8, repeat])
        common = own(rng.normal(size=units)) if clustered else rng.normal(size=n)
        b = common + rng.normal(size=n)
        a = b + 0.3 + rng.normal(0.0, 0.5, n)
        (shape,) = shapes([Numbers.in_pairs(a, b)], labels(units) if clustered else None, 199)
        for name, q in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
            truth = 0.3 + (wide - narrow) * float(norm.ppf(q))
            held[name] += shape.shifts[name].low <= truth <= shape.shifts[name].high

    assert all(count / repeats >= 0.935 - slack(0.935, repeats) for count in held.values()), held


@pytest.mark.parametrize("per_vector", [1, 5])
def test_a_shift_is_covered_by_the_fewest_units_that_give_limits(per_vector: int) -> None:
    """With no more pairs, or vectors of runs that are much alike, than give limits at all, those of
    an exponential outcome that is halved hold in 92 of 100 batches."""
    repeats, held = 300, np.zeros(3)
    ranks = np.array([0.05, 0.5, 0.95])
    for place, q in enumerate(ranks):
        units = max(FEWEST_UNITS, round(FEWEST_BEYOND / min(q, 1.0 - q)))
        clusters = np.repeat(np.arange(units), per_vector)
        for repeat in range(repeats):
            rng = np.random.default_rng([10, repeat])
            common = rng.normal(size=units)[clusters]
            a, b = (
                expon.ppf(norm.cdf(0.9 * common + math.sqrt(0.19) * rng.normal(size=len(clusters))))
                for _ in range(2)
            )
            known = clusters if per_vector > 1 else None
            (shape,) = shapes([Numbers.in_pairs(a, 0.5 * b)], known, 199)
            shift = list(shape.shifts.values())[place]
            assert math.isfinite(shift.half_width)
            held[place] += shift.low <= 0.5 * expon.ppf(q) <= shift.high

    assert np.all(held / repeats >= 0.92 - slack(0.92, repeats)), held / repeats


@pytest.mark.parametrize("n", [200, 1000])
def test_a_shift_of_a_quantile_of_counts_is_covered(n: int) -> None:
    """Ties make the interval wider, never too narrow: medians of Poisson counts of 5 and 3."""
    held = 0
    for repeat in range(100):
        rng = np.random.default_rng([9, repeat])
        b = rng.poisson(3.0, n) * 1.0
        (shape,) = shapes([Numbers.in_pairs(b + rng.poisson(2.0, n), b)], resamples=199)
        held += shape.shifts["p50"].low <= 2.0 <= shape.shifts["p50"].high

    assert held >= 0.935 * 100


def alike(rng: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    """Pairs of one distribution: continuous, counts, and continuous over vectors."""
    common = rng.normal(size=200)
    counts = rng.poisson(1.0, 200)
    vectors = own(rng.normal(size=10))
    return (
        Numbers.in_pairs(common + rng.normal(size=200), common + rng.normal(size=200)),
        Numbers.in_pairs(
            counts + rng.poisson(0.5, 200) * 1.0, counts + rng.poisson(0.5, 200) * 1.0
        ),
        Numbers.in_pairs(
            vectors + own(rng.normal(size=10)) + rng.normal(size=200),
            vectors + own(rng.normal(size=10)) + rng.normal(size=200),
        ),
    )


def test_swapping_labels_is_level_where_nothing_differs() -> None:
    """p-values of the Kolmogorov-Smirnov and the energy distance are uniform or larger, ties and
    vectors included."""
    repeats, swaps = 200, 99
    p_values = np.empty((repeats, 3, 2))
    for repeat in range(repeats):
        continuous, counts, over_vectors = alike(np.random.default_rng([7, repeat]))
        found = shapes([continuous, counts], resamples=swaps)
        # Ten vectors are too few for the product to claim a p-value, so each is split in two.
        found += shapes([over_vectors], np.arange(200) // 10, swaps)
        p_values[repeat] = [(shape.ks.p_value, shape.energy.p_value) for shape in found]

    for level in (0.05, 0.2, 0.5):
        rejected = np.mean(p_values[:, :2] <= level, axis=0)
        assert np.all(rejected <= level + slack(level, repeats)), (level, rejected)
    assert np.all(np.mean(p_values[:, 0] <= 0.2, axis=0) >= 0.2 - slack(0.2, repeats))


@pytest.mark.parametrize("clustered", [False, True])
def test_tests_of_no_difference_are_level(clustered: bool) -> None:
    """At 5 %, the tests of means and of probabilities reject in at most 5 % where nothing
    differs, of skewed and rare outcomes as well."""
    vectors = 30
    n = vectors * PER_VECTOR
    clusters = labels(vectors) if clustered else None
    rejected = np.zeros(4)
    for repeat in range(REPEATS):
        rng = np.random.default_rng([13, repeat])
        ignorance = own(rng.exponential(1.0, vectors)) if clustered else np.ones(n)
        side = [ignorance * rng.exponential(1.0, n) for _ in range(2)]
        rates = [rng.poisson(0.3 * ignorance) * 1.0 for _ in range(2)]
        rejected += (
            pairs.paired_mean(*side, clusters=clusters).p_value <= 0.05,
            pairs.paired_mean(*rates, clusters=clusters).p_value <= 0.05,
            pairs.paired_probability(
                *flags(rng, 0.1 * ignorance, 0.1 * ignorance, n), clusters=clusters
            ).p_value
            <= 0.05,
            pairs.paired_probability(
                *flags(rng, 0.01 * ignorance, 0.01 * ignorance, n), clusters=clusters
            ).p_value
            <= 0.05,
        )

    assert np.all(rejected / REPEATS <= 0.05 + slack(0.05, REPEATS)), rejected
    assert rejected[0] / REPEATS >= 0.05 - slack(0.05, REPEATS)
