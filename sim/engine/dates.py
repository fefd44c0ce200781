"""Dates in words. Not strftime, whose names of months depend on the locale."""

from __future__ import annotations

from datetime import date
from typing import Final

MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS: Final = tuple(name[:3] for name in MONTH_NAMES)


def day_words(day: int) -> str:
    """Returns an ordinal day as `1 Nov 2025`."""
    then = date.fromordinal(day)
    return f"{then.day} {MONTHS[then.month - 1]} {then.year}"


def end_words(day: int) -> str:
    """Returns until when something lasts, with a space before; the ordinal day 0 is no end."""
    return f" until {day_words(day)}" if day > 0 else " with no end set"


def month_before(day: int) -> str:
    """Returns the name of the month before that of an ordinal day."""
    return MONTH_NAMES[date.fromordinal(day).month - 2]
