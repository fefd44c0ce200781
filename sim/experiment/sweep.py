"""Sweeps: the same luck at every point of a grid of inputs, one tidy row a point and outcome.

Grammar of an axis, safe in any shell: `name=1,2,3` lists values (numbers, dates, words, `null`),
`name=0..1/5` is five even points from 0 to 1, `name=12..15` the whole numbers 12 to 15; pieces
may be joined by commas. Several axes make a grid, the last one moving fastest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final

from sim.engine.choice import Waiting, check_engine, choose_engine
from sim.errors import UsageError
from sim.experiment.batch import Batch, run_batch
from sim.experiment.executors.choice import AUTO, check_choice, choose, worker_count
from sim.experiment.filling import Progress
from sim.experiment.identity import model_version
from sim.experiment.shards import Note
from sim.experiment.store import Store
from sim.experiment.summary import summarise
from sim.scenario.load import resolve

MOST_POINTS: Final = 1000
"""A grid beyond this is taken for a slip of the keyboard."""

_EXAMPLES: Final = "a=1,2,3 for a list, a=0..1/5 for 5 even points, a=12..15 for whole numbers"
_NUMBER: Final = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_RANGE: Final = re.compile(rf"(?P<low>{_NUMBER})\.\.(?P<high>{_NUMBER})(?:/(?P<points>.*))?")


@dataclass(frozen=True, slots=True)
class Axis:
    """One input and the values it takes, as text for `--set`."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a grid, played.

    Attributes:
        values: (name, value) of each swept input, as text.
        id: Hash of the batch.
        directory: Its folder.
        n: Runs.
        failed: Runs that could not be finished.
        computed: Runs played by this call.
        elapsed_s: Seconds of simulation.
        rows: One an outcome, or an outcome's class.
    """

    values: tuple[tuple[str, str], ...]
    id: str
    directory: Path
    n: int
    failed: int
    computed: int
    elapsed_s: float
    rows: tuple[dict[str, Any], ...]

    def typed(self) -> dict[str, Any]:
        """Returns the swept inputs with numbers as numbers."""
        return {name: typed(text) for name, text in self.values}


@dataclass(frozen=True, slots=True)
class Sweep:
    """A grid of batches.

    Attributes:
        scenario: Name of the scenario.
        question: The question it answers.
        seed: Seed of every point.
        parameters: `fixed` or `prior`.
        axes: What was varied.
        points: In order, the last axis moving fastest.
    """

    scenario: str
    question: str
    seed: int
    parameters: str
    axes: tuple[Axis, ...]
    points: tuple[Point, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row a point and outcome (for flags and classes: and class).

        Keys: `point` (its number), one a swept input, `id` of the batch, `n`, `outcome`, `class`
        (None for numbers), `kind`, `unit`, `estimate` (mean or probability), `low`, `high`
        (95 %), `n_valid`.
        """
        return [
            {"point": place, **point.typed(), "id": point.id, "n": point.n, **row}
            for place, point in enumerate(self.points)
            for row in point.rows
        ]

    def to_json(self) -> dict[str, Any]:
        """Returns the sweep as one JSON object with stable keys."""
        return {
            "scenario": self.scenario,
            "question": self.question,
            "seed": self.seed,
            "parameters": self.parameters,
            "model_version": model_version(),
            "axes": {axis.name: [typed(text) for text in axis.values] for axis in self.axes},
            "points": [
                {
                    "values": point.typed(),
                    "id": point.id,
                    "n": point.n,
                    "failed": point.failed,
                    "computed": point.computed,
                    "elapsed_s": point.elapsed_s,
                    "results_dir": str(point.directory),
                }
                for point in self.points
            ],
            "rows": self.rows(),
        }


def sweep(
    scenario: str,
    axes: Sequence[str | Axis],
    *,
    store: Store,
    n: int = 2000,
    seed: int = 20251023,
    parameters: str = "fixed",
    per_vector: int = 20,
    sets: Sequence[tuple[str, str]] = (),
    until: date | None = None,
    at: Sequence[date] = (),
    workers: int | None = None,
    engine: str = AUTO,
    executor: str = AUTO,
    scheduler: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
    note: Note | None = None,
    waiting: Waiting | None = None,
) -> Sweep:
    """Plays a scenario at every point of a grid.

    Every point is a batch of the store, so a point played before costs nothing.

    Args:
        scenario: Name or path of the scenario.
        axes: What to vary, as text (see the module) or parsed.
        store: Where the points are kept.
        n: Runs a point.
        seed: First half of the key of every draw, the same at every point.
        parameters: `fixed` or `prior`; what is swept is fixed either way.
        per_vector: Runs that share a parameter vector, with `prior`.
        sets: Inputs that are changed alike at every point.
        until: Last day.
        at: Further days on which dated outcomes are read.
        workers: Threads or processes; None takes all cores if there is much to do.
        engine: `simpy`, `compiled`, or `auto` for whichever will be done first.
        executor: What plays: `threads`, `processes`, `dask`, or `auto`.
        scheduler: Address of a running Dask scheduler, `tcp://HOST:PORT`.
        force: Play again what is there.
        progress: Told (done, total) runs of the whole grid.
        note: Told in a sentence what else happened; stderr by default.
        waiting: Told that something takes long, as for a batch.

    Raises:
        UsageError: An axis or option cannot be read.
        ScenarioError: A point is no valid scenario; nothing was played.
    """
    parsed = parse_axes(axes)
    grid = tuple(grid_of(parsed))
    every = [resolve(scenario, sets=(*sets, *values), until=until, at=at) for values in grid]
    points = []
    check_engine(engine)
    check_choice(executor, workers, scheduler)
    crew_size = worker_count(workers, n * len(grid))
    chosen = choose_engine(engine, every[0], n * len(grid), crew_size)
    with choose(executor, crew_size, scheduler, chosen) as pool:
        for place, (values, resolved) in enumerate(zip(grid, every, strict=True)):
            batch = run_batch(
                resolved,
                n=n,
                seed=seed,
                parameters=parameters,
                per_vector=per_vector,
                engine=chosen,
                store=store,
                force=force,
                progress=_part(progress, place, len(grid)),
                note=note,
                waiting=waiting,
                pool=pool,
            )
            points.append(_point(values, batch))
    head = every[0]
    return Sweep(head.name, head.question, seed, parameters, parsed, tuple(points))


def parse_axes(axes: Sequence[str | Axis]) -> tuple[Axis, ...]:
    """Returns axes of a grid, read from text where they are text.

    Raises:
        UsageError: There is none, one cannot be read, one comes twice, or the grid is too large.
    """
    if not axes:
        raise UsageError(f"sweep: nothing to vary; give at least one axis: {_EXAMPLES}")
    parsed = tuple(axis if isinstance(axis, Axis) else parse_axis(axis) for axis in axes)
    names = [axis.name for axis in parsed]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"sweep {name}: comes {names.count(name)} times; join its values")
    size = math.prod(len(axis.values) for axis in parsed)
    if size == 0:
        raise UsageError(f"sweep: an axis has no values; allowed: {_EXAMPLES}")
    if size > MOST_POINTS:
        raise UsageError(f"sweep: the grid has {size} points; at most {MOST_POINTS} are allowed")
    return parsed


def parse_axis(text: str) -> Axis:
    """Returns the axis `name=values` stands for.

    Raises:
        UsageError: It stands for none; the message tells what is allowed.
    """
    name, equals, values = text.partition("=")
    name = name.strip()
    if not equals or not name:
        raise UsageError(f"sweep {text}: found no name=values; allowed: {_EXAMPLES}")
    found: list[str] = []
    for piece in values.split(","):
        found += _expanded(name, piece.strip())
    if len(set(found)) < len(found):
        raise UsageError(f"sweep {name}: a value comes twice in {values}")
    return Axis(name, tuple(found))


def grid_of(axes: Sequence[Axis]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yields every combination of values as (name, value) pairs, the last axis moving fastest."""
    names = [axis.name for axis in axes]
    for values in product(*(axis.values for axis in axes)):
        yield tuple(zip(names, values, strict=True))


def typed(text: str) -> Any:
    """Returns a value of an axis as a number if it is one, None for `null`, else as text."""
    if text == "null":
        return None
    if re.fullmatch(r"[+-]?\d+", text):
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _expanded(name: str, piece: str) -> list[str]:
    """Returns the values one piece of an axis stands for."""
    if not piece:
        raise UsageError(f"sweep {name}: found an empty value; allowed: {_EXAMPLES}")
    if ".." not in piece:
        return [piece]
    match = _RANGE.fullmatch(piece)
    if match is None:
        raise UsageError(f"sweep {name}: found the range {piece}; allowed: {_EXAMPLES}")
    low, high, points = match["low"], match["high"], match["points"]
    if points is None:
        return _whole_numbers(name, low, high)
    if not re.fullmatch(r"\d+", points) or not 2 <= int(points) <= MOST_POINTS:
        raise UsageError(
            f"sweep {name}: found /{points} in {piece}; allowed: a whole number of points from 2 "
            f"to {MOST_POINTS}, e.g. 0..1/5"
        )
    return [_short(value) for value in _even(float(low), float(high), int(points))]


def _whole_numbers(name: str, low: str, high: str) -> list[str]:
    if not all(re.fullmatch(r"[+-]?\d+", end) for end in (low, high)):
        raise UsageError(
            f"sweep {name}: found {low}..{high} without a number of points; allowed: whole "
            f"numbers as in 12..15, or {low}..{high}/5 for five even points"
        )
    first, last = int(low), int(high)
    if last < first or last - first >= MOST_POINTS:
        raise UsageError(
            f"sweep {name}: found {low}..{high}; allowed: from the smaller to the larger, at most "
            f"{MOST_POINTS} numbers"
        )
    return [str(value) for value in range(first, last + 1)]


def _even(low: float, high: float, points: int) -> list[float]:
    return [low + (high - low) * (i / (points - 1)) for i in range(points)]


def _short(value: float) -> str:
    """Returns a number with 12 digits, so that even points read as a person would write them."""
    return f"{value:.12g}"


def _part(progress: Progress | None, place: int, points: int) -> Progress | None:
    """Returns the progress of one point, told as part of the grid's."""
    if progress is None:
        return None
    whole = progress
    return lambda done, total: whole(place * total + done, points * total)


def _point(values: tuple[tuple[str, str], ...], batch: Batch) -> Point:
    return Point(
        values=values,
        id=batch.id,
        directory=batch.directory,
        n=batch.n,
        failed=len(batch.failures),
        computed=batch.computed,
        elapsed_s=batch.timings.elapsed_s,
        rows=tuple(_rows(batch)),
    )


def _rows(batch: Batch) -> Iterator[dict[str, Any]]:
    """Yields what a batch says, one row an outcome or an outcome's class."""
    for name, told in summarise(batch).items():
        head = {"outcome": name, "class": None, "kind": told["kind"], "unit": told["unit"]}
        if told["kind"] == "number":
            low, high = told["mean_ci"]
            estimates = {"estimate": told["mean"], "low": low, "high": high}
            yield {**head, **estimates, "n_valid": told["n_valid"]}
            continue
        for label, known in told["probabilities"].items():
            low, high = known["ci"]
            estimates = {"estimate": known["p"], "low": low, "high": high}
            yield {**head, "class": label, **estimates, "n_valid": told["n_valid"]}
