"""Grid sweeps: a scenario at every point of a grid of inputs, with the same random draws.

Every point is a batch in the store, so a point played before, even by `run --set`, costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from sim.engine.blocks import columns
from sim.engine.choice import choose_engine
from sim.experiment.executors.choice import choose, worker_count
from sim.experiment.inputs.axes import Axis, grid_of, parse_axes
from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.factors import check_name
from sim.experiment.inputs.modes import FIXED
from sim.experiment.outcomes.targets import Target, days_of, study_targets
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.runs.defaults import PER_VECTOR, RUNS
from sim.experiment.runs.design import Means
from sim.experiment.runs.filler import part
from sim.experiment.stats.intervals import Flags, Floats, vector_labels
from sim.experiment.sweep.points import GRID, Point, Sweep, row_of
from sim.experiment.sweep.readings import Readings

PAIRED_RUNS: Final = 20_000
"""Runs of each point used for curves: enough to know a difference of shares to less
than one percentage point, and few enough for a large grid to fit in memory."""


def sweep(
    start: StudyBase,
    axes: Sequence[str | Axis],
    means: Means,
    *,
    outcomes: Sequence[str] = (),
    n: int = RUNS,
    parameters: str = "fixed",
    per_vector: int = PER_VECTOR,
) -> Sweep:
    """Plays a scenario at every point of a grid.

    Args:
        start: The scenario.
        axes: Inputs to vary, as text (see `axes`) or parsed.
        means: Store, seed, workers and engine.
        outcomes: Outcomes to report, in the form `targets.read_targets` takes; if empty, the
            headlines.
        n: Number of runs per point.
        parameters: `fixed`, `prior` or `posterior`; swept inputs are fixed either way.
        per_vector: Number of runs per parameter vector, if they are drawn.

    Raises:
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: A point is not a valid scenario; nothing was played.
        UsageError: An axis or option cannot be parsed.
    """
    parsed = parse_axes(axes)
    means.check()
    start = replace(start, at=(*start.at, *days_of(outcomes)))
    base = start.resolved()
    for axis in parsed:
        check_name(axis.name, base)
    grid = tuple(grid_of(parsed))
    every = [start.resolved(values) for values in grid]
    # The outcomes must exist at every point, even if the grid varies the last day.
    targets, answer = study_targets(outcomes, every, [columns(resolved) for resolved in every])
    crew_size = worker_count(means.workers, n * len(grid))
    chosen = choose_engine(means.engine, every[0], n * len(grid), crew_size)
    points: list[Point] = []
    held: list[list[Floats]] = []
    failed: list[Flags] = []
    first: Batch | None = None
    with choose(means.executor, crew_size, means.scheduler, chosen) as pool:
        for place, (values, resolved) in enumerate(zip(grid, every, strict=True)):
            batch = run_batch(
                resolved,
                n=n,
                seed=means.seed,
                parameters=parameters,
                per_vector=per_vector,
                engine=chosen,
                store=means.store,
                force=means.force,
                paths="none",
                progress=part(means.progress, place, len(grid)),
                note=means.note,
                waiting=means.waiting,
                pool=pool,
            )
            batch.expect(target.column.name for target in targets)
            rows = []
            held.append([])
            failed.append(~batch.finished[:PAIRED_RUNS])
            for target in targets:
                runs = _readings(batch, target)
                held[-1].append(runs.y[0, :PAIRED_RUNS])
                rows.append(row_of(target, runs, _readings(first, target) if first else None))
            first = first or batch
            points.append(_point(values, batch, rows))
    head = every[0]
    first_runs = min(n, PAIRED_RUNS)
    return Sweep(
        head.name,
        head.question,
        means.seed,
        parameters,
        GRID,
        parsed,
        tuple(points),
        targets,
        {
            (target.outcome, target.label): np.stack([point[number] for point in held])
            for number, target in enumerate(targets)
        },
        vector_labels(first_runs, per_vector) if parameters != FIXED else None,
        np.stack(failed),
        answer,
    )


def _readings(batch: Batch, target: Target) -> Readings:
    """Returns an outcome at a single point."""
    failed = ~batch.finished
    y = target.of(batch.values[target.column.name], failed)
    return Readings(y[np.newaxis], failed[np.newaxis], batch.clusters)


def _point(
    values: tuple[tuple[str, str], ...], batch: Batch, rows: Sequence[dict[str, Any]]
) -> Point:
    return Point(
        values=values,
        id=batch.id,
        directory=batch.directory,
        n=batch.n,
        failed=len(batch.failures),
        computed=batch.computed,
        elapsed_s=batch.timings.elapsed_s,
        rows=tuple(rows),
    )
