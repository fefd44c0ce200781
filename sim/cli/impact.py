"""Verb that calculates the effects of tariffs without a negotiation: impact."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson, ExportFile, Figures, Quiet, Values, takes
from sim.cli.output import draw, listening, put, put_file
from sim.errors import UsageError
from sim.requests.impact import DRAWS, MONTHS

Points = float | None


@takes("seed", "sets")
def impact(
    options: Values,
    us: Annotated[
        Points, typer.Option("--us", metavar="POINTS", help="Points the US adds, e.g. 30.")
    ] = None,
    cn: Annotated[
        Points, typer.Option("--cn", metavar="POINTS", help="Points China adds, e.g. 10.")
    ] = None,
    path: Annotated[
        str | None,
        typer.Option(
            "--path",
            metavar="FILE",
            help="Play dated duties from a CSV file instead; --template prints one to start from.",
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--start",
            metavar="DATE",
            help="Day a pair of duties takes effect (default: 2025-01-20), or from which a file is "
            "played (default: the first day on which one of its rows is known).",
            show_default=False,
        ),
    ] = None,
    months: Annotated[
        int, typer.Option("--months", metavar="M", help="Number of months, 1 to 120.")
    ] = MONTHS,
    sector: Annotated[
        str | None,
        typer.Option(
            "--sector", metavar="NAME", help="Also show one sector, e.g. toys or cn.soybeans."
        ),
    ] = None,
    sectors: Annotated[
        bool, typer.Option("--sectors", help="Also show duty and trade of every sector.")
    ] = False,
    regions: Annotated[
        bool, typer.Option("--regions", help="Also show long-run income and exports by region.")
    ] = False,
    versus: Annotated[
        str | None,
        typer.Option(
            "--versus",
            metavar="US/CN|FILE",
            help="Compare with a second pair of duties, e.g. 145/125, or with those in a file.",
        ),
    ] = None,
    template: Annotated[
        bool,
        typer.Option("--template", help="Print a file for --path to fill in, and do nothing else."),
    ] = False,
    n: Annotated[
        int, typer.Option("-n", metavar="N", help="Number of draws of the parameters.")
    ] = DRAWS,
    export: ExportFile = None,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Calculate what tariffs do to trade, prices and incomes.

    No negotiation is simulated. POINTS are percentage points of duty added since 20 January 2025.
    They apply to all goods, except that the US adds at most 20 points on phones and computers. A
    FILE gives points by date, for layers of law, sectors or chapters of the customs tariff.
    Results come with 90% intervals, found by drawing elasticities and pass-through from their
    ranges.
    """
    from sim import api

    if template:
        words = (us, cn, path, sector, versus, export, figures)
        if any(word is not None for word in words) or sectors or regions or as_json:
            raise UsageError("--template prints a file to fill in; it goes with no other option")
        typer.echo(api.duty_template(), nl=False)
        return
    if figures is not None and not sectors:
        raise UsageError("--figures draws the sectors; add --sectors")
    with listening(quiet=quiet) as listeners:
        calculation = api.impact(
            us,
            cn,
            path=path,
            regions=regions,
            start=start,
            months=months,
            sector=sector,
            sectors=sectors,
            versus=versus,
            n=n,
            progress=listeners["progress"],
            **options,
        )
    put(calculation, as_json=as_json)
    draw(calculation, figures, quiet=quiet)
    put_file(calculation, export, quiet=quiet)
