"""Screening for the few parameters, among many irrelevant ones, that an effect is associated with.

Rank correlations over parameter vectors are compared with the largest correlation that arises by
chance. The effects are shuffled against the parameters, vector by vector; in 5% of the shuffles the
largest of all correlations exceeds the threshold (Westfall and Young 1993). So at most 5% of
screenings name any parameter wrongly, however many there are and however similar. If a vector has
several rows they are shuffled together, because runs of one vector are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.experiment.stats.intervals import LEVEL, Floats, Labels

Places = npt.NDArray[np.int64]

SHUFFLES: Final = 999
"""Number of shuffles: the threshold is accurate to about 1%."""

FEWEST: Final = 20
"""Vectors needed for a screening: with fewer, hardly any correlation passes the threshold."""

MOST_COLUMNS: Final = 10
"""Columns kept by a screening. Out of ten distinct ones, a box uses up to four."""

ALIKE: Final = 0.8
"""Correlation at or above which two columns are redundant; only the better one is kept."""

_GROUPS: Final = 20
"""Groups in which shuffles are processed: 10 MB each for 500 parameters and ten effects."""

_SEED: Final = 1
"""Fixed, so that the threshold is a function of the data alone."""


@dataclass(frozen=True, slots=True)
class Screening:
    """Rank correlations, and the threshold for the largest that arises by chance.

    Attributes:
        correlations: Spearman's, shape (parameters, effects); 0 for a column that does not vary.
        threshold: Absolute value that the largest correlation exceeds by chance in 5% of
            screenings; infinite if there are too few vectors.
    """

    correlations: Floats
    threshold: float

    def passing(self, effect: int) -> list[int]:
        """Returns the parameters an effect is associated with, strongest first."""
        sizes = np.abs(self.correlations[:, effect])
        order = np.argsort(-sizes, kind="stable")
        return [int(place) for place in order if sizes[place] > self.threshold]


def telling(x: Floats, effects: Floats, labels: Labels | None = None) -> list[int]:
    """Returns a few distinct columns an effect is associated with, strongest first.

    A column may be informative when it is high, when it is low, or when it is near the middle. A
    column that is informative only in combination with others is missed.

    Args:
        x: Columns, shape (rows, columns).
        effects: One number per row; NaN if a row has no effect.
        labels: Parameter vector of each row; None if every row has its own vector.
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
    """Returns the rank correlations of effects with parameters, and their threshold.

    Args:
        parameters: Parameter values, shape (rows, parameters).
        effects: Effects of each row, shape (rows, effects); NaN if a row has no effect.
        labels: Parameter vector of each row; None if every row has its own vector.
    """
    x, y = _scores(parameters), _scores(effects)
    labels = np.arange(len(y)) if labels is None else labels
    correlations = x.T @ y
    if len(np.unique(labels)) < FEWEST or not correlations.size:
        return Screening(correlations, np.inf)
    order = _shuffled(labels)
    x32, y32 = x.T.astype(np.float32), y.astype(np.float32)
    # One product for a group of shuffles is many times faster than one per shuffle.
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

    A vector trades places only with vectors of as many rows: blocks of other sizes do not fit, and
    vectors with more counted runs may differ in kind from those with fewer.
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
    """Returns the ranks of each column, centred and scaled to length 1; 0 for missing values and
    for columns that do not vary."""
    ranks = np.stack([_ranks(column) for column in values.T], axis=1)
    length = np.sqrt(np.sum(ranks * ranks, axis=0))
    return np.asarray(ranks / np.where(length > 0.0, length, 1.0))


def _ranks(column: Floats) -> Floats:
    """Returns ranks minus their mean; ties get their mean rank, and NaN gets 0."""
    there = ~np.isnan(column)
    _, places, counts = np.unique(column[there], return_inverse=True, return_counts=True)
    ranks = np.zeros(len(column))
    ranks[there] = (np.cumsum(counts) - counts / 2.0)[places] - there.sum() / 2.0
    return ranks
