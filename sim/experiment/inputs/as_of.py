"""The world as it stood on a day: a scenario shipped for it, or the record replayed up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sim.engine.replay import replay
from sim.engine.world import MEMORY_SLOTS, PARAM_SLOTS, STATE_SLOTS
from sim.errors import NotFoundError
from sim.history.act_table import acts_on_record
from sim.history.acts import RecordedAct
from sim.history.tariffs import LAST_DAY
from sim.model.tables.fields import get_slot
from sim.scenario.compose import Draft, blank, start_as_of
from sim.scenario.freeze import freeze
from sim.scenario.knowledge import known_on, learning
from sim.scenario.load import drafted, frozen, resolve
from sim.scenario.resolved_scenario import Provenance, Resolved
from sim.scenario.settings import apply_set
from sim.scenario.shipped import names

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
    before: Sets = (),
) -> Resolved:
    """Returns a scenario that starts on the morning after a day, with all that was known by then.

    Args:
        day: The day.
        sets: Pairs (key, value) from the command line; of the state they hold on the first day of
            the run, of parameters throughout the replay too.
        until: Last day of the run; None for a year later.
        at: Days on which dated outcomes are read; those outside the run are left out.
        acts: The record; None for the shipped one.
        before: Further pairs, of the replayed scenario alone: how the record is coded.

    Raises:
        NotFoundError: The day lies outside the record.
        ScenarioError: A change is wrong.
    """
    record = acts_on_record() if acts is None else acts
    fault = off_record(day, record)
    if fault:
        raise NotFoundError(f"{fault}; add later acts with a record of your own")
    draft = blank()
    draft.question = f"What follows after {day}?"
    start_as_of(draft, day)
    ends = until or day + HORIZON
    # Unlike that of a file, the run may end on its first day: a question may be about tomorrow.
    draft.until = max(ends, day + timedelta(days=2))
    for key, text in sets:
        apply_set(draft, key, text)
    shell = freeze(draft, f"as-of-{day}", [each for each in at if day < each <= ends])
    return filled(replace(shell, until=ends.toordinal()), draft, record, before)


def off_record(day: date, acts: Sequence[RecordedAct]) -> str:
    """Returns what is wrong with a day as of which a scenario is to start; nothing if it is on
    record."""
    first, last = resolve(BASE).start, last_day_of(acts)
    if first <= day.toordinal() <= last:
        return ""
    return (
        f"{day} is not on record, which runs from {date.fromordinal(first)} to "
        f"{date.fromordinal(last)}"
    )


def filled(
    shell: Resolved, draft: Draft, acts: Sequence[RecordedAct], before: Sets = ()
) -> Resolved:
    """Returns a scenario that starts as of a day on record, with all that the record tells of it.

    State and memory are those of the record replayed up to the evening of the day, and parameters
    those known by then. What the scenario or the command line sets takes their place; parameters
    set there count in the replay too.

    Args:
        shell: The scenario with what is written in it, and no more.
        draft: Its draft.
        acts: The record, which covers the day.
        before: Changes of the replayed scenario alone, as pairs (key, text).
    """
    assert draft.as_of is not None
    origin = draft.as_of.toordinal()
    changed = {
        name: placed
        for name, placed in draft.parameters.items()
        if placed is not draft.defaults.get(name)
    }
    base = drafted(BASE, until=date.fromordinal(last_day_of(acts)))
    base.parameters |= changed
    for key, text in before:
        apply_set(base, key, text)
    known = frozen(base, BASE)
    world = replay(learning(known), acts, origin)
    found = {name: float(get_slot(world.state, slot)) for name, slot in STATE_SLOTS.items()}
    found |= {name: shell.state[name] for name in draft.state}
    origins = Provenance("record", "estimated", "", f"replayed to {draft.as_of}")
    sources = {name: replace(origins, unit=slot.spec.unit) for name, slot in STATE_SLOTS.items()}
    return replace(
        shell,
        state=found,
        sources=sources | {name: shell.sources[name] for name in draft.state},
        parameters={
            name: replace(
                known_on(parameter, origin), value=float(get_slot(world.params, PARAM_SLOTS[name]))
            )
            for name, parameter in known.parameters.items()
        }
        | {name: shell.parameters[name] for name in changed},
        memory={
            name: value
            for name, slot in MEMORY_SLOTS.items()
            if (value := float(get_slot(world.state, slot))) != float(slot.initial)
        },
    )


def last_day_of(acts: Sequence[RecordedAct]) -> int:
    """Returns the last day that a record covers, an ordinal."""
    return max(LAST_DAY, acts[-1].day)


def recorded_base(last: int, sets: Sets = ()) -> Resolved:
    """Returns the scenario at whose start the record is taken up, until a day, an ordinal, with
    parameters that are on each day what would have been held of them.

    Raises:
        ScenarioError: A change is wrong, or the day is too far off.
    """
    return learning(resolve(BASE, sets=sets, until=date.fromordinal(last)))
