"""Arithmetic the rules are allowed: the only places where exp, log and division occur.

CPython raises where compiled code returns inf, so arguments of exp are clamped and logs and
divisors kept at 1e-12 or more. Nothing here but + - * /, comparisons and `math` functions that
give the same bits in both engines.
"""

from __future__ import annotations

import math

from sim.economy.constants import EXP_LIMIT, TINY


def safe_exp(x: float) -> float:
    """Returns e to the x, with x clamped to [-700, 700]."""
    # Comparisons, here and below, take half the time of min and max; NaN passes through.
    if x > EXP_LIMIT:
        return math.exp(EXP_LIMIT)
    if x < -EXP_LIMIT:
        return math.exp(-EXP_LIMIT)
    return math.exp(x)


def safe_log(x: float) -> float:
    """Returns the natural logarithm of x, of 1e-12 where x is smaller."""
    if x < TINY:
        return math.log(TINY)
    return math.log(x)


def safe_div(numerator: float, denominator: float) -> float:
    """Returns a quotient; a divisor below 1e-12 counts as 1e-12 (divisors here are positive)."""
    if denominator < TINY:
        return numerator / TINY
    return numerator / denominator


def logistic(x: float) -> float:
    """Returns 1 / (1 + e to the -x)."""
    return 1.0 / (1.0 + safe_exp(-x))


def clamp(x: float, low: float, high: float) -> float:
    """Returns x kept between low and high."""
    if x > high:
        return high
    if x < low:
        return low
    return x


def gumbel(u: float) -> float:
    """Returns the standard Gumbel quantile of u, -ln(-ln u)."""
    return -safe_log(-safe_log(u))


def normal(u_one: float, u_two: float) -> float:
    """Returns a standard normal from two uniforms (Box and Muller 1958)."""
    return math.sqrt(-2.0 * safe_log(u_one)) * math.cos(2.0 * math.pi * u_two)
