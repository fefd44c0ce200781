"""Sequential Monte Carlo: known targets, weights and resampling."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import genpareto

from sim.backtest.conditioning.smc import (
    KEPT_SHARE,
    Cloud,
    _next,
    _resampled,
    effective,
    sample,
    tail_shape,
)

MEAN = np.array([1.0, -2.0, 0.5])
SPREAD = np.array([[1.0, 0.6, 0.0], [0.6, 0.5, -0.1], [0.0, -0.1, 2.0]])
PRECISION = np.linalg.inv(SPREAD)
COUNT = 2000


def log_density(at: Any) -> Any:
    """A correlated normal, without constants."""
    off = at - MEAN
    return -0.5 * np.einsum("ij,jk,ik->i", off, PRECISION, off)


@pytest.mark.parametrize(
    ("mode", "covariance"),
    [(MEAN, SPREAD), (MEAN + 0.8, np.eye(3)), (MEAN - 1.5, 0.3 * np.eye(3))],
)
def test_a_normal_target_is_recovered(mode: Any, covariance: Any) -> None:
    """Mean, variances and correlation, from a proposal near and far, within Monte Carlo error."""
    # Fails if weights are those of another target, moves do not keep it, or the last rise is
    # not to the posterior itself.
    found = sample(log_density, mode, covariance, COUNT, 11)
    # Moves after the last resampling leave at least a fifth as many independent particles.
    count = COUNT / 5.0
    errors = np.sqrt(np.diag(SPREAD) / count)
    products = np.sqrt((np.outer(np.diag(SPREAD), np.diag(SPREAD)) + SPREAD**2) / count)

    assert (np.abs(found.scores.mean(axis=0) - MEAN) <= 4.0 * errors).all()
    assert (np.abs(np.cov(found.scores.T) - SPREAD) <= 4.0 * products).all()
    assert found.rises[-1] == 1.0
    assert list(found.rises) == sorted(set(found.rises))
    assert len(found.rises) == len(found.ess) == len(found.accepted)
    assert min(found.ess) >= KEPT_SHARE * COUNT - 1.0
    assert all(0.1 < share < 0.7 for share in found.accepted)
    assert 1 < found.ancestors <= COUNT


def test_a_far_proposal_takes_more_steps_and_shows_in_its_tail() -> None:
    """A proposal at the target takes one."""
    # Fails if the target is jumped to, or the diagnostic does not tell good from bad.
    near = sample(log_density, MEAN, SPREAD, 500, 1)
    far = sample(log_density, MEAN - 2.0, 0.2 * np.eye(3), 500, 1)

    assert len(near.rises) == 1
    assert near.pareto_k < 0.3
    assert len(far.rises) > 3
    assert far.pareto_k > 0.7


def test_luck_is_of_the_seed() -> None:
    """The same seed gives the same bits, another gives others."""

    # Fails if global luck is used.
    def cloud(seed: int) -> Cloud:
        return sample(log_density, MEAN + 0.5, np.eye(3), 200, seed)

    assert cloud(3).scores.tobytes() == cloud(3).scores.tobytes()
    assert cloud(3).scores.tobytes() != cloud(4).scores.tobytes()


def test_progress_rises_to_the_end() -> None:
    """In percents."""
    # Fails if it restarts with each step, or stops short.
    told: list[tuple[int, int]] = []
    sample(log_density, MEAN - 1.0, 0.3 * np.eye(3), 200, 3, lambda *each: told.append(each))

    assert told == sorted(told)
    assert told[-1] == (100, 100)


def test_effective_size_of_known_weights() -> None:
    """Equal weights count in full, one alone counts as one; scale does not matter."""
    # Fails if the formula is of normalised weights that are not.
    assert effective(np.zeros(50)) == pytest.approx(50.0)
    assert effective(np.array([0.0, -800.0, -900.0])) == pytest.approx(1.0)
    assert effective(np.log([3.0, 1.0])) == pytest.approx(16.0 / 10.0)
    assert effective(np.log([3.0, 1.0]) + 700.0) == pytest.approx(16.0 / 10.0)


@pytest.mark.parametrize("shape", [0.2, 0.9])
def test_the_tail_of_weights_has_its_shape(shape: float) -> None:
    """Weights that are generalised Pareto, twenty thousand of them."""
    # Fails if the tail is of the smallest, or of the logarithms.
    luck = np.random.default_rng(2)
    weights = genpareto.rvs(shape, size=20_000, random_state=luck)

    # Asymptotic standard error of the shape: (1 + k) / sqrt(size of the tail).
    tail = 3.0 * np.sqrt(20_000)
    assert abs(tail_shape(np.log(weights)) - shape) <= 4.0 * (1.0 + shape) / np.sqrt(tail)


def test_resampling_is_unbiased() -> None:
    """Each draw goes on as often as its weight says, on average, and never off by one."""
    # Fails if marks are not spread evenly, weights are not normalised, or as many go on as were.
    luck = np.random.default_rng(5)
    logs = np.log([0.05, 0.45, 0.3, 0.15, 0.05]) + 7.0
    times = np.array([np.bincount(_resampled(logs, 7, luck), minlength=5) for _ in range(4000)])
    expected = 7.0 * np.exp(logs - 7.0)
    errors = times.std(axis=0) / np.sqrt(len(times))

    assert (times.sum(axis=1) == 7).all()
    assert (np.abs(times - expected) < 1.0).all()
    assert (np.abs(times.mean(axis=0) - expected) <= 4.0 * errors + 1e-9).all()


def test_the_next_rise_keeps_half_the_particles() -> None:
    """Unless the end may be reached at once."""
    # Fails if the rise is from zero, or the share is of something else.
    ratio = np.random.default_rng(1).normal(0.0, 8.0, 400)
    rise = _next(ratio, 0.1, 400)

    assert 0.1 < rise < 1.0
    assert effective(ratio * (rise - 0.1)) == pytest.approx(KEPT_SHARE * 400, rel=1e-3)
    assert _next(0.01 * ratio, 0.1, 400) == 1.0
