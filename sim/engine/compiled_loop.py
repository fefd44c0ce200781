"""The bulk engine: the same rules, clocks and draws as the SimPy loop, compiled.

One pass of the loop is one run: the due ticks of all clocks stand in an array, the earliest rings.
Blocks release the interpreter's lock, so threads play side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numba import njit

from sim.engine import processes
from sim.engine.blocks import (
    AT_END,
    DATED,
    EVENT,
    GROUPS,
    MOST_EVENTS,
    QUARTERLY,
    WEEKLY,
    Block,
    Failure,
    Layout,
    pack,
)
from sim.engine.clocks import OFFSET, TICKS_PER_DAY, Clock, months_of
from sim.engine.compiled_desk import READERS, WORLD, fill_plan
from sim.engine.draws import check_key
from sim.engine.interventions import open_day
from sim.engine.plan import make_plan
from sim.engine.sites import COLUMNS
from sim.engine.world import opening
from sim.model.bookkeeping import apply_day_end
from sim.model.fields import dtype_of, to_struct
from sim.model.params import Params
from sim.model.state import State
from sim.model.vocabulary import CN, US
from sim.scenario.resolved import Resolved

N_CLOCKS: Final = len(Clock)
N_SITES: Final = len(COLUMNS)
NEVER_RINGS: Final = 2**62
_OFFSETS: Final = np.array([OFFSET[clock] for clock in Clock], np.int64)
_CALENDAR: Final = int(Clock.CALENDAR)
_SHOCKS: Final = int(Clock.SHOCKS)
_LEADERS: Final = int(Clock.LEADERS)
_TALKS: Final = int(Clock.TALKS)
_US_GOVERNMENT: Final = int(Clock.US_GOVERNMENT)
_CN_GOVERNMENT: Final = int(Clock.CN_GOVERNMENT)
_US_REPLIES: Final = int(Clock.US_REPLIES)
_CN_REPLIES: Final = int(Clock.CN_REPLIES)
_IMPLEMENTATION: Final = int(Clock.IMPLEMENTATION)
_TRUCE: Final = int(Clock.TRUCE)
_DELIVERIES: Final = int(Clock.DELIVERIES)
_ECONOMY: Final = int(Clock.ECONOMY)
_BOOKKEEPING: Final = int(Clock.BOOKKEEPING)

read_at_end, read_dated, read_quarterly, read_weekly = (
    READERS[AT_END],
    READERS[DATED],
    READERS[QUARTERLY],
    READERS[WEEKLY],
)


@njit(nogil=True)
def truce_due(ends_on: int, now: int) -> int:
    due = ends_on * TICKS_PER_DAY + _OFFSETS[_TRUCE]
    if ends_on == 0 or due < now:
        return NEVER_RINGS
    return due


@njit(nogil=True)
def play(world, months, readings, weeks, due, row, path):
    plan, state, params = world.plan, world.state, world.params
    for clock in range(N_CLOCKS):
        due[clock] = plan.start * TICKS_PER_DAY + _OFFSETS[clock]
    month = 0
    due[_DELIVERIES] = months[0] * TICKS_PER_DAY + _OFFSETS[_DELIVERIES]
    due[_ECONOMY] = months[0] * TICKS_PER_DAY + _OFFSETS[_ECONOMY]
    ends_on = state.truce_ends_on
    due[_TRUCE] = truce_due(ends_on, due[_CALENDAR])
    reading = 0
    week = 0
    end = (plan.until + 1) * TICKS_PER_DAY
    while True:
        clock = 0
        now = due[0]
        for other in range(1, N_CLOCKS):
            if due[other] < now:
                now = due[other]
                clock = other
        if now >= end:
            return True
        due[clock] = now + TICKS_PER_DAY
        if clock == _CALENDAR:
            state.day = now // TICKS_PER_DAY
            open_day(world)
        elif clock == _SHOCKS:
            processes.strike(world)
        elif clock == _LEADERS:
            processes.lead_summit(world)
        elif clock == _TALKS:
            processes.hold_talks(world)
        elif clock == _US_GOVERNMENT:
            processes.govern(world, US)
        elif clock == _CN_GOVERNMENT:
            processes.govern(world, CN)
        elif clock == _US_REPLIES:
            processes.reply(world, US)
        elif clock == _CN_REPLIES:
            processes.reply(world, CN)
        elif clock == _IMPLEMENTATION:
            processes.implement(world)
        elif clock == _TRUCE:
            processes.expire(world)
            due[_TRUCE] = NEVER_RINGS
        elif clock == _DELIVERIES:
            processes.deliver(world)
            due[_DELIVERIES] = months[month + 1] * TICKS_PER_DAY + _OFFSETS[_DELIVERIES]
        elif clock == _ECONOMY:
            processes.trade(world)
            month += 1
            due[_ECONOMY] = months[month] * TICKS_PER_DAY + _OFFSETS[_ECONOMY]
        else:
            apply_day_end(state, params)
            if state.pending_overflow:
                return False
            while reading < len(readings) and readings[reading, 0] == state.day:
                group, place = readings[reading, 1], readings[reading, 2]
                if group == AT_END:
                    read_at_end(state, params, row, place)
                elif group == DATED:
                    read_dated(state, params, row, place)
                else:
                    read_quarterly(state, params, row, place)
                reading += 1
            if week < len(weeks) and weeks[week] == state.day:
                read_weekly(state, params, path[week], 0)
                week += 1
        if clock == _CALENDAR or clock == _TALKS or clock == _LEADERS:
            if state.truce_ends_on != ends_on:
                ends_on = state.truce_ends_on
                due[_TRUCE] = truce_due(ends_on, now)


@njit(nogil=True)
def play_all(worlds, openings, vectors, first, months, readings, weeks, table, cube, failed, events):
    due = np.empty(N_CLOCKS, np.int64)
    world = worlds[0]
    words = worlds.view(np.uint64)
    written = 0
    for run in range(len(table)):
        words[: openings.shape[1]] = openings[vectors[run]]
        world.replicate = np.uint64(first + run)
        failed[run] = not play(world, months, readings, weeks, due, table[run], cube[run])
        for i in range(world.n_events):
            event = events[written]
            event.replicate = first + run
            event.day = world.event_day[i]
            event.side = world.event_side[i]
            event.act = world.event_act[i]
            event.size = world.event_size[i]
            written += 1
    return written


def run_block(
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: Sequence[Mapping[str, float]] | None = None,
    *,
    events: bool = False,
) -> Block:
    check_key(seed)
    layout = Layout(resolved)
    first_sets = parameter_sets or [None]*count
    openings = []
    vectors = np.zeros(count, np.int64)
    drawn = 0
    for run, values in enumerate(first_sets):
        if values is not drawn:
            drawn = values
            openings.append(opened(resolved, values, seed, events))
        vectors[run] = len(openings) - 1
    kept = np.stack([w.view(np.uint64) for w in openings])
    table = np.full((count, len(layout.columns)), np.nan)
    cube = np.full((count, len(layout.weeks), len(GROUPS[WEEKLY])), np.nan)
    failed = np.zeros(count, np.bool_)
    room = np.zeros(count * MOST_EVENTS if events else 0, EVENT)
    months = np.array(months_of(resolved.start, resolved.until), np.int64)
    written = play_all(np.zeros(1, WORLD), kept, vectors, first, months,
        np.array(layout.readings, np.int64), np.array(layout.weeks, np.int64), table, cube, failed, room)
    failures = [
        Failure(
            first + int(run),
            "running",
            "RunFailure",
            "more announced duties than the state holds (8); shorten the notice",
        )
        for run in np.flatnonzero(failed)
    ]
    return pack(layout, first, table, cube, failures, room[:written].copy() if events else None)


def opened(resolved, drawn, seed, events):
    params, state = opening(resolved, drawn)
    world = np.zeros(1, WORLD)
    world["state"] = to_struct(state)
    world["params"] = to_struct(params)
    fill_plan(make_plan(resolved), world["plan"][0])
    world["seed"] = seed
    world["records"] = events
    return world
