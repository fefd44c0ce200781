"""Batches held in memory: the runs of a question that is asked in passing, never written to disk.

They are the same runs to the bit as those of `run_batch`, without the columns by sector and
quarter, which take most of the memory. They tell the id and the folder that a stored batch would
have.
"""

from __future__ import annotations

import time
from collections.abc import Container
from dataclasses import replace
from typing import Final

import numpy as np

from sim.engine.blocks import Block, Failure, columns
from sim.engine.choice import COMPILED, SIMPY, Waiting, can_compile, prepare, takes
from sim.errors import NotFoundError, nearest
from sim.experiment.executors.choice import AUTO, choose, worker_count
from sim.experiment.executors.interface import Advance, Stop
from sim.experiment.runs.batch import Batch, Timings, job_of, noting, to_stderr
from sim.experiment.store.folder import Content, Folder
from sim.experiment.store.parquet import Array, RunRows, from_blocks
from sim.experiment.store.results import Store
from sim.scenario.resolved_scenario import Resolved

_FIRST: Final = 0
"""Number of the first replicate: a batch begins with it."""


class HeldRuns(Folder):
    """Weekly paths in memory, read as those of a results folder are.

    Args:
        place: The folder that would hold them.
        engine: Engine that played them.
        rows: The runs.
    """

    def __init__(self, place: Folder, engine: str, rows: RunRows) -> None:
        super().__init__(place.directory, place.id, place.content, to_stderr)
        # What may be stored under this name, by whichever version, is not what is held here.
        self._manifest = {}
        self.engine = engine
        # In the precision of stored paths, so that both give the same chart.
        paths = {name: values.astype(np.float32) for name, values in rows.paths.items()}
        self._rows = replace(rows, paths=paths)

    def read_path(self, name: str, n: int) -> tuple[Array, Array]:
        """Returns the weeks (ordinal Mondays) and a path, array (replicates, weeks).

        Raises:
            NotFoundError: There is no such path.
        """
        paths = self._rows.paths
        if name not in paths:
            raise NotFoundError(f"no path {name!r} in these runs" + nearest(name, paths))
        return self._rows.weeks, paths[name][:n].astype(np.float64)


def _engine_of(resolved: Resolved, waiting: Waiting | None = None) -> str:
    """Returns the engine for answers that must come at once, prepared: compiled code, which may
    have to be waited for once, or SimPy where there is no compiler or no room for the scenario."""
    engine = COMPILED if can_compile() and takes(resolved) else SIMPY
    prepare(engine, waiting or noting(to_stderr))
    return engine


def hold_batch(
    resolved: Resolved,
    *,
    n: int,
    seed: int,
    store: Store,
    per_vector: int = 0,
    workers: int | None = None,
    advance: Advance = lambda runs: None,
    stop: Stop = lambda: False,
    waiting: Waiting | None = None,
) -> Batch | None:
    """Returns the first n replicates of a scenario, without storing them.

    Args:
        resolved: The scenario.
        n: Number of replicates.
        seed: Random seed.
        store: Store that would hold the runs; nothing is written to it.
        per_vector: Number of runs per parameter vector drawn from the ranges; 0 for central values.
        workers: Number of threads or processes; see `run_batch`.
        advance: Called with the number of runs of each finished block.
        stop: Asked between blocks whether to stop.
        waiting: See `run_batch`.

    Returns:
        The batch; None if it was stopped.
    """
    began = time.perf_counter()
    engine = _engine_of(resolved, waiting)
    kept = tuple(column for column in columns(resolved) if not column.outcome.quarterly)
    content = Content(resolved, seed, per_vector, kept)
    place = store.folder(content)
    prepared = time.perf_counter()
    with choose(AUTO, worker_count(workers, n), None, engine) as crew:
        blocks = crew.play(job_of(engine, content), _FIRST, n, advance, stop)
    if stop() or sum(block.count for block in blocks) < n:
        return None
    names = {column.name for column in kept}
    rows = from_blocks([_narrowed(block, names) for block in blocks])
    failures = (Failure(replicate, *why) for replicate, why in sorted(rows.failures.items()))
    return Batch(
        resolved=resolved,
        columns=content.columns,
        values=rows.values,
        n=n,
        seed=seed,
        parameters=content.drawn,
        per_vector=per_vector,
        id=place.id,
        directory=place.directory,
        timings=Timings(0.0, prepared - began, time.perf_counter() - prepared),
        computed=n,
        reused=0,
        failures=tuple(failures),
        folder=HeldRuns(place, engine, rows),
    )


def _narrowed(block: Block, names: Container[str]) -> Block:
    """Returns a block with some of its columns."""
    kept = {name: values for name, values in block.values.items() if name in names}
    return replace(block, values=kept)
