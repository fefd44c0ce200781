"""The Sobol sequence: how many points it may have, and the seed it is scrambled with."""

from __future__ import annotations

from typing import Final

from sim.errors import UsageError

MOST_POINTS: Final = 2**16
"""Largest number of base points; ten times what indices with two digits need."""

SAMPLING_SEED: Final = 1
"""Fixed, so that a design depends only on its factors and its size."""


def check_points(n: int, option: str) -> None:
    """Checks that the Sobol sequence is balanced for a number of points.

    Raises:
        UsageError: The number is not a power of two, or too large.
    """
    if not 2 <= n <= MOST_POINTS:
        raise UsageError(f"{option} {n} is not between 2 and {MOST_POINTS:,}")
    if n & (n - 1):
        below = 1 << (n.bit_length() - 1)
        raise UsageError(
            f"{option} {n} is not a power of two, which Sobol points need for balance: use {below} "
            f"or {2 * below}"
        )
