"""Verb that learns parameters from the record: calibrate."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson, Quiet, RecordFile, Values, takes
from sim.cli.output import listening, put
from sim.requests.forecasts.span import PARTICLES


@takes("seed", "workers")
def calibrate(
    options: Values,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE",
            help="Last day to learn from (default: the last of the record).",
            show_default=False,
        ),
    ] = None,
    record: RecordFile = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="New file for the draws, FILE.json, to be given to --parameters.",
            show_default=False,
        ),
    ] = None,
    n: Annotated[int, typer.Option("-n", metavar="N", help="Number of draws.")] = PARTICLES,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Learn what the record tells about how the two sides decide.

    Every act on record, and every day without one, counts by the probability the model gives it in
    the situation of that day; so does every meeting, by what was signed there. Private floors are
    integrated out. The result is a set of draws of the parameters that the record can move; those
    shipped with the program were made so, and are used with --parameters posterior.
    """
    from sim import api

    with listening(quiet=quiet) as listeners:
        found = api.calibrate(
            until=until, record=record, out=out, particles=n, **listeners, **options
        )
    put(found, as_json=as_json)
