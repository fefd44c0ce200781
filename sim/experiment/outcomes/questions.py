"""Questions about the runs of a scenario: an event with a probability, or a quantity.

    truce_in_force@2025-11-11                            whether conditions hold (see `conditions`)
    calls@2025-11-30>=1 and rounds@2025-11-30>=1         whether all of them hold
    us_addon_pp@2025-12-31                               how large a number is
    us_addon_pp@2025-12-31 | truce_in_force@2025-11-11   either, in the runs that meet conditions;
                                                         `given` means the same as `|`

A forecast is made on a day, its origin, and every question put to it is about later days. What is
counted is counted after the origin, up to the day of the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, TypeVar

from sim.errors import SimError, UsageError
from sim.experiment.outcomes.conditions import AND, IF, Condition, read_conditions
from sim.experiment.outcomes.event_days import Kind
from sim.experiment.outcomes.readings import RunReading, dated_kin, read_reading
from sim.scenario.freeze import LONGEST_DAYS

QUESTION: Final = "--question"
LONGEST: Final = 1000
"""Letters of a question, at most."""

Read = TypeVar("Read", bound=RunReading)


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """A question about the runs of a scenario.

    Attributes:
        text: The question as typed.
        place: The option and the text, with which an error message begins.
        events: Conditions whose joint probability is asked for; empty for a quantity.
        quantity: The number whose distribution is asked for; None for events.
        given: Conditions a run must meet to count.
    """

    text: str
    place: str
    events: tuple[Condition, ...]
    quantity: RunReading | None
    given: tuple[Condition, ...]

    @property
    def readings(self) -> tuple[RunReading, ...]:
        """All that is read of a run."""
        quantity = () if self.quantity is None else (self.quantity,)
        return (*self.events, *quantity, *self.given)

    @property
    def needs_events(self) -> bool:
        """Whether it is answered from the events of a run."""
        return any(reading.needs_events for reading in self.readings)

    @property
    def days(self) -> tuple[date, ...]:
        """Days on which a run has to report, in order."""
        return tuple(sorted({day for reading in self.readings for day in reading.days}))

    @property
    def last_day(self) -> date | None:
        """Day on which the answer is known; None if it is only at the end of a run."""
        days = [reading.last_day for reading in self.readings]
        return max((day for day in days if day), default=None) if all(days) else None

    @property
    def spelling(self) -> str:
        """The question in its shortest spelling, which reads back as the same."""
        asked = self.quantity.name if self.quantity else _joined(self.events)
        return f"{asked} | {_joined(self.given)}" if self.given else asked


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question without an answer, and why.

    Attributes:
        place: The option or the line of a file that it was typed in.
        as_of: Day of the forecast, as typed.
        text: The question as typed.
        error: What is wrong with it.
    """

    place: str
    as_of: str
    text: str
    error: SimError

    @property
    def told(self) -> str:
        """The error with the place of the question, each once."""
        told = str(self.error)
        return told if told.startswith(self.place) else f"{self.place}: {told}"


def refused(unanswered: Sequence[UnansweredQuestion], asked: int) -> SimError:
    """Returns the error of questions that cannot be answered: that of a single question, or one
    that lists all.

    Args:
        unanswered: The questions, at least one.
        asked: Number of questions asked.
    """
    if asked == 1:
        return unanswered[0].error
    kinds = {type(each.error) for each in unanswered}
    lines = [f"{len(unanswered)} of {asked} questions cannot be answered:"]
    lines += [each.told for each in unanswered]
    kind = kinds.pop() if len(kinds) == 1 else UsageError
    return kind("\n".join(lines))


def read_question(text: str, option: str = QUESTION) -> RunQuestion:
    """Parses a question.

    Args:
        text: The question as typed.
        option: Option or place it was typed in, for error messages.

    Raises:
        NotFoundError: There is no such outcome, class or event; the message names the nearest.
        UsageError: It is not a question, or one without an answer.
    """
    place = f"{option} {text}"
    if len(text) > LONGEST:
        raise UsageError(
            f"{option} {text[:60]}...: has {len(text):,} letters; at most {LONGEST:,} are allowed"
        )
    asked, *conditions = IF.split(text.strip(), maxsplit=1)
    given = tuple(each for part in conditions for each in read_conditions(part, option))
    quantity = _quantity(asked, place)
    events = () if quantity else read_conditions(asked, option)
    return RunQuestion(text.strip(), place, events, quantity, given)


def asked_on(question: RunQuestion, origin: date) -> RunQuestion:
    """Returns a question as it is meant on a day: events and counts begin after that day.

    Args:
        question: The question.
        origin: Day on which the forecast is made.

    Raises:
        UsageError: It is about no day, about a day that is not later, or about one that no run
            reaches.
    """
    for reading in question.readings:
        _check_later(reading, origin)
    events, given = _counted_from(question.events, origin), _counted_from(question.given, origin)
    quantity = question.quantity and _counted_from([question.quantity], origin)[0]
    return replace(question, events=events, quantity=quantity, given=given)


def _quantity(asked: str, place: str) -> RunReading | None:
    """Returns the number that is asked for; None if something else is."""
    if AND.search(asked) or any(sign in asked for sign in "=<>"):
        return None
    reading = read_reading(asked.strip(), place)
    is_number = not isinstance(reading.what, Kind) and reading.what.kind == "number"
    return reading if is_number else None


def _joined(conditions: Sequence[Condition]) -> str:
    return " and ".join(condition.spelling for condition in conditions)


def _check_later(reading: RunReading, origin: date) -> None:
    """Checks that a reading is of a day after the origin that a run can reach."""
    name, day = reading.what.name, reading.last_day
    if day is None and not isinstance(reading.what, Kind) and not reading.what.dated:
        raise UsageError(
            f"{reading.place}: {name} is known only at the end of a run, and a forecast is for a "
            f"day{dated_kin(name)}"
        )
    if day is None:
        raise UsageError(f"{reading.place}: say for which day, as in {name}@DATE")
    if day <= origin:
        raise UsageError(
            f"{reading.place}: {reading.when} is not after {origin}, the day of the forecast; ask "
            "for a later day"
        )
    if (day - origin).days > LONGEST_DAYS:
        raise UsageError(
            f"{reading.place}: {reading.when} is too far from {origin}, the day of the forecast; "
            f"runs reach {origin + timedelta(days=LONGEST_DAYS)}"
        )
    if reading.since and reading.since < origin.isoformat():
        raise UsageError(
            f"{reading.place}: {reading.since} is before {origin}, the day of the forecast; what "
            f"came before is known, so write {name}@{origin}..{reading.when}"
        )


def _counted_from(readings: Sequence[Read], origin: date) -> tuple[Read, ...]:
    """Returns readings of which those that count begin after the origin, if not later."""
    return tuple(
        replace(reading, since=reading.since or origin.isoformat())
        if reading.is_increase
        else reading
        for reading in readings
    )
