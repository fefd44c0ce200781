"""Words for differences of outcomes that some runs lack."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.engine.blocks import columns
from sim.experiment.compare.difference import Difference, Pairing, differences
from sim.report.words.differences import row_words, two_stories_of
from sim.scenario.load import resolve


def _difference(x: np.ndarray, y: np.ndarray) -> Difference:
    """Returns the difference of a meeting's day between two sides."""
    every = columns(resolve("march-2025-escalation"))
    column = next(column for column in every if column.name == "summit_day")
    counts = np.ones(len(x), np.bool_)
    return differences([column], {"summit_day": x}, {"summit_day": y}, Pairing(counts, counts))[0]


def test_a_row_counts_the_runs_with_the_outcome() -> None:
    """Even if the same runs have it on both sides; a row that all runs have counts none."""
    days = np.where(np.arange(100) < 27, float(date(2025, 7, 1).toordinal()), np.nan)

    assert row_words([("B", _difference(days, days))]).endswith(
        ": in 27 of 100 runs of A, 27 of 100 runs of B"
    )
    assert ":" not in row_words([("B", _difference(np.ones(9), np.ones(9)))])


def test_means_that_contradict_pairs_are_explained() -> None:
    """A meets on later days in every pair, but its late meetings are missing: the sentence has both
    differences and the number of pairs; without missing runs there is none."""
    luck = 739_000.0 + np.round(40.0 * np.random.default_rng(1).random(400))
    later = np.where(luck < 739_020.0, luck + 3.0, np.nan)
    pairs = int(np.sum(luck < 739_020.0))

    text = two_stories_of(_difference(later, luck))
    assert "means and pairs tell different stories" in text
    assert f"in the {pairs} pairs in which both runs have it, by +3 (3 to 3)" in text
    assert two_stories_of(_difference(luck + 3.0, luck)) == ""
