"""Screening of many factors by one-at-a-time steps, to find those an outcome responds to.

Elementary effects (Morris 1991) are measured along random trajectories. Each step moves one factor
by two thirds of its range of levels; a list, whose values need not be ordered, moves between two
values drawn at random. The same replicates are played at each point, so a factor that is never read
has an effect of exactly zero. The contribution of luck to the squared effects of the other factors
is subtracted, as in `sobol`, before factors are ranked.
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
"""Number of trajectories; 4 to 10 are usual (Campolongo, Cariboni and Saltelli 2007)."""

LEVELS: Final = 4
"""Number of values each factor takes; even, as Morris recommends."""

STEP: Final = LEVELS / (2.0 * (LEVELS - 1.0))
"""Length of a step on Morris's scale, on which the levels range from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Effects:
    """Elementary effects on an outcome, one value per factor.

    An effect is the change of the outcome, in its unit, for a move from the lowest level of the
    factor to the highest. For a list it is 1.5 times the change for a move between two values, so
    that a list ranks about the same as a number that causes the same variance.

    Attributes:
        mu: Mean effect, with its sign.
        mu_star: Mean absolute effect (Campolongo, Cariboni and Saltelli 2007).
        sigma: Standard deviation between trajectories: large if the effect depends on other
            factors.
        strength: Root mean square effect, luck excluded, by which factors are ranked.
    """

    mu: Floats
    mu_star: Floats
    sigma: Floats
    strength: Floats


def trajectories(factors: int, count: int = TRAJECTORIES, lists: Sequence[int] = ()) -> Floats:
    """Returns the points of a screening, as quantile levels of the factors' distributions.

    The levels are the middles of equally likely parts, not 0 and 1, where many distributions are
    infinite. Every value of a list is tried.

    Args:
        factors: Number of factors.
        count: Number of trajectories; increased if a list has too many values for it.
        lists: Number of values in the list of each factor, 0 for a number; empty if all are
            numbers.

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
    """Returns the two values of a list that each trajectory moves between, shape (count, 2).

    In every round the list is shuffled and split into pairs; if it has an odd number of values, the
    last is paired with the first. So all values occur about equally often, in varying pairs.
    """
    rng = np.random.default_rng((SAMPLING_SEED, place))
    pairs = (values + 1) // 2
    rounds = [np.resize(rng.permutation(values), (pairs, 2)) for _ in range(0, count, pairs)]
    return np.concatenate(rounds)[:count].astype(np.float64)


def effects(cube: Floats, y: Floats) -> Effects:
    """Returns the elementary effects of every factor.

    Args:
        cube: The points, as `trajectories` returns them, shape (points, factors).
        y: One number per run, shape (points, replicates), with the same replicates at each point.
    """
    factors, runs = cube.shape[1], y.shape[1]
    moves = np.diff(cube.reshape(-1, factors + 1, factors), axis=1)
    steps = np.diff(y.reshape(-1, factors + 1, runs), axis=1)
    moved = np.abs(moves).argmax(axis=2)
    sign = np.sign(np.take_along_axis(moves, moved[..., np.newaxis], axis=2))
    # Each trajectory moves every factor once in its own order; the effects are sorted by factor.
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
