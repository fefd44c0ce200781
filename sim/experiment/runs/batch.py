"""Batches: many runs of one scenario, played where they are missing and read back from the store.

A run is a function of scenario, seed and replicate alone. A batch of n is therefore the first n
replicates whatever was played before, in whatever order and by however many processes.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.engine.blocks import Column, Failure, columns
from sim.engine.choice import SIMPY, Waiting, check_engine, choose_engine, prepare
from sim.engine.draws import check_key
from sim.engine.simpy_loop import run_block
from sim.errors import UsageError, nearest
from sim.experiment.executors.choice import AUTO, check_choice, choose, worker_count
from sim.experiment.executors.interface import COMPILED_BLOCK, Executor, Job
from sim.experiment.runs.filler import Filler, Progress
from sim.experiment.runs.precision import goal_of, reach
from sim.experiment.stats.intervals import Flags, Labels, vector_labels
from sim.experiment.store.folder import MOST_RUNS, PATH_SHARDS, SHARD, Content, Folder, Note
from sim.experiment.store.identity import model_version
from sim.experiment.store.parquet import Array
from sim.experiment.store.results import Store
from sim.scenario.resolved_scenario import Resolved

MODES: Final = ("fixed", "prior")
KEPT_PATHS: Final[Mapping[str, int]] = {"first": PATH_SHARDS, "all": MOST_RUNS, "none": 0}

_GROUP_BYTES: Final = 2**28
"""Columns read at a time may take this much, 256 MB: of a million runs about thirty, so that the
thousand files of those are opened about thirty times for all columns."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds a call took, apart.

    Attributes:
        startup_s: Looking at the store and starting workers.
        compile_s: Compiling, or loading what was compiled; 0 for the engine that needs none.
        elapsed_s: Simulation only.
    """

    startup_s: float
    compile_s: float
    elapsed_s: float


class Values(Mapping[str, Array]):
    """The columns of a batch, read from the store when asked for, a few at a time."""

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
            self._loaded = {}  # before the next is read, not after
            self._loaded = self._folder.read(wanted, self._n)
        return self._loaded[name]

    def expect(self, names: Iterable[str]) -> None:
        """Takes note of columns that will be asked for: they are read together, without others."""
        known = self._folder.content.names
        there = set(known)
        expected = dict.fromkeys(name for name in names if name in there)
        others = [name for name in known if name not in expected]
        groups = {name: place // self._each for place, name in enumerate(expected)}
        after = max(groups.values(), default=-1) + 1
        groups |= {name: after + place // self._each for place, name in enumerate(others)}
        self._group = {name: groups[name] for name in known}

    def read_with(self, name: str) -> list[str]:
        """Returns the columns that reading one brings along and the next reading lets go; the
        column alone where all are kept."""
        group = self._group[name]
        if group == max(self._group.values()) == 0:
            return [name]
        return [other for other, place in self._group.items() if place == group]

    def __iter__(self) -> Iterator[str]:
        return iter(self._group)

    def __len__(self) -> int:
        return len(self._group)


@dataclass(frozen=True, slots=True)
class Batch:
    """The first n replicates of a scenario.

    Attributes:
        resolved: The scenario.
        columns: Columns of the outcomes table.
        values: Column name -> array (n,): float64 for numbers (NaN = does not apply), bool for
            flags, int64 codes for classes (-1 = the run failed).
        n: Number of replicates.
        seed: Seed.
        parameters: `fixed` or `prior`.
        per_vector: Runs that share a parameter vector; 0 under fixed parameters.
        id: Hash that names the folder.
        directory: The folder.
        timings: What this call took.
        computed: Runs played by this call.
        reused: Runs that were there before.
        failures: Runs that could not be finished.
        folder: Reads paths.
        given: Conditions a run must meet to count, as they were typed.
        meets: Which runs meet them, shape (n,); None where none are given.
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

    @property
    def model_version(self) -> str:
        """Version of the rules the runs were played by."""
        return self.folder.model_version

    @property
    def is_current(self) -> bool:
        """Whether this version of the model would play the same."""
        return self.folder.is_current

    @property
    def engine(self) -> str:
        """Which engine played last, `simpy` or `compiled`; empty if that is not known."""
        return self.folder.engine

    @property
    def finished(self) -> Flags:
        """Which runs came to their end, shape (n,)."""
        done = np.ones(self.n, dtype=np.bool_)
        done[[failure.replicate for failure in self.failures]] = False
        return done

    @property
    def counted(self) -> Flags:
        """Which runs count, shape (n,): those that came to their end and meet what is given."""
        return self.finished if self.meets is None else self.finished & self.meets

    @property
    def given_json(self) -> dict[str, Any] | None:
        """The conditions and how many runs count, as JSON knows them; None without any."""
        if self.meets is None:
            return None
        return {"conditions": list(self.given), "runs": int(self.counted.sum()), "of": self.n}

    @property
    def clusters(self) -> Labels | None:
        """The parameter vector of each run; None where every run stands for itself."""
        return vector_labels(self.n, self.per_vector) if self.per_vector else None

    def read_with(self, name: str) -> list[str]:
        """Returns the columns that are best looked at together with one: see `Values`."""
        return self.values.read_with(name) if isinstance(self.values, Values) else [name]

    def expect(self, names: Iterable[str]) -> None:
        """Takes note of columns that will be asked for, so that few others are read with them."""
        if isinstance(self.values, Values):
            self.values.expect(names)

    def path(self, name: str) -> tuple[Array, Array]:
        """Returns the weeks (ordinal Mondays) and a path, array (replicates, weeks).

        Raises:
            NotFoundError: There is no such path.
        """
        return self.folder.read_path(name, self.n)

    def events(self) -> Array:
        """Returns what happened, rows of `blocks.EVENT` by replicate and in order.

        Raises:
            NotFoundError: Events were not kept (`events` of `run_batch`).
        """
        return self.folder.read_events(self.n)


def run_batch(
    resolved: Resolved,
    *,
    n: int = 2000,
    seed: int = 20251023,
    parameters: str = "fixed",
    per_vector: int = 20,
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
) -> Batch:
    """Returns the first n replicates of a scenario, playing those that are missing.

    Args:
        resolved: The scenario.
        n: Replicates; with `precision` the fewest, rounded up to whole shards.
        seed: First half of the key of every draw.
        parameters: `fixed` for central values, `prior` to draw them.
        per_vector: Runs that share a parameter vector, with `prior`.
        workers: Threads or processes; None takes one for a short batch, else all cores.
        engine: `simpy`, `compiled`, or `auto` for whichever will be done first; the numbers are
            the same.
        executor: What plays: `threads`, `processes`, `dask`, or `auto`.
        scheduler: Address of a running Dask scheduler, `tcp://HOST:PORT`.
        store: Where results are kept.
        force: Play again what is there.
        precision: Go on, by whole shards, until half the length of the 95 % interval of every
            headline probability is at most this.
        precision_for: The column this is asked of instead; of a number, of its mean and in its
            unit.
        most: Replicates at which to stop without having reached `precision`; None for a million.
        paths: Weekly paths kept: of the `first` 10,000 replicates, `all` or `none`.
        events: Keep what happened, at most 512 events a run.
        progress: Told (done, total) runs.
        note: Told in a sentence what else happened; stderr by default.
        waiting: Told in a sentence that something takes long; what it returns is left when that
            is done. By default a note.
        pool: A started executor to use in place of an own one.

    Raises:
        NotFoundError: There is no column `precision_for`.
        UsageError: An argument is out of range, or the results folder cannot be used.
        KeyboardInterrupt: On Ctrl-C; finished shards are kept.
    """
    began = time.perf_counter()
    _check(n, seed, parameters, per_vector, workers, paths)
    _check_precision(precision, precision_for, most)
    check_engine(engine)
    check_choice(executor, workers, scheduler)
    content = Content(
        resolved,
        seed,
        per_vector if parameters == "prior" else 0,
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
    chosen = choose_engine(engine, resolved, missing, crew_size)
    filler.job = job_of(chosen, content)
    if missing:
        folder.engine = chosen
        filler.compile_s = prepare(chosen, waiting or noting(note))
    own = choose(executor, crew_size, scheduler, chosen)
    with nullcontext(pool) if pool else own as crew:
        filler.fill(crew, pieces, began)
        if goal:

            def play_on(first: int, end: int) -> None:
                filler.fill(crew, filler.look(first // SHARD, end, force=force), began)

            target = reach(goal, folder, play_on, note)
    return _batch(folder, target, filler)


def job_of(engine: str, content: Content) -> Job:
    """Returns what all blocks of a batch have in common.

    Args:
        engine: `simpy` or `compiled`.
        content: What is played.
    """
    job = Job(run_block, content.resolved, content.seed, content.per_vector, events=content.events)
    if engine == SIMPY:
        return job
    from sim.engine import compiled_loop

    return replace(
        job,
        engine=compiled_loop.run_block,
        longest_block=COMPILED_BLOCK,
        shortest_block=COMPILED_BLOCK,
    )


def stored_batch(store: Store, reference: str, note: Note | None = None) -> Batch:
    """Returns a result that is there, without playing anything.

    Args:
        store: Where results are kept.
        reference: See `Store.find`.
        note: Told in a sentence if another version of the model played it; stderr by default.

    Raises:
        NotFoundError: There is no such result.
        UsageError: Another version of the model made it, with other columns than this one.
    """
    stored = store.find(reference)
    resolved = stored.resolved()
    known = {column.name: column for column in columns(resolved)}
    there = set(stored.manifest["columns"])
    strange = [f"holds {name!r}, which this one does not know" for name in there - known.keys()]
    strange += [f"lacks {name!r}" for name in known if name not in there]
    if strange:
        raise UsageError(
            f"{stored.directory} is of another version of the model: it {min(strange)}; "
            f"{stored.way_out}"
        )
    if not stored.is_current:
        (note or to_stderr)(
            f"{stored.name} was played by another version of the model "
            f"({stored.manifest.get('model_version')}, this one is {model_version()}); "
            f"detente run {resolved.name} plays it anew"
        )
    content = Content(
        resolved,
        int(stored.manifest["seed"]),
        int(stored.manifest["per_vector"] or 0),
        tuple(known[name] for name in stored.manifest["columns"]),
    )
    return _batch(Folder(stored.directory, stored.id, content, to_stderr), stored.n)


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
        parameters="prior" if content.per_vector else "fixed",
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


def _check(
    n: int,
    seed: int,
    parameters: str,
    per_vector: int,
    workers: int | None,
    paths: str,
) -> None:
    check_key(seed)
    check_mode(parameters, per_vector)
    _whole("number of runs (-n)", n, MOST_RUNS)
    if workers is not None:
        _whole("number of workers (--workers)", workers, 1024)
    _among("--paths", paths, tuple(KEPT_PATHS))


def check_mode(parameters: str, per_vector: int) -> None:
    """Checks how parameters are to be had.

    Raises:
        UsageError: There is no such way, or the number of runs per vector is out of range.
    """
    _whole("runs per vector (--per-vector)", per_vector, MOST_RUNS)
    _among("--parameters", parameters, MODES)


def _check_precision(precision: float | None, wanted: str | None, most: int | None) -> None:
    """Refuses what says more about a precision that was not asked for."""
    if precision is None and wanted is not None:
        raise UsageError(
            f"--for {wanted}: says what --precision is of; add --precision, e.g. --precision 0.01"
        )
    if precision is None and most is not None:
        raise UsageError(
            f"--max {most}: limits what --precision adds; add --precision, or give the number of "
            "runs with -n"
        )
    if most is not None:
        _whole("most runs (--max)", most, MOST_RUNS)


def _whole(what: str, found: object, most: int) -> None:
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= most:
        raise UsageError(f"{what} {found!r} is not a whole number from 1 to {most}")


def _among(what: str, found: str, allowed: Sequence[str]) -> None:
    if found not in allowed:
        raise UsageError(
            f"{what} {found!r} is not one of {', '.join(allowed)}" + nearest(found, allowed)
        )


def noting(note: Note) -> Waiting:
    """Returns what makes a note of a wait and shows nothing more."""

    def wait(text: str) -> AbstractContextManager[object]:
        note(text)
        return nullcontext()

    return wait


def to_stderr(text: str) -> None:
    """Prints a remark where notes go by default."""
    sys.stderr.write(text + "\n")
