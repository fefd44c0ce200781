"""What is found in one half and told of the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from sim.experiment.discovery.boxes import Limit, fit, inside
from sim.experiment.discovery.validation import Half, rate, search


@dataclass(frozen=True)
class Percents:
    """A column of a synthetic table."""

    place: int

    def condition(self, limit: Limit) -> str:
        """A limit on it."""
        return f"{self.place}{'>=' if limit.is_least else '<='}{limit.bound}"


def half(rng: np.random.Generator, runs: int = 4000) -> Half:
    """Runs of which two corners, of different columns, hold the outcome."""
    x = np.floor(100.0 * rng.random((runs, 4)))
    planted = ((x[:, 0] >= 70) & (x[:, 1] >= 60)) | ((x[:, 2] < 30) & (x[:, 3] < 40))
    return Half(x, rng.random(runs) < np.where(planted, 0.9, 0.1), np.arange(runs))


def test_the_trail_of_a_second_box_is_of_what_the_first_leaves() -> None:
    """Its boxes are fitted in either half outside the first, as the one that is picked is told; on
    the trail of the first they are whole."""
    rng = np.random.default_rng(12)
    seen, other = half(rng), half(rng)
    first, second = search([Percents(place) for place in range(4)], 4, seen, other).boxes

    for place, runs in enumerate((seen, other), 1):
        left = ~inside(first.limits, runs.x)
        for step in first.trail:
            assert step[place] == fit(inside(step[0], runs.x), runs.hits)
        for step in second.trail:
            assert step[place] == fit(inside(step[0], runs.x) & left, runs.hits)
    assert max(checked.coverage for _, _, checked in second.trail) < 0.7
    picked = fit(inside(second.limits, other.x) & ~inside(first.limits, other.x), other.hits)
    assert (second.rate.coverage.value, second.rate.density.value) == pytest.approx(
        (picked.coverage, picked.density)
    )


def test_whether_a_box_holds_is_asked_of_vectors() -> None:
    """Of boxes that have nothing to do with the outcome, both the same in all fifty runs of a
    vector, hardly one in twenty holds; over runs that are taken for independent two in five do."""
    trials, held, naive = 200, 0, 0
    labels = np.repeat(np.arange(40), 50)
    for seed in range(trials):
        rng = np.random.default_rng(seed)
        hits, found = (rng.random((2, 40)) < 0.5)[:, labels]
        column = np.zeros((len(labels), 1))
        held += rate(found, Half(column, hits, labels)).holds
        naive += rate(found, Half(column, hits, np.arange(len(labels)))).holds

    assert held <= trials * (0.05 + 3.0 * (0.05 * 0.95 / trials) ** 0.5)
    assert naive > 0.3 * trials
