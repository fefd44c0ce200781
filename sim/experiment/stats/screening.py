"""Which of many parameters an effect goes with, when most of them have nothing to do with it.

Rank correlations over parameter vectors, held against the largest that chance alone brings about:
vectors of the effects are shuffled against those of the parameters, and the threshold is passed by
the largest of all correlations in 5 % of the shuffles (Westfall and Young 1993). However many
parameters there are, and however alike, one is named without cause in at most 5 % of screenings.
Where a vector has several rows they are shuffled together, since runs of one vector are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.experiment.stats.intervals import LEVEL, Floats, Labels

Places = npt.NDArray[np.int64]

SHUFFLES: Final = 999
"""The threshold is known to about a hundredth of itself."""

FEWEST: Final = 20
"""Vectors below which hardly any correlation passes the threshold."""

MOST_COLUMNS: Final = 10
"""Columns that go on from screening; of ten that tell different things a box takes four."""

ALIKE: Final = 0.8
"""Correlation from which two columns tell much the same, and the better of them stands."""

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


def telling(x: Floats, effects: Floats, labels: Labels | None = None) -> list[int]:
    """Returns the columns an effect goes with, the closest first, few and unlike.

    A column may tell by being high, by being low, or by being near the middle. One that tells only
    together with others, and nothing by itself, is not seen.

    Args:
        x: Columns, shape (rows, columns).
        effects: One number a row; NaN where a row tells none.
        labels: Parameter vector of each row; None where every row is a vector of its own.
    """
    if not x.shape[1]:
        return []
    folded = np.abs(x - np.median(x, axis=0))
    passing = screen(np.hstack([x, folded]), effects[:, np.newaxis], labels).passing(0)
    candidates = list(dict.fromkeys(place % x.shape[1] for place in passing))
    kept: list[int] = []
    for place in candidates:
        alike = (abs(np.corrcoef(x[:, place], x[:, other])[0, 1]) for other in kept)
        if all(size < ALIKE for size in alike):
            kept.append(place)
    return kept[:MOST_COLUMNS]


def screen(parameters: Floats, effects: Floats, labels: Labels | None = None) -> Screening:
    """Returns which effects go with which parameters.

    Args:
        parameters: Their values, shape (rows, parameters).
        effects: Of each row, shape (rows, effects); NaN where a row tells none.
        labels: Vector of each row; None where every row is a vector of its own.
    """
    x, y = _scores(parameters), _scores(effects)
    labels = np.arange(len(y)) if labels is None else labels
    correlations = x.T @ y
    if len(np.unique(labels)) < FEWEST or not correlations.size:
        return Screening(correlations, np.inf)
    order = _shuffled(labels)
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


def _shuffled(labels: Labels) -> Places:
    """Returns orders of the rows, shape (SHUFFLES, rows), that keep the rows of a vector together.

    Vectors of which more runs count may differ from the others in kind, and only blocks of one
    size fit in each other's place: a vector changes places with those of as many rows.
    """
    rng = np.random.default_rng(_SEED)
    rows = np.argsort(labels, kind="stable")
    _, starts, sizes = np.unique(labels[rows], return_index=True, return_counts=True)
    order = np.empty((SHUFFLES, len(labels)), np.int64)
    for size in np.unique(sizes):
        blocks = rows[starts[sizes == size][:, np.newaxis] + np.arange(size)]
        places = rng.permuted(np.tile(np.arange(len(blocks)), (SHUFFLES, 1)), axis=1)
        order[:, blocks.ravel()] = blocks[places].reshape(SHUFFLES, -1)
    return order


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
