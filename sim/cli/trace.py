"""Verb that prints one run: trace."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import completion
from sim.cli.options import AsJson, Values, takes
from sim.cli.output import put


@takes("presets", "sets", "until", "results")
def trace(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO",
            help="A scenario, or a stored result (@latest) whose run is reproduced exactly.",
            autocompletion=completion.worlds,
            show_default=False,
        ),
    ],
    options: Values,
    replicate: Annotated[
        int, typer.Option("--replicate", metavar="R", help="Number of the run, counted from 0.")
    ] = 0,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="SEED",
            help="Random seed (default: 20251023, or the stored result's).",
        ),
    ] = None,
    waits: Annotated[
        bool, typer.Option("--waits", help="Also show decisions to do nothing.")
    ] = False,
    news: Annotated[
        bool,
        typer.Option("--news", help="Tell the run as a US and a Chinese paper would, day by day."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print one run day by day: who did what, and why."""
    from sim import api

    history = api.trace(scenario, replicate=replicate, seed=seed, waits=waits, news=news, **options)
    put(history, as_json=as_json)
