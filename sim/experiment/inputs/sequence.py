"""The Sobol sequence: how many points it may have, and the seed it is scrambled with."""

from __future__ import annotations

from typing import Final

from sim.errors import UsageError

MOST_POINTS: Final = 2**16
"""Points of the sequence; ten times what indices of two digits need."""

SAMPLING_SEED: Final = 1
"""Fixed, so that a design is a function of its factors and its size alone."""


def check_points(n: int, option: str) -> None:
    """Refuses a number of points the sequence has no balance at.

    Raises:
        UsageError: It is no power of two, or too large.
    """
    if not 2 <= n <= MOST_POINTS:
        raise UsageError(f"{option} {n} is not between 2 and {MOST_POINTS:,}")
    if n & (n - 1):
        below = 1 << (n.bit_length() - 1)
        raise UsageError(
            f"{option} {n} is no power of two, and Sobol points are even only then: take {below} "
            f"or {2 * below}"
        )
