"""Unit conversions and numerical guards: the only numbers in rules that are not parameters.

Any number that could plausibly be different is a parameter and does not belong here.
"""

from __future__ import annotations

from typing import Final

# Conversions
DAYS_PER_YEAR: Final = 365.0
DAYS_PER_WEEK: Final = 7
WORKING_DAYS: Final = 5
DAYS_PER_MONTH: Final = 30.4
MONTHS_PER_YEAR: Final = 12.0
MONTHS_PER_QUARTER: Final = 3.0
PERCENT: Final = 100.0
THOUSAND: Final = 1000.0
THOUSAND_JOBS_PER_PERCENT_OF_A_MILLION: Final = 10.0

UNIT: Final = 10.0
"""Size of one unit of a clause: ten points of tariff, or ten billion USD. Published responses to a
tariff are also per ten points."""

TIME_CONSTANTS_TO_95_PERCENT: Final = 3.0
"""An exponential approach is 95% complete after three time constants."""

LOGISTIC_SD: Final = 1.8137993642342178
"""Standard deviation of a standard logistic variable: pi over the square root of 3."""

# Guards
NORMAL_LIMIT: Final = 5.0
EXP_LIMIT: Final = 700.0
TINY: Final = 1.0e-12
NOISE_FLOOR: Final = 1.0e-6
WORST_UTILITY: Final = -1.0e300
LOWEST_SIGMA: Final = 1.05
"""Goods of two origins are never complements, and the price index needs an elasticity other than 1.
"""
UNIT_ELASTICITY_BAND: Final = 1.0e-6
