"""Verb that publishes the results of the shipped scenarios: publish."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson, Quiet, Values, takes
from sim.cli.output import listening, put
from sim.errors import CheckFailedError


@takes("workers", "results")
def publish(
    options: Values,
    message: Annotated[
        str | None,
        typer.Option(
            "-m",
            "--message",
            metavar="WHY",
            help="Why the results change: a line for CHANGELOG.md, required if a figure moved.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Play every shipped scenario and rewrite the tables in results/published (in a checkout).

    Exits with status 5, and leaves the tables alone, if a figure moved beyond Monte Carlo error and
    -m does not say why.
    """
    from sim import api

    with listening(quiet=quiet) as listeners:
        publication = api.publish(message, **listeners, **options)
    put(publication, as_json=as_json)
    if not publication.publication.written:
        raise CheckFailedError(
            'figures moved and nothing was written; say why with -m "...", or find out what moved '
            "them"
        )
