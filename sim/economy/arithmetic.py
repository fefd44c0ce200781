"""Safe arithmetic for the rules, which may use exp, log and division only through this module.

CPython raises where compiled code returns inf, so arguments of exp are clamped, and arguments of
log and divisors are at least 1e-12. The module uses only + - * /, comparisons and `math` functions
that give identical bits in both engines.
"""

from __future__ import annotations

import math

from sim.economy.constants import EXP_LIMIT, NORMAL_LIMIT, TINY


def safe_exp(x: float) -> float:
    """Returns e to the x, with x clamped to [-700, 700]."""
    # Comparisons, here and below, are twice as fast as min and max, and let NaN through.
    if x > EXP_LIMIT:
        return math.exp(EXP_LIMIT)
    if x < -EXP_LIMIT:
        return math.exp(-EXP_LIMIT)
    return math.exp(x)


def safe_log(x: float) -> float:
    """Returns the natural logarithm of x, or of 1e-12 if x is smaller."""
    if x < TINY:
        return math.log(TINY)
    return math.log(x)


def safe_sqrt(x: float) -> float:
    """Returns the square root of x, or 0 if x is negative."""
    return math.sqrt(x) if x > 0.0 else 0.0


def safe_div(numerator: float, denominator: float) -> float:
    """Returns a quotient; a divisor below 1e-12 counts as 1e-12 (divisors here are positive)."""
    if denominator < TINY:
        return numerator / TINY
    return numerator / denominator


def logistic(x: float) -> float:
    """Returns 1 / (1 + e to the -x)."""
    return 1.0 / (1.0 + safe_exp(-x))


def clamp(x: float, low: float, high: float) -> float:
    """Returns x limited to the range from low to high."""
    if x > high:
        return high
    if x < low:
        return low
    return x


def gumbel(u: float) -> float:
    """Returns the standard Gumbel quantile of u, -ln(-ln u)."""
    return -safe_log(-safe_log(u))


def hazard_ratio(x: float) -> float:
    """Returns the standard normal density over the distribution function, at x (the inverse Mills
    ratio of -x); x is limited to [-5, 5], beyond which an answer says nothing new."""
    z = clamp(x, -NORMAL_LIMIT, NORMAL_LIMIT)
    # Halves and 2s belong to the formulas of density and distribution.
    density = safe_exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    # 2, and 0.5 as well, for the same reason.
    return density / (0.5 * (1.0 + math.erf(z / math.sqrt(2.0))))


def normal(u_one: float, u_two: float) -> float:
    """Returns a standard normal number from two uniform ones (Box and Muller 1958)."""
    # Both 2s are part of the method: a squared radius of -2 ln u, and a full turn.
    return math.sqrt(-2.0 * safe_log(u_one)) * math.cos(2.0 * math.pi * u_two)
