"""Adaptively tempered sequential Monte Carlo from Laplace's approximation to the posterior.

Particles are chosen among draws of a multivariate t around the mode. The target passes from the
proposal q to the posterior p along q^(1 - b) p^b; b rises as far as the effective sample size
stays at half the particles (Del Moral, Doucet & Jasra 2006). After each rise particles are
resampled, and moved by random-walk Metropolis steps with the covariance of the cloud (Roberts,
Gelman & Gilks 1997).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import logsumexp
from scipy.stats import genpareto, multivariate_t

from sim.experiment.stats.intervals import Floats, Labels

LogDensity = Callable[[Floats], Floats]
"""Log density of each of several points, shape (points, parameters) to (points,)."""

FREEDOM: Final = 12.0
"""Degrees of freedom of the proposal: tails heavier than the posterior's, but hardly wider."""

FIRST_DRAWS: Final = 4
"""Draws of the proposal for each particle. They cost little beside the moves, take the first step
further, and steady the shape of the tail of their weights, whose standard error is near
(1 + shape) / sqrt(tail)."""

KEPT_SHARE: Final = 0.5
"""Effective sample size at which particles are resampled, as a share of their number."""

MOVES: Final = 10
"""Metropolis steps after each rise: with acceptance of about a quarter, most particles have left
the place they were copied from."""

OPTIMAL: Final = 2.38
"""Scale of the best random walk in many dimensions, over the square root of their number."""

TAIL_SHARE: Final = 0.2
TAIL_ROOT: Final = 3.0
"""A Pareto tail is fitted to this share of the weights, but to no more than this many times the
root of their number, the largest of them (Vehtari et al. 2024)."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """Particles of a posterior, equally weighted.

    Attributes:
        scores: The particles, shape (particles, parameters).
        rises: Values of b at which particles were resampled, the last 1.
        ess: Effective sample size before each resampling.
        accepted: Share of moves accepted after each.
        ancestors: Number of first draws from which the particles descend.
        pareto_k: Shape of the tail of the weights of plain importance sampling from the proposal:
            below 0.7 they could be trusted alone.
    """

    scores: Floats
    rises: tuple[float, ...]
    ess: tuple[float, ...]
    accepted: tuple[float, ...]
    ancestors: int
    pareto_k: float


def sample(
    log_density: LogDensity,
    mode: Floats,
    covariance: Floats,
    count: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Cloud:
    """Returns particles of a posterior.

    Args:
        log_density: Log density of the posterior, without constants.
        mode: Its mode, shape (parameters,).
        covariance: Covariance of Laplace's approximation.
        count: Number of particles.
        seed: Seed of their luck.
        progress: Called with (done, total) percents of the way from the proposal to the posterior.
    """
    luck = np.random.default_rng(seed)
    proposal = multivariate_t(mode, covariance, df=FREEDOM, seed=luck)
    at = np.atleast_2d(proposal.rvs(FIRST_DRAWS * count))
    density, proposed = log_density(at), proposal.logpdf(at)
    pareto_k = tail_shape(density - proposed)
    origin = np.arange(len(at))
    rises: list[float] = []
    ess: list[float] = []
    accepted: list[float] = []
    now = 0.0
    while now < 1.0:
        ratio = density - proposed
        before, rise = now, _next(ratio, now, count)
        ess.append(effective(ratio * (rise - now)))
        chosen = _resampled(ratio * (rise - now), count, luck)
        at, origin = at[chosen], origin[chosen]
        density, proposed = density[chosen], proposed[chosen]
        now = rise
        rises.append(now)
        root = np.linalg.cholesky(np.cov(at.T) + 1.0e-9 * np.eye(len(mode)))
        root *= OPTIMAL / np.sqrt(len(mode))
        took = 0
        for move in range(MOVES):
            tried = at + luck.standard_normal(at.shape) @ root.T
            there, from_there = log_density(tried), proposal.logpdf(tried)
            gain = now * (there - density) + (1.0 - now) * (from_there - proposed)
            better = np.log(luck.random(count)) < gain
            at = np.where(better[:, None], tried, at)
            density = np.where(better, there, density)
            proposed = np.where(better, from_there, proposed)
            took += int(better.sum())
            if progress:
                progress(int(100.0 * (before + (now - before) * (move + 1) / MOVES)), 100)
        accepted.append(took / (MOVES * count))
    luck.shuffle(at)  # copies of one particle lie side by side
    return Cloud(at, tuple(rises), tuple(ess), tuple(accepted), len(np.unique(origin)), pareto_k)


def effective(logs: Floats) -> float:
    """Returns the effective sample size of weights, given by their logarithms."""
    return float(np.exp(2.0 * logsumexp(logs) - logsumexp(2.0 * logs)))


def tail_shape(logs: Floats) -> float:
    """Returns the shape of a generalised Pareto fitted to the largest weights, by their logs."""
    weights = np.sort(np.exp(logs - logs.max()))
    size = max(5, int(min(TAIL_SHARE * len(weights), TAIL_ROOT * np.sqrt(len(weights)))))
    tail = weights[-size:] - weights[-size - 1]
    shape, _, _ = genpareto.fit(tail[tail > 0.0], floc=0.0)
    return float(shape)


def _next(ratio: Floats, now: float, count: int) -> float:
    """Returns the next b: the one at which the effective sample size falls to its least."""

    def short(rise: float) -> float:
        return effective(ratio * (rise - now)) - KEPT_SHARE * count

    return 1.0 if short(1.0) >= 0.0 else float(brentq(short, now, 1.0))


def _resampled(logs: Floats, count: int, luck: np.random.Generator) -> Labels:
    """Returns which of the draws become the particles that go on, by systematic resampling."""
    weights = np.exp(logs - logsumexp(logs))
    marks = (np.arange(count) + luck.random()) / count
    places = np.searchsorted(np.cumsum(weights), marks)
    return np.minimum(places, len(logs) - 1)
