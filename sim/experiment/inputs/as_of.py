"""The world as it stood on a day: a scenario shipped for it, or the record replayed up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sim.engine.replay import replay
from sim.engine.world import PARAM_SLOTS, STATE_SLOTS
from sim.errors import NotFoundError
from sim.history.act_table import acts_on_record
from sim.history.acts import RecordedAct
from sim.history.forums import forums_ahead
from sim.history.tariffs import LAST_DAY
from sim.model.tables.fields import get_slot
from sim.model.tables.vocabulary import CalendarKind
from sim.scenario.catalog import names
from sim.scenario.load import resolve
from sim.scenario.people import terms_within
from sim.scenario.resolved_scenario import CalendarEntry, Provenance, Resolved

BASE: Final = "base/april-2017"
"""Scenario at whose start the record is taken up."""

HORIZON: Final = timedelta(days=365)
"""How long the world runs on by default."""

Sets = Sequence[tuple[str, str]]


def shipped_for(day: date) -> str | None:
    """Returns the name of the scenario that was written for a day: of those that start on it, the
    one that changes least of the base they share; None if none does."""
    there = [world for world in map(resolve, names()) if world.start == day.toordinal()]
    if not there:
        return None
    return min(there, key=lambda world: (len(world.changes), world.name)).name


def replayed_world(
    day: date,
    *,
    sets: Sets = (),
    until: date | None = None,
    at: Sequence[date] = (),
    acts: Sequence[RecordedAct] | None = None,
) -> Resolved:
    """Returns a scenario that starts on the morning after a day, with all that was known by then.

    Its state is that of the record replayed up to the evening of the day. Its calendar holds the
    forums that had been announced; the ends of an open threat and of a pause in force are part of
    the state.

    Args:
        day: The day.
        sets: Pairs (key, value) from the command line; of the state they hold on the first day of
            the run, of parameters throughout the replay too.
        until: Last day of the run; None for a year later.
        at: Days on which dated outcomes are read.
        acts: The record; None for the shipped one.

    Raises:
        NotFoundError: The day lies outside the record.
        ScenarioError: A change is wrong.
    """
    written = resolve(BASE, sets=sets)
    changed = {key for key, _ in sets} & set(STATE_SLOTS)
    record = acts_on_record() if acts is None else acts
    last = last_day_of(record)
    origin = day.toordinal()
    if not written.start <= origin <= last:
        raise NotFoundError(
            f"{day} is not on record, which runs from {date.fromordinal(written.start)} to "
            f"{date.fromordinal(last)}; add later acts with a record of your own"
        )
    base = recorded_base(last, [(key, text) for key, text in sets if key not in changed])
    world = replay(base, record, origin)
    ends = (until or day + HORIZON).toordinal()
    found = {name: float(get_slot(world.state, slot)) for name, slot in STATE_SLOTS.items()}
    origins = Provenance("record", "estimated", "", f"replayed to {day}")
    return replace(
        base,
        name=f"as-of-{day}",
        question=f"What follows after {day}?",
        start=origin + 1,
        until=ends,
        state=found | {name: written.state[name] for name in changed},
        sources={name: replace(origins, unit=slot.spec.unit) for name, slot in STATE_SLOTS.items()},
        parameters={
            name: replace(parameter, value=float(get_slot(world.params, PARAM_SLOTS[name])))
            for name, parameter in base.parameters.items()
        },
        calendar=calendar_ahead(origin, ends),
        interventions=(),
        report_dates=tuple(sorted({d.toordinal() for d in at if origin < d.toordinal() <= ends})),
        changes=(),
        people=terms_within(origin + 1, ends),
    )


def last_day_of(acts: Sequence[RecordedAct]) -> int:
    """Returns the last day that a record covers, an ordinal."""
    return max(LAST_DAY, acts[-1].day)


def recorded_base(last: int, sets: Sets = ()) -> Resolved:
    """Returns the scenario at whose start the record is taken up, until a day, an ordinal.

    Raises:
        ScenarioError: A change is wrong, or the day is too far off.
    """
    return resolve(BASE, sets=sets, until=date.fromordinal(last))


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
