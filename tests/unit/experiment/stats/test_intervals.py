"""Statistics against closed forms and against scipy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize
from scipy import stats as reference

from sim.experiment.stats import intervals, pairs
from sim.experiment.stats.luck import ignorance_range, luck_ignorance

RNG = np.random.default_rng(3)
X = RNG.normal(size=400).round(1)
EVEN = np.concatenate((X, 0.2 - X))
Y = (0.8 * X + 0.6 * RNG.normal(size=400) + 0.1).round(1)


@pytest.mark.parametrize(("successes", "n"), [(0, 20), (7, 20), (20, 20), (1, 2000)])
def test_wilson_is_the_published_interval(successes: int, n: int) -> None:
    """The limits are scipy's Wilson limits, and reach 0 and 1 exactly."""
    known = reference.binomtest(successes, n).proportion_ci(method="wilson")

    assert intervals.wilson(successes, n) == pytest.approx((known.low, known.high), abs=1e-12)


def test_a_probability_of_no_run_is_unknown() -> None:
    """Without a run the estimate is missing and the interval everything."""
    estimate = intervals.probability(np.zeros(0, np.bool_))

    assert math.isnan(estimate.value)
    assert (estimate.low, estimate.high) == (0.0, 1.0)


@pytest.mark.parametrize("labels", [[], [4], [0, 0, 3, 3, 3, 7], [7, 0, 3, 0]])
def test_clusters_are_counted_from_zero_in_order(labels: list[int]) -> None:
    """Sorted or not, with gaps or none, places are those numpy finds by sorting."""
    # Fails if a gap counts as a cluster, or labels out of order are taken as they come.
    clusters = np.array(labels, np.int64)

    assert (
        intervals.places_of(clusters).tolist()
        == np.unique(clusters, return_inverse=True)[1].tolist()
    )


def test_the_mean_of_a_symmetric_sample_has_the_interval_of_student() -> None:
    """Without skewness the limits and the p-value are those of a one-sample t-test."""
    known = reference.ttest_1samp(EVEN, 0.0)
    limits = known.confidence_interval()

    estimate = intervals.mean(EVEN)

    assert (estimate.low, estimate.high) == pytest.approx((limits.low, limits.high))
    assert estimate.p_value == pytest.approx(known.pvalue)


def test_the_long_tail_of_a_mean_has_the_limit_of_hall() -> None:
    """Towards a long tail the limit solves Hall's (1992) equation, with k = sqrt(n) and g the
    sample's skewness, T + g T^2/3k + g^2 T^3/27k^2 + g/6k = -t; the other is Student's, and the
    p-value is 1 - level where a limit is 0."""
    values = np.exp(X)
    n, g = len(values), float(reference.skew(values, bias=False))
    error = np.std(values, ddof=1) / math.sqrt(n)
    bend = g / math.sqrt(n)
    t = reference.t.ppf(0.975, n - 1)

    def cubic(x: float) -> float:
        return x + bend * x**2 / 3 + bend**2 * x**3 / 27 + bend / 6 + t

    far = values.mean() - error * optimize.brentq(cubic, -30.0, 30.0)
    estimate = intervals.mean(values)

    assert (estimate.low, estimate.high) == pytest.approx((values.mean() - t * error, far))
    assert far > values.mean() + t * error
    assert intervals.mean(values - estimate.low).p_value == pytest.approx(0.05)
    assert intervals.mean(values - estimate.high).p_value == pytest.approx(0.05)


@pytest.mark.parametrize("q", [0.05, 0.5, 0.9])
def test_quantile_limits_are_order_statistics(q: float) -> None:
    """The limits are the exact binomial ones."""
    known = reference.quantile_test(X, p=q).confidence_interval()

    estimate = intervals.quantile(X, q)

    assert (estimate.low, estimate.high) == (known.low, known.high)


def test_a_quantile_beyond_the_sample_has_no_limit() -> None:
    """Fifty runs cannot bound the 5th percentile from below."""
    assert intervals.quantile(X[:50], 0.05).low == -math.inf


def test_clusters_of_one_run_are_runs() -> None:
    """Reckoned over clusters that hold one run each, a mean is the ordinary one."""
    single = intervals.mean(X, clusters=np.arange(len(X)))

    assert single.half_width == pytest.approx(intervals.mean(X).half_width)


def test_copies_of_a_run_add_nothing() -> None:
    """A sample in which every vector's runs are alike is worth its number of vectors."""
    clusters = np.repeat(np.arange(50), 20)

    copied = intervals.mean(np.repeat(X[:50], 20), clusters=clusters)
    shares = intervals.probability(np.repeat(X[:50] > 0, 20), clusters=clusters)

    assert copied.half_width == pytest.approx(intervals.mean(X[:50]).half_width)
    alone = intervals.probability(X[:50] > 0).half_width
    assert shares.half_width == pytest.approx(alone, rel=0.05)


def test_nothing_seen_in_any_vector_is_not_certainty() -> None:
    """With 0 of 1000 runs in 50 vectors the upper limit is that of 0 of 50."""
    estimate = intervals.probability(
        np.zeros(1000, np.bool_), clusters=np.repeat(np.arange(50), 20)
    )

    assert estimate.low == 0.0
    assert 0.05 < estimate.high < 0.10


def test_tango_gives_the_published_limits() -> None:
    """Tango (1998): of 44 pairs one differs, 95 % limits -0.118 and 0.059 or thereabouts."""
    a = np.zeros(44, np.bool_)
    b = a.copy()
    b[0] = True

    estimate = pairs.paired_probability(a, b)

    assert estimate.value == pytest.approx(-1 / 44)
    assert (estimate.low, estimate.high) == pytest.approx((-0.118, 0.059), abs=0.001)


def test_pairs_that_never_differ_still_have_an_interval() -> None:
    """Two equal columns of n runs leave z^2/(n + z^2) of doubt on either side."""
    flags = X > 0

    estimate = pairs.paired_probability(flags, flags)

    z2 = intervals.normal_critical() ** 2
    assert estimate.value == 0.0
    assert estimate.high == pytest.approx(z2 / (400 + z2), rel=1e-6)
    assert estimate.low == -estimate.high
    assert estimate.p_value == 1.0


def test_mcnemar_is_the_mid_p_of_the_binomial() -> None:
    """With 3 and 9 discordant pairs the p-value is the exact one less half the last term."""
    a = np.array([True] * 3 + [False] * 9 + [True] * 20)
    b = ~a
    b[12:] = True

    exact = 2 * reference.binom.cdf(3, 12, 0.5) - reference.binom.pmf(3, 12, 0.5)

    assert pairs.paired_probability(a, b).p_value == pytest.approx(exact)


def test_paired_mean_is_the_mean_of_differences() -> None:
    """Difference, limits and p-value are those of one sample of differences."""
    assert pairs.paired_mean(X, Y) == intervals.mean(X - Y)


def test_mcnemar_over_clusters_belongs_to_its_interval() -> None:
    """The p-value is 1 - level at the level whose interval ends at 0."""
    a, b = X > 0.3, Y > 0.0
    clusters = np.arange(400) // 20

    p_value = pairs.paired_probability(a, b, clusters=clusters).p_value
    estimate = pairs.paired_probability(a, b, 1.0 - p_value, clusters)

    assert 0.0 < p_value < 1.0
    assert min(abs(estimate.low), abs(estimate.high)) < 1e-9


def test_pairing_narrows_the_interval() -> None:
    """Correlated runs are told apart better in pairs than alone."""
    alone = pairs.unpaired(intervals.mean(X), intervals.mean(Y))

    assert pairs.paired_mean(X, Y).half_width < 0.6 * alone.half_width


def test_p_gt_independent_is_mann_whitney() -> None:
    """The share of independent pairs in which a exceeds b is U/(nm), half the ties."""
    known = reference.mannwhitneyu(X, Y[:300]).statistic / (400 * 300)

    assert pairs.p_gt_independent(X, Y[:300]) == pytest.approx(known)


def test_p_gt_same_luck_counts_pairs() -> None:
    """Two of four pairs higher, one equal: 5/8."""
    a, b = np.array([2.0, 2.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0, 1.0])

    assert pairs.p_gt_same_luck(a, b) == 0.625


def test_holm_steps_down() -> None:
    """The published example: 0.01, 0.04, 0.03, 0.005 become 0.03, 0.06, 0.06, 0.02."""
    assert intervals.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_variance_within_and_between_is_taken_apart() -> None:
    """Two vectors of two runs, by hand: within 2, between 50 - 1 over both."""
    split = luck_ignorance([1.0, 3.0, 11.0, 13.0], 2)

    assert (split.luck, split.ignorance, split.vectors) == (2.0, 49.0, 2)
    assert split.share == pytest.approx(49.0 / 51.0)


def test_alike_vectors_leave_no_ignorance() -> None:
    """Vectors that differ less than luck explains get ignorance 0, not less."""
    assert luck_ignorance([1.0, 3.0, 1.0, 3.0], 2).ignorance == 0.0
    assert math.isnan(luck_ignorance([1.0, 3.0], 2).share)


def test_missing_values_belong_to_no_vector() -> None:
    """A missing value changes neither the vectors of others nor their means."""
    split = luck_ignorance([1.0, 3.0, math.nan, 11.0, 13.0, math.nan], 3)

    assert (split.luck, split.ignorance) == (2.0, 49.0)
    assert ignorance_range([2.0, 2.0, 12.0, 12.0], 2, 1.0) == (2.0, 12.0)
