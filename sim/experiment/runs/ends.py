"""A scenario at the two ends of the ranges of parameters, one parameter at a time.

All other parameters have their central values, and every end is played with the same replicates, so
that luck cancels out of what a parameter changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.engine.choice import choose_engine, prepare
from sim.experiment.executors.choice import choose, worker_count
from sim.experiment.inputs.priors import quantile_of
from sim.experiment.runs.batch import job_of, noting
from sim.experiment.runs.design import Points, at_points
from sim.experiment.stats.intervals import Flags
from sim.experiment.store.folder import Content

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.experiment.runs.design import Means
    from sim.scenario.resolved_scenario import Resolved

TAILS: Final = (0.05, 0.95)
"""Quantile levels of a prior that define its low and its high end."""

Played = tuple[Mapping[str, Any], Flags]
"""Values of columns, and the mask of the runs that count."""


def ends_of(resolved: Resolved, names: Iterable[str]) -> list[tuple[str, float]]:
    """Returns each parameter with its value at the low and then at the high end of its range."""
    priors = {name: resolved.parameters[name].prior for name in names}
    return [
        (name, quantile_of(name, prior)(u))
        for name, prior in priors.items()
        if prior
        for u in TAILS
    ]


def play_ends(
    resolved: Resolved,
    seed: int,
    at: Sequence[tuple[str, float]],
    columns: Sequence[Column],
    means: Means,
    replicates: int,
) -> list[Played]:
    """Plays the same replicates at several points, each with one parameter set to a value; nothing
    is stored.

    Args:
        resolved: The scenario.
        seed: Seed of the replicates.
        at: Parameters and their values, one for each point.
        columns: Columns to read.
        means: Workers and engine.
        replicates: Number of runs at each point.
    """
    runs = len(at) * replicates
    if not runs:
        return []
    crew_size = worker_count(means.workers, runs)
    chosen = choose_engine(means.engine, resolved, runs, crew_size)
    prepare(chosen, means.waiting or noting(means.note))
    job = job_of(chosen, Content(resolved, seed, 0, tuple(columns)))
    names = tuple(dict.fromkeys(name for name, _ in at))
    numbers = np.tile([resolved.parameters[name].value for name in names], (len(at), 1))
    for point, (name, value) in enumerate(at):
        numbers[point, names.index(name)] = value
    points = Points(
        worlds=(resolved,),
        world_of=(0,) * len(at),
        names=names,
        numbers=numbers,
        replicates=replicates,
        kept=tuple(column.name for column in columns),
    )
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if means.progress:
            means.progress(done, runs)

    with choose(means.executor, crew_size, means.scheduler, chosen) as crew:
        blocks = crew.play(replace(job, around=partial(at_points, points)), 0, runs, advance)
    values = {name: np.concatenate([b.values[name] for b in blocks]) for name in points.kept}
    counts = np.concatenate([block.finished for block in blocks])
    pieces = [slice(k, k + replicates) for k in range(0, runs, replicates)]
    return [({name: v[piece] for name, v in values.items()}, counts[piece]) for piece in pieces]
