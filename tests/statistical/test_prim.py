"""Discovery on known truth: a planted box is recovered, and nothing is found in noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from sim.experiment.discovery.boxes import LEAST_MASS, Limit, Limits, find_boxes, fit, inside, peel
from sim.experiment.discovery.validation import Half, Search, rate, search
from sim.experiment.stats.intervals import Flags, Floats, Labels
from sim.experiment.stats.screening import telling

COLUMNS = 16
PER_VECTOR = 5
VECTORS = 3200
PLANTED: Limits = (Limit(3, True, 60), Limit(7, False, 49), Limit(11, True, 30))
INSIDE, OUTSIDE = 0.85, 0.15


@dataclass(frozen=True)
class Percents:
    """A column of a synthetic table."""

    place: int

    def condition(self, limit: Limit) -> str:
        """A limit on it."""
        return f"{self.place}{'>=' if limit.is_least else '<='}{limit.bound}"


def drawn(
    rng: np.random.Generator, vectors: int, columns: int = COLUMNS
) -> tuple[Floats, Floats, Labels]:
    """Percents by vector and by run, and the vector of each run."""
    x = np.floor(100.0 * rng.random((vectors, columns)))
    labels = np.repeat(np.arange(vectors), PER_VECTOR)
    return x, x[labels], labels


def found(rng: np.random.Generator, vectors: int, chance: Floats, x: Floats) -> Search[Percents]:
    """What discovery makes of runs whose outcome has a chance, one a vector."""
    hits = rng.random((vectors, PER_VECTOR)) < chance[:, np.newaxis]
    first = vectors // 2
    kept = telling(x[:first], hits[:first].mean(axis=1))

    def half(rows: slice) -> Half:
        labels = np.repeat(np.arange(vectors)[rows], PER_VECTOR)
        return Half(x[labels][:, kept], hits[rows].ravel(), labels)

    columns = [Percents(place) for place in kept]
    return search(columns, x.shape[1], half(slice(first)), half(slice(first, None)))


def originals(search: Search[Percents], limits: Limits) -> dict[tuple[int, bool], int]:
    """The bounds of a box by (column of the table, side)."""
    return {(search.columns[one.column].place, one.is_least): one.bound for one in limits}


@pytest.mark.parametrize("seed", [1, 2])
def test_prim_recovers_a_planted_box(seed: int) -> None:
    """The restricted columns are the planted ones, bounds are near, and rates are the true ones."""
    rng = np.random.default_rng(seed)
    x, _, _ = drawn(rng, VECTORS)
    planted = inside(PLANTED, x)
    known = found(rng, VECTORS, np.where(planted, INSIDE, OUTSIDE), x)
    box = known.boxes[0]

    bounds = originals(known, box.limits)
    truth = {(limit.column, limit.is_least): limit.bound for limit in PLANTED}
    assert bounds.keys() == truth.keys()
    assert all(abs(bounds[key] - truth[key]) <= 6 for key in truth)
    assert box.rate.holds
    # The box may reach a little beyond the planted one, where the outcome is rare.
    places = dict(enumerate(c.place for c in known.columns))
    own = tuple(Limit(places[one.column], one.is_least, one.bound) for one in box.limits)
    checked = np.arange(VECTORS) >= VECTORS // 2
    purity = float(np.mean(planted[inside(own, x) & checked]))
    expected = OUTSIDE + (INSIDE - OUTSIDE) * purity
    density = box.rate.density
    assert abs(density.value - expected) < 4.0 * density.error
    assert purity > 0.85


def test_a_box_of_signs_is_recovered_among_flags() -> None:
    """Yes and no are told apart, and a flag that is rarely set does not end the search."""
    rng = np.random.default_rng(4)
    shares = np.array([0.5, 0.3, 0.02, 0.6, 0.1, 0.4])
    x = (rng.random((6000, 6)) < shares).astype(np.float64)
    hits = rng.random(6000) < np.where((x[:, 0] == 1) & (x[:, 3] == 0), 0.8, 0.3)

    boxes = find_boxes(x, hits, np.arange(6000))

    assert set(boxes[0].limits) == {Limit(0, True, 1), Limit(3, False, 0)}
    assert len(boxes) == 1


def test_limits_that_may_be_chance_are_dropped() -> None:
    """Of six columns one decides: in ten small batches no box keeps a limit on another, though
    peeling lays some on all of them."""
    for seed in range(10):
        rng = np.random.default_rng(seed)
        x = np.floor(100.0 * rng.random((400, 6)))
        hits = rng.random(400) < np.where(x[:, 2] >= 60, 0.8, 0.2)

        box = find_boxes(x, hits, np.arange(400))[0]

        assert {limit.column for limit in box.limits} == {2}
        assert len({limit.column for limits in box.trail for limit in limits}) > 1


def test_a_column_tells_by_being_near_its_middle() -> None:
    """An outcome that comes at either end alike is seen by the screening."""
    rng = np.random.default_rng(5)
    x, _, _ = drawn(rng, 600)
    middle = np.abs(x[:, 9] - 50.0) < 20.0

    assert telling(x, np.where(middle, 0.6, 0.3) + 0.2 * rng.normal(size=600)) == [9]


def test_of_columns_that_tell_the_same_the_better_one_stands() -> None:
    """A copy with some noise on it does not go on beside the column it is of."""
    rng = np.random.default_rng(6)
    x, _, _ = drawn(rng, 600)
    x[:, 4] = np.floor(x[:, 2] + 5.0 * rng.normal(size=600))

    assert telling(x, x[:, 2] + 30.0 * rng.normal(size=600)) == [2]


def test_nothing_is_found_in_noise() -> None:
    """In 95 % of batches of pure noise no box holds, though vectors differ in their chances for
    reasons that are in no column."""
    false = 0
    for seed in range(60):
        rng = np.random.default_rng(1000 + seed)
        x, _, _ = drawn(rng, 240, columns=30)
        searched = found(rng, 240, rng.beta(1.5, 1.5, size=240), x)
        false += any(box.rate.holds for box in searched.boxes)
    assert false <= 3


def clustered(rng: np.random.Generator, columns: int) -> Floats:
    """Yes and no, 30 in 100, of 20 runs of each of 100 vectors, by run; within vectors runs are
    alike by 0.3."""
    weight = 1.0 / 0.3 - 1.0
    chance = rng.beta(0.3 * weight, 0.7 * weight, (100, 1, columns))
    return np.asarray(rng.random((100, 20, columns)) < chance, np.float64).reshape(2000, columns)


@pytest.mark.parametrize("uneven", [False, True])
def test_signs_that_are_alike_within_vectors_pass_no_oftener(uneven: bool) -> None:
    """Signs and an outcome that have nothing to do with each other, both alike by 0.3 within
    vectors: something passes in 5 of 100 screenings, also where of some vectors fewer runs count;
    shuffled run by run it does in three of five."""
    passed, repeats = 0, 60
    for seed in range(repeats):
        rng = np.random.default_rng(seed)
        x, hits, labels = clustered(rng, 12), clustered(rng, 1)[:, 0], np.arange(2000) // 20
        counted = rng.random(2000) < (rng.random(100)[labels] if uneven else 1.0)
        passed += bool(telling(x[counted], hits[counted], labels[counted]))
    # 5 of 100 and 2.6 standard errors.
    assert passed <= repeats * 0.05 + 2.6 * np.sqrt(repeats * 0.05 * 0.95)


def test_a_sign_that_tells_passes_though_vectors_are_shuffled_whole() -> None:
    """A sign that goes with the outcome run by run is found among eleven that do not."""
    rng = np.random.default_rng(3)
    x = clustered(rng, 12)
    hits = rng.random(2000) < np.where(x[:, 5] == 1.0, 0.5, 0.3)

    assert telling(x, hits.astype(float), np.arange(2000) // 20) == [5]


def test_a_box_of_noise_does_not_hold_on_the_other_half() -> None:
    """Without screening a dense box is found in noise; in runs it was not found in it is no denser
    than all."""
    rng = np.random.default_rng(7)
    _, x, labels = drawn(rng, 600, columns=8)
    hits: Flags = rng.random(len(x)) < 0.4
    seen, other = labels < 300, labels >= 300
    # The trail before it is trimmed: what an eager analyst would read off.
    trail = peel(x[seen], hits[seen], LEAST_MASS)

    dense = max(trail, key=lambda limits: fit(inside(limits, x[seen]), hits[seen]).density)
    half = Half(x[other], hits[other], labels[other])
    assert fit(inside(dense, x[seen]), hits[seen]).density > 0.5
    assert not rate(inside(dense, half.x), half).holds
