"""Regimes: the three administrations on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from sim.history.tariffs import LAST_DAY

YEAR_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Regime:
    """An administration.

    Attributes:
        name: Name in JSON and tables of data.
        title: Name in text.
        eve: Day before its first day on record, an ordinal.
        last: Its last day on record, an ordinal.
    """

    name: str
    title: str
    eve: int
    last: int

    @property
    def years(self) -> float:
        """Length in years of 365 days."""
        return (self.last - self.eve) / YEAR_DAYS

    def windows(self) -> tuple[tuple[int, int], ...]:
        """Returns windows that follow each other, each from an anniversary of the eve to the next,
        the last one to the end: the eve and the last day of each, ordinals."""
        first = date.fromordinal(self.eve)
        years = range(first.year, date.fromordinal(self.last).year + 2)
        ends = [first.replace(year=year).toordinal() for year in years]
        ends = [min(end, self.last) for end in ends]
        return tuple((eve, end) for eve, end in pairwise(ends) if eve < end)


REGIMES: Final = (
    Regime(
        "2017-2021",
        "April 2017 to 19 January 2021",
        date(2017, 4, 5).toordinal(),
        date(2021, 1, 19).toordinal(),
    ),
    Regime(
        "2021-2025",
        "20 January 2021 to 19 January 2025",
        date(2021, 1, 19).toordinal(),
        date(2025, 1, 19).toordinal(),
    ),
    Regime("2025", "20 January to 23 October 2025", date(2025, 1, 19).toordinal(), LAST_DAY),
)
"""The administrations in order. The first begins on the day from which the record can be
replayed."""


def regime_after(origin: int) -> Regime:
    """Returns the regime of the first day after an origin, an ordinal of the record."""
    return next(each for each in reversed(REGIMES) if each.eve <= origin)
