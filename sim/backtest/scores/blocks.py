"""Resampling of forecast origins in blocks.

Forecasts from neighbouring origins overlap and err together. The independent unit is therefore a
block of consecutive origins, drawn with all forecasts made from them: the circular block bootstrap
(Politis and Romano 1992), in which the last origin is followed by the first, so that every origin
is drawn equally often. A block has to be at least as long as the horizon is in origins.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.experiment.stats.intervals import Floats, Labels

RESAMPLES: Final = 2000
"""Bootstrap resamples. The ends of a 95% interval then vary by about a sixtieth of its length."""

SEED: Final = 1
"""Fixed, so that an interval is a function of the data alone."""


def block_draws(origins: int, block: int, resamples: int = RESAMPLES, seed: int = SEED) -> Labels:
    """Returns how often each origin is drawn in each resample, shape (resamples, origins); each
    row sums to the number of origins.

    Args:
        origins: Number of origins, in order of day.
        block: Consecutive origins drawn together.
        resamples: Number of resamples.
        seed: Seed of the draws.

    Raises:
        ValueError: A block is empty, or longer than all origins.
    """
    if not 1 <= block <= origins:
        raise ValueError(f"found blocks of {block}; with {origins} origins, 1 to {origins} fit")
    rng = np.random.default_rng(seed)
    starts = rng.integers(0, origins, (resamples, -(-origins // block)))
    drawn = (starts[:, :, None] + np.arange(block)) % origins
    drawn = drawn.reshape(resamples, -1)[:, :origins]
    flat = drawn + origins * np.arange(resamples)[:, None]
    return np.bincount(flat.ravel(), minlength=resamples * origins).reshape(resamples, origins)


def sums_by_origin(values: Floats, places: Labels, origins: int) -> Floats:
    """Returns the sum of the values of each origin, shape (origins,).

    Args:
        values: One value a forecast.
        places: Place of the origin of each forecast.
        origins: Number of origins.
    """
    return np.bincount(places, values, minlength=origins).astype(np.float64)
