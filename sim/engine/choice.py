"""Which engine plays: the one asked for, or the one that will be done first.

The numbers never depend on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.util import find_spec
from typing import Final

from sim.errors import UsageError, nearest
from sim.scenario.resolved_scenario import Resolved

Waiting = Callable[[str], AbstractContextManager[object]]

AUTO: Final = "auto"
SIMPY: Final = "simpy"
COMPILED: Final = "compiled"
ENGINES: Final = (AUTO, SIMPY, COMPILED)

# Seconds on the machine they were measured on (docs/performance.md); only their ratios matter.
SIMPY_DAY_S: Final = 6e-5
COMPILED_DAY_S: Final = 1e-6
LOAD_S: Final = 1.0
COMPILE_S: Final = 45.0

NOTICE: Final = (
    "compiling the rules for this machine, once for each version; this takes about a minute"
)


def check_engine(name: str) -> None:
    """Checks the name of an engine.

    Raises:
        UsageError: There is no such engine, or it cannot run here.
    """
    if name not in ENGINES:
        raise UsageError(
            f"--engine {name!r} is not one of {', '.join(ENGINES)}" + nearest(name, ENGINES)
        )
    if name == COMPILED and not can_compile():
        raise UsageError(
            "--engine compiled needs the package numba, which is not installed: pip install numba, "
            "or leave --engine out; the numbers are the same"
        )


def can_compile() -> bool:
    """Tells whether this machine has what compiles."""
    return find_spec("numba") is not None


def choose_engine(name: str, resolved: Resolved, runs: float, workers: int) -> str:
    """Returns the engine of a batch, `simpy` or `compiled`.

    Args:
        name: One of `ENGINES`; `auto` takes the one whose estimated time is shorter, compiling
            included.
        resolved: The scenario.
        runs: Runs to be played; infinite if that is not known yet.
        workers: Threads or processes.

    Raises:
        UsageError: As `check_engine`; or the compiled loop was asked for and has no room for the
            scenario's interventions.
    """
    check_engine(name)
    if name == SIMPY or runs == 0 or not can_compile():
        return SIMPY
    days = resolved.until - resolved.start + 1
    run_days = days * runs / workers
    if name == AUTO and SIMPY_DAY_S * run_days < LOAD_S:
        return SIMPY  # before anything is loaded to find out more
    from sim.engine import code_cache, compiled_loop

    if not compiled_loop.takes(resolved):
        if name == COMPILED:
            raise UsageError(
                "--engine compiled has no room for the interventions of this scenario: they are "
                "more than 512 steps or 128 conditions; leave --engine out"
            )
        return SIMPY
    ready_s = LOAD_S if code_cache.is_kept() else COMPILE_S
    faster = ready_s + COMPILED_DAY_S * run_days < SIMPY_DAY_S * run_days
    return COMPILED if name == COMPILED or faster or math.isinf(runs) else SIMPY


def prepare(engine: str, waiting: Waiting) -> float:
    """Makes an engine ready and returns the seconds that took.

    Args:
        engine: `simpy`, which needs nothing, or `compiled`.
        waiting: Told if compiling will take a while; what it returns is left at its end.
    """
    if engine == SIMPY:
        return 0.0
    from sim.engine import code_cache, compiled_loop

    if code_cache.is_kept():
        return compiled_loop.prepare()
    with waiting(NOTICE):
        return compiled_loop.prepare()
