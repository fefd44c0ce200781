"""Requests for studies: sweeps and sensitivity analyses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.errors import UsageError
from sim.experiment.inputs.axes import Axis
from sim.experiment.inputs.base import StudyBase
from sim.experiment.sensitivity import analysis
from sim.experiment.sweep import grid, sample
from sim.experiment.sweep.points import Sweep
from sim.requests.options import (
    PER_VECTOR,
    RUNS,
    Axes,
    Options,
    StudyOptions,
    WorldOptions,
    days_of,
    means_of,
    pairs,
    until_of,
    word,
)


def sweep_scenario(
    start: StudyBase,
    axes: Axes,
    outcomes: Sequence[str],
    method: str | None,
    replicates: int | None,
    options: Options,
) -> Sweep:
    """Plays a scenario at every point of a grid, or at points drawn between.

    Args:
        start: The scenario.
        axes: What to vary.
        outcomes: Outcomes to look at; none for the headline outcomes.
        method: `sobol` or `lhs` for points drawn between; None for a grid.
        replicates: Histories at each drawn point; None for 64.
        options: How it is played.

    Raises:
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: A point is no valid scenario; nothing was played.
        UsageError: An axis or an option cannot be read; nothing was played.
    """
    means, parameters = means_of(options), options.get("parameters", "fixed")
    if method is None:
        if replicates is not None:
            raise UsageError(
                f"--replicates {replicates}: says how many histories a drawn point has; add "
                "--sample sobol or lhs, or give the histories of a grid's points with -n"
            )
        return grid.sweep(
            start,
            read_axes(axes),
            means,
            outcomes=outcomes,
            n=options.get("n", RUNS),
            parameters=parameters,
            per_vector=options.get("per_vector", PER_VECTOR),
        )
    if parameters != "fixed":
        raise UsageError(
            f"--sample {method} and --parameters {parameters} do not go together: name the "
            "parameters that are to be drawn as axes, without a value"
        )
    return sample.sweep_drawn(
        start,
        read_axes(axes),
        means,
        method=method,
        outcomes=outcomes,
        n=options.get("n", sample.POINTS),
        replicates=sample.REPLICATES if replicates is None else replicates,
    )


def analyse_scenario(
    scenario: str,
    factors: Axes,
    outcomes: Sequence[str],
    options: StudyOptions,
    *,
    n: int,
    replicates: int,
    screen: bool | None,
    top: int,
) -> analysis.Sensitivity:
    """Plays a scenario over what it assumes, and splits the variance of outcomes.

    Args:
        scenario: Name or path.
        factors: What may vary; every uncertain parameter if left out.
        outcomes: Outcomes to look at.
        options: How it is played.
        n: Points of the sequence, a power of two.
        replicates: Histories at each point.
        screen: Whether to screen the factors first; None if there are more than `top`.
        top: Factors that go on from screening.

    Raises:
        CheckFailedError: An outcome does not apply to every history.
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: The scenario or a value is wrong; nothing was played.
        UsageError: An option is out of range, or a library is missing.
    """
    return analysis.sensitivity(
        read_start(scenario, options),
        read_axes(factors),
        outcomes,
        means_of(options),
        n=n,
        replicates=replicates,
        screen=screen,
        top=top,
    )


def read_start(scenario: str, options: WorldOptions) -> StudyBase:
    """Returns a scenario with what is changed alike in every run.

    Raises:
        UsageError: A date is none.
    """
    return StudyBase(scenario, pairs(options.get("sets", ())), until_of(options), days_of(options))


def read_axes(axes: Axes) -> list[str | Axis]:
    """Returns what is to be varied, from text or from a mapping of names to values.

    A value may be a list, a text as on the command line (`"0..1/5"`), or None for the prior.
    """
    if not isinstance(axes, Mapping):
        return [*axes]
    varied: list[str | Axis] = []
    for name, values in axes.items():
        if values is None:
            varied.append(name)
        elif isinstance(values, Sequence) and not isinstance(values, str):
            varied.append(Axis(name, tuple(map(word, values))))
        else:
            varied.append(f"{name}={word(values)}")
    return varied
