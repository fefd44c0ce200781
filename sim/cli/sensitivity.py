"""Verb that finds the assumptions that drive an outcome: sensitivity."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import completion
from sim.cli.options import (
    GRID,
    AsJson,
    Figures,
    Outcomes,
    Quiet,
    ReportFile,
    Scenario,
    Values,
    takes,
)
from sim.cli.output import draw, listening, put, put_report
from sim.experiment.inputs.modes import PRIOR

_UNUSED = ("n", "parameters", "per_vector")


@takes(*(name for name in GRID if name not in _UNUSED))
def sensitivity(
    scenario: Scenario,
    options: Values,
    factors: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FACTOR]...",
            help=(
                "Parameter to vary: NAME (over its range), NAME=0..1 (an interval) or NAME=x,y (a "
                "list). Default: every uncertain parameter."
            ),
            autocompletion=completion.parameters,
            show_default=False,
        ),
    ] = None,
    outcomes: Outcomes = None,
    n: Annotated[
        int,
        typer.Option(
            "-n",
            metavar="N",
            help="Base points, a power of two: the N in N x (factors + 2).",
        ),
    ] = 64,
    replicates: Annotated[
        int,
        typer.Option(
            "--replicates",
            metavar="R",
            help="Runs at each point, 8 or more; every point uses the same random draws.",
        ),
    ] = 16,
    screen: Annotated[
        bool | None,
        typer.Option(
            "--screen/--no-screen",
            help="First drop factors with little effect (default: if there are more than --top).",
            show_default=False,
        ),
    ] = None,
    top: Annotated[
        int, typer.Option("--top", metavar="K", help="Number of factors kept after screening.")
    ] = 20,
    parameters: Annotated[
        str,
        typer.Option(
            "--parameters",
            metavar="prior|posterior|FILE",
            help="Vary parameters over their ranges (prior), or over what the record tells about "
            "them (posterior; FILE is one that detente calibrate made).",
        ),
    ] = PRIOR,
    figures: Figures = None,
    report: ReportFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Show how much each assumption, and luck, contributes to an outcome.

    The varied parameters are called factors. The design has N x (factors + 2) points, each a set
    of values of the factors. The default outcome is the duty the US has added by the end.
    """
    from sim import api

    with listening(quiet=quiet) as listeners:
        found = api.sensitivity(
            scenario,
            factors or (),
            outcomes=outcomes or (),
            n=n,
            replicates=replicates,
            screen=screen,
            top=top,
            parameters=parameters,
            **listeners,
            **options,
        )
    put(found, as_json=as_json)
    draw(found, figures, quiet=quiet)
    put_report(found, report, quiet=quiet)
