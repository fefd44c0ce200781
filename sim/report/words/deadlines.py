"""Deadlines of a scenario in words: ends of a truce, threats that fall due, calendar dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.model.tables.vocabulary import CalendarKind
from sim.report.words.numbers import day_text

if TYPE_CHECKING:
    from sim.scenario.resolved_scenario import Resolved

EXTENSIONS: Final = ("first", "second", "third")
"""Words for the extension that ends; later ones are too uncertain to name."""

NAMED: Final = (CalendarKind.DEADLINE, CalendarKind.REVIEW, CalendarKind.VERDICT)
"""Kinds of calendar entries that are deadlines."""


SCHEDULED: Final = (CalendarKind.SUMMIT_SLOT, CalendarKind.ROUND)
"""Kinds of calendar entries on which something is planned to happen."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something ends or falls due.

    Attributes:
        day: Ordinal day.
        words: What it is, a noun phrase.
        ends_truce: Whether a truce ends on this day.
    """

    day: int
    words: str
    ends_truce: bool = False


def deadlines(resolved: Resolved) -> tuple[Deadline, ...]:
    """Returns the ends of a pause and the deadlines of a scenario within its horizon, in order.

    An extension prolongs a truce by its usual length, so the ends of a truce that is extended are
    known in advance; the end of a truce that is signed during a run is not.
    """
    found = [*_truce_ends(resolved), *_threats(resolved)]
    known = {deadline.day for deadline in found}
    found.extend(
        Deadline(entry.day, _lower(entry.label))
        for entry in resolved.calendar
        if entry.kind in NAMED
        and entry.day not in known
        and resolved.start <= entry.day <= resolved.until
    )
    return tuple(sorted(found, key=lambda deadline: deadline.day))


def marked_days(resolved: Resolved) -> dict[int, str]:
    """Returns what ends, falls due or is scheduled on the days of a run, in order: deadlines, and
    meetings on the calendar."""
    found = {
        entry.day: entry.label
        for entry in resolved.calendar
        if entry.kind in SCHEDULED and resolved.start <= entry.day <= resolved.until
    }
    found |= {deadline.day: deadline.words for deadline in deadlines(resolved)}
    return dict(sorted(found.items()))


def truce_ends_between(resolved: Resolved, after: int, until: int) -> list[Deadline]:
    """Returns the known ends of a truce after one day, up to and including another."""
    return [d for d in deadlines(resolved) if d.ends_truce and after < d.day <= until]


def ends_words(ends: list[Deadline]) -> str:
    """Returns the reason for a fall of the share with a truce in force, as a clause."""
    if not ends:
        return "with no scheduled end of a truce in that week"
    return "when " + " and ".join(f"{end.words} ({day_text(end.day)})" for end in ends)


def _truce_ends(resolved: Resolved) -> list[Deadline]:
    first = int(resolved.state["truce.ends_on"])
    if not resolved.start <= first <= resolved.until:
        return []
    length = int(resolved.parameters["truce.length_days"].value)
    found = [Deadline(first, "the truce ends unless extended", ends_truce=True)]
    for times, words in enumerate(EXTENSIONS, 1):
        day = first + times * length
        if day > resolved.until:
            break
        found.append(Deadline(day, f"the {words} extension of the truce ends", ends_truce=True))
    return found


def _threats(resolved: Resolved) -> list[Deadline]:
    day = int(resolved.state["threat.deadline"])
    if not resolved.state["threat.open"] or not resolved.start <= day <= resolved.until:
        return []
    return [Deadline(day, "the threatened US increase falls due")]


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
