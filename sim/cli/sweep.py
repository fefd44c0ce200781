"""Verb that runs a scenario at many points: sweep."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import completion
from sim.cli.options import (
    GRID,
    AsJson,
    ExportFile,
    Figures,
    Outcomes,
    Quiet,
    Replicates,
    Sample,
    Scenario,
    Values,
    takes,
)
from sim.cli.output import draw, listening, put, put_file


@takes(*(name for name in GRID if name != "n"))
def sweep(
    scenario: Scenario,
    axes: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME=VALUES...",
            help=(
                "Input to vary: NAME=1,2,3, or NAME=0..1/5 for five evenly spaced values. Two or "
                "more inputs form a grid. With --sample: NAME alone for its range, NAME=0..1 for "
                "that interval, NAME=x,y for those values."
            ),
            autocompletion=completion.inputs,
            show_default=False,
        ),
    ],
    options: Values,
    n: Annotated[
        int | None,
        typer.Option(
            "-n",
            metavar="N",
            help="Runs at each point of a grid (default: 2000). With --sample: number of points "
            "(default: 256).",
            show_default=False,
        ),
    ] = None,
    outcomes: Outcomes = None,
    sample: Sample = None,
    replicates: Replicates = None,
    export: ExportFile = None,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Run a scenario over a grid of inputs, or over sampled points."""
    from sim import api

    if n is not None:
        options["n"] = n
    with listening(quiet=quiet) as listeners:
        grid = api.sweep(
            scenario,
            axes,
            outcomes=outcomes or (),
            sample=sample,
            replicates=replicates,
            **listeners,
            **options,
        )
    put(grid, as_json=as_json)
    draw(grid, figures, quiet=quiet)
    put_file(grid, export, quiet=quiet)
