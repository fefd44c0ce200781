"""Verb that calculates the effects of tariffs without a negotiation: impact."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson, Quiet, Values, takes
from sim.cli.output import listening, put
from sim.errors import UsageError
from sim.requests.impact import DRAWS, FIRST_DAY, MONTHS

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
    start: Annotated[
        str,
        typer.Option(
            "--start", metavar="DATE", help="Day the duties take effect, 2025-01-20 or later."
        ),
    ] = FIRST_DAY,
    months: Annotated[
        int, typer.Option("--months", metavar="M", help="Number of months, 1 to 120.")
    ] = MONTHS,
    sector: Annotated[
        str | None,
        typer.Option(
            "--sector", metavar="NAME", help="Also show one sector, e.g. toys or cn.soybeans."
        ),
    ] = None,
    regions: Annotated[
        bool, typer.Option("--regions", help="Also show long-run income and exports by region.")
    ] = False,
    versus: Annotated[
        str | None,
        typer.Option(
            "--versus", metavar="US/CN", help="Compare with a second pair of duties, e.g. 145/125."
        ),
    ] = None,
    n: Annotated[
        int, typer.Option("-n", metavar="N", help="Number of draws of the parameters.")
    ] = DRAWS,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Calculate what tariffs do to trade, prices and incomes.

    No negotiation is simulated. POINTS are percentage points of duty added since 20 January 2025.
    They apply to all goods, except that the US adds at most 20 points on phones and computers.
    Results come with 90% intervals, found by drawing elasticities and pass-through from their
    ranges.
    """
    from sim import api

    if us is None and cn is None:
        raise UsageError("say how many points: --us, --cn or both, e.g. --us 30 --cn 10")
    with listening(quiet=quiet) as listeners:
        calculation = api.impact(
            us or 0.0,
            cn or 0.0,
            regions=regions,
            start=start,
            months=months,
            sector=sector,
            versus=versus,
            n=n,
            progress=listeners["progress"],
            **options,
        )
    put(calculation, as_json=as_json)
