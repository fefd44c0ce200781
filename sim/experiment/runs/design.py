"""Designs: the same few replicates at each of many points, played and stored as one table.

Run i of a design is replicate i modulo R of point i // R, so all points use the same random draws.
The table is stored like a batch (in shards, with a manifest that certifies them; Ctrl-C keeps
finished shards) in `results/<scenario>-design-<id>/runs`, next to `points.csv`. In its files the
column `vector` holds the number of the point.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.engine.blocks import Block, Column, columns
from sim.engine.choice import Waiting, check_engine, choose_engine, prepare
from sim.engine.draws import check_key
from sim.engine.parameter_sets import ParameterSets
from sim.errors import UsageError
from sim.experiment.executors.choice import AUTO, check_choice, choose, worker_count
from sim.experiment.executors.interface import Engine
from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.factors import Factor
from sim.experiment.runs.batch import job_of, noting, tell_if_slow, to_stderr
from sim.experiment.runs.defaults import SEED
from sim.experiment.runs.filler import Filler, Progress
from sim.experiment.stats.intervals import Flags, Floats
from sim.experiment.store.disk import unwritable, write_text
from sim.experiment.store.folder import Content, Folder, Note
from sim.experiment.store.identity import folder_name, model_version
from sim.experiment.store.manifest import DESIGN_RUNS, DamagedManifest, read_manifest
from sim.experiment.store.results import Store
from sim.scenario.resolved_scenario import Resolved

Array = np.ndarray[Any, Any]

MOST_RUNS: Final = 20_000_000
"""Largest design. More runs would take most of a day on a small machine, and gigabytes of disk:
probably a typing error."""


@dataclass(frozen=True, slots=True)
class Means:
    """Settings for playing a design: store, seed, workers and engine; see `run_batch`."""

    store: Store
    seed: int = SEED
    workers: int | None = None
    engine: str = AUTO
    executor: str = AUTO
    scheduler: str | None = None
    force: bool = False
    progress: Progress | None = None
    note: Note = to_stderr
    waiting: Waiting | None = None

    def check(self) -> None:
        """Checks the settings before anything is played.

        Raises:
            UsageError: An option is out of range.
        """
        check_key(self.seed)
        check_engine(self.engine)
        check_choice(self.executor, self.workers, self.scheduler)
        if self.workers is not None and not 1 <= self.workers <= 1024:
            raise UsageError(
                f"number of workers (--workers) {self.workers} is not a whole number from 1 to 1024"
            )


@dataclass(frozen=True, slots=True)
class Design:
    """Points and the factors they vary.

    Attributes:
        method: Sampling method: `sobol`, `lhs`, `saltelli` or `morris`.
        factors: The varied factors.
        points: Values of the factors, as text for `--set`, one row per point.
        grows: Whether a larger design of the same method begins with these points.
    """

    method: str
    factors: tuple[Factor, ...]
    points: tuple[tuple[str, ...], ...]
    grows: bool

    @classmethod
    def at(cls, method: str, factors: Sequence[Factor], cube: Floats, *, grows: bool) -> Design:
        """Builds the design whose points lie at given quantiles of the factors.

        Args:
            method: Sampling method.
            factors: The varied factors.
            cube: Quantile levels, shape (points, factors), each between 0 and 1.
            grows: Whether a larger design of the same method begins with these points.
        """
        texts = [factor.texts(cube[:, place]) for place, factor in enumerate(factors)]
        return cls(method, tuple(factors), tuple(zip(*texts, strict=True)), grows)

    def column(self, place: int) -> list[str]:
        """Returns the values of a factor, one per point."""
        return [point[place] for point in self.points]


@dataclass(frozen=True, slots=True)
class Points:
    """Points of a design in the form an engine needs.

    Attributes:
        worlds: The scenarios; more than one if a factor is not a parameter.
        world_of: Index of each point's scenario.
        names: Names of the varied parameters.
        numbers: Values of the varied parameters, shape (points, parameters).
        replicates: Number of runs at each point.
        kept: Names of the columns to keep.
    """

    worlds: tuple[Resolved, ...]
    world_of: tuple[int, ...]
    names: tuple[str, ...]
    numbers: Floats
    replicates: int
    kept: tuple[str, ...]


def at_points(points: Points, inner: Engine) -> Engine:
    """Returns the engine that plays runs of a design with an engine for replicates of a scenario;
    `Job.around` once `points` is bound."""
    return partial(_play_points, points, inner)


def _play_points(
    points: Points,
    inner: Engine,
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: ParameterSets | None = None,
    *,
    events: bool = False,
) -> Block:
    """Plays `count` runs of a design, starting with `first`."""
    blocks = []
    run, end = first, first + count
    while run < end:
        point, replicate = divmod(run, points.replicates)
        length = min(points.replicates - replicate, end - run)
        blocks.append(_play_point(points, inner, seed, point, replicate, length))
        run += length
    values = {name: np.concatenate([b.values[name] for b in blocks]) for name in points.kept}
    failures = tuple(failure for block in blocks for failure in block.failures)
    return Block(first, count, values, failures, {}, blocks[0].weeks)


def _play_point(
    points: Points, inner: Engine, seed: int, point: int, replicate: int, count: int
) -> Block:
    """Plays replicates of one point and numbers them as runs of the design."""
    drawn = None
    if points.names:
        numbers = points.numbers[point : point + 1]
        drawn = ParameterSets(points.names, numbers, np.zeros(count, np.int64))
    world = points.worlds[points.world_of[point]]
    block = inner(world, seed, replicate, count, drawn)
    before = point * points.replicates
    failures = tuple(replace(f, replicate=before + f.replicate) for f in block.failures)
    return replace(block, failures=failures)


@dataclass(frozen=True, slots=True)
class PlayedDesign:
    """A design with its results.

    Attributes:
        design: The points.
        replicates: Number of runs at each point.
        values: Column -> array (points, replicates), as in `Block`.
        failed: Mask of the runs that did not finish, shape (points, replicates).
        id: Hash that names the folder.
        directory: The results folder.
        computed: Number of runs simulated by this call.
        elapsed_s: Seconds of simulation in this call.
    """

    design: Design
    replicates: int
    values: Mapping[str, Array]
    failed: Flags
    id: str
    directory: Path
    computed: int
    elapsed_s: float

    @property
    def reused(self) -> int:
        """Number of runs that were already stored."""
        return max(0, self.failed.size - self.computed)


@dataclass(frozen=True, slots=True)
class _Worlds:
    """Scenarios of a design, each resolved once."""

    every: tuple[Resolved, ...]
    of_point: tuple[int, ...]
    columns: tuple[Column, ...] = field(repr=False)


def kept_columns(resolved: Resolved, wanted: Iterable[str]) -> tuple[Column, ...]:
    """Returns the columns a design stores: every outcome at the end of the run except quarterly
    ones (by sector), plus the wanted ones."""
    names = set(wanted)
    return tuple(
        column
        for column in columns(resolved)
        if column.name in names or (column.day is None and not column.outcome.quarterly)
    )


def check_size(points: int, replicates: int) -> None:
    """Checks that a design is not too large to finish in reasonable time.

    Raises:
        UsageError: The design has too many runs.
    """
    if points * replicates > MOST_RUNS:
        raise UsageError(
            f"{points:,} points of {replicates:,} runs each make {points * replicates:,} runs; at "
            f"most {MOST_RUNS:,} are allowed: use fewer points (-n) or fewer --replicates"
        )


def is_played(design: Design, start: StudyBase, replicates: int, means: Means) -> bool:
    """Returns whether every run of a design is stored, as this version of the model plays it."""
    base = start.resolved()
    identity = _identity(design, base, replicates, means.seed)
    runs = means.store.root / folder_name(f"{base.name}-design", identity) / DESIGN_RUNS
    try:
        stored = int(read_manifest(runs).get("n", 0))
    except DamagedManifest:
        return False
    return stored >= len(design.points) * replicates


def play(
    design: Design, start: StudyBase, replicates: int, wanted: Iterable[str], means: Means
) -> PlayedDesign:
    """Plays the missing runs of a design and returns the wanted columns.

    Args:
        design: The points.
        start: The scenario; parameters that are not varied keep their central values.
        replicates: Number of runs at each point; every point uses the same random
            draws.
        wanted: Names of columns.
        means: Store, seed, workers and engine.

    Raises:
        ScenarioError: A point is not a valid scenario; nothing was played.
        UsageError: An option is out of range, or the results folder cannot be used.
        KeyboardInterrupt: On Ctrl-C; finished shards are kept.
    """
    began = time.perf_counter()
    means.check()
    check_size(len(design.points), replicates)
    base = start.resolved()
    wanted = tuple(wanted)
    worlds = _worlds(design, start, base, wanted)
    identity = _identity(design, base, replicates, means.seed)
    directory = means.store.root / folder_name(f"{base.name}-design", identity)
    kept = _with_those_there(directory / DESIGN_RUNS, worlds, base)
    content = Content(base, means.seed, replicates, kept, 0)
    folder = Folder(directory / DESIGN_RUNS, identity, content, means.note)
    filler = Filler(folder, means.progress, means.note)
    total = len(design.points) * replicates
    pieces = filler.look(0, total, force=means.force)
    missing = sum(piece.missing for piece in pieces)
    crew_size = worker_count(means.workers, missing)
    chosen = choose_engine(means.engine, base, missing, crew_size)
    if missing:
        folder.engine = chosen
        filler.compile_s = prepare(chosen, means.waiting or noting(means.note))
        tell_if_slow(means.note, means.engine, base, missing, crew_size)
    _write_points(directory, design)
    points = _points(design, worlds, replicates, kept)
    job = job_of(chosen, content)
    # Each point sets its own parameters, so none are drawn.
    filler.job = replace(job, around=partial(at_points, points), per_vector=0)
    with choose(means.executor, crew_size, means.scheduler, chosen) as crew:
        filler.fill(crew, pieces, began)
    shape = (len(design.points), replicates)
    read = folder.read([column for column in kept if column.name in set(wanted)], total)
    failed = np.zeros(total, np.bool_)
    failed[list(folder.read_failures(total))] = True
    return PlayedDesign(
        design,
        replicates,
        {name: values.reshape(shape) for name, values in read.items()},
        failed.reshape(shape),
        identity,
        directory,
        filler.computed,
        filler.elapsed_s,
    )


def _worlds(design: Design, start: StudyBase, base: Resolved, wanted: Sequence[str]) -> _Worlds:
    """Resolves the scenarios of a design before anything is played."""
    others = [place for place, factor in enumerate(design.factors) if not factor.is_parameter]
    kept = kept_columns(base, wanted)
    if not others:
        return _Worlds((base,), (0,) * len(design.points), kept)
    settings = [
        tuple((design.factors[place].name, point[place]) for place in others)
        for point in design.points
    ]
    places = {setting: place for place, setting in enumerate(dict.fromkeys(settings))}
    every = tuple(start.resolved(setting) for setting in places)
    names = [column.name for column in columns(base)]
    for world, setting in zip(every, places, strict=True):
        if [column.name for column in columns(world)] != names:
            told = ", ".join(f"{name}={text}" for name, text in setting)
            raise UsageError(
                f"{told}: this point reports on other days than the rest, so their outcomes do not "
                "fit in one table; sweep a grid instead"
            )
    return _Worlds(every, tuple(places[setting] for setting in settings), kept)


def _points(design: Design, worlds: _Worlds, replicates: int, kept: Sequence[Column]) -> Points:
    varied = [(place, f) for place, f in enumerate(design.factors) if f.is_parameter]
    numbers = [[f.number(point[place]) for place, f in varied] for point in design.points]
    return Points(
        worlds.every,
        worlds.of_point,
        tuple(factor.name for _, factor in varied),
        np.array(numbers, dtype=np.float64).reshape(len(design.points), len(varied)),
        replicates,
        tuple(column.name for column in kept),
    )


def _identity(design: Design, base: Resolved, replicates: int, seed: int) -> str:
    """Returns 10 hex digits, the same for two designs if one is the beginning of the other."""
    digest = sha256()
    for text in (base.hash, str(seed), str(replicates), model_version(), design.method):
        digest.update(text.encode() + b"\0")
    for factor in design.factors:
        digest.update(repr(sorted(asdict(factor).items())).encode() + b"\0")
    # The first point identifies the generator and its seed, from which the other points follow.
    for point in design.points[: 1 if design.grows else None]:
        digest.update("\0".join(point).encode() + b"\n")
    return digest.hexdigest()[:10]


def _with_those_there(runs: Path, worlds: _Worlds, base: Resolved) -> tuple[Column, ...]:
    """Returns the columns to store: the needed ones and those stored already, so that asking for
    one outcome after another does not replay the design each time."""
    try:
        there = set(read_manifest(runs).get("columns", ()))
    except DamagedManifest:
        there = set()
    needed = {column.name for column in worlds.columns}
    return tuple(column for column in columns(base) if column.name in needed | there)


def _write_points(directory: Path, design: Design) -> None:
    """Writes the values of the factors, one line per point, unless they are there unchanged.

    A larger design that is there begins with these points.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["point", *(factor.name for factor in design.factors)])
    writer.writerows([place, *point] for place, point in enumerate(design.points))
    file = directory / "points.csv"
    try:
        if file.exists() and file.read_bytes().startswith(text.getvalue().encode()):
            return
        directory.mkdir(parents=True, exist_ok=True)
        write_text(file, text.getvalue().rstrip("\n"))
    except OSError as error:
        raise unwritable(directory, error) from error
