"""Choice of the engine: the requested one, or the one that should finish first.

Results never depend on it.
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

# Seconds on the machine of docs/performance.md. Only their ratios matter.
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
            "or leave --engine out; the results are the same"
        )


def can_compile() -> bool:
    """Returns whether numba is installed."""
    return find_spec("numba") is not None


def choose_engine(name: str, resolved: Resolved, runs: float, workers: int) -> str:
    """Returns the engine of a batch, `simpy` or `compiled`.

    Args:
        name: One of `ENGINES`; `auto` takes the one with the shorter estimated time, compiling
            included.
        resolved: The scenario.
        runs: Number of runs; infinite if not known yet.
        workers: Number of threads or processes.

    Raises:
        UsageError: As for `check_engine`; or the compiled loop was requested but has no room for
            the scenario's interventions.
    """
    check_engine(name)
    if name == SIMPY or runs == 0 or not can_compile():
        return SIMPY
    days = resolved.until - resolved.start + 1
    run_days = days * runs / workers
    if name == AUTO and SIMPY_DAY_S * run_days < LOAD_S:
        return SIMPY  # before anything else is loaded
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
    """Prepares an engine and returns the seconds it took.

    Args:
        engine: `simpy`, which needs no preparation, or `compiled`.
        waiting: Called with a text before compiling. Returns a context that is left afterwards.
    """
    if engine == SIMPY:
        return 0.0
    from sim.engine import code_cache, compiled_loop

    if code_cache.is_kept():
        return compiled_loop.prepare()
    with waiting(" ".join(filter(None, (NOTICE, code_cache.refusal())))):
        return compiled_loop.prepare()
