"""Which executor plays a batch: the one asked for, else the one that suits the engine."""

from __future__ import annotations

import os
from typing import Final

from sim.engine.choice import COMPILED
from sim.errors import UsageError, nearest
from sim.experiment.executors.cluster import Cluster, check_address
from sim.experiment.executors.interface import Executor
from sim.experiment.executors.processes import Processes
from sim.experiment.executors.threads import Threads

AUTO: Final = "auto"
NAMES: Final = (AUTO, Threads.name, Processes.name, Cluster.name)

SHORT: Final = 300
"""Missing runs up to which starting worker processes costs more than it saves."""


def check_choice(name: str, workers: int | None, scheduler: str | None) -> None:
    """Checks what was asked for, without starting anything.

    Raises:
        UsageError: There is no such executor, or the options do not go together.
    """
    if name not in NAMES:
        raise UsageError(
            f"--executor {name!r} is not one of {', '.join(NAMES)}" + nearest(name, NAMES)
        )
    if scheduler is None:
        return
    if name != Cluster.name:
        raise UsageError(
            f"--scheduler {scheduler} is of use with --executor dask only; "
            f"found --executor {name}: add --executor dask or leave --scheduler out"
        )
    if workers is not None:
        raise UsageError(
            f"--workers {workers} counts workers of this machine, but those at {scheduler} are "
            "already there; leave --workers or --scheduler out"
        )
    check_address(scheduler)


def choose(name: str, workers: int, scheduler: str | None, engine: str) -> Executor:
    """Returns the executor of a batch, not started yet.

    Args:
        name: One of `NAMES`; `auto` takes threads for the compiled engine, which lets go of the
            interpreter, and processes for the readable one, which does not.
        workers: How many workers, if no scheduler has them.
        scheduler: Address of a Dask scheduler.
        engine: `simpy` or `compiled`.
    """
    if name == Cluster.name:
        return Cluster(workers, scheduler)
    threads = name == Threads.name or (name == AUTO and engine == COMPILED)
    return Threads(workers) if threads else Processes(workers)


def worker_count(workers: int | None, missing: float) -> int:
    """Returns how many workers play: those asked for, else one for few runs, else all cores."""
    return workers or (1 if missing <= SHORT else os.cpu_count() or 1)
