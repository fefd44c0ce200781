"""Choice of the executor for a batch: the requested one, or the one that suits the engine."""

from __future__ import annotations

import os
from typing import Final

from sim.engine import code_cache
from sim.engine.choice import (
    COMPILE_S,
    COMPILED,
    COMPILED_DAY_S,
    LATER,
    LOAD_S,
    SIMPY,
    SIMPY_DAY_S,
    SOON,
    UNREADY,
    choose_engine,
)
from sim.errors import UsageError, nearest
from sim.experiment.executors.cluster import Cluster, check_address
from sim.experiment.executors.interface import Executor
from sim.experiment.executors.processes import Processes
from sim.experiment.executors.relay import Relay
from sim.experiment.executors.threads import Threads
from sim.scenario.resolved_scenario import Resolved

AUTO: Final = "auto"
NAMES: Final = (AUTO, Threads.name, Processes.name, Cluster.name)

SHORT: Final = 300
"""Largest number of missing runs for which starting worker processes costs more than it saves."""


def check_choice(name: str, workers: int | None, scheduler: str | None) -> None:
    """Checks the requested options, without starting anything.

    Raises:
        UsageError: There is no such executor, or the options contradict each other.
    """
    if name not in NAMES:
        raise UsageError(
            f"--executor {name!r} is not one of {', '.join(NAMES)}" + nearest(name, NAMES)
        )
    if scheduler is None:
        return
    if name != Cluster.name:
        raise UsageError(
            f"--scheduler {scheduler} works only with --executor dask, "
            f"found --executor {name}: add --executor dask or remove --scheduler"
        )
    if workers is not None:
        raise UsageError(
            f"--workers {workers} starts workers on this machine, but the cluster at {scheduler} "
            "has its own; remove --workers or --scheduler"
        )
    check_address(scheduler)


def choose(name: str, workers: int, scheduler: str | None, engine: str) -> Executor:
    """Returns the executor of a batch, not started yet.

    Args:
        name: One of `NAMES`; `auto` means threads for the compiled engine, which releases the
            interpreter lock, and processes for the SimPy engine, which does not.
        workers: Number of workers, if there is no scheduler.
        scheduler: Address of a Dask scheduler.
        engine: The engine, as `choose_engine` returned it. Until code is compiled, a compiler that
            is to be fast takes the place of a worker if there is no core to spare, and the others
            yield to it, since other programs may want the cores too.
    """
    if engine in UNREADY:
        beside = min(workers, max(1, (os.cpu_count() or 1) - 1)) if engine == SOON else workers
        first = choose(name, beside, scheduler, SIMPY)
        if engine == SOON and isinstance(first, Processes):
            first = Processes(beside, gentle=True)
        return Relay(first, choose(name, workers, scheduler, COMPILED), engine)
    if name == Cluster.name:
        return Cluster(workers, scheduler)
    threads = name == Threads.name or (name == AUTO and engine == COMPILED)
    return Threads(workers) if threads else Processes(workers)


def worker_count(workers: int | None, missing: float) -> int:
    """Returns the number of workers: the requested one, else one for few runs, else all cores."""
    return workers or (1 if missing <= SHORT else os.cpu_count() or 1)


def seconds_of(engine: str, resolved: Resolved, runs: int, workers: int) -> float:
    """Returns the seconds that runs should take, compiling included, on the machine of
    docs/performance.md.

    Args:
        engine: One of `ENGINES`.
        resolved: The scenario.
        runs: Number of runs.
        workers: Number of threads or processes.
    """
    run_days = (resolved.until - resolved.start + 1) * runs / workers
    if choose_engine(engine, resolved, runs, workers) in (SIMPY, LATER):
        return SIMPY_DAY_S * run_days
    return (LOAD_S if code_cache.is_kept() else COMPILE_S) + COMPILED_DAY_S * run_days
