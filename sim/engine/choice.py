"""Choice of the engine: the requested one, or the one that should finish first.

Results never depend on it.
"""

from __future__ import annotations

import math
import os
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

SOON: Final = "compiled soon"
"""SimPy until the code is compiled, for a job that compiling pays for: the compiler has a core to
itself, and SimPy what is left of the others."""

LATER: Final = "compiled later"
"""SimPy on all cores, for a job that should be finished before the code is compiled: compiling goes
on behind it with the least priority, for later jobs."""

UNREADY: Final = (SOON, LATER)

# Seconds of a core on the machine of docs/performance.md. Only their ratios matter.
SIMPY_DAY_S: Final = 1.5e-4
COMPILED_DAY_S: Final = 1.8e-6
LOAD_S: Final = 1.5
COMPILE_S: Final = 65.0

NOTICE: Final = (
    "compiling the rules for this machine, once for each version; this takes about a minute"
)
BESIDE: Final = (
    "fast code is being compiled in the background, once for each version; what remains of these "
    "runs, and later ones, switch to it when it is ready"
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
    """Returns the engine of a job: `SIMPY`, `COMPILED` or, if code is yet to be compiled, one of
    `UNREADY`.

    Args:
        name: One of `ENGINES`; `auto` takes the one with the shorter estimated time, compiling
            included. What was chosen before, for a job of which this is a part, is kept.
        resolved: The scenario.
        runs: Number of runs; infinite if not known yet.
        workers: Number of threads or processes.

    Raises:
        UsageError: As for `check_engine`; or the compiled loop was requested but has no room for
            the scenario's interventions.
    """
    if name in UNREADY:
        return name
    check_engine(name)
    if name == SIMPY or runs == 0 or not can_compile():
        return SIMPY
    if name == COMPILED:
        if not takes(resolved):
            raise UsageError(
                "--engine compiled has no room for the interventions of this scenario: they are "
                "more than 512 steps or 128 conditions; leave --engine out"
            )
        return COMPILED
    return _faster(resolved, runs, workers)


def _faster(resolved: Resolved, runs: float, workers: int) -> str:
    """Returns the engine that should finish first."""
    from sim.engine import code_cache, compiler

    run_days = (resolved.until - resolved.start + 1) * runs / workers
    simpy_s, compiled_s = SIMPY_DAY_S * run_days, COMPILED_DAY_S * run_days
    if simpy_s < LOAD_S and not code_cache.is_fresh():
        return SIMPY  # before anything else is loaded
    is_kept = code_cache.is_kept()
    ready_s = LOAD_S if is_kept else max(LOAD_S, COMPILE_S - compiler.spent_s())
    pays = math.isinf(runs) or ready_s + compiled_s < simpy_s
    if is_kept or not compiler.is_possible():
        return COMPILED if pays and takes(resolved) else SIMPY
    if not pays:
        return LATER
    if not takes(resolved):
        return SIMPY
    # On a single core SimPy would only slow the compiler down.
    return SOON if (os.cpu_count() or 1) > 1 else COMPILED


def takes(resolved: Resolved) -> bool:
    """Returns whether the compiled loop has room for all interventions of a scenario."""
    from sim.engine import compiled_loop

    return compiled_loop.takes(resolved)


def prepare(engine: str, waiting: Waiting) -> float:
    """Prepares an engine and returns the seconds it took.

    Args:
        engine: What `choose_engine` returned. SimPy needs no preparation; code that is not compiled
            yet begins to be, by another process.
        waiting: Called with a text before compiling. Returns a context that is left afterwards.
    """
    if engine == SIMPY:
        return 0.0
    if engine in UNREADY:
        from sim.engine import compiler

        if compiler.start(compiler.FAST if engine == SOON else compiler.GENTLE):
            with waiting(BESIDE):
                pass  # nothing is waited for
        return 0.0
    from sim.engine import code_cache, compiled_loop

    if code_cache.is_kept():
        return compiled_loop.prepare()
    with waiting(" ".join(filter(None, (NOTICE, code_cache.refusal())))):
        return compiled_loop.prepare()


def is_ready(engine: str) -> bool:
    """Returns whether the rest of a job can be played in compiled code.

    Args:
        engine: One of `UNREADY`. A job that compiling pays for does not go on without when the
            other process failed: this one then compiles.
    """
    from sim.engine import code_cache, compiler

    return compiler.has_ended() if engine == SOON else code_cache.is_kept()
