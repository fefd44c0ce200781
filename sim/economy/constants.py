"""Unit conversions and numerical guards: the only numbers rules name beside parameters.

Anything that could have another value without being wrong is a parameter, not a row here.
"""

from __future__ import annotations

from typing import Final

# Conversions
DAYS_PER_YEAR: Final = 365.0
DAYS_PER_MONTH: Final = 30.4
MONTHS_PER_YEAR: Final = 12.0
MONTHS_PER_QUARTER: Final = 3.0
PERCENT: Final = 100.0
THOUSAND: Final = 1000.0
JOBS_PER_PERCENT_OF_A_MILLION: Final = 1.0e4

UNIT: Final = 10.0
"""Clauses count tariffs in tens of points and money in tens of billions; so do published responses
to a tariff."""

TIME_CONSTANTS_TO_95_PERCENT: Final = 3.0
"""An exponential approach has gone 95 per cent of the way after three of its time constants."""

# Guards
EXP_LIMIT: Final = 700.0
TINY: Final = 1.0e-12
NOISE_FLOOR: Final = 1.0e-6
WORST_UTILITY: Final = -1.0e300
LOWEST_SIGMA: Final = 1.05
UNIT_ELASTICITY_BAND: Final = 1.0e-6
