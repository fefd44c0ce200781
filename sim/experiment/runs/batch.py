"""Batches: many runs of one scenario. Missing runs are simulated; all are read back from the store.

A run depends only on the scenario, the seed and its number (replicate). A batch of n runs is
therefore always the same first n replicates, no matter what was simulated before, in what order,
or by how many processes.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.engine.blocks import Column, Failure, columns, finished
from sim.engine.choice import (
    COMPILE_S,
    COMPILED,
    SIMPY,
    SIMPY_DAY_S,
    Waiting,
    can_compile,
    check_engine,
    choose_engine,
    prepare,
)
from sim.engine.draws import check_key
from sim.engine.simpy_loop import run_block
from sim.errors import UsageError, nearest
from sim.experiment.executors.choice import AUTO, check_choice, choose, worker_count
from sim.experiment.executors.interface import Executor, Job
from sim.experiment.executors.relay import in_compiled_code
from sim.experiment.inputs.modes import FIXED, MODES, POSTERIOR_SUFFIX
from sim.experiment.runs.defaults import PER_VECTOR, RUNS, SEED
from sim.experiment.runs.filler import Filler, Progress
from sim.experiment.runs.precision import goal_of, reach
from sim.experiment.stats.intervals import Flags, Labels, vector_labels
from sim.experiment.store.folder import MOST_RUNS, PATH_SHARDS, Content, Folder, Note
from sim.experiment.store.identity import model_version
from sim.experiment.store.manifest import SHARD, repeat_command
from sim.experiment.store.parquet import Array
from sim.experiment.store.results import Store, Stored
from sim.scenario.resolved_scenario import Resolved

KEPT_PATHS: Final[Mapping[str, int]] = {"first": PATH_SHARDS, "all": MOST_RUNS, "none": 0}

NO_COMPILER: Final = (
    "these runs play on SimPy, because the package numba is not installed; with it they take a "
    "small part of the time: pip install numba, where there is a build for this Python and this "
    "machine. The results are the same"
)

_GROUP_BYTES: Final = 2**28
"""Memory for columns read together, 256 MB: about thirty columns of a million runs. Reading all
columns of such a batch then takes about thirty groups, and each group opens all its files."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds a call took, by phase.

    Attributes:
        startup_s: Reading the store and starting workers.
        compile_s: Compiling, or loading compiled code; 0 if the runs began on SimPy.
        elapsed_s: Simulation only.
    """

    startup_s: float
    compile_s: float
    elapsed_s: float


class Values(Mapping[str, Array]):
    """Columns of a batch, read from the store on demand, a few at a time."""

    def __init__(self, folder: Folder, n: int) -> None:
        self._folder = folder
        self._n = n
        self._each = max(1, _GROUP_BYTES // (8 * n))
        self._group: dict[str, int] = {}
        self.expect(())
        self._loaded: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._loaded:
            group = self._group[name]
            wanted = [c for c in self._folder.content.columns if self._group[c.name] == group]
            self._loaded = {}  # frees the memory before the next group is read
            self._loaded = self._folder.read(wanted, self._n)
        return self._loaded[name]

    def expect(self, names: Iterable[str]) -> None:
        """Registers columns that will be needed, so that they are read together, with as few others
        as possible."""
        known = self._folder.content.names
        there = set(known)
        expected = dict.fromkeys(name for name in names if name in there)
        others = [name for name in known if name not in expected]
        groups = {name: place // self._each for place, name in enumerate(expected)}
        after = max(groups.values(), default=-1) + 1
        groups |= {name: after + place // self._each for place, name in enumerate(others)}
        self._group = {name: groups[name] for name in known}

    def read_with(self, name: str) -> list[str]:
        """Returns the columns loaded in the same group as one, which are dropped when another group
        is read.

        If all columns fit in memory none is dropped, so each is loaded when it is needed.
        """
        group = self._group[name]
        if group == max(self._group.values()) == 0:
            return [name]
        return [other for other, place in self._group.items() if place == group]

    def __iter__(self) -> Iterator[str]:
        return iter(self._group)

    def __len__(self) -> int:
        return len(self._group)


@dataclass(frozen=True, slots=True, repr=False)
class Batch:
    """The first n replicates of a scenario.

    Attributes:
        resolved: The scenario.
        columns: Columns of the outcomes table.
        values: Column name -> array (n,): float64 for numbers (NaN = does not apply), bool for
            flags, int64 codes for classes (-1 = the run failed).
        n: Number of replicates.
        seed: Seed of all random draws.
        parameters: `fixed`, `prior` or `posterior`.
        per_vector: Number of runs per parameter vector; 0 with fixed parameters.
        id: Hash that names the folder.
        directory: The results folder.
        timings: Time this call took.
        computed: Number of runs simulated by this call.
        reused: Number of runs that were already stored.
        failures: Runs that did not finish.
        folder: Reader of the results folder, for paths and events.
        given: Conditions a run must meet to count, as typed.
        meets: Mask of the runs that meet the conditions, shape (n,); None without conditions.
    """

    resolved: Resolved
    columns: tuple[Column, ...]
    values: Mapping[str, Array]
    n: int
    seed: int
    parameters: str
    per_vector: int
    id: str
    directory: Path
    timings: Timings
    computed: int
    reused: int
    failures: tuple[Failure, ...]
    folder: Folder
    given: tuple[str, ...] = ()
    meets: Flags | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.resolved.name}, {self.n:,} runs, id {self.id}>"

    @property
    def model_version(self) -> str:
        """Version of the model that played the runs."""
        return self.folder.model_version

    @property
    def is_current(self) -> bool:
        """Whether the current version of the model would produce the same results."""
        return self.folder.is_current

    @property
    def engine(self) -> str:
        """Engine used most recently: `simpy`, `compiled`, or `simpy+compiled` if the runs began on
        SimPy while code was compiled; empty if unknown."""
        return self.folder.engine

    @property
    def finished(self) -> Flags:
        """Mask of the runs that finished, shape (n,)."""
        return finished((failure.replicate for failure in self.failures), self.n)

    @property
    def counted(self) -> Flags:
        """Mask of the runs that count, shape (n,): they finished and meet all conditions."""
        return self.finished if self.meets is None else self.finished & self.meets

    @property
    def given_json(self) -> dict[str, Any] | None:
        """The conditions and the number of runs that count, for JSON; None without conditions."""
        if self.meets is None:
            return None
        return {"conditions": list(self.given), "runs": int(self.counted.sum()), "of": self.n}

    @property
    def clusters(self) -> Labels | None:
        """Parameter vector of each run; None if runs are independent (fixed parameters)."""
        return vector_labels(self.n, self.per_vector) if self.per_vector else None

    def read_with(self, name: str) -> list[str]:
        """Returns the columns best read together with one: see `Values`."""
        return self.values.read_with(name) if isinstance(self.values, Values) else [name]

    def expect(self, names: Iterable[str]) -> None:
        """Registers columns that will be needed, so that they are read together, with as few others
        as possible."""
        if isinstance(self.values, Values):
            self.values.expect(names)

    def path(self, name: str) -> tuple[Array, Array]:
        """Returns the weeks (date ordinals of Mondays) and the weekly values, shape (replicates,
        weeks).

        Raises:
            NotFoundError: There is no such path.
        """
        return self.folder.read_path(name, self.n)

    def events(self) -> Array:
        """Returns the events, rows of `blocks.EVENT` sorted by replicate and time.

        Raises:
            NotFoundError: Events were not stored (see `events` of `run_batch`).
        """
        return self.folder.read_events(self.n)


def run_batch(
    resolved: Resolved,
    *,
    n: int = RUNS,
    seed: int = SEED,
    parameters: str = "fixed",
    per_vector: int = PER_VECTOR,
    workers: int | None = None,
    engine: str = AUTO,
    executor: str = AUTO,
    scheduler: str | None = None,
    store: Store,
    force: bool = False,
    precision: float | None = None,
    precision_for: str | None = None,
    most: int | None = None,
    paths: str = "first",
    events: bool = False,
    progress: Progress | None = None,
    note: Note | None = None,
    waiting: Waiting | None = None,
    pool: Executor | None = None,
    ahead: float = 0.0,
) -> Batch:
    """Returns the first n replicates of a scenario, playing those that are missing.

    Args:
        resolved: The scenario.
        n: Number of replicates; with `precision` the minimum, rounded up to whole shards.
        seed: Random seed: the first half of the key of every random draw.
        parameters: `fixed` for central values, `prior` or `posterior` to draw them. The posterior
            is that of the scenario.
        per_vector: Number of runs per parameter vector, if they are drawn.
        workers: Number of threads or processes; None means one for a short batch, else all cores.
        engine: `simpy`, `compiled`, or `auto` for the one expected to finish first; the results
            are the same.
        executor: Kind of workers: `threads`, `processes`, `dask`, or `auto`.
        scheduler: Address of a running Dask scheduler, `tcp://HOST:PORT`.
        store: Store of the results.
        force: Play stored runs again.
        precision: Keep adding whole shards until the half-width of the 95% interval of every
            headline probability is at most this.
        precision_for: Column to use instead of the headline probabilities. For a numeric column,
            `precision` applies to its mean, in the unit of the column.
        most: Number of replicates at which to stop even if `precision` is not reached; None for
            a million.
        paths: Weekly paths to store: of the `first` 10,000 replicates, of `all`, or `none`.
        events: Store events too.
        progress: Called with (done, total) runs.
        note: Called with a sentence about anything else worth reporting; stderr by default.
        waiting: Called with a sentence when something takes a long time; returns a context manager
            that is exited when the wait is over. By default the sentence goes to `note`.
        pool: A started executor to use instead of a new one; `engine` is then the one it was
            chosen for.
        ahead: Number of runs that the caller plays after these, for which the engine is chosen
            too; infinite if it is not known but large.

    Raises:
        NotFoundError: There is no column `precision_for`.
        UsageError: An argument is out of range, or the results folder cannot be used.
        KeyboardInterrupt: On Ctrl-C; finished shards are kept.
    """
    began = time.perf_counter()
    check_key(seed)
    check_content(resolved, n, parameters, per_vector, paths, (precision, precision_for, most))
    if workers is not None:
        _whole("number of workers (--workers)", workers, 1024)
    if pool is None:
        check_engine(engine)
    check_choice(executor, workers, scheduler)
    content = Content(
        resolved,
        seed,
        per_vector if parameters != FIXED else 0,
        columns(resolved),
        KEPT_PATHS[paths],
        events,
    )
    note = note or to_stderr
    folder = store.folder(content, note)
    goal = None
    if precision is not None:
        goal = goal_of(precision, precision_for, n, most, content.columns)
    target = goal.least if goal else n
    filler = Filler(folder, progress, note)
    pieces = filler.look(0, target, force=force)
    missing = sum(piece.missing for piece in pieces) if goal is None else math.inf
    crew_size = worker_count(workers, missing)
    chosen = choose_engine(engine, resolved, missing and missing + ahead, crew_size)
    filler.job = job_of(chosen, content)
    if missing:
        folder.engine = chosen
        filler.compile_s = prepare(chosen, waiting or noting(note))
        tell_if_slow(note, engine, resolved, missing, crew_size)
    own = choose(executor, crew_size, scheduler, chosen)
    with nullcontext(pool) if pool else own as crew:
        filler.fill(crew, pieces, began)
        if goal:

            def play_on(first: int, end: int) -> None:
                filler.fill(crew, filler.look(first // SHARD, end, force=force), began)

            target = reach(goal, folder, play_on, note)
    return _batch(folder, target, filler)


def check_content(
    resolved: Resolved,
    n: int,
    parameters: str,
    per_vector: int,
    paths: str,
    goal: tuple[float | None, str | None, int | None],
) -> None:
    """Checks what a batch is to hold, before anything is played; see `run_batch`.

    Args:
        resolved: The scenario.
        n: Number of replicates.
        parameters: `fixed`, `prior` or `posterior`.
        per_vector: Number of runs per parameter vector.
        paths: Weekly paths to store.
        goal: `precision`, `precision_for` and `most`.

    Raises:
        NotFoundError: There is no column `precision_for`.
        UsageError: An argument is out of range.
    """
    check_mode(parameters, per_vector)
    _whole("number of runs (-n)", n, MOST_RUNS)
    _among("--paths", paths, tuple(KEPT_PATHS))
    precision, precision_for, most = goal
    _check_precision(precision, precision_for, most)
    if precision is not None:
        goal_of(precision, precision_for, n, most, columns(resolved))


def job_of(engine: str, content: Content) -> Job:
    """Returns the job that all blocks of a batch share.

    Args:
        engine: The engine, as `choose_engine` returned it. A job for which code is not compiled yet
            is one for SimPy, of which an executor makes its compiled twin.
        content: Scenario and settings of the batch.
    """
    job = Job(run_block, content.resolved, content.seed, content.per_vector, events=content.events)
    return in_compiled_code(job) if engine == COMPILED else job


def stored_batch(
    store: Store, reference: str, note: Note | None = None, *, n: int | None = None
) -> Batch:
    """Returns a stored result, without playing anything.

    Args:
        store: Where results are kept.
        reference: See `Store.find`.
        note: Called with a sentence if the result comes from another version of the model; writes
            to stderr by default.
        n: Number of its first runs to return; all of them by default.

    Raises:
        NotFoundError: There is no such result.
        UsageError: The result comes from another model version and has different columns.
    """
    stored = store.find(reference)
    resolved = stored.resolved()
    known = {column.name: column for column in columns(resolved)}
    there = set(stored.manifest["columns"])
    strange = [f"holds {name!r}, which this one does not know" for name in there - known.keys()]
    strange += [f"lacks {name!r}" for name in known if name not in there]
    if strange:
        raise UsageError(
            f"{stored.directory} comes from another version of the model: it {min(strange)}; "
            f"{stored.way_out}"
        )
    if not stored.is_current:
        (note or to_stderr)(
            f"{stored.name} was played by another version of the model "
            f"({stored.manifest.get('model_version')}, the current version is {model_version()}); "
            f"{repeat_command(stored.manifest, resolved.reference)} simulates it again"
        )
    content = Content(
        resolved,
        int(stored.manifest["seed"]),
        int(stored.manifest["per_vector"] or 0),
        tuple(known[name] for name in stored.manifest["columns"]),
    )
    return _batch(Folder(stored.directory, stored.id, content, to_stderr), n or stored.n)


def readable_batch(stored: Stored) -> Batch:
    """Returns a stored result with those of its columns that this version knows, whichever version
    played it; nothing is played.

    Raises:
        UsageError: Its scenario cannot be read, or no column is known.
    """
    resolved = stored.resolved()
    known = {column.name: column for column in columns(resolved)}
    shared = tuple(known[name] for name in stored.manifest["columns"] if name in known)
    if not shared:
        raise UsageError(f"{stored.directory} has no outcome that this version knows")
    content = Content(
        resolved,
        int(stored.manifest["seed"]),
        int(stored.manifest["per_vector"] or 0),
        shared,
    )
    folder = Folder(stored.directory, stored.id, content, to_stderr, partial=True)
    return _batch(folder, stored.n)


def _batch(folder: Folder, n: int, filler: Filler | None = None) -> Batch:
    content = folder.content
    computed = filler.computed if filler else 0
    failures = folder.read_failures(n)
    return Batch(
        resolved=content.resolved,
        columns=content.columns,
        values=Values(folder, n),
        n=n,
        seed=content.seed,
        parameters=content.drawn,
        per_vector=content.per_vector,
        id=folder.id,
        directory=folder.directory,
        timings=Timings(
            filler.startup_s if filler else 0.0,
            filler.compile_s if filler else 0.0,
            filler.elapsed_s if filler else 0.0,
        ),
        computed=computed,
        reused=max(0, n - computed),
        failures=tuple(Failure(replicate, *why) for replicate, why in sorted(failures.items())),
        folder=folder,
    )


def check_mode(parameters: str, per_vector: int) -> None:
    """Checks the choice of fixed or drawn parameters: one of `MODES`, or a posterior file.

    Raises:
        UsageError: There is no such choice, or the number of runs per vector is out of range.
    """
    _whole("runs per vector (--per-vector)", per_vector, MOST_RUNS)
    if not parameters.endswith(POSTERIOR_SUFFIX):
        _among("--parameters", parameters, MODES)


def _check_precision(precision: float | None, wanted: str | None, most: int | None) -> None:
    """Checks that options which refine --precision are used only with it."""
    if precision is None and wanted is not None:
        raise UsageError(
            f"--precision-for {wanted}: names the outcome for --precision; add --precision, e.g. "
            "--precision 0.01"
        )
    if precision is None and most is not None:
        raise UsageError(
            f"--max-runs {most}: limits the runs that --precision adds; add --precision, or set "
            "the number of runs with -n"
        )
    if most is not None:
        _whole("maximum number of runs (--max-runs)", most, MOST_RUNS)


def _whole(what: str, found: object, most: int) -> None:
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= most:
        raise UsageError(f"{what} {found!r} is not a whole number from 1 to {most}")


def _among(what: str, found: str, allowed: Sequence[str]) -> None:
    if found not in allowed:
        raise UsageError(
            f"{what} {found!r} is not one of {', '.join(allowed)}" + nearest(found, allowed)
        )


def tell_if_slow(note: Note, engine: str, resolved: Resolved, runs: float, workers: int) -> None:
    """Tells what would make a long job shorter, if SimPy plays it only because numba is missing.

    Args:
        note: Called with a sentence.
        engine: The engine that was asked for.
        resolved: The scenario.
        runs: Number of runs to play; infinite if it is not known yet.
        workers: Number of threads or processes.
    """
    days = (resolved.until - resolved.start + 1) * runs / workers
    if engine != SIMPY and not can_compile() and SIMPY_DAY_S * days > COMPILE_S:
        note(NO_COMPILER)


def noting(note: Note) -> Waiting:
    """Returns a wait handler that only writes a note."""

    def wait(text: str) -> AbstractContextManager[object]:
        note(text)
        return nullcontext()

    return wait


def to_stderr(text: str) -> None:
    """Writes a note to stderr, the default."""
    sys.stderr.write(text + "\n")
