"""Scores of forecasts of numbers: the continuous ranked probability score, and where in the
forecast distribution the number fell."""

from __future__ import annotations

import numpy as np

from sim.experiment.stats.intervals import Floats


def crps(members: Floats, observed: Floats) -> Floats:
    """Returns the continuous ranked probability score of each distribution that consists of its
    members, in the unit of the number: mean |X - y| - mean |X - X'| / 2 (Gneiting and Raftery 2007,
    equation 21). For a single member it is the absolute error.

    Use it where the members are the forecast, as with past changes or a single value. For a sample
    of a distribution it is too large, the more so the smaller the sample: see `fair_crps`.

    Args:
        members: Members of each forecast, shape (..., m).
        observed: What came, shape (...).
    """
    m = members.shape[-1]
    return np.asarray(_distance(members, observed) - _spread(members) / (2.0 * m * m))


def fair_crps(members: Floats, observed: Floats) -> Floats:
    """Returns an unbiased estimate of the continuous ranked probability score of the distribution
    that the members were drawn from: as `crps`, but averaging |X - X'| over pairs of different
    members (Ferro 2014). Single values may be negative.

    Use it for runs of a model: the score then does not depend on how many were played.

    Args:
        members: Draws from each forecast, shape (..., m), m at least 2.
        observed: What came, shape (...).

    Raises:
        ValueError: There is only one member.
    """
    m = members.shape[-1]
    if m < 2:
        raise ValueError("found 1 member; a fair score needs at least 2")
    return np.asarray(_distance(members, observed) - _spread(members) / (2.0 * m * (m - 1)))


def randomised_pit(below: Floats, upto: Floats, uniforms: Floats) -> Floats:
    """Returns the randomised probability integral transform of each observation: uniform on 0 to 1
    if forecasts are right, though their distributions may jump (Brockwell 2007; Czado, Gneiting and
    Held 2009).

    Args:
        below: Forecast probability of a smaller value than came.
        upto: Forecast probability of a value as small as what came; not below `below`.
        uniforms: An independent uniform draw for each.
    """
    return below + uniforms * (upto - below)


def ensemble_pit(members: Floats, observed: Floats, uniforms: Floats) -> Floats:
    """Returns the randomised transform of each observation among the members of its forecast: its
    rank in the pool of both, ties broken at random, spread over 0 to 1. Exactly uniform if the
    observation is one more draw from what the members were drawn from.

    Args:
        members: Members of each forecast, shape (..., m).
        observed: What came, shape (...).
        uniforms: An independent uniform draw for each, shape (...).
    """
    pool = members.shape[-1] + 1
    below = np.sum(members < observed[..., None], axis=-1) / pool
    upto = (np.sum(members <= observed[..., None], axis=-1) + 1) / pool
    return randomised_pit(below, upto, uniforms)


def _distance(members: Floats, observed: Floats) -> Floats:
    """Returns the mean distance of the members from what came."""
    return np.asarray(np.mean(np.abs(members - observed[..., None]), axis=-1))


def _spread(members: Floats) -> Floats:
    """Returns the sum of |X - X'| over all ordered pairs of members, from their order."""
    m = members.shape[-1]
    ranks = np.arange(1, m + 1)
    return np.asarray(2.0 * np.sum((2.0 * ranks - m - 1.0) * np.sort(members, axis=-1), axis=-1))
