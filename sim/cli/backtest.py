"""Verb that judges forecasts by the record: backtest."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson, Figures, Quiet, ReportFile, Values, takes
from sim.cli.output import counting, draw, put, put_report
from sim.errors import UsageError
from sim.experiment.inputs.modes import FIXED
from sim.requests.forecasts.span import EACH, FIRST, HORIZONS, LAST, PHASE_ONE


@takes("seed", "engine", "workers", "results")
def backtest(
    options: Values,
    first: Annotated[
        str, typer.Option("--from", metavar="MONTH", help="First month, YYYY-MM.")
    ] = FIRST,
    last: Annotated[str, typer.Option("--to", metavar="MONTH", help="Last month.")] = LAST,
    every: Annotated[
        int, typer.Option("--every", metavar="MONTHS", help="Months between forecasts.")
    ] = 1,
    horizons: Annotated[
        str, typer.Option("--horizons", metavar="DAYS", help="Days ahead, with commas.")
    ] = ",".join(map(str, HORIZONS)),
    n: Annotated[int, typer.Option("-n", metavar="N", help="Number of runs of each.")] = EACH,
    phase_one: Annotated[
        str,
        typer.Option(
            "--phase-one",
            metavar="ended|in-force",
            help="Whether the accord of 2020 ended with 2021, or was in force until 2025.",
        ),
    ] = PHASE_ONE,
    parameters: Annotated[
        str,
        typer.Option(
            "--parameters",
            metavar="fixed|prior|posterior",
            help="Central values, draws from priors, or from what the record told by each year.",
        ),
    ] = FIXED,
    publish: Annotated[
        bool,
        typer.Option(
            "--publish",
            help="Write ledger and weights to results/published/backtest (in a checkout); "
            "forecasts are mixed with these weights.",
        ),
    ] = False,
    figures: Figures = None,
    report: ReportFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Forecast from past days, and score it against the record and against simple baselines.

    On the eve of each month the record is replayed, the rates of acts are conditioned on it, and
    the world is played on. What was forecast is written and hashed before it is scored. A backtest
    that was stopped goes on where it was.
    """
    from sim import api

    with counting("forecasting", "origins", quiet=quiet) as progress:
        found = api.backtest_forecasts(
            first=first,
            last=last,
            every=every,
            horizons=_days(horizons),
            n=n,
            phase_one=phase_one,
            parameters=parameters,
            publish=publish,
            progress=progress,
            **options,
        )
    put(found, as_json=as_json)
    draw(found, figures, quiet=quiet)
    put_report(found, report, quiet=quiet)


def _days(text: str) -> list[int]:
    try:
        return [int(each) for each in text.split(",")]
    except ValueError:
        raise UsageError(
            f"--horizons {text[:40]!r}: write whole numbers of days with commas, e.g. 30,90,180"
        ) from None
