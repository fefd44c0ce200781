"""Features of the informed hazards: what has happened of late, what stands, and the season.

The features of a day use what was known at the end of the day before. The season alone is read off
the calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from sim.backtest.act_questions import act_days
from sim.experiment.stats.intervals import Floats, Labels
from sim.history.acts import ActType, RecordedAct
from sim.history.standing import THREAT, Spell, standing_as_known

CHINESE_MOVES: Final = (ActType.CN_HIKE, ActType.CN_THREAT, ActType.CN_CONTROL)

TRACES: Final[Mapping[str, tuple[tuple[ActType, ...], float]]] = {
    "US hike, 3 d": ((ActType.US_HIKE,), 3.0),
    "US threat, 3 d": ((ActType.US_THREAT,), 3.0),
    "US threat, 30 d": ((ActType.US_THREAT,), 30.0),
    "US threat, 180 d": ((ActType.US_THREAT,), 180.0),
    "US control, 30 d": ((ActType.US_CONTROL,), 30.0),
    "Chinese move, 3 d": (CHINESE_MOVES, 3.0),
    "talks, 7 d": ((ActType.ROUND,), 7.0),
    "talks, 30 d": ((ActType.ROUND,), 30.0),
    "contact, 30 d": ((ActType.CONTACT,), 30.0),
    "contact, 180 d": ((ActType.CONTACT,), 180.0),
}
"""Traces of acts: each adds 1, which halves in as many days."""

STANDING: Final = ("agreement", "open threat", "deadline near", "expiry near", "forum season")

FEATURES: Final = (*TRACES, *STANDING)
"""All features, in the order of the columns of a design."""

DEADLINE_DAYS: Final = 7.0
EXPIRY_DAYS: Final = 14.0
"""Scales of the features of a date ahead, exp(-days / scale), from the pilot study: of 15 deadlines
on record, 11 were acted on in their last week."""

SEASON: Final = ((11, 8), (12, 4))
"""First and last day of the season of the autumn forums, APEC and the G20."""

LEFT: Final = 2.0 ** (-1.0 / np.array([half_life for _, half_life in TRACES.values()]))
"""What is left of each trace after a day."""

ADDED: Final = np.array(
    [[kind in kinds for kinds, _ in TRACES.values()] for kind in ActType], float
)
"""What an act of each type, in the order of `ActType`, adds to each trace."""


@dataclass(frozen=True, slots=True)
class ActHistory:
    """Acts and spells as known at an origin.

    Attributes:
        first: First day of the record, an ordinal.
        origin: Last day of it.
        days: Type -> days of acts, ordinals in order.
        spells: What stood; an end after the origin is not known.
    """

    first: int
    origin: int
    days: Mapping[ActType, Labels]
    spells: tuple[Spell, ...]

    @classmethod
    def known(
        cls,
        acts: tuple[RecordedAct, ...],
        spells: tuple[Spell, ...],
        first: int,
        origin: int,
    ) -> ActHistory:
        """Builds the history as known at an origin.

        Raises:
            ValueError: The origin lies before the first day.
        """
        if origin < first:
            raise ValueError(f"found origin {origin} before the first day {first} of the record")
        known = [act for act in acts if first <= act.day <= origin]
        days = {kind: act_days(known, kind) for kind in ActType}
        return cls(first, origin, days, standing_as_known(spells, origin))

    @property
    def span(self) -> int:
        """Number of days of the record."""
        return self.origin - self.first + 1

    def daily(self) -> Floats:
        """Returns 1 for each type on the days of its acts, else 0, shape (span, types)."""
        flags = np.zeros((self.span, len(ActType)))
        for place, kind in enumerate(ActType):
            flags[self.days[kind] - self.first, place] = 1.0
        return flags


def design(history: ActHistory) -> Floats:
    """Returns the features of every day of a history and of the day after it, shape
    (span + 1, features)."""
    rows = np.zeros((history.span + 1, len(FEATURES)))
    acts = history.daily() @ ADDED
    for day in range(history.span):
        rows[day + 1, : len(TRACES)] = (rows[day, : len(TRACES)] + acts[day]) * LEFT
    days = np.arange(history.first, history.origin + 2)
    rows[:, len(TRACES) :] = standing_features(history.spells, days)
    return rows


def standing_features(spells: tuple[Spell, ...], days: Labels) -> Floats:
    """Returns what stood on the eve of each day, shape (days, len(STANDING))."""
    found = np.zeros((len(days), len(STANDING)))
    for spell in spells:
        until = days[-1] if spell.until is None else spell.until
        here = (spell.day < days) & (days <= until)
        column = STANDING.index("open threat" if spell.kind == THREAT else "agreement")
        found[here, column] = 1.0
        if spell.due is not None:
            near = "deadline near" if spell.kind == THREAT else "expiry near"
            scale = DEADLINE_DAYS if spell.kind == THREAT else EXPIRY_DAYS
            column = STANDING.index(near)
            now = nearness(spell.due - days[here], scale)
            found[here, column] = np.maximum(found[here, column], now)
    found[:, STANDING.index("forum season")] = [in_season(int(day)) for day in days]
    return found


def nearness(days_left: Floats | Labels, scale: float) -> Floats:
    """Returns exp(-days / scale) for a date ahead, 0 for one that has passed or that there is not
    (infinitely many days)."""
    return np.where(days_left >= 0, np.exp(-np.maximum(days_left, 0) / scale), 0.0)


def in_season(day: int) -> float:
    """Returns 1 for a day in the season of the autumn forums, else 0."""
    found = date.fromordinal(day)
    first, last = SEASON
    return float(first <= (found.month, found.day) <= last)
