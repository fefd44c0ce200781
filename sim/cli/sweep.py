"""Verb that plays a scenario at many points: sweep."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import (
    GRID,
    AsJson,
    Figures,
    Outcomes,
    Quiet,
    Replicates,
    Sample,
    Scenario,
    Values,
    takes,
)
from sim.cli.output import draw, listening, put


@takes(*(name for name in GRID if name != "n"))
def sweep(
    scenario: Scenario,
    axes: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME=VALUES...",
            help=(
                "What to vary: a=1,2,3 or a=0..1/5 (five even points); several make a grid. "
                "With --sample: a for its prior, a=0..1 for all between, a=x,y for a list."
            ),
            show_default=False,
        ),
    ],
    options: Values,
    n: Annotated[
        int | None,
        typer.Option(
            "-n",
            "--runs",
            metavar="N",
            help="Histories at each point (default: 2000); with --sample, points (default: 256).",
            show_default=False,
        ),
    ] = None,
    outcomes: Outcomes = None,
    sample: Sample = None,
    replicates: Replicates = None,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Play a scenario at every point of a grid of values, or at points drawn between."""
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
