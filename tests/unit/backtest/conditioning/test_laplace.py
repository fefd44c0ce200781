"""Mode and curvature: exact where the answer is known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from sim.backtest.conditioning.laplace import STEP, find_mode, log_posterior
from sim.backtest.conditioning.likelihood import RecordFit

DAYS = 400
SLIGHT = 100
"""Days are this number squared, and slopes as slight, so that rates stay near one half."""


class Plain:
    """A scale on which values are their scores."""

    def values(self, scores: Any) -> Any:
        """The values at scores."""
        return scores


class Gaussian:
    """A likelihood that is normal in the parameters.

    Its rates, around one half, are linear in them, with slopes whose Fisher information is the
    precision of the likelihood.
    """

    def __init__(self, centre: Any, precision: Any) -> None:
        self.centre = np.array(centre)
        self.precision = np.array(precision)
        self.root = np.linalg.cholesky(self.precision).T

    def fit(self, values: Any) -> RecordFit:
        """What one set makes of it."""
        off = values - self.centre
        log = -0.5 * float(off @ self.precision @ off)
        # The information of a day is its slope squared over p (1 - p), here a quarter.
        return RecordFit(
            log, 0.5 + np.tile(0.5 / SLIGHT * (self.root @ off), SLIGHT**2), np.zeros(0)
        )

    def fits(self, values: Any, crew: ThreadPoolExecutor) -> list[RecordFit]:
        """What several sets make of it."""
        return list(crew.map(self.fit, values))


@pytest.fixture
def crew() -> ThreadPoolExecutor:
    """Threads."""
    return ThreadPoolExecutor(1)


def test_a_normal_likelihood_has_its_mode_and_covariance(crew: ThreadPoolExecutor) -> None:
    """Normal prior times normal likelihood: precisions add up, the mode is their weighted mean."""
    # Fails if the prior is left out of either, or a difference is divided by the wrong width.
    precision = np.array([[4.0, 1.0], [1.0, 2.0]])
    centre = np.array([0.6, -0.3])
    found = find_mode(Gaussian(centre, precision), Plain(), np.zeros(2), crew)  # type: ignore[arg-type]
    covariance = np.linalg.inv(precision + np.eye(2))

    np.testing.assert_allclose(found.scores, covariance @ precision @ centre, atol=0.02)
    np.testing.assert_allclose(found.covariance, covariance, rtol=0.02)
    assert found.converged
    off = found.scores - centre
    assert found.log_posterior == pytest.approx(
        -0.5 * (off @ precision @ off + found.scores @ found.scores)
    )


class Days:
    """Days on which an act came or not, with a logistic rate: told k times of `DAYS`."""

    def __init__(self, told: int) -> None:
        self.told = told

    def fit(self, values: Any) -> RecordFit:
        """What one set makes of it."""
        p = 1.0 / (1.0 + np.exp(-values[0]))
        log = self.told * np.log(p) + (DAYS - self.told) * np.log1p(-p)
        return RecordFit(float(log), np.full(DAYS, p), np.zeros(0))

    def fits(self, values: Any, crew: ThreadPoolExecutor) -> list[RecordFit]:
        """What several sets make of it."""
        return list(crew.map(self.fit, values))


@pytest.mark.parametrize("told", [0, 3, 200, 399])
def test_a_logistic_rate_has_the_mode_of_its_equation(told: int, crew: ThreadPoolExecutor) -> None:
    """Told minus expected equals the score; the information is n p (1 - p) + 1."""
    # Fails if a step overshoots unhalved, or the search ends before the slope is gone.
    from scipy.optimize import brentq

    found = find_mode(Days(told), Plain(), np.array([2.0]), crew)  # type: ignore[arg-type]
    exact = brentq(lambda z: told - DAYS / (1.0 + np.exp(-z)) - z, -20.0, 20.0)
    p = 1.0 / (1.0 + np.exp(-found.scores[0]))

    assert found.converged
    # A last step of less than CLOSE nats: within a fifth of a standard deviation.
    assert abs(found.scores[0] - exact) <= 0.2 * np.sqrt(found.covariance[0, 0])
    assert found.covariance[0, 0] == pytest.approx(1.0 / (DAYS * p * (1.0 - p) + 1.0), rel=0.01)


class Cliff(Gaussian):
    """A likelihood that falls off at once, but where its slope is measured."""

    def fit(self, values: Any) -> RecordFit:
        """What one set makes of it."""
        plain = super().fit(values)
        there = round(abs(float(values[0])), 6) in {0.0, STEP}
        return RecordFit(plain.log_likelihood if there else -1e9, plain.rates, plain.signed)


def test_a_search_that_cannot_rise_says_so(crew: ThreadPoolExecutor) -> None:
    """It stays where it is."""
    # Fails if a lower point is taken, or the failure is not told.
    found = find_mode(Cliff([9.0], [[100.0]]), Plain(), np.zeros(1), crew)  # type: ignore[arg-type]

    assert not found.converged
    assert found.scores.tolist() == [0.0]


def test_the_posterior_has_the_prior_in_it() -> None:
    """Half the squared scores."""
    # Fails if the prior is that of values, or its sign is lost.
    assert log_posterior(RecordFit(-3.0, np.zeros(0), np.zeros(0)), np.array([1.0, 2.0])) == -5.5
