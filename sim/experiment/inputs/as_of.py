"""The world as of a date: the record replayed up to it, and what was known of the days after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sim.engine.replay import replay
from sim.engine.world import PARAM_SLOTS, STATE_SLOTS
from sim.errors import UsageError
from sim.history.act_table import acts_on_record
from sim.history.acts import RecordedAct
from sim.history.forums import forums_ahead
from sim.history.tariffs import LAST_DAY
from sim.model.tables.fields import get_slot
from sim.model.tables.vocabulary import CalendarKind
from sim.scenario.load import resolve
from sim.scenario.people import terms_within
from sim.scenario.resolved_scenario import CalendarEntry, Provenance, Resolved

BASE: Final = "base/april-2017"
"""Scenario at whose start the record is taken up."""

HORIZON_DAYS: Final = 365
"""Days that the world runs on by default."""


def world_as_of(
    day: int,
    *,
    until: int | None = None,
    at: Sequence[int] = (),
    acts: Sequence[RecordedAct] | None = None,
) -> Resolved:
    """Returns a scenario that starts on the morning after a day, with all that was known by then.

    Its state is that of the record replayed up to the evening of the day. Its calendar holds the
    forums that had been announced, and the ends of an open threat and of a pause in force.

    Args:
        day: The day, an ordinal.
        until: Last day of the runs; None for a year later.
        at: Days on which dated outcomes are read.
        acts: The record; None for the shipped one.

    Raises:
        UsageError: The day lies outside the record.
    """
    base = resolve(BASE)
    last = max(LAST_DAY, acts[-1].day if acts else 0)
    if not base.start <= day <= last:
        raise UsageError(
            f"{date.fromordinal(day)} is not on record, which runs from "
            f"{date.fromordinal(base.start)} to {date.fromordinal(last)}"
        )
    world = replay(base, acts_on_record() if acts is None else acts, day)
    ends = until or day + HORIZON_DAYS
    replayed = Provenance("record", "estimated", "", f"replayed to {date.fromordinal(day)}")
    return replace(
        base,
        name=f"as-of-{date.fromordinal(day)}",
        question=f"What follows after {date.fromordinal(day)}?",
        start=day + 1,
        until=ends,
        state={name: float(get_slot(world.state, slot)) for name, slot in STATE_SLOTS.items()},
        sources={
            name: replace(replayed, unit=slot.spec.unit) for name, slot in STATE_SLOTS.items()
        },
        parameters={
            name: replace(parameter, value=float(get_slot(world.params, PARAM_SLOTS[name])))
            for name, parameter in base.parameters.items()
        },
        calendar=calendar_ahead(day, ends),
        interventions=(),
        report_dates=tuple(sorted({each for each in at if day < each <= ends})),
        changes=(),
        people=terms_within(day + 1, ends),
    )


def calendar_ahead(day: int, until: int) -> tuple[CalendarEntry, ...]:
    """Returns the forums after a day, up to another, that had been announced by the first."""
    return tuple(
        CalendarEntry(
            f"forum-{date.fromordinal(forum.day)}",
            forum.day,
            int(CalendarKind.SUMMIT_SLOT),
            forum.label,
            forum.source,
            forum.venue,
        )
        for forum in forums_ahead(day, until)
    )
