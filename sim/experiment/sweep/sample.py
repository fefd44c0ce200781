"""Sampled sweeps: many points drawn from the ranges of the inputs, with a few runs at each.

All points are stored together as one design (see `design`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from sim.engine.blocks import columns
from sim.errors import UsageError, nearest
from sim.experiment.inputs.axes import Axis
from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.factors import read_factors
from sim.experiment.inputs.sequence import MOST_POINTS, SAMPLING_SEED, check_points
from sim.experiment.outcomes.targets import days_of, study_targets
from sim.experiment.runs.design import Design, Means, check_size, play
from sim.experiment.stats.intervals import Floats
from sim.experiment.sweep.points import Point, Sweep, row_of
from sim.experiment.sweep.readings import Readings

METHODS: Final = ("sobol", "lhs")
POINTS: Final = 256
REPLICATES: Final = 64


def sweep_drawn(
    start: StudyBase,
    axes: Sequence[str | Axis],
    means: Means,
    *,
    method: str,
    outcomes: Sequence[str] = (),
    n: int = POINTS,
    replicates: int = REPLICATES,
) -> Sweep:
    """Plays a scenario at points drawn from the ranges of its inputs.

    Args:
        start: The scenario.
        axes: Inputs to vary, in the form `factors.read_factors` takes.
        means: Store, seed, workers and engine.
        method: `sobol` (scrambled, `n` a power of two) or `lhs` (Latin hypercube).
        outcomes: Outcomes to report; if empty, the headlines.
        n: Number of points.
        replicates: Number of runs at each point; every point uses the same random
            draws.

    Raises:
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: A value is not allowed; nothing was played.
        UsageError: An axis or option cannot be parsed.
    """
    if not axes:
        raise UsageError(
            "sweep: nothing to vary; name inputs as NAME (over its prior), NAME=0..1 (over an "
            "interval) or NAME=X,Y (over a list)"
        )
    cube = drawn_points(method, n, len(axes))
    means.check()
    if replicates < 2:
        raise UsageError(
            f"--replicates {replicates}: at least 2 runs per point are needed to separate the "
            "effect of inputs from chance"
        )
    check_size(n, replicates)
    start = replace(start, at=(*start.at, *days_of(outcomes)))
    base = start.resolved()
    factors = read_factors(axes, start)
    targets, answer = study_targets(outcomes, [base], [columns(base)])
    design = Design.at(method, factors, cube, grows=method == "sobol")
    wanted = (target.column.name for target in targets)
    played = play(design, start, replicates, wanted, means)
    runs = {
        (target.outcome, target.label): target.of(played.values[target.column.name], played.failed)
        for target in targets
    }
    read = [
        (target, Readings(runs[target.outcome, target.label], played.failed)) for target in targets
    ]
    names = [factor.name for factor in factors]
    points = [
        Point(
            tuple(zip(names, values, strict=True)),
            played.id,
            played.directory,
            replicates,
            int(played.failed[place].sum()),
            max(0, min(replicates, (place + 1) * replicates - played.reused)),
            None,
            tuple(row_of(target, each.at([place])) for target, each in read),
        )
        for place, values in enumerate(design.points)
    ]
    drawn = tuple(Axis(factor.name, factor.levels) for factor in factors)
    return Sweep(
        base.name,
        base.question,
        means.seed,
        "fixed",
        method,
        drawn,
        tuple(points),
        targets,
        runs,
        failed=played.failed,
        answer=answer,
    )


def drawn_points(method: str, n: int, axes: int) -> Floats:
    """Returns points of the unit cube, shape (n, axes).

    Args:
        method: `sobol` or `lhs`.
        n: Number of points.
        axes: Number of dimensions.

    Raises:
        UsageError: There is no such method, or it does not allow this number of points.
    """
    from scipy.stats import qmc

    if method not in METHODS:
        raise UsageError(
            f"--sample {method!r} is not one of {', '.join(METHODS)}" + nearest(method, METHODS)
        )
    if method == "sobol":
        check_points(n, "-n")
        sampler: Any = qmc.Sobol(axes, scramble=True, seed=SAMPLING_SEED)
    else:
        if not 2 <= n <= MOST_POINTS:
            raise UsageError(f"-n {n} is not between 2 and {MOST_POINTS:,}")
        sampler = qmc.LatinHypercube(axes, seed=SAMPLING_SEED)
    return np.asarray(sampler.random(n), dtype=np.float64)
