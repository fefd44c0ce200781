"""The readable engine: a SimPy process for each clock, one environment for each run.

It is the reference. Time is counted in ticks (`clocks`), so the order within a day is fixed by
the table and never by the order in which processes were started.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import simpy

from sim.economy.block import apply_trade_opening
from sim.engine import processes
from sim.engine.clocks import TICKS_PER_DAY, Clock, day_of, tick
from sim.engine.draws import check_key, uniforms
from sim.engine.interventions import open_day
from sim.engine.sites import COLUMNS
from sim.engine.world import Recorder, World, make_params, make_plan, make_state
from sim.errors import RunFailure
from sim.model.bookkeeping import apply_day_end
from sim.model.outcome import Outcome
from sim.model.outcomes import OUTCOMES, PATHS, outcome_index
from sim.model.params import Params
from sim.model.state import State
from sim.model.vocabulary import CN, US
from sim.scenario.resolved import Resolved

BLOCK_RUNS = 50
"""Runs whose luck is drawn at once: about 10 MB of uniforms for half a year."""

Process = Generator[simpy.Event, Any, None]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the outcomes table: an outcome, at the end or on a day."""

    name: str
    outcome: Outcome
    day: int | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that could not be finished, kept as data."""

    replicate: int
    stage: str
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Block:
    """The outcomes of consecutive replicates.

    Attributes:
        first: Number of the first replicate.
        count: How many.
        values: Column name -> array of shape (count,): float64 for numbers (NaN = does not
            apply), bool for flags, int64 codes for classes (-1 = the run failed).
        failures: Runs that could not be finished.
        paths: Name -> float64 array of shape (count, weeks).
        weeks: Ordinal days (Mondays) of the paths.
    """

    first: int
    count: int
    values: dict[str, np.ndarray[Any, Any]]
    failures: tuple[Failure, ...]
    paths: dict[str, np.ndarray[Any, Any]]
    weeks: np.ndarray[Any, Any]


def columns(resolved: Resolved) -> tuple[Column, ...]:
    """Returns the columns of a scenario's outcomes table: every outcome at the end, every dated
    one on each report date (`name@2025-11-01`), those by sector at the ends of quarters
    (`name@2025Q4`)."""
    at_end = [Column(outcome.name, outcome, None) for outcome in OUTCOMES]
    dated = [
        Column(f"{outcome.name}@{date.fromordinal(day).isoformat()}", outcome, day)
        for day in resolved.report_dates
        for outcome in OUTCOMES
        if outcome.dated and not outcome.quarterly
    ]
    quarterly = [
        Column(f"{outcome.name}@{label}", outcome, day)
        for label, day in quarter_ends(resolved.start, resolved.until)
        for outcome in OUTCOMES
        if outcome.quarterly
    ]
    return tuple(at_end + dated + quarterly)


def quarter_ends(start: int, until: int) -> tuple[tuple[str, int], ...]:
    """Returns the quarters that end after the first day of a run, each with its last day."""
    ends = []
    for day in range(start + 1, until + 1):
        tomorrow = date.fromordinal(day + 1)
        if tomorrow.day == 1 and tomorrow.month % 3 == 1:
            today = date.fromordinal(day)
            ends.append((f"{today.year}Q{today.month // 3}", day))
    return tuple(ends)


def weeks_of(resolved: Resolved) -> tuple[int, ...]:
    """Returns the Mondays on which paths are read."""
    return tuple(
        day
        for day in range(resolved.start, resolved.until + 1)
        if date.fromordinal(day).weekday() == 0
    )


class Ledger:
    """Where a run writes what it is asked to report."""

    def __init__(self, resolved: Resolved) -> None:
        self.columns = columns(resolved)
        self.weeks = weeks_of(resolved)
        index = outcome_index()
        self.paths = tuple(index[name] for name in PATHS)
        self.dated: dict[int, list[tuple[int, Outcome]]] = {}
        self.final: list[tuple[int, Outcome]] = []
        for place, column in enumerate(self.columns):
            if column.day is None:
                self.final.append((place, column.outcome))
            else:
                self.dated.setdefault(column.day, []).append((place, column.outcome))
        self.mondays = frozenset(self.weeks)
        self.row: list[float] = []
        self.path: list[float] = []

    def open(self) -> None:
        """Starts a run with everything missing."""
        self.row = [float("nan")] * len(self.columns)
        self.path = []

    def book(self, state: State, params: Params, *, last: bool) -> None:
        """Reads what is due at the end of a day."""
        for place, outcome in self.dated.get(state.day, ()):
            self.row[place] = outcome.read(state, params)
        if last:
            for place, outcome in self.final:
                self.row[place] = outcome.read(state, params)
        if state.day in self.mondays:
            self.path.extend([outcome.read(state, params) for outcome in self.paths])


def every_day(
    env: simpy.Environment, world: World, clock: Clock, ring: Callable[[], None]
) -> Process:
    """A clock that rings every day of the run."""
    yield env.timeout(tick(world.plan.start, clock) - env.now)
    while True:
        ring()
        yield env.timeout(TICKS_PER_DAY)


def every_month(
    env: simpy.Environment, world: World, clock: Clock, ring: Callable[[], None]
) -> Process:
    """A clock that rings on the first of each month after the start."""
    day = world.plan.start
    while True:
        day = next_month(day)
        yield env.timeout(tick(day, clock) - env.now)
        ring()


def next_month(day: int) -> int:
    """Returns the first of the month after an ordinal day."""
    today = date.fromordinal(day)
    return date(today.year + today.month // 12, today.month % 12 + 1, 1).toordinal()


def truce_clock(env: simpy.Environment, world: World) -> Process:
    """The truce's own clock: set to the day the pause ends, and set anew whenever it is signed,
    prolonged or replaced (the interrupt comes from `watch_truce`)."""
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
    """Returns a function that resets the truce clock if the pause's end has moved."""
    known = [world.state.truce_ends_on]

    def watch() -> None:
        if world.state.truce_ends_on != known[0]:
            known[0] = world.state.truce_ends_on
            clock.interrupt()

    return watch


def play(world: World, ledger: Ledger) -> None:
    """Plays one run from its first day to its last.

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
            raise RunFailure("more announced duties than the state holds (8); shorten the notice")
        ledger.book(world.state, world.params, last=world.state.day == world.plan.until)

    daily: dict[Clock, Callable[[], None]] = {
        Clock.CALENDAR: morning,
        Clock.SHOCKS: lambda: processes.strike(world),
        Clock.TALKS: talks,
        Clock.LEADERS: summit,
        Clock.US_GOVERNMENT: lambda: processes.govern(world, US),
        Clock.CN_GOVERNMENT: lambda: processes.govern(world, CN),
        Clock.US_REPLIES: lambda: processes.reply(world, US),
        Clock.CN_REPLIES: lambda: processes.reply(world, CN),
        Clock.IMPLEMENTATION: lambda: processes.implement(world),
        Clock.BOOKKEEPING: evening,
    }
    for clock, ring in daily.items():
        env.process(every_day(env, world, clock, ring))
    env.process(every_month(env, world, Clock.DELIVERIES, lambda: processes.deliver(world)))
    env.process(every_month(env, world, Clock.ECONOMY, lambda: processes.trade(world)))
    env.run(until=tick(world.plan.until + 1, Clock.CALENDAR))


def run_block(
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: Sequence[Mapping[str, float]] | None = None,
) -> Block:
    """Plays consecutive replicates of a scenario; a pure function of its arguments.

    Args:
        resolved: The scenario.
        seed: First half of the key of every draw, 0 to 2**32 - 1.
        first: Number of the first replicate.
        count: How many replicates.
        parameter_sets: One mapping of parameter values a replicate (draws of ignorance), or
            None for central values. Repeated mappings may be one object.

    Returns:
        The outcomes and weekly paths of the replicates.

    Raises:
        UsageError: The seed is no key.
    """
    check_key(seed)
    plan = make_plan(resolved)
    ledger = Ledger(resolved)
    days = range(plan.start, plan.until + 1)
    rows: list[list[float]] = []
    paths: list[list[float]] = []
    failures: list[Failure] = []
    drawn: Mapping[str, float] | None = None
    params, state = opening(resolved, None)
    for start in range(first, first + count, BLOCK_RUNS):
        runs = range(start, min(start + BLOCK_RUNS, first + count))
        luck = uniforms(seed, runs, days, COLUMNS)
        for place, replicate in enumerate(runs):
            if parameter_sets is not None and parameter_sets[replicate - first] is not drawn:
                drawn = parameter_sets[replicate - first]
                params, state = opening(resolved, drawn)
            ledger.open()
            try:
                play(World(plan, state, params, luck[place].tolist()), ledger)
            except (ArithmeticError, LookupError, RunFailure, ValueError) as error:
                failures.append(Failure(replicate, "running", type(error).__name__, str(error)))
            rows.append(ledger.row)
            paths.append(ledger.path)
    return pack(ledger, first, rows, paths, tuple(failures))


def opening(resolved: Resolved, drawn: Mapping[str, float] | None) -> tuple[Params, State]:
    """Returns the parameters and the opening state every run of a parameter set starts from."""
    params = make_params(resolved, drawn)
    state = make_state(resolved, params)
    apply_trade_opening(state, params)
    return params, state


def pack(
    ledger: Ledger,
    first: int,
    rows: list[list[float]],
    paths: list[list[float]],
    failures: tuple[Failure, ...],
) -> Block:
    """Returns rows as typed columns."""
    failed = {failure.replicate - first for failure in failures}
    table = np.array(rows, dtype=np.float64).reshape(len(rows), len(ledger.columns))
    table[sorted(failed)] = np.nan
    values: dict[str, np.ndarray[Any, Any]] = {}
    for place, column in enumerate(ledger.columns):
        raw = table[:, place]
        if column.outcome.kind == "number":
            values[column.name] = raw.copy()
        elif column.outcome.kind == "flag":
            values[column.name] = np.nan_to_num(raw, nan=0.0) > 0.5
        else:
            values[column.name] = np.nan_to_num(raw, nan=-1.0).astype(np.int64)
    for place in failed:
        values["failed"][place] = True
    width = len(ledger.weeks) * len(ledger.paths)
    full = [row if len(row) == width else [float("nan")] * width for row in paths]
    cube = np.array(full, dtype=np.float64).reshape(len(rows), len(ledger.weeks), len(ledger.paths))
    series = {outcome.name: cube[:, :, i].copy() for i, outcome in enumerate(ledger.paths)}
    return Block(first, len(rows), values, failures, series, np.array(ledger.weeks, dtype=np.int64))


def play_recorded(resolved: Resolved, seed: int, replicate: int, recorder: Recorder) -> State:
    """Plays one replicate with a recorder listening and returns its final state; the run is the
    same to the bit as without one."""
    check_key(seed)
    plan = make_plan(resolved)
    params, state = opening(resolved, None)
    luck = uniforms(seed, [replicate], range(plan.start, plan.until + 1), COLUMNS)
    ledger = Ledger(resolved)
    ledger.open()
    world = World(plan, state, params, luck[0].tolist(), recorder)
    play(world, ledger)
    return world.state
