"""Measuring how often an interval holds the truth, on synthetic batches at fixed seeds."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from sim.experiment.stats.intervals import Estimate, Floats, Labels

REPEATS: Final = 1000
NOMINAL: Final = 0.95
LEAST_DISCRETE: Final = 0.935
"""An interval of a discrete quantity cannot hold its level everywhere: a point and a half less."""

PER_VECTOR: Final = 20
Draw = Callable[[np.random.Generator], Estimate]


def slack(rate: float, repeats: int) -> float:
    """Monte Carlo error of a rate, with one false alarm in a thousand."""
    return 3.3 * math.sqrt(rate * (1.0 - rate) / repeats)


def coverage(truth: float, estimate: Draw, repeats: int = REPEATS) -> float:
    """Share of repetitions whose interval holds the truth."""
    held = 0
    for repeat in range(repeats):
        found = estimate(np.random.default_rng([20251023, repeat]))
        held += found.low <= truth <= found.high
    return held / repeats


def assert_nominal(truth: float, estimate: Draw, repeats: int = REPEATS) -> None:
    """Checks that an interval of a continuous quantity holds its level, within Monte Carlo
    error."""
    held = coverage(truth, estimate, repeats)
    assert abs(held - NOMINAL) <= slack(NOMINAL, repeats), held


def assert_covered(truth: float, estimate: Draw, repeats: int = REPEATS) -> None:
    """Checks that an interval of a discrete quantity holds the truth often enough."""
    held = coverage(truth, estimate, repeats)
    assert held >= LEAST_DISCRETE, held


def labels(vectors: int) -> Labels:
    """The parameter vector of each run."""
    return np.repeat(np.arange(vectors), PER_VECTOR)


def own(per_vector: Floats) -> Floats:
    """What each run has from its vector."""
    return np.repeat(per_vector, PER_VECTOR)
