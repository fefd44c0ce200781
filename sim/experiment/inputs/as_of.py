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


def world_as_of(
    day: date,
    *,
    sets: Sets = (),
    until: date | None = None,
    at: Sequence[date] = (),
    acts: Sequence[RecordedAct] | None = None,
) -> Resolved:
    """Returns the world as it stood on a day: the shipped scenario that starts on it, else the
    record replayed up to it.

    Of several scenarios it is the one that changes least of the base they share. With a record of
    the user's own it is the replay, of which the scenarios know nothing.

    Args:
        day: The day.
        sets: Pairs (key, value) from the command line.
        until: Last day of the run.
        at: Days on which dated outcomes are read.
        acts: A record of the user's own; None for the shipped one.

    Raises:
        NotFoundError: The day lies outside the record.
        ScenarioError: A change is wrong.
    """
    shipped = [resolve(name) for name in names()] if acts is None else []
    there = [world for world in shipped if world.start == day.toordinal()]
    if there:
        chosen = min(there, key=lambda world: (len(world.changes), world.name))
        return resolve(chosen.name, sets=sets, until=until, at=at)
    return replayed_world(day, sets=sets, until=until, at=at, acts=acts)


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
    base = resolve(BASE, sets=[(key, text) for key, text in sets if key not in changed])
    record = acts_on_record() if acts is None else acts
    last = max(LAST_DAY, record[-1].day)
    origin = day.toordinal()
    if not base.start <= origin <= last:
        raise NotFoundError(
            f"{day} is not on record, which runs from {date.fromordinal(base.start)} to "
            f"{date.fromordinal(last)}; add later acts with a record of your own"
        )
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
