"""Compiled engine for large batches: the same rules, clocks and draws as the SimPy loop.

One pass of the loop is one run. An array holds the next tick of every clock, and the earliest
clock rings. Blocks release the interpreter's lock, so threads run in parallel.
"""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numba import njit
from numba.core import config

from sim.economy.block import apply_trade_opening
from sim.economy.tariffs import apply_quarter_end
from sim.engine import interventions, processes, statements, third_parties
from sim.engine.blocks import (
    AT_END,
    DATED,
    EVENT,
    GROUPS,
    QUARTER_END,
    QUARTERLY,
    WEEKLY,
    Block,
    Failure,
    Layout,
    pack,
)
from sim.engine.clocks import OFFSET, TICKS_PER_DAY, Clock, months_of
from sim.engine.code_cache import seal, workshop
from sim.engine.compiled_desk import WORLD, fill_plan, fits, set_parameters
from sim.engine.draws import check_key
from sim.engine.interventions import open_day
from sim.engine.ladders import READERS
from sim.engine.parameter_sets import ParameterSets
from sim.engine.plan import make_plan
from sim.engine.simpy_loop import OVERFLOW
from sim.engine.world import make_params, written_state
from sim.model.tables.codes import CN, US
from sim.model.tables.fields import dtype_of, to_struct
from sim.model.tables.state import State
from sim.model.world.bookkeeping import apply_day_end, apply_opening
from sim.scenario.resolved_scenario import Resolved

Array = np.ndarray[Any, Any]

N_CLOCKS: Final = len(Clock)
NEVER_RINGS: Final = 2**62
STATE_WORDS: Final = dtype_of(State).itemsize // 8
"""Length of the state, which comes first in a world. The rest changes from run to run only if
interventions set parameters."""

# Compiled code takes numbers from module constants, not from enums.
_OFFSETS: Final = np.array([OFFSET[clock] for clock in Clock], np.int64)
_TRUCE_OFFSET: Final = OFFSET[Clock.TRUCE]
_CALENDAR: Final = int(Clock.CALENDAR)
_SHOCKS: Final = int(Clock.SHOCKS)
USUAL_EVENTS: Final = 256
"""Events of a run for which room is made at first: those of about two years."""

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
_COURT: Final = int(Clock.COURT)
_THIRD_PARTIES: Final = int(Clock.THIRD_PARTIES)
_WORDS: Final = int(Clock.WORDS)

_read_at_end = READERS[AT_END]
_read_dated = READERS[DATED]
_read_quarterly = READERS[QUARTERLY]
_read_weekly = READERS[WEEKLY]


@njit(inline="always")
def _truce_due(ends_on: int, now: int) -> int:
    """Returns the tick at which a truce that ends on a day lapses; `never` if the day is past."""
    due = ends_on * TICKS_PER_DAY + _TRUCE_OFFSET
    return NEVER_RINGS if ends_on == 0 or due < now else due


@njit(inline="always")
def _hand_over(world: Any, events: Array, written: int) -> int:
    """Moves the events of a ring from the world to where they are kept, and returns the number of
    events so far. Events beyond the room are counted, so that the caller can make more room."""
    for i in range(world.n_events):
        if written < len(events):
            event = events[written]
            event.replicate = world.replicate
            event.day = world.event_day[i]
            event.side = world.event_side[i]
            event.act = world.event_act[i]
            event.size = world.event_size[i]
        written += 1
    world.n_events = 0
    return written


# Inlined into its only caller; as a separate function it would be optimised twice.
@njit(inline="always")
def _play(  # noqa: C901, PLR0915 - one branch a clock
    world: Any,
    months: Array,
    readings: Array,
    weeks: Array,
    due: Array,
    row: Array,
    path: Array,
    events: Array,
    written: int,
) -> tuple[bool, int]:
    """Simulates one run and returns whether it reached its end, and the number of events so far."""
    plan, state = world.plan, world.state
    for clock in range(N_CLOCKS):
        due[clock] = plan.start * TICKS_PER_DAY + _OFFSETS[clock]
    month = 0
    due[_DELIVERIES] = months[0] * TICKS_PER_DAY + _OFFSETS[_DELIVERIES]
    due[_ECONOMY] = months[0] * TICKS_PER_DAY + _OFFSETS[_ECONOMY]
    ends_on = state.truce_ends_on
    due[_TRUCE] = _truce_due(ends_on, due[_CALENDAR])
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
            return True, written
        due[clock] = now + TICKS_PER_DAY
        if clock == _CALENDAR:
            state.day = now // TICKS_PER_DAY
            open_day(world)
        elif clock == _COURT:
            processes.judge(world)
        elif clock == _THIRD_PARTIES:
            third_parties.stir(world)
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
        elif clock == _WORDS:
            statements.speak(world)
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
        elif clock == _BOOKKEEPING:
            apply_day_end(state, world.params)
            if state.pending_overflow:
                return False, written
            while reading < len(readings) and readings[reading, 0] == state.day:
                group, place = readings[reading, 1], readings[reading, 2]
                if group == AT_END:
                    _read_at_end(state, world.params, row, place)
                elif group == DATED:
                    _read_dated(state, world.params, row, place)
                elif group == QUARTERLY:
                    _read_quarterly(state, world.params, row, place)
                elif group == QUARTER_END:
                    apply_quarter_end(state)
                reading += 1
            if week < len(weeks) and weeks[week] == state.day:
                _read_weekly(state, world.params, path[week], 0)
                week += 1
        if world.n_events > 0:
            written = _hand_over(world, events, written)
        # As in the SimPy loop, the truce clock is reset wherever the end of the truce can change.
        moves = clock == _CALENDAR or clock == _TALKS or clock == _LEADERS
        if moves and state.truce_ends_on != ends_on:
            ends_on = state.truce_ends_on
            due[_TRUCE] = _truce_due(ends_on, now)


def _play_all(
    worlds: Array,
    openings: Array,
    vectors: Array,
    first: int,
    months: Array,
    readings: Array,
    weeks: Array,
    table: Array,
    cube: Array,
    failed: Array,
    events: Array,
) -> int:
    """Simulates consecutive runs into arrays and returns the number of their events, which may be
    larger than the room for them.

    Args:
        worlds: Room for one world, which holds the plan and the seed.
        openings: State and parameters as written, one row of 64-bit words for each parameter
            vector; what follows from them is added, and a world begins with the result.
        vectors: Number of the parameter vector of each run, shape (runs,).
        first: Number of the first replicate.
        months: See `clocks.months_of`.
        readings: See `Layout.readings`.
        weeks: See `Layout.weeks`.
        table: Room for outcomes, (runs, columns).
        cube: Room for weekly paths, (runs, weeks, paths).
        failed: Room for one flag per run: whether it could not be finished.
        events: Room for events.
    """
    due = np.empty(N_CLOCKS, np.int64)
    world = worlds[0]
    words = worlds.view(np.uint64)
    written = 0
    for vector in range(len(openings)):
        for word in range(openings.shape[1]):
            words[word] = openings[vector, word]
        interventions.cut(world)
        apply_opening(world.state, world.params)
        apply_trade_opening(world.state, world.params)
        for word in range(openings.shape[1]):
            openings[vector, word] = words[word]
    for run in range(len(table)):
        vector = vectors[run]
        whole = run == 0 or vector != vectors[run - 1] or world.plan.sets_parameters == 1
        for word in range(openings.shape[1] if whole else STATE_WORDS):
            words[word] = openings[vector, word]
        world.replicate = np.uint64(first + run)
        world.next_step = 0
        world.n_events = 0
        for row in range(world.plan.n_rows):
            world.fired[row] = 0
        for condition in range(world.plan.when_conditions[world.plan.n_rows]):
            world.streaks[condition] = 0
        finished, written = _play(
            world, months, readings, weeks, due, table[run], cube[run], events, written
        )
        failed[run] = not finished
    return written


@cache
def _loop() -> Any:
    """Returns `_play_all`, which is compiled or loaded from the user's cache at its first call.

    Where code is kept is asked when it is first needed: another process may have compiled it since
    this module was loaded.
    """
    folder = workshop()
    if folder is None:
        return njit(nogil=True, error_model="numpy")(_play_all)
    settings: Any = config  # set while it is loaded
    kept = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder)
    try:
        return njit(nogil=True, error_model="numpy", cache=True)(_play_all)
    finally:
        settings.CACHE_DIR = kept


_one_at_a_time = threading.Lock()


def _play_compiled(*arguments: Any) -> int:
    """Calls `_play_all`, compiling or loading it first if need be."""
    with _one_at_a_time:  # else two threads might each have a loop made
        loop = _loop()
    try:
        written = int(loop(*arguments))
    except OSError:
        # It was compiled but could not be kept, e.g. on a full disk; nothing was played yet.
        written = int(loop(*arguments))
    _seal_once()
    return written


_seal_once = cache(seal)
"""Seals the code after the first block: later ones compile nothing."""


def prepare() -> float:
    """Compiles the loop, or loads it from the cache, and returns the seconds it took."""
    began = time.perf_counter()
    none = np.zeros(0, np.int64)
    _play_compiled(
        np.zeros(1, WORLD),
        np.zeros((0, 0), np.uint64),
        none,
        0,
        none,
        none.reshape(0, 3),
        none,
        np.zeros((0, 0)),
        np.zeros((0, 0, 0)),
        np.zeros(0, np.bool_),
        np.zeros(0, EVENT),
    )
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True, eq=False)
class BlockStart:
    """Values shared by all blocks of a scenario.

    Attributes:
        resolved: The scenario.
        layout: Layout of its outcomes table.
        months: See `clocks.months_of`.
        worlds: Room for one world, with the plan of the scenario.
        central: State as written and central parameters, as 64-bit words.
    """

    resolved: Resolved
    layout: Layout
    months: Array
    worlds: Array
    central: Array


_latest: list[BlockStart] = []
"""The start used last; the next block is usually of the same scenario."""


def start_of(resolved: Resolved) -> BlockStart:
    """Returns the values shared by all blocks of a scenario."""
    # Read only once, because another thread may replace it.
    latest = tuple(_latest)
    if latest and latest[0].resolved is resolved:
        return latest[0]
    worlds = np.zeros(1, WORLD)
    fill_plan(make_plan(resolved), worlds["plan"][0])
    months = np.array(months_of(resolved.start, resolved.until), np.int64)
    written = to_struct(written_state(resolved)), to_struct(make_params(resolved))
    central = np.concatenate([record.view(np.uint64) for record in written])
    start = BlockStart(resolved, Layout(resolved), months, worlds, central)
    _latest[:] = [start]
    return start


def world_of(start: BlockStart, seed: int, *, events: bool) -> Array:
    """Returns room for a world, with its plan and its seed."""
    world = start.worlds.copy()
    world["seed"] = seed
    world["records"] = events
    return world


def written_worlds(
    start: BlockStart, count: int, parameter_sets: ParameterSets | None
) -> tuple[Array, Array]:
    """Returns states as written with parameters, one row for each vector of parameters, and the
    row each run starts from.

    Args:
        start: Values shared by the blocks of the scenario.
        count: Number of runs.
        parameter_sets: Parameter values of each run, or None for central values.
    """
    if parameter_sets is None:
        return start.central[np.newaxis].copy(), np.zeros(count, np.int64)
    words = np.tile(start.central, (len(parameter_sets.numbers), 1))
    set_parameters(words[:, STATE_WORDS:], parameter_sets.names, parameter_sets.numbers)
    return words, parameter_sets.of_run


_rooms = threading.local()
"""Room that a thread keeps from block to block: fresh memory costs a tenth of a run's time."""


def room_for(name: str, shape: tuple[int, ...]) -> Array:
    """Returns missing values of a shape, in the room a thread keeps under a name.

    They are overwritten by its next block, so what is to stay must be copied, as `pack` does.
    """
    size = math.prod(shape)
    kept = getattr(_rooms, name, None)
    if kept is None or len(kept) < size:
        kept = np.empty(size)
        setattr(_rooms, name, kept)
    room: Array = kept[:size].reshape(shape)
    room.fill(np.nan)
    return room


def takes(resolved: Resolved) -> bool:
    """Returns whether the compiled loop has room for all interventions of a scenario."""
    return fits(make_plan(resolved))


def run_block(
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: ParameterSets | None = None,
    *,
    events: bool = False,
) -> Block:
    """Simulates consecutive replicates; bit-identical to `simpy_loop.run_block`, which describes
    it."""
    check_key(seed)
    start = start_of(resolved)
    layout = start.layout
    openings, vectors = written_worlds(start, count, parameter_sets)
    world = world_of(start, seed, events=events)
    table = room_for("table", (count, len(layout.columns)))
    cube = room_for("cube", (count, len(layout.weeks), len(GROUPS[WEEKLY])))
    failed = np.zeros(count, np.bool_)

    def play(room: Array) -> int:
        written: int = _play_compiled(
            world,
            openings,
            vectors,
            first,
            start.months,
            np.array(layout.readings, np.int64),
            np.array(layout.weeks, np.int64),
            table,
            cube,
            failed,
            room,
        )
        return written

    room = np.zeros(count * USUAL_EVENTS if events else 0, EVENT)
    written = play(room)
    if events and written > len(room):
        # A run is a pure function of its number, so a second pass writes the same and fits.
        room = np.zeros(written, EVENT)
        written = play(room)
    failures = [
        Failure(first + int(run), "running", "RunFailure", OVERFLOW)
        for run in np.flatnonzero(failed)
    ]
    return pack(layout, first, table, cube, failures, room[:written].copy() if events else None)
