"""Screening: which of many factors an outcome answers to at all, by one-at-a-time steps.

Elementary effects (Morris 1991) along random trajectories: each step moves one factor by two thirds
of its levels; of a list, whose values need have no order, between two values drawn at random. The
same replicates are played at each point, so a factor that is never read has an
effect of exactly nought; what luck adds to the square of the others' effects is taken off, as in
`sobol`, before they are ranked.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.errors import needs
from sim.experiment.inputs.sequence import SAMPLING_SEED
from sim.experiment.stats.intervals import Floats

TRAJECTORIES: Final = 8
"""Random paths through the factors; 4 to 10 are usual (Campolongo, Cariboni and Saltelli 2007)."""

LEVELS: Final = 4
"""Values each factor takes; even, as Morris asks."""

STEP: Final = LEVELS / (2.0 * (LEVELS - 1.0))
"""Length of a step on the scale of Morris, 0 to 1 from the lowest level to the highest."""


@dataclass(frozen=True, slots=True)
class Effects:
    """Elementary effects of an outcome, one of each a factor, in the outcome's unit for a move from
    the lowest level to the highest; of a list, half as much again as a move between two values,
    which ranks it about as a number that makes the same variance.

    Attributes:
        mu: Mean: which way the outcome moves.
        mu_star: Mean size (Campolongo, Cariboni and Saltelli 2007).
        sigma: Standard deviation between trajectories: whether it depends on the other factors.
        strength: Root of the mean square, freed of luck; what factors are ranked by.
    """

    mu: Floats
    mu_star: Floats
    sigma: Floats
    strength: Floats


def trajectories(factors: int, count: int = TRAJECTORIES, lists: Sequence[int] = ()) -> Floats:
    """Returns the points of a screening, as shares of the factors' distributions.

    The levels stand in the middle of equally likely parts, not at 0 and 1, where many a
    distribution has no end. Every value of a list is tried.

    Args:
        factors: How many.
        count: Trajectories; there are more if a list is too long for them.
        lists: Values in the list of each factor, 0 for a number; none if all are numbers.

    Returns:
        Shape (count * (factors + 1), factors), one trajectory after another.

    Raises:
        UsageError: SALib is not installed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from SALib.sample.morris import sample
    except ImportError as error:
        raise needs("explore") from error
    problem = {
        "num_vars": factors,
        "names": [f"x{place}" for place in range(factors)],
        "bounds": [[0.0, 1.0]] * factors,
    }
    count = max(count, (max(lists, default=0) + 1) // 2)
    drawn = np.asarray(sample(problem, count, num_levels=LEVELS, seed=SAMPLING_SEED))
    cube = np.asarray((np.rint(drawn * (LEVELS - 1)) + 0.5) / LEVELS, dtype=np.float64)
    for place, values in enumerate(lists):
        # A list of one value is a number that does not move.
        if values > 1:
            column = cube[:, place].reshape(count, -1)
            steps = (_steps(values, count, place) + 0.5) / values
            cube[:, place] = np.where(column == column[:, :1], steps[:, :1], steps[:, 1:]).ravel()
    return cube


def _steps(values: int, count: int, place: int) -> Floats:
    """Returns the two values of a list a trajectory moves between, shape (count, 2).

    Each time round the whole list is dealt out in pairs anew, the last of an odd number with the
    first, so that every value comes about equally often and beside different ones.
    """
    rng = np.random.default_rng((SAMPLING_SEED, place))
    pairs = (values + 1) // 2
    rounds = [np.resize(rng.permutation(values), (pairs, 2)) for _ in range(0, count, pairs)]
    return np.concatenate(rounds)[:count].astype(np.float64)


def effects(cube: Floats, y: Floats) -> Effects:
    """Returns the elementary effects of every factor.

    Args:
        cube: The points, as `trajectories` returns them, shape (points, factors).
        y: One number a run, shape (points, replicates), the same replicates at each point.
    """
    factors, runs = cube.shape[1], y.shape[1]
    moves = np.diff(cube.reshape(-1, factors + 1, factors), axis=1)
    steps = np.diff(y.reshape(-1, factors + 1, runs), axis=1)
    moved = np.abs(moves).argmax(axis=2)
    sign = np.sign(np.take_along_axis(moves, moved[..., np.newaxis], axis=2))
    # In the order of the steps; each trajectory moves every factor once, in an order of its own.
    each = np.take_along_axis(sign * steps / STEP, np.argsort(moved, axis=1)[..., np.newaxis], 1)
    means = each.mean(axis=2)
    squares = means * means
    if runs > 1:
        squares = squares - each.var(axis=2, ddof=1) / runs
    spread = means.std(axis=0, ddof=1) if len(means) > 1 else np.zeros(factors)
    return Effects(
        means.mean(axis=0),
        np.abs(means).mean(axis=0),
        spread,
        np.sqrt(np.maximum(0.0, squares.mean(axis=0))),
    )
