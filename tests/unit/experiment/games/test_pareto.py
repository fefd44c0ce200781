"""Pareto frontiers of bargains whose clauses add up, against tables worked out by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sim.experiment.games.pareto import (
    best_product,
    efficient,
    reach_of,
    supported,
    undominated,
)
from sim.experiment.stats.intervals import Floats

# Washington gives the second clause, Beijing the first; both want the third.
THREE = np.array([[2.0, -1.0], [-1.0, 3.0], [1.0, 1.0]])
FREE = np.zeros(3, np.bool_)
NOTHING = np.zeros(2)


def test_the_supported_frontier_of_three_clauses_is_found() -> None:
    """China's best is {2, 3}; the first clause costs China least per US gain and comes in; then the
    second goes out."""
    assert supported(THREE, FREE, NOTHING).tolist() == [[0.0, 4.0], [2.0, 3.0], [3.0, 0.0]]


def test_a_clause_that_must_be_held_stays_in() -> None:
    """With the second clause held, Washington's best is all three."""
    held = np.array([False, True, False])

    assert supported(THREE, held, NOTHING).tolist() == [[0.0, 4.0], [2.0, 3.0]]
    assert efficient(THREE, np.zeros(3), held, NOTHING).tolist() == [[2.0, 3.0], [0.0, 4.0]]


def test_what_pleases_no_side_is_never_on_the_frontier() -> None:
    """A clause that harms one side and leaves the other cold stays out; one that costs nothing and
    pleases one side is in."""
    gains = np.array([*THREE.tolist(), [-1.0, 0.0], [0.0, 0.5], [-1.0, -1.0]])
    held = np.zeros(6, np.bool_)

    assert supported(gains, held, NOTHING).tolist() == [[0.0, 4.5], [2.0, 3.5], [3.0, 0.5]]


def test_walking_away_is_no_bundle() -> None:
    """Where each clause costs its giver more than the other gains, no clause at all would be best
    for equal weights; it is not signed."""
    gains = np.array([[1.0, -2.0], [-2.0, 1.0]])
    held = np.zeros(2, np.bool_)

    assert supported(gains, held, NOTHING).tolist() == [[-2.0, 1.0], [1.0, -2.0]]
    found = efficient(gains, np.zeros(2), held, NOTHING)
    assert found.tolist() == [[1.0, -2.0], [-1.0, -1.0], [-2.0, 1.0]]


def test_if_nothing_pleases_anyone_a_single_clause_is_all_there_is_to_sign() -> None:
    """The mood alone may make both sides sign: the least harmful clause is on the frontier."""
    gains, held, mood = np.array([[-1.0, 0.0], [-2.0, -2.0]]), np.zeros(2, np.bool_), np.ones(2)

    assert supported(gains, held, mood).tolist() == [[0.0, 1.0]]
    assert efficient(gains, np.zeros(2), held, mood).tolist() == [[0.0, 1.0]]


@pytest.mark.parametrize(
    ("line", "best"),
    [
        ([(0.0, 4.0), (4.0, 0.0)], 4.0),  # 2 x 2, midway
        ([(0.0, 4.0), (2.0, 3.0), (3.0, 0.0)], 6.0),  # at the vertex
        ([(-1.0, 3.0), (1.0, 2.0), (2.0, -1.0)], 2.0),
        ([(-3.0, 1.0), (1.0, -3.0)], 0.0),  # the edge passes below walking away
        ([(-3.0, -1.0), (-1.0, -3.0)], 0.0),  # two losses are no gain
        ([(2.0, 3.0)], 6.0),
        ([], 0.0),
    ],
)
def test_the_best_product_is_that_of_vertices_and_edges(
    line: list[tuple[float, float]], best: float
) -> None:
    """Worked out by hand."""
    assert best_product(np.array(line).reshape(-1, 2)) == pytest.approx(best)


def test_an_efficient_bundle_may_lie_below_the_supported_frontier() -> None:
    """Of two wishes of Washington, the second alone is best for no weights, yet nothing improves
    on it: (3, 6) lies below the edge from (2, 8) to (5, 4)."""
    gains = np.array([[1.0, 1.0], [2.0, -2.0], [3.0, -4.0]])
    start = np.array([-1.0, 9.0])

    assert supported(gains, FREE, start).tolist() == [[0.0, 10.0], [2.0, 8.0], [5.0, 4.0]]
    found = efficient(gains, np.zeros(3), FREE, start)
    assert found.tolist() == [[5.0, 4.0], [3.0, 6.0], [2.0, 8.0], [0.0, 10.0]]
    reach = reach_of(gains, np.array([1.0, 0.0, 1.0]), FREE, start)
    assert reach.is_efficient
    assert not reach.has_better


def test_a_bundle_is_measured_against_all_others() -> None:
    """Beyond reserves of 1: all three clauses give (1, 2), the third alone (0, 0)."""
    start = np.array([-1.0, -1.0])
    best = reach_of(THREE, np.ones(3), FREE, start)
    poor = reach_of(THREE, np.array([0.0, 0.0, 1.0]), FREE, start)

    assert best.best_nash == poor.best_nash == pytest.approx(2.0)
    assert best.benefits_both
    assert best.is_efficient
    assert not best.has_better
    assert not poor.is_efficient
    assert poor.has_better
    assert not reach_of(THREE, np.ones(3), FREE, np.array([-1.0, -4.0])).benefits_both


def test_more_for_one_side_alone_is_better_but_not_for_both() -> None:
    """A gift left out makes a bundle inefficient, though the other side has nothing from it."""
    gains = np.array([*THREE.tolist(), [1.0, 0.0]])
    reach = reach_of(gains, np.array([0.0, 1.0, 1.0, 0.0]), np.zeros(4, np.bool_), NOTHING)

    assert not reach.is_efficient
    assert not reach.has_better


def test_a_part_of_a_clause_is_a_bundle_of_its_own() -> None:
    """Half a cut is as efficient as all or nothing of it: (-1 + 1, 2 + 1)."""
    gains = np.array([[-2.0, 4.0], [1.0, 1.0]])
    held, half = np.zeros(2, np.bool_), np.array([0.5, 1.0])

    assert efficient(gains, half, held, NOTHING).tolist() == [[1.0, 1.0], [0.0, 3.0], [-1.0, 5.0]]
    assert reach_of(gains, half, held, NOTHING).is_efficient


def test_dominated_points_are_left_out_and_equal_ones_named_once() -> None:
    """A point that is as good for one side and worse for the other is dominated."""
    points = np.array([(0.0, 4.0), (3.0, 1.0), (3.0, 0.5), (1.0, 3.0), (1.0, 3.0), (1.0, 2.9)])

    assert undominated(points).tolist() == [[3.0, 1.0], [1.0, 3.0], [0.0, 4.0]]


def all_bundles(gains: Floats, start: Floats) -> Floats:
    """Returns the gains of every bundle that is not empty."""
    bundles = np.array(list(product((0.0, 1.0), repeat=len(gains))))[1:]
    return np.asarray(start + bundles @ gains)


@pytest.mark.parametrize("seed", range(20))
def test_no_bundle_of_a_random_table_beats_what_is_found(seed: int) -> None:
    """Against all bundles of seven clauses, one by one."""
    rng = np.random.default_rng(seed)
    gains, start = rng.normal(size=(7, 2)), rng.normal(size=2)
    held = np.zeros(7, np.bool_)
    every = all_bundles(gains, start)
    found = efficient(gains, np.zeros(7), held, start)

    assert found == pytest.approx(undominated(every))
    line = supported(gains, held, start)
    for weight in np.linspace(0.001, 0.999, 50):
        weights = np.array([weight, 1.0 - weight])
        assert np.max(line @ weights) == pytest.approx(np.max(every @ weights))
    both = every[np.all(every > 0.0, axis=1)]
    assert best_product(line) >= np.max(np.prod(both, axis=1), initial=0.0) - 1e-9
