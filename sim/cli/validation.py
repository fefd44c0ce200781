"""Verbs that check the model against published figures and the record: validate."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson, Figures, Quiet, ReportFile, Values, takes
from sim.cli.output import counting, draw, put, put_report, wait
from sim.errors import CheckFailedError
from sim.requests.forecasts.span import WINDOW_RUNS

app = typer.Typer(
    help="Check the model against published figures and the record.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("economy")
def economy(as_json: AsJson = False) -> None:
    """Compare the trade model with published figures.

    Exits with status 5 if a figure is outside its tolerance and not listed as a known miss.
    """
    from sim import api

    validation = api.validate_economy()
    put(validation, as_json=as_json)
    if validation.surprises:
        names = ", ".join(v.check.key for v in validation.surprises)
        raise CheckFailedError(f"not as listed: {names}")


@app.command("behaviour")
@takes("seed", "engine", "parameters")
def behaviour(
    options: Values,
    n: Annotated[
        int, typer.Option("-n", metavar="N", help="Number of runs of each window of a year.")
    ] = WINDOW_RUNS,
    figures: Figures = None,
    report: ReportFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compare what the two governments do in runs with what they did since April 2017.

    Counts of acts inside and outside a pause, sizes of hikes, lengths of pauses and the wait for a
    truce, by administration, each beside the middle 90% of the runs.
    """
    from functools import partial

    from sim import api

    with counting("simulating", "windows", quiet=quiet) as progress:
        found = api.validate_behaviour(
            n=n, progress=progress, waiting=partial(wait, quiet=quiet), **options
        )
    put(found, as_json=as_json)
    draw(found, figures, quiet=quiet)
    put_report(found, report, quiet=quiet)
