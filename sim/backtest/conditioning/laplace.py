"""Posterior mode and its curvature, by Fisher scoring.

On the normal scale (`declared.Scale`) the prior is standard normal. With gradient g of the log
likelihood and its Fisher information I, a step from z is

  (I + 1)^-1 (g - z),

halved until the posterior rises. The inverse of I + 1 at the mode is the covariance of Laplace's
approximation (Tierney & Kadane 1986).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.conditioning.declared import Scale
from sim.backtest.conditioning.likelihood import Likelihood, RecordFit
from sim.experiment.stats.intervals import Floats

STEP: Final = 0.05
"""Half the step of the central differences, in standard deviations of the prior."""

MOST_STEPS: Final = 25
CLOSE: Final = 0.02
"""A step below this many nats of expected gain is the last."""

MOST_HALVINGS: Final = 6

KINK: Final = 0.5
"""Expected gain, in nats, below which a step that does not raise the posterior ends at a mode:
where an offer at the table changes, the likelihood has a kink and its slope says too much."""


@dataclass(frozen=True, slots=True)
class Mode:
    """Mode of a posterior.

    Attributes:
        scores: The mode on the normal scale, shape (parameters,).
        covariance: Inverse of the information there, prior included.
        log_posterior: Its log density, in nats, without constants.
        converged: Whether nothing was to be gained by a further step.
    """

    scores: Floats
    covariance: Floats
    log_posterior: float
    converged: bool


def find_mode(
    likelihood: Likelihood, scale: Scale, start: Floats, crew: ThreadPoolExecutor
) -> Mode:
    """Returns the mode of the posterior of the declared parameters.

    Args:
        likelihood: The likelihood, as a function of values.
        scale: The normal scale of the parameters.
        start: Scores to start from, shape (parameters,).
        crew: Threads that share the work.
    """
    at = np.array(start, float)
    best = log_posterior(likelihood.fit(scale.values(at)), at)
    for _ in range(MOST_STEPS):
        gradient, information = _slopes(likelihood, scale, at, crew)
        step = np.linalg.solve(information, gradient)
        gain = 0.5 * float(gradient @ step)
        if gain < CLOSE:
            return Mode(at, _inverse(information), best, converged=True)
        for halving in range(MOST_HALVINGS):
            tried = at + step * 0.5**halving
            found = log_posterior(likelihood.fit(scale.values(tried)), tried)
            if found > best:
                break
        else:
            return Mode(at, _inverse(information), best, converged=gain < KINK)
        at, best = tried, found
    _, information = _slopes(likelihood, scale, at, crew)
    return Mode(at, _inverse(information), best, converged=False)


def log_posterior(fit: RecordFit, scores: Floats) -> float:
    """Returns the log density of the posterior on the normal scale, without constants."""
    return fit.log_likelihood - 0.5 * float(scores @ scores)


def _slopes(
    likelihood: Likelihood, scale: Scale, at: Floats, crew: ThreadPoolExecutor
) -> tuple[Floats, Floats]:
    """Returns the gradient of the log posterior and the information, prior included."""
    steps = STEP * np.eye(len(at))
    centre, *sides = likelihood.fits(scale.values(np.vstack([at, at + steps, at - steps])), crew)
    pairs = list(zip(sides[: len(at)], sides[len(at) :], strict=True))
    width = 2.0 * STEP
    gradient = np.array([(up.log_likelihood - down.log_likelihood) / width for up, down in pairs])
    information = np.eye(len(at))
    for name in ("rates", "signed"):
        odds = np.ravel(getattr(centre, name))
        slopes = [np.ravel(getattr(up, name) - getattr(down, name)) / width for up, down in pairs]
        scaled = np.array(slopes) / np.sqrt(odds * (1.0 - odds))
        information += scaled @ scaled.T
    return gradient - at, information


def _inverse(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.inv(matrix), np.float64)
