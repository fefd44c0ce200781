"""Engine of work that belongs to no batch: chosen and prepared before anything is computed."""

from __future__ import annotations

from contextlib import nullcontext

from sim.engine.choice import AUTO, COMPILED, SIMPY, can_compile, check_engine, prepare
from sim.errors import UsageError
from sim.experiment.runs.design import Means


def check_can_learn() -> None:
    """Checks that parameters can be learned here.

    Raises:
        UsageError: numba is missing.
    """
    if not can_compile():
        raise UsageError(
            "learning parameters computes a likelihood tens of thousands of times, which takes the "
            "package numba: pip install numba"
        )


def ready_engine(means: Means) -> str:
    """Returns the engine that was asked for, prepared: `simpy` or `compiled`.

    Raises:
        UsageError: There is no such engine, or it cannot run here.
    """
    engine = means.engine
    check_engine(engine)
    if engine == AUTO:
        engine = COMPILED if can_compile() else SIMPY
    prepare(engine, means.waiting or (lambda text: nullcontext()))
    return engine
