"""SimPy engine: one environment for each run, one process for each clock.

It is the readable reference. Time is counted in ticks (`clocks`), so the table of clocks fixes the
order within a day, not the order in which processes were started.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any

import numpy as np
import simpy

from sim.economy.tariffs import apply_quarter_end
from sim.engine import processes, statements, third_parties
from sim.engine.blocks import (
    EVENT,
    GROUPS,
    QUARTER_END,
    WEEKLY,
    Block,
    Failure,
    Layout,
    pack,
)
from sim.engine.clocks import TICKS_PER_DAY, Clock, day_of, months_of, tick
from sim.engine.draws import check_key, uniforms
from sim.engine.happenings import CODES, NOBODY
from sim.engine.interventions import open_day
from sim.engine.parameter_sets import ParameterSets
from sim.engine.plan import make_plan
from sim.engine.sites import COLUMNS
from sim.engine.world import Opener, Recorder, World, opening
from sim.errors import RunFailure
from sim.model.outcomes.outcome import NEVER
from sim.model.tables.codes import CN, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.world.bookkeeping import apply_day_end
from sim.scenario.resolved_scenario import Resolved

OVERFLOW = "more announced duties than the state holds (8); shorten the notice"
BLOCK_RUNS = 50
"""Number of runs whose uniforms are drawn at once: about 10 MB for half a year."""

Process = Generator[simpy.Event, Any, None]


class Ledger:
    """Outcomes and weekly paths of the runs of a block, written during each run."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.readings: dict[int, list[tuple[int, int]]] = {}
        for day, group, place in layout.readings:
            self.readings.setdefault(day, []).append((group, place))
        self.mondays = frozenset(layout.weeks)
        self.row: list[float] = []
        self.path: list[list[float]] = []

    def open(self) -> None:
        """Starts a run with all values missing."""
        self.row = [NEVER] * len(self.layout.columns)
        self.path = []

    def book(self, state: State, params: Params) -> None:
        """Reads the values due at the end of a day; a quarter then ends."""
        for group, place in self.readings.get(state.day, ()):
            if group == QUARTER_END:
                apply_quarter_end(state)
                continue
            for i, outcome in enumerate(GROUPS[group]):
                self.row[place + i] = outcome.read(state, params)
        if state.day in self.mondays:
            self.path.append([outcome.read(state, params) for outcome in GROUPS[WEEKLY]])

    def weekly(self) -> list[list[float]]:
        """Returns the paths of a run by week; weeks that a failed run never reached are missing."""
        missing = len(self.layout.weeks) - len(self.path)
        return self.path + [[NEVER] * len(GROUPS[WEEKLY])] * missing


def every_day(
    env: simpy.Environment, world: World, clock: Clock, ring: Callable[[], None]
) -> Process:
    """Rings a clock on every day of the run."""
    yield env.timeout(tick(world.plan.start, clock) - env.now)
    while True:
        ring()
        yield env.timeout(TICKS_PER_DAY)


def every_month(
    env: simpy.Environment, world: World, clock: Clock, ring: Callable[[], None]
) -> Process:
    """Rings a clock on the first of each month after the start."""
    for day in months_of(world.plan.start, world.plan.until):
        yield env.timeout(tick(day, clock) - env.now)
        ring()


def truce_clock(env: simpy.Environment, world: World) -> Process:
    """Rings the truce's clock on the day the truce ends.

    `watch_truce` interrupts it whenever a truce is signed, extended or replaced, and it is
    reset.
    """
    while True:
        ends = world.state.truce_ends_on
        due = tick(ends, Clock.TRUCE)
        try:
            if ends == 0 or due < env.now:
                yield env.event()
            else:
                yield env.timeout(due - env.now)
                processes.expire(world)
                yield env.event()
        except simpy.Interrupt:
            continue


def watch_truce(env: simpy.Environment, world: World, clock: simpy.Process) -> Callable[[], None]:
    """Returns a function that resets the truce clock if the end of the truce has changed."""
    known = [world.state.truce_ends_on]

    def watch() -> None:
        if world.state.truce_ends_on != known[0]:
            known[0] = world.state.truce_ends_on
            clock.interrupt()

    return watch


def play(world: World, ledger: Ledger) -> None:
    """Simulates one run from its first day to its last.

    Raises:
        RunFailure: The run needs more announced acts than the state holds.
    """
    env = simpy.Environment(initial_time=tick(world.plan.start, Clock.CALENDAR))
    watch = watch_truce(env, world, env.process(truce_clock(env, world)))

    def morning() -> None:
        world.enter(day_of(int(env.now)))
        open_day(world)
        watch()

    def talks() -> None:
        processes.hold_talks(world)
        watch()

    def summit() -> None:
        processes.lead_summit(world)
        watch()

    def evening() -> None:
        apply_day_end(world.state, world.params)
        if world.state.pending_overflow:
            raise RunFailure(OVERFLOW)
        ledger.book(world.state, world.params)

    daily: dict[Clock, Callable[[], None]] = {
        Clock.CALENDAR: morning,
        Clock.COURT: lambda: processes.judge(world),
        Clock.THIRD_PARTIES: lambda: third_parties.stir(world),
        Clock.SHOCKS: lambda: processes.strike(world),
        Clock.TALKS: talks,
        Clock.LEADERS: summit,
        Clock.US_GOVERNMENT: lambda: processes.govern(world, US),
        Clock.CN_GOVERNMENT: lambda: processes.govern(world, CN),
        Clock.US_REPLIES: lambda: processes.reply(world, US),
        Clock.CN_REPLIES: lambda: processes.reply(world, CN),
        Clock.WORDS: lambda: statements.speak(world),
        Clock.IMPLEMENTATION: lambda: processes.implement(world),
        Clock.BOOKKEEPING: evening,
    }
    for clock, ring in daily.items():
        env.process(every_day(env, world, clock, ring))
    env.process(every_month(env, world, Clock.DELIVERIES, lambda: processes.deliver(world)))
    env.process(every_month(env, world, Clock.ECONOMY, lambda: processes.trade(world)))
    env.run(until=tick(world.plan.until + 1, Clock.CALENDAR))


class EventRecorder:
    """Recorder of events as rows of `blocks.EVENT`."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, int, int, float]] = []
        self.replicate = 0

    def open(self, replicate: int) -> None:
        """Starts a run."""
        self.replicate = replicate

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Stores an event."""
        who = NOBODY if side is None else side
        self.rows.append((self.replicate, world.state.day, who, CODES[kind], size))

    def decision(self, world: World, side: int, act: int) -> None:
        """Stores nothing: the act is recorded when it is carried out."""

    def proposal(self, world: World, side: int, u_us: float, u_cn: float) -> None:
        """Stores nothing: a bundle is recorded when it is signed or stopped."""


def run_block(
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: ParameterSets | None = None,
    *,
    events: bool = False,
) -> Block:
    """Simulates consecutive replicates of a scenario; a pure function of its arguments.

    Args:
        resolved: The scenario.
        seed: First half of the key of every draw, 0 to 2**32 - 1.
        first: Number of the first replicate.
        count: Number of replicates.
        parameter_sets: Parameter values of each replicate, or None for central values.
        events: Whether to record events.

    Returns:
        The outcomes and weekly paths of the replicates, and their events if requested.

    Raises:
        UsageError: The seed is out of range.
    """
    check_key(seed)
    plan = make_plan(resolved)
    ledger = Ledger(Layout(resolved))
    recorder = EventRecorder() if events else None
    days = range(plan.start, plan.until + 1)
    rows: list[list[float]] = []
    paths: list[list[list[float]]] = []
    failures: list[Failure] = []
    drawn: Mapping[str, float] | None = None
    opener = Opener(resolved)
    params, state = opener.open(None)
    for start in range(first, first + count, BLOCK_RUNS):
        runs = range(start, min(start + BLOCK_RUNS, first + count))
        luck = uniforms(seed, runs, days, COLUMNS)
        for place, replicate in enumerate(runs):
            if parameter_sets is not None and parameter_sets[replicate - first] is not drawn:
                drawn = parameter_sets[replicate - first]
                params, state = opener.open(drawn)
            ledger.open()
            if recorder:
                recorder.open(replicate)
            try:
                play(World(plan, state, params, luck[place].tolist(), recorder), ledger)
            except (ArithmeticError, LookupError, RunFailure, ValueError) as error:
                failures.append(Failure(replicate, "running", type(error).__name__, str(error)))
            rows.append(ledger.row)
            paths.append(ledger.weekly())
    shape = (count, len(ledger.layout.weeks), len(GROUPS[WEEKLY]))
    return pack(
        ledger.layout,
        first,
        np.array(rows, dtype=np.float64),
        np.array(paths, dtype=np.float64).reshape(shape),
        failures,
        np.array(recorder.rows, dtype=EVENT) if recorder else None,
    )


def play_recorded(
    resolved: Resolved,
    seed: int,
    replicate: int,
    recorder: Recorder,
    drawn: Mapping[str, float] | None = None,
    ledger: Ledger | None = None,
) -> State:
    """Simulates one replicate with a recorder and returns its final state.

    The run is bit-identical to one without a recorder.

    Args:
        resolved: The scenario.
        seed: First half of the key of every draw.
        replicate: Number of the run.
        recorder: Recorder of its events.
        drawn: Parameter values; None for central ones.
        ledger: Ledger for the outcomes; None if they are not needed.
    """
    check_key(seed)
    plan = make_plan(resolved)
    params, state = opening(resolved, drawn)
    luck = uniforms(seed, [replicate], range(plan.start, plan.until + 1), COLUMNS)
    ledger = ledger or Ledger(Layout(resolved))
    ledger.open()
    world = World(plan, state, params, luck[0].tolist(), recorder)
    play(world, ledger)
    return world.state
