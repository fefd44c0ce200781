"""Which executor plays a batch: the one asked for, else the one that suits the engine."""

from __future__ import annotations

import os
from typing import Final

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


def choose(name: str, workers: int | None, scheduler: str | None, missing: float) -> Executor:
    """Returns the executor of a batch, not started yet.

    Args:
        name: One of `NAMES`; `auto` takes processes, which the readable engine needs.
        workers: How many workers; None takes one for few runs, else all cores.
        scheduler: Address of a Dask scheduler.
        missing: Runs to be played.

    Raises:
        UsageError: As `check_choice`.
    """
    check_choice(name, workers, scheduler)
    if name == Cluster.name:
        return Cluster(workers or _cores(), scheduler)
    count = workers or (1 if missing <= SHORT else _cores())
    return Threads(count) if name == Threads.name else Processes(count)


def _cores() -> int:
    return os.cpu_count() or 1
