"""Which of many parameters an effect goes with, when most of them have nothing to do with it.

Rank correlations over parameter vectors, held against the largest that chance alone brings about:
vectors of the effects are shuffled against those of the parameters, and the threshold is passed by
the largest of all correlations in 5 % of the shuffles (Westfall and Young 1993). However many
parameters there are, and however alike, one is named without cause in at most 5 % of screenings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.experiment.stats import LEVEL, Floats

SHUFFLES: Final = 999
"""The threshold is known to about a hundredth of itself."""

FEWEST: Final = 20
"""Vectors below which hardly any correlation passes the threshold."""

_GROUPS: Final = 20
"""Shuffles are worked on in so many groups: 10 MB each for 500 parameters and ten effects."""

_SEED: Final = 1
"""Fixed, so that the threshold is a function of the data alone."""


@dataclass(frozen=True, slots=True)
class Screening:
    """Rank correlations, and how large chance alone makes the largest of them.

    Attributes:
        correlations: Spearman's, shape (parameters, effects); 0 for what does not vary.
        threshold: Size the largest of them surpasses by chance in 5 % of screenings; infinite if
            there are too few vectors.
    """

    correlations: Floats
    threshold: float

    def passing(self, effect: int) -> list[int]:
        """Returns the parameters an effect goes with, the closest first."""
        sizes = np.abs(self.correlations[:, effect])
        order = np.argsort(-sizes, kind="stable")
        return [int(place) for place in order if sizes[place] > self.threshold]


def screen(parameters: Floats, effects: Floats) -> Screening:
    """Returns which effects go with which parameters.

    Args:
        parameters: Their values, shape (vectors, parameters).
        effects: Of each vector, shape (vectors, effects); NaN where a vector tells none.
    """
    x, y = _scores(parameters), _scores(effects)
    correlations = x.T @ y
    if len(y) < FEWEST or not correlations.size:
        return Screening(correlations, np.inf)
    rng = np.random.default_rng(_SEED)
    order = rng.permuted(np.tile(np.arange(len(y)), (SHUFFLES, 1)), axis=1)
    x32, y32 = x.T.astype(np.float32), y.astype(np.float32)
    # One product for a group of shuffles is many times quicker than one for each.
    largest = np.concatenate(
        [
            np.abs(x32 @ y32[group.T].reshape(len(y), -1))
            .reshape(len(x32), len(group), -1)
            .max(axis=(0, 2))
            for group in np.array_split(order, _GROUPS)
        ]
    )
    return Screening(correlations, float(np.quantile(largest, LEVEL, method="higher")))


def _scores(values: Floats) -> Floats:
    """Returns ranks of each column, centred and of length 1; 0 for what is missing or alike."""
    ranks = np.stack([_ranks(column) for column in values.T], axis=1)
    length = np.sqrt(np.sum(ranks * ranks, axis=0))
    return np.asarray(ranks / np.where(length > 0.0, length, 1.0))


def _ranks(column: Floats) -> Floats:
    """Returns ranks less their mean, the mean rank to what is alike; 0 for NaN."""
    there = ~np.isnan(column)
    _, places, counts = np.unique(column[there], return_inverse=True, return_counts=True)
    ranks = np.zeros(len(column))
    ranks[there] = (np.cumsum(counts) - counts / 2.0)[places] - there.sum() / 2.0
    return ranks
