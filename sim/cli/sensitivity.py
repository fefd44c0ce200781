"""Verb that finds the assumptions an answer hangs on: sensitivity."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import GRID, AsJson, Figures, Outcomes, Quiet, Scenario, Values, takes
from sim.cli.output import draw, listening, put

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
                "What may vary: a over its prior, a=0..1 over all between, a=x,y over a list; "
                "every uncertain parameter if left out."
            ),
            show_default=False,
        ),
    ] = None,
    outcomes: Outcomes = None,
    n: Annotated[
        int,
        typer.Option("-n", "--points", metavar="N", help="Points of the sequence, a power of two."),
    ] = 256,
    replicates: Annotated[
        int,
        typer.Option(
            "--replicates",
            metavar="R",
            help="Histories at each point, with the same luck (8 or more).",
        ),
    ] = 64,
    screen: Annotated[
        bool | None,
        typer.Option(
            "--screen/--no-screen",
            help="Screen the factors first (default: if there are more than --top).",
            show_default=False,
        ),
    ] = None,
    top: Annotated[
        int, typer.Option("--top", metavar="K", help="Factors that go on from screening.")
    ] = 20,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell which assumptions an answer hangs on, and how much of it is luck.

    Plays N x (factors + 2) points. Without --outcome it looks at the duty the US has added.
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
            **listeners,
            **options,
        )
    put(found, as_json=as_json)
    draw(found, figures, quiet=quiet)
