"""Decisions: what came of a question, read off the record."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sim.backtest.recorded.facts import fact_on, is_fact
from sim.backtest.recorded.matching_acts import days_of, matches_of
from sim.experiment.inputs.as_of import last_day_of, recorded_base
from sim.experiment.outcomes.conditions import Condition
from sim.experiment.outcomes.event_days import Kind
from sim.experiment.outcomes.questions import RunQuestion
from sim.experiment.outcomes.readings import RunReading
from sim.history.acts import RecordedAct


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """What came of a question.

    Attributes:
        value: 1 or 0 for events, a number, or an ordinal day; None if the record cannot tell.
        reason: Why it cannot; empty if it can.
    """

    value: float | None
    reason: str = ""


class _OpenQuestion(Exception):
    """A question that the record leaves open, with the reason."""


def decide(question: RunQuestion, origin: date, acts: tuple[RecordedAct, ...]) -> RecordedAnswer:
    """Returns what came of a question.

    Args:
        question: The question, with what it counts beginning after the day of its forecast.
        origin: That day.
        acts: The record.
    """
    try:
        _check_reach(question, origin, acts)
        if not _all_hold(question.given, origin, acts):
            return RecordedAnswer(None, "its condition did not come about")
        if question.quantity is None:
            return RecordedAnswer(float(_all_hold(question.events, origin, acts)))
        value = _value(question.quantity, origin, acts)
    except _OpenQuestion as open_:
        return RecordedAnswer(None, str(open_))
    if math.isnan(value):
        return RecordedAnswer(None, "it does not apply on its day: there was no such thing")
    return RecordedAnswer(value)


def _check_reach(question: RunQuestion, origin: date, acts: tuple[RecordedAct, ...]) -> None:
    last, end = question.last_day, last_day_of(acts)
    first = recorded_base(end).start
    if origin.toordinal() < first:
        raise _OpenQuestion(f"the record begins on {date.fromordinal(first)}")
    if last is None or last.toordinal() > end:
        raise _OpenQuestion(
            f"the record ends on {date.fromordinal(end)}, before {last or 'its day'}; add later "
            "acts with --record, or tell what came with --outcomes"
        )


def _all_hold(conditions: Iterable[Condition], origin: date, acts: tuple[RecordedAct, ...]) -> bool:
    return all(bool(each.holds(_value(each, origin, acts))) for each in conditions)


def _value(reading: RunReading, origin: date, acts: tuple[RecordedAct, ...]) -> float:
    """Returns what a reading would be of a run that went as the record did.

    Raises:
        _OpenQuestion: The record cannot tell.
    """
    what, day = reading.what, reading.day
    if day is None:
        raise _OpenQuestion(f"{what.name} is not read on a day")
    matches = matches_of(what)
    if matches is not None:
        since = date.fromisoformat(reading.since) if reading.since else origin
        days = days_of(acts, matches)
        came = int(((days > since.toordinal()) & (days <= day.toordinal())).sum())
        is_number = not isinstance(what, Kind) and what.kind == "number"
        return float(came if is_number else min(came, 1))
    if isinstance(what, Kind):
        raise _OpenQuestion(f"the record has no acts that are {what.name}")
    if not is_fact(what):
        raise _OpenQuestion(
            f"the record does not tell what {what.name} was; tell it with --outcomes"
        )
    return fact_on(what, acts, day)
