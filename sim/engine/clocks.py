"""Clocks and ticks: the order of events within a day.

No two clocks share a tick, so the order never depends on insertion.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum, unique
from typing import Final

TICKS_PER_DAY: Final = 64
TICKS_PER_PHASE: Final = 4


@unique
class Phase(IntEnum):
    """Phases of a day, in order."""

    CALENDAR = 0
    SHOCKS = 1
    MEETINGS = 2
    REVIEWS = 3
    REPLIES = 4
    IMPLEMENTATION = 5
    EXPIRIES = 6
    ECONOMY = 7
    BOOKKEEPING = 8


@unique
class ClockSlot(IntEnum):
    """Slots within a phase, in order of action."""

    US = 0
    CN = 1
    BOTH = 2
    WORLD = 3


@unique
class Clock(IntEnum):
    """Clocks, each with one phase and one slot (`AT`)."""

    CALENDAR = 0
    SHOCKS = 1
    LEADERS = 2
    TALKS = 3
    US_GOVERNMENT = 4
    CN_GOVERNMENT = 5
    US_REPLIES = 6
    CN_REPLIES = 7
    IMPLEMENTATION = 8
    TRUCE = 9
    DELIVERIES = 10
    ECONOMY = 11
    BOOKKEEPING = 12
    COURT = 13
    THIRD_PARTIES = 14
    WORDS = 15


AT: Final[dict[Clock, tuple[Phase, ClockSlot]]] = {
    Clock.CALENDAR: (Phase.CALENDAR, ClockSlot.BOTH),
    Clock.COURT: (Phase.CALENDAR, ClockSlot.WORLD),
    Clock.THIRD_PARTIES: (Phase.SHOCKS, ClockSlot.BOTH),
    Clock.SHOCKS: (Phase.SHOCKS, ClockSlot.WORLD),
    Clock.LEADERS: (Phase.MEETINGS, ClockSlot.WORLD),
    Clock.TALKS: (Phase.MEETINGS, ClockSlot.BOTH),
    Clock.US_GOVERNMENT: (Phase.REVIEWS, ClockSlot.US),
    Clock.CN_GOVERNMENT: (Phase.REVIEWS, ClockSlot.CN),
    Clock.US_REPLIES: (Phase.REPLIES, ClockSlot.US),
    Clock.CN_REPLIES: (Phase.REPLIES, ClockSlot.CN),
    Clock.WORDS: (Phase.REPLIES, ClockSlot.BOTH),
    Clock.IMPLEMENTATION: (Phase.IMPLEMENTATION, ClockSlot.BOTH),
    Clock.TRUCE: (Phase.EXPIRIES, ClockSlot.BOTH),
    Clock.DELIVERIES: (Phase.ECONOMY, ClockSlot.BOTH),
    Clock.ECONOMY: (Phase.ECONOMY, ClockSlot.WORLD),
    Clock.BOOKKEEPING: (Phase.BOOKKEEPING, ClockSlot.WORLD),
}

OFFSET: Final[dict[Clock, int]] = {
    clock: phase * TICKS_PER_PHASE + slot for clock, (phase, slot) in AT.items()
}


def tick(day: int, clock: Clock) -> int:
    """Returns the tick at which a clock rings on an ordinal day."""
    return day * TICKS_PER_DAY + OFFSET[clock]


def day_of(ticks: int) -> int:
    """Returns the ordinal day of a tick."""
    return ticks // TICKS_PER_DAY


def next_month(day: int) -> int:
    """Returns the first of the month after an ordinal day."""
    today = date.fromordinal(day)
    return date(today.year + today.month // 12, today.month % 12 + 1, 1).toordinal()


def months_of(start: int, until: int) -> list[int]:
    """Returns the first days of the months after a start, including the first one after the end."""
    months = [next_month(start)]
    while months[-1] <= until:
        months.append(next_month(months[-1]))
    return months
