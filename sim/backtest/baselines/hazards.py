"""Informed hazards: for each type of act a daily logit of a few features, whose weights have priors
with the signs that theory gives them.

The features and the means of the priors were chosen with the whole record in view; only the weights
are learned from what was known at an origin. A score of this baseline therefore flatters it, and a
model that beats it has beaten hindsight. Everything else that was chosen so is named in `futures`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.baselines.features import FEATURES, ActHistory, design
from sim.experiment.stats.intervals import Floats
from sim.history.acts import ActType

PRIORS: Final[Mapping[ActType, Mapping[str, float]]] = {
    ActType.US_HIKE: {"deadline near": 2.0, "open threat": 0.0, "agreement": -1.0},
    ActType.US_THREAT: {"agreement": -0.5, "Chinese move, 3 d": 1.0, "US threat, 180 d": 0.0},
    ActType.US_CUT: {"deadline near": 2.0},
    ActType.US_CONTROL: {"US threat, 30 d": 0.0},
    ActType.CN_HIKE: {"US hike, 3 d": 3.0, "agreement": -1.0},
    ActType.CN_THREAT: {"US threat, 3 d": 3.0, "agreement": -0.5},
    ActType.CN_CONTROL: {"US control, 30 d": 0.7, "US hike, 3 d": 1.5, "open threat": 0.0},
    ActType.ROUND: {"talks, 7 d": -0.5, "talks, 30 d": 0.0},
    ActType.CONTACT: {"forum season": 1.0, "contact, 180 d": -0.5, "contact, 30 d": -0.5},
    ActType.TRUCE: {"deadline near": 1.0, "expiry near": 2.0, "talks, 7 d": 1.0},
}
"""Act -> feature -> mean of the prior of its weight; 0 where a feature is kept with no view of its
size. Acts that no question asks about and no feature uses are left out: China's cuts and easings,
US easings, pledges."""

SPREAD: Final = 1.2
"""Standard deviation of the priors of weights: a factor of 3 in the odds."""

INTERCEPT: Final = math.log(8.0 / 365.0)
INTERCEPT_SPREAD: Final = 1.0
"""Normal prior of the intercept: eight acts a year on days without a feature, times or over 7."""

_STEPS: Final = 100
_CLOSE: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Hazard:
    """Normal approximation to the posterior of the weights of an act at its mode (Laplace).

    Attributes:
        columns: Place of each feature in `FEATURES`.
        mean: Intercept and weights, shape (1 + features,).
        covariance: Their covariance.
    """

    columns: tuple[int, ...]
    mean: Floats
    covariance: Floats


def fit_hazards(history: ActHistory, spread: float = SPREAD) -> dict[ActType, Hazard]:
    """Returns the hazard of each act of `PRIORS`, fitted to all days of a history.

    Args:
        history: Acts and spells as known at the origin.
        spread: Standard deviation of the priors of weights.
    """
    rows, acts = design(history)[:-1], history.daily()
    found = {}
    for kind, prior in PRIORS.items():
        columns = tuple(FEATURES.index(name) for name in prior)
        x = np.column_stack((np.ones(len(rows)), rows[:, columns]))
        means = np.array([INTERCEPT, *prior.values()])
        spreads = np.array([INTERCEPT_SPREAD, *(spread for _ in prior)])
        mean, covariance = fit_logit(x, acts[:, list(ActType).index(kind)], means, spreads)
        found[kind] = Hazard(columns, mean, covariance)
    return found


def fit_logit(x: Floats, y: Floats, means: Floats, spreads: Floats) -> tuple[Floats, Floats]:
    """Returns the mode of the posterior of a logistic regression with independent normal priors,
    and the inverse of minus its second derivative there.

    Newton's method; a step that does not raise the density is halved until it does.

    Args:
        x: Features, shape (n, k).
        y: 0 or 1, shape (n,).
        means: Prior means, shape (k,).
        spreads: Prior standard deviations.
    """
    precision = 1.0 / spreads**2

    def density(weights: Floats) -> float:
        eta = x @ weights
        prior = 0.5 * precision @ (weights - means) ** 2
        return float(y @ eta - np.sum(np.logaddexp(0.0, eta)) - prior)

    weights = means.copy()
    for _ in range(_STEPS):
        p = probability_of(x @ weights)
        slope = x.T @ (y - p) - precision * (weights - means)
        bend = (x.T * (p * (1.0 - p))) @ x + np.diag(precision)
        step = np.linalg.solve(bend, slope)
        gain = float(slope @ step)
        if gain < _CLOSE:
            break
        here = density(weights)
        while density(weights + step) < here and float(slope @ step) > _CLOSE:
            step = step / 2.0
        weights = weights + step
    return weights, np.asarray(np.linalg.inv(bend), dtype=np.float64)


def probability_of(log_odds: Floats) -> Floats:
    """Returns the probability of given log odds."""
    from scipy.special import expit

    return np.asarray(expit(log_odds))
