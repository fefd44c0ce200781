"""Records as they were known at an origin: all that a baseline gets to see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.experiment.stats.intervals import Flags, Floats, Labels


@dataclass(frozen=True, slots=True)
class EventRecord:
    """Days of an event until an origin.

    Attributes:
        first: First day of the record, an ordinal.
        origin: Last day of it; forecasts begin the day after.
        days: Days of the event, in order, each once.
    """

    first: int
    origin: int
    days: Labels

    @classmethod
    def known(cls, days: Labels, first: int, origin: int) -> EventRecord:
        """Builds the record of which only the days until the origin are known.

        Raises:
            ValueError: The origin lies before the first day.
        """
        if origin < first:
            raise ValueError(f"found origin {origin} before the first day {first} of the record")
        distinct = np.unique(days)
        return cls(first, origin, distinct[(distinct >= first) & (distinct <= origin)])

    @property
    def span(self) -> int:
        """Number of days of the record."""
        return self.origin - self.first + 1

    def daily(self) -> Flags:
        """Returns whether the event came, day by day, shape (span,)."""
        flags = np.zeros(self.span, np.bool_)
        flags[self.days - self.first] = True
        return flags

    def windows(self, horizon: int) -> Flags:
        """Returns whether the event came in each window of so many days, shape (span // horizon,):
        windows do not overlap, and the last ends at the origin."""
        count = self.span // horizon
        flags = self.daily()[self.span - count * horizon :].reshape(count, horizon)
        return np.asarray(flags.any(axis=1))


@dataclass(frozen=True, slots=True)
class LevelRecord:
    """Daily levels of a number until an origin.

    Attributes:
        values: Level at the end of each day, the last that of the origin; at least one.
    """

    values: Floats

    @classmethod
    def known(cls, days: Labels, values: Floats, origin: int) -> LevelRecord:
        """Builds the record of levels each of which holds until the next, known until the origin.

        Args:
            days: First day of each level, ordinals in order.
            values: The levels.
            origin: Last day of the record, an ordinal.

        Raises:
            ValueError: No level is known at the origin.
        """
        if origin < days[0]:
            raise ValueError(f"found origin {origin} before the first level, of day {days[0]}")
        places = np.searchsorted(days, np.arange(days[0], origin + 1), side="right") - 1
        return cls(values[places])
