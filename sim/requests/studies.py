"""Requests for studies: sweeps and sensitivity analyses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.errors import UsageError
from sim.experiment.inputs.axes import Axis
from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.modes import FIXED
from sim.experiment.runs.defaults import PER_VECTOR, RUNS
from sim.experiment.runs.design import Means
from sim.experiment.sensitivity import analysis
from sim.experiment.sweep import grid, sample
from sim.experiment.sweep.points import Sweep
from sim.requests.options import (
    Axes,
    Options,
    StudyOptions,
    changes_of,
    days_of,
    drawing_in,
    means_of,
    until_of,
    word,
)


@dataclass(frozen=True, slots=True)
class StudyRequest:
    """Request for a study of a scenario.

    Attributes:
        start: The scenario, with the changes common to all runs.
        means: Store and executor of the runs.
    """

    start: StudyBase
    means: Means


def request_study(
    scenario: str, options: StudyOptions, parameters: str | None = None
) -> StudyRequest:
    """Returns the request for a study of a scenario given by name or path.

    Args:
        scenario: Name or path.
        options: Options of the study.
        parameters: How parameters are drawn; None for what the options say.

    Raises:
        UsageError: A date is invalid, or the results folder cannot be used.
    """
    changes = changes_of(scenario, options)
    drawn = parameters or drawing_in(options)
    start = StudyBase(scenario, changes, until_of(options), days_of(options), drawn)
    return StudyRequest(start, means_of(options))


def sweep_scenario(
    study: StudyRequest,
    axes: Axes,
    outcomes: Sequence[str],
    method: str | None,
    replicates: int | None,
    options: Options,
) -> Sweep:
    """Runs a scenario at every point of a grid, or at sampled points.

    Args:
        study: The scenario, and how it is run.
        axes: Inputs to vary.
        outcomes: Outcomes to report; if empty, the headline outcomes.
        method: `sobol` or `lhs` for sampled points; None for a grid.
        replicates: Runs at each sampled point; None for 64.
        options: Number of runs, and how parameters are drawn.

    Raises:
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: A point is not a valid scenario; nothing was run.
        UsageError: An axis or an option cannot be parsed; nothing was run.
    """
    parameters = options.get("parameters", "fixed")
    if method is None:
        if replicates is not None:
            raise UsageError(
                f"--replicates {replicates} sets the number of runs at sampled points; add "
                "--sample sobol or lhs, or set the runs per grid point with -n"
            )
        return grid.sweep(
            study.start,
            read_axes(axes),
            study.means,
            outcomes=outcomes,
            n=options.get("n", RUNS),
            parameters=parameters,
            per_vector=options.get("per_vector", PER_VECTOR),
        )
    if parameters != FIXED:
        raise UsageError(
            f"--sample {method} and --parameters {parameters} cannot be combined: name the "
            "parameters to draw as inputs, without a value"
        )
    return sample.sweep_drawn(
        study.start,
        read_axes(axes),
        study.means,
        method=method,
        outcomes=outcomes,
        n=options.get("n", sample.POINTS),
        replicates=sample.REPLICATES if replicates is None else replicates,
    )


def analyse_scenario(
    study: StudyRequest,
    factors: Axes,
    outcomes: Sequence[str],
    *,
    n: int,
    replicates: int,
    screen: bool | None,
    top: int,
) -> analysis.Sensitivity:
    """Runs a scenario over its assumptions and decomposes the variance of outcomes. Arguments and
    errors are those of `analysis.sensitivity`."""
    return analysis.sensitivity(
        study.start,
        read_axes(factors),
        outcomes,
        study.means,
        n=n,
        replicates=replicates,
        screen=screen,
        top=top,
    )


def read_axes(axes: Axes) -> list[str | Axis]:
    """Returns the inputs to vary, from text or from a mapping of names to values.

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
