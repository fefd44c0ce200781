"""Pauses of a run: what first strained each of them, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from sim.engine.happenings import Happening
from sim.experiment.explain.events.questions import EVENTS, EventQuestion
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import AGREE_FIRST, SIGN_FIRST, Act, Clause, Package

if TYPE_CHECKING:
    from sim.experiment.explain.events.opening import FirstDay
    from sim.experiment.outcomes.stories import Seen

_BEGINS: Final = frozenset({AGREE_FIRST + Clause.PAUSE, AGREE_FIRST + Clause.PROLONG})
_ACCORD: Final = SIGN_FIRST + Package.COMPREHENSIVE


@unique
class PauseEnd(StrEnum):
    """Ends of a pause."""

    PROLONGED = "prolonged"
    REPLACED = "replaced"  # by a new pause or a comprehensive deal
    BROKEN = "broken"  # by the order of a threatened duty
    LAPSED = "lapsed"
    RUNNING = "running"  # on the last day of the run


@dataclass(slots=True)
class Pause:
    """A pause, from a signature, an extension or the first day on.

    Attributes:
        strained_before: Whether it was strained on the first day of the run already.
        strains: What strained it, in order; see `strain_of`.
        end: How it ended.
    """

    strained_before: bool = False
    strains: list[str] = field(default_factory=list)
    end: PauseEnd = PauseEnd.RUNNING

    @property
    def cause(self) -> str | None:
        """What strained it first; None if nothing did, or if it was strained before."""
        return self.strains[0] if self.strains and not self.strained_before else None


def strain_of(seen: Seen, breach_day: int, cause_days: int) -> str | None:
    """Returns the key of the cause as which an event strains a pause (`causes.STRAINS`); None if it
    strains none.

    Args:
        seen: The event.
        breach_day: Day on which China last missed its pledge, 0 for never.
        cause_days: Days for which that calls for words.
    """
    side, act = seen.side, seen.act
    if act == Act.ACCUSE:
        missed = side == US and breach_day > 0 and seen.day - breach_day <= cause_days
        return f"{_NAMES[side]}_accusations{'_breach' if missed else ''}"
    if side == CN and act in {Act.HIKE, Act.REPLY_MIRROR}:
        return "cn_hikes"
    for question in (EventQuestion.US_HIKES, EventQuestion.US_MEASURES, EventQuestion.CN_MEASURES):
        whose, acts = EVENTS[question]
        if side == whose and act in acts:
            return str(question)
    return None


def strains_of(story: Sequence[Seen], first: FirstDay) -> list[str | None]:
    """Returns the cause as which each event of a run would strain a pause."""
    found, breach_day = [], 0
    for seen in story:
        if seen.act == Happening.BREACH:
            breach_day = seen.day
        found.append(strain_of(seen, breach_day, first.cause_days))
    return found


def pauses_of(story: Sequence[Seen], first: FirstDay) -> list[Pause]:
    """Returns the pauses of a run, in order; a comprehensive deal is none."""
    pauses = [Pause(first.strained)] if first.paused else []
    in_force = first.paused
    for seen, strain in zip(story, strains_of(story, first), strict=True):
        if in_force and strain:
            pauses[-1].strains.append(strain)
        end = _end(seen)
        if in_force and end:
            pauses[-1].end = end
            in_force = False
        if seen.act in _BEGINS:
            pauses.append(Pause())
            in_force = True
    return pauses


def _end(seen: Seen) -> PauseEnd | None:
    if seen.act == AGREE_FIRST + Clause.PROLONG:
        return PauseEnd.PROLONGED
    if seen.act in {AGREE_FIRST + Clause.PAUSE, _ACCORD}:
        return PauseEnd.REPLACED
    if seen.act == Act.EXECUTE_THREAT:
        return PauseEnd.BROKEN
    return PauseEnd.LAPSED if seen.act == Happening.SNAPBACK else None


_NAMES: Final = ("us", "cn")
