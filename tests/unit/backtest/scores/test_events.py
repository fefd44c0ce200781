"""Scores of probabilities: closed forms, propriety, and parts that add up."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scoringrules

from sim.backtest.scores.events import brier, decompose, log_score

RNG = np.random.default_rng(5)
GRID = np.arange(1, 100) / 100.0
SCORES = pytest.mark.parametrize("score", [brier, log_score])


@pytest.mark.parametrize(
    ("p", "came", "square", "nats"),
    [
        (0.5, True, 0.25, math.log(2.0)),
        (0.25, True, 9 / 16, math.log(4.0)),
        (0.25, False, 1 / 16, math.log(4 / 3)),
        (1.0, True, 0.0, 0.0),
        (0.0, False, 0.0, 0.0),
        (0.0, True, 1.0, math.inf),
        (1.0, False, 1.0, math.inf),
    ],
)
def test_a_forecast_scores_as_the_formula_says(
    p: float, came: bool, square: float, nats: float
) -> None:
    """Certainty costs nothing if right, and without bound in nats if wrong: nothing is clipped."""
    at, outcome = np.array([p]), np.array([came])

    assert brier(at, outcome)[0] == square
    assert log_score(at, outcome)[0] == pytest.approx(nats, rel=1e-15)


def test_a_tiny_probability_keeps_its_digits() -> None:
    """The price of a rare event that does not come is its probability, not 0."""
    price = log_score(np.array([1e-18]), np.array([False]))[0]

    assert price == pytest.approx(1e-18, rel=1e-12, abs=0.0)


@SCORES
@pytest.mark.parametrize("truth", [0.03, 0.25, 0.5, 0.9])
def test_the_truth_scores_best(score: object, truth: float) -> None:
    """Of all percentages, the expected score is smallest at the true one, and there alone."""
    assert callable(score)
    came = score(GRID, np.ones(99, np.bool_))
    failed = score(GRID, np.zeros(99, np.bool_))

    expected = truth * came + (1.0 - truth) * failed

    assert GRID[np.argmin(expected)] == truth
    assert np.sum(expected <= expected.min()) == 1


def test_scores_agree_with_a_published_library() -> None:
    """The scoringrules package, to 1e-9."""
    p, came = RNG.random(500), RNG.random(500) < 0.3

    squares = scoringrules.brier_score(came.astype(float), p, backend="numpy")
    nats = scoringrules.logs_binomial(came.astype(float), 1, p, backend="numpy")

    assert np.max(np.abs(brier(p, came) - squares)) < 1e-9
    assert np.max(np.abs(log_score(p, came) - nats)) < 1e-9


@SCORES
@pytest.mark.parametrize("p", [-0.01, 1.01, math.nan])
def test_what_is_no_probability_is_refused(score: object, p: float) -> None:
    """Percentages, negative numbers and holes do not pass for forecasts."""
    assert callable(score)
    with pytest.raises(ValueError, match="outside 0 to 1"):
        score(np.array([p, 0.5]), np.array([True, False]))


@SCORES
def test_each_outcome_needs_its_forecast(score: object) -> None:
    """One forecast is not spread over several outcomes."""
    assert callable(score)
    with pytest.raises(ValueError, match="shape"):
        score(np.array([0.5]), np.array([True, False]))


def test_the_parts_of_two_bins_by_hand() -> None:
    """Forecasts of 1/4 of which half come, and of 3/4 of which all come: 3/4 come in all, each bin
    is 1/4 off its share, and 1/4 from the share of all."""
    p = np.array([0.25, 0.25, 0.75, 0.75])
    came = np.array([True, False, True, True])

    parts = decompose(p, came, np.array([0, 0, 1, 1]))

    assert parts.reliability == 1 / 16
    assert parts.resolution == 1 / 16
    assert parts.uncertainty == 3 / 16
    assert parts.within == 0.0


@pytest.mark.parametrize("bins", [1, 4, 50])
def test_the_parts_add_up_whatever_the_bins(bins: int) -> None:
    """Different forecasts in one bin leave a rest, which is named."""
    p = RNG.random(200)
    came = RNG.random(200) < p**2

    parts = decompose(p, came, np.floor(p * bins).astype(np.int64))

    assert parts.score == pytest.approx(float(np.mean(brier(p, came))), abs=1e-14)
    assert abs(parts.within) > 1e-6


def test_the_order_of_forecasts_tells_resolution_from_reliability() -> None:
    """Half of the probability of what is to come resolves as well as all of it, and is unreliable
    by the square of half of it."""
    p = np.repeat([0.2, 0.6], 10)
    came = np.concatenate((np.arange(10) < 2, np.arange(10) < 6))
    bins = (p > 0.4).astype(np.int64)

    right, halved = decompose(p, came, bins), decompose(p / 2.0, came, bins)

    assert right.reliability == pytest.approx(0.0, abs=1e-15)
    assert halved.reliability == pytest.approx((0.1**2 + 0.3**2) / 2.0)
    assert halved.resolution == right.resolution == pytest.approx(0.04)
