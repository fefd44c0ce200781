"""A toy engine with known truth, in place of the simulator.

`level` is normal around the parameter `mu` with standard deviation 1, `hit` has probability 0.3,
`kind` is a, b or c with probabilities 0.5, 0.3 and 0.2, `wait` applies to half the runs, to more
and later ones if `late` is above 0, and `day` is a date. Replicates listed in the parameter `fails`
(a single one, -1 for none) fail.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.special import ndtri

from sim.engine.blocks import Block, Column, Failure
from sim.engine.draws import uniforms
from sim.engine.parameter_sets import ParameterSets
from sim.model.outcomes.outcome import Outcome
from sim.scenario.resolved_scenario import CalendarEntry, Parameter, Prior, Resolved

DAY = 739_000
FAILED = ("running", "ZeroDivisionError", "a stage: with a colon")


def _outcome(name: str, kind: str, unit: str = "1", classes: tuple[str, ...] = ()) -> Outcome:
    headline = name in ("hit", "kind", "level")
    return Outcome(name, kind, unit, 0.05, headline, False, name, lambda s, p: 0.0, classes)


COLUMNS = (
    Column("level", _outcome("level", "number", "pp"), None),
    Column("hit", _outcome("hit", "flag", "flag"), None),
    Column("kind", _outcome("kind", "class", "code", ("a", "b", "c")), None),
    Column("wait", _outcome("wait", "number", "days"), None),
    Column("day", _outcome("day", "number", "date"), None),
    Column("failed", _outcome("failed", "flag", "flag"), None),
    Column("level@2025-11-01", _outcome("level", "number", "pp"), DAY + 1),
)


def columns(resolved: Resolved) -> tuple[Column, ...]:
    """The toy's columns, whatever the scenario."""
    return COLUMNS


def parameter(name: str, value: float, prior: Prior | None = None) -> Parameter:
    """A parameter of which only value and prior matter."""
    return Parameter(name, value, "1", "assumed", "", "", prior, None, None, "a test")


def scenario(**values: float) -> Resolved:
    """A toy scenario; `mu` has a normal prior with standard deviation 0.5."""
    chosen = {"mu": 0.0, "fails": -1.0, "late": 0.0, **values}
    parameters = {name: parameter(name, value) for name, value in chosen.items()}
    parameters["mu"] = parameter("mu", chosen["mu"], Prior("normal", chosen["mu"], 0.5))
    entry = CalendarEntry("end", DAY + 20, 0, "the end", "test")
    return Resolved(
        name="toy",
        question="Does it add up?",
        start=DAY,
        until=DAY + 20,
        state={"tension": 0.5},
        sources={},
        parameters=parameters,
        calendar=(entry,),
        interventions=(),
        needs=(),
        report_dates=(),
    )


def fixed(resolved: Resolved, name: str) -> Resolved:
    """The scenario with a parameter that has no prior any more."""
    without = replace(resolved.parameters[name], prior=None)
    return replace(resolved, parameters={**resolved.parameters, name: without})


def run_block(
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: ParameterSets | None = None,
    *,
    events: bool = False,
) -> Block:
    """Plays replicates as the real engine would: a pure function of its arguments."""
    sets = parameter_sets or [{}] * count
    central = {name: p.value for name, p in resolved.parameters.items()}
    mu = np.array([{**central, **drawn}["mu"] for drawn in sets])
    replicates = np.arange(first, first + count)
    u = uniforms(seed, replicates, [DAY], [(1, 0), (1, 1), (1, 2), (1, 3)])[:, 0, :]
    level = mu + ndtri(u[:, 0])
    values = {
        "level": level,
        "hit": u[:, 1] < 0.3,
        "kind": np.searchsorted([0.5, 0.8], u[:, 2]).astype(np.int64),
        "wait": np.where(u[:, 3] < 0.5 + central["late"], np.floor(20 * u[:, 3]), np.nan),
        "day": np.where(u[:, 3] < 0.5, DAY + np.floor(20 * u[:, 3]), np.nan),
        "failed": replicates == central["fails"],
        "level@2025-11-01": level - 1.0,
    }
    failures = []
    for place in np.flatnonzero(values["failed"]):
        failures.append(Failure(int(replicates[place]), *FAILED))
        for name in ("level", "wait", "day", "level@2025-11-01"):
            values[name][place] = np.nan
        values["hit"][place] = False
        values["kind"][place] = -1
    weeks = np.array([DAY, DAY + 7, DAY + 14])
    paths = {"tension": np.outer(level, [1.0, 0.5, 0.25])}
    return Block(first, count, values, tuple(failures), paths, weeks)


def run_block_of_priority(*_: object, **__: object) -> Block:
    """Plays nothing: the block's number of runs is the priority of the process."""
    return Block(0, os.nice(0), {}, (), {}, np.zeros(0))


def run_block_slowly(
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: ParameterSets | None = None,
    *,
    events: bool = False,
) -> Block:
    """The same, at 1,000 runs a second."""
    time.sleep(count / 1000)
    return run_block(resolved, seed, first, count, parameter_sets)


def run_block_killed_once(
    mark: str,
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: ParameterSets | None = None,
    *,
    events: bool = False,
) -> Block:
    """The same, but the first worker to get here is killed and leaves a mark."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return run_block(resolved, seed, first, count, parameter_sets)


def run_block_always_killed(
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: ParameterSets | None = None,
    *,
    events: bool = False,
) -> Block:
    """Kills whoever plays it."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def run_block_interrupted(
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: ParameterSets | None = None,
    *,
    events: bool = False,
) -> Block:
    """The same, until Ctrl-C in the second shard."""
    if first >= 1000:
        raise KeyboardInterrupt
    return run_block(resolved, seed, first, count, parameter_sets)
