"""Scores of ensembles, and the place of an observation among the members."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import scoringrules

from sim.backtest.scores.numbers import crps, ensemble_pit, fair_crps, randomised_pit
from sim.experiment.stats.intervals import Floats

Score = Callable[[Floats, Floats], Floats]


@pytest.fixture
def rng() -> np.random.Generator:
    """A generator with a fixed seed for each test."""
    return np.random.default_rng(11)


def test_two_members_score_as_the_formula_says() -> None:
    """Members 0 and 1, observation 2: mean distance 3/2; of the four ordered pairs two are 1 apart,
    so half the mean distance is 1/4 over all pairs, 1/2 over pairs of different members."""
    members, observed = np.array([[1.0, 0.0]]), np.array([2.0])

    assert crps(members, observed)[0] == 1.25
    assert fair_crps(members, observed)[0] == 1.0


def test_one_member_scores_its_error() -> None:
    """A single value is a forecast, but no sample."""
    assert crps(np.array([[3.0]]), np.array([5.5]))[0] == 2.5
    with pytest.raises(ValueError, match="at least 2"):
        fair_crps(np.array([[3.0]]), np.array([5.5]))


@pytest.mark.parametrize("came", [0.0, 1.0])
def test_the_score_of_zeros_and_ones_is_the_brier_score(came: float) -> None:
    """For members that are 0 or 1 the integral has one step: the squared distance of their share
    from what came."""
    members = np.repeat([0.0, 1.0], (7, 3))

    assert crps(members, np.array(came)) == pytest.approx((0.3 - came) ** 2)


@pytest.mark.parametrize(("ours", "theirs"), [(crps, "nrg"), (fair_crps, "fair")])
def test_scores_of_ensembles_agree_with_a_published_library(
    ours: Score, theirs: str, rng: np.random.Generator
) -> None:
    """The scoringrules package, to 1e-9, ties and all."""
    members = np.round(rng.normal(20.0, 8.0, (200, 30)))
    observed = np.round(rng.normal(20.0, 8.0, 200))

    known = scoringrules.crps_ensemble(observed, members, estimator=theirs, backend="numpy")

    assert np.max(np.abs(ours(members, observed) - known)) < 1e-9


def test_the_score_of_many_members_is_that_of_their_distribution(
    rng: np.random.Generator,
) -> None:
    """Evenly spaced quantiles of the normal distribution score as its closed form says
    (Gneiting et al. 2005, equation 5)."""
    from scipy.stats import norm

    members = norm.ppf((np.arange(4000) + 0.5) / 4000)
    z = np.array([-1.5, 0.0, 0.7])

    closed = z * (2.0 * norm.cdf(z) - 1.0) + 2.0 * norm.pdf(z) - 1.0 / np.sqrt(np.pi)

    assert crps(np.tile(members, (3, 1)), z) == pytest.approx(closed, abs=1e-3)


def test_the_fair_score_does_not_depend_on_the_number_of_members(
    rng: np.random.Generator,
) -> None:
    """Two members of the true distribution score on average what the distribution does, 1/sqrt(pi)
    for a normal one; the plain score of two is half of E|X - X'| / 2 worse."""
    n = 40_000
    members, observed = rng.normal(size=(n, 2)), rng.normal(size=n)
    fair, plain = fair_crps(members, observed), crps(members, observed)
    truth = 1.0 / np.sqrt(np.pi)

    assert abs(fair.mean() - truth) < 4.0 * fair.std() / np.sqrt(n)
    assert abs(plain.mean() - 1.5 * truth) < 4.0 * plain.std() / np.sqrt(n)


@pytest.mark.parametrize("score", [crps, fair_crps])
def test_the_true_distribution_scores_best(score: Score) -> None:
    """Of shifted and stretched forecasts, on a grid, the truth has the smallest mean score: here
    the expectation is exact, as observations are the members of the truth, each once."""
    from scipy.stats import norm

    truth = norm.ppf((np.arange(200) + 0.5) / 200)
    shifts, scales = np.linspace(-1.0, 1.0, 9), np.linspace(0.5, 1.5, 5)

    means = {
        (shift, scale): float(np.mean(score(np.tile(shift + scale * truth, (200, 1)), truth)))
        for shift in shifts
        for scale in scales
    }

    assert min(means, key=lambda key: means[key]) == (0.0, 1.0)


def test_a_draw_falls_between_the_two_ends_of_a_jump() -> None:
    """A half of the way from P(X < y) to P(X <= y) for a uniform of 1/2; without a jump the draw
    does not matter."""
    found = randomised_pit(np.array([0.2, 0.6]), np.array([0.8, 0.6]), np.array([0.5, 0.9]))

    assert found.tolist() == pytest.approx([0.5, 0.6])


def test_the_place_among_members_by_hand() -> None:
    """Above one of three members and equal to another: of four places in the pool, the second or
    third."""
    members = np.array([[1.0, 2.0, 3.0]])

    first = ensemble_pit(members, np.array([2.0]), np.array([0.0]))
    last = ensemble_pit(members, np.array([2.0]), np.array([1.0]))

    assert (first[0], last[0]) == (0.25, 0.75)


@pytest.mark.parametrize("jump", [0.0, 0.4, 1.0])
def test_places_are_uniform_if_forecasts_are_right(jump: float, rng: np.random.Generator) -> None:
    """Even if the level often does not change at all: Kolmogorov's distance of 4,000 places from
    the uniform distribution stays below its 99.9% point."""
    n, m = 4000, 15

    def levels(shape: tuple[int, ...]) -> Floats:
        return np.where(rng.random(shape) < jump, 20.0, rng.gamma(4.0, 5.0, shape))

    found = np.sort(ensemble_pit(levels((n, m)), levels((n,)), rng.random(n)))

    steps = np.arange(n + 1) / n
    distance = max(np.max(np.abs(found - steps[1:])), np.max(np.abs(found - steps[:-1])))
    assert distance < 1.95 / np.sqrt(n)


def test_places_show_a_forecast_that_is_too_narrow(rng: np.random.Generator) -> None:
    """A fifth of all observations then lie outside fifteen members of half the spread, which right
    ones would leave an eighth."""
    members, observed = 0.5 * rng.normal(size=(4000, 15)), rng.normal(size=4000)

    found = ensemble_pit(members, observed, rng.random(4000))

    assert np.mean((found < 1 / 16) | (found > 15 / 16)) > 0.2
