"""Forecasts mixed with base rates, so that no probability is 0 or 1.

A model that counts runs may say 0 or 1, and what it says may be worth little. The mixture
w * forecast + (1 - w) * base rate is the opinion pool of Stone (1961); its weight at an origin is
learned from forecasts that were resolved before, as in Bayesian model averaging (Hoeting et al.
1999).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.scores.events import check_probabilities
from sim.experiment.stats.intervals import Flags, Floats, Labels

PRIOR_FORECASTS: Final = 2.0
PRIOR_BASE: Final = 2.0
"""Parameters of the beta prior of the weight. Its mean, the weight of the first origins, is 1/2:
nothing is known yet about which of the two is better. At 2 and 2 the density is 0 at both ends, so
that neither is ever ruled out; it weighs as much as about four resolved forecasts."""

_GRID: Final = (np.arange(1000) + 0.5) / 1000.0
"""Weights over which the posterior is summed; its mean is accurate to about 1e-6."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """Forecasts before and after mixing, one for each question and origin.

    Attributes:
        raw: The forecasts as they were.
        mixed: The mixtures, strictly between 0 and 1.
        weights: Weight of the forecast in each.
    """

    raw: Floats
    mixed: Floats
    weights: Floats


def mix(
    raw: Floats,
    base: Floats,
    outcomes: Flags,
    origins: Labels,
    horizons: Labels,
    overlap: float = 1.0,
) -> Mixture:
    """Returns each forecast mixed with its base rate; the weight is the posterior mean given the
    outcomes of those forecasts whose horizon ended before the origin.

    Args:
        raw: Probabilities, shape (n,); they may be 0 or 1.
        base: Base rates known at the same origins, strictly between 0 and 1.
        outcomes: Whether each event came; one that was not resolved before the last origin is not
            used.
        origins: Day of the origin of each forecast, an ordinal.
        horizons: Days from each origin to the end of its horizon.
        overlap: Number of forecasts that stand on the same days: the horizon, in origins, times the
            number of questions that are answered alike. The evidence of each counts so many times
            less.

    Raises:
        ValueError: A probability lies outside 0 to 1, a base rate is 0 or 1, or shapes differ.
    """
    check_probabilities(raw, outcomes)
    check_probabilities(base, outcomes)
    if not np.all((base > 0.0) & (base < 1.0)):
        raise ValueError("found a base rate of 0 or 1; smooth it, or the mixture may be certain")
    ends = origins + horizons
    order = np.argsort(ends, kind="stable")
    told = np.where(outcomes, raw, 1.0 - raw), np.where(outcomes, base, 1.0 - base)
    chances = np.multiply.outer(told[0], _GRID) + np.multiply.outer(told[1], 1.0 - _GRID)
    evidence = np.cumsum(np.log(chances[order]), axis=0) / overlap
    evidence = np.concatenate((np.zeros((1, len(_GRID))), evidence))
    resolved = np.searchsorted(ends[order], origins, side="left")
    weights = _posterior_mean(evidence[resolved])
    return Mixture(raw, weights * raw + (1.0 - weights) * base, weights)


def _posterior_mean(evidence: Floats) -> Floats:
    """Returns the mean weight for log likelihoods over the grid, shape (n, grid)."""
    prior = (PRIOR_FORECASTS - 1.0) * np.log(_GRID) + (PRIOR_BASE - 1.0) * np.log1p(-_GRID)
    density = evidence + prior
    density = np.exp(density - density.max(axis=1, keepdims=True))
    return np.asarray(density @ _GRID / density.sum(axis=1))
