"""Engine of runs that belong to no batch: chosen and prepared before anything is played."""

from __future__ import annotations

from contextlib import nullcontext

from sim.engine.choice import AUTO, COMPILED, SIMPY, can_compile, check_engine, prepare
from sim.experiment.runs.design import Means


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
