"""Units that a number in a scenario may have; any other is refused."""

from __future__ import annotations

from typing import Final

UNITS: Final[dict[str, str]] = {
    "1": "a plain number",
    "share": "a fraction between 0 and 1",
    "probability": "a probability between 0 and 1",
    "pp": "percentage points of tariff",
    "pct": "per cent",
    "duty_pct": "duty in per cent of customs value, 0 to 1000",
    "pct_per_year": "per cent a year",
    "1/day": "events a day",
    "1/month": "events a month",
    "1/year": "events a year",
    "days": "days",
    "months": "months of 30.4 days",
    "years": "years",
    "date": "a calendar day",
    "usd_bn": "billions of US dollars",
    "usd_bn_per_year": "billions of US dollars a year",
    "usd_bn_per_month": "billions of US dollars a month",
    "usd_per_year": "US dollars a year",
    "usd_per_tonne": "US dollars a tonne",
    "million_tonnes": "millions of tonnes",
    "pp_change": "percentage points, up or down",
    "million_jobs": "millions of jobs",
    "thousand_jobs": "thousands of jobs",
    "jobs": "jobs",
    "level": "an ordered level, 0 = none",
    "count": "a count",
    "utility": "utility in units of decision noise",
    "log_odds_per_utility": "change in the logarithm of odds per unit of utility",
    "utility_precision": "inverse of a variance of utility",
    "utility_per_usd_bn": "utility for a billion dollars a year",
    "log_odds": "natural logarithm of odds",
    "code": "a name from a closed list",
    "flag": "true or false",
}
