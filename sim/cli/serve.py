"""Verb that opens the page: serve."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import completion
from sim.cli.options import Quiet, Values, takes
from sim.cli.output import note, wait


@takes("n", "seed", "workers", "results")
def serve(
    options: Values,
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIO...]",
            help="Scenarios to offer beside the shipped ones, e.g. a file of your own; the first "
            "is shown first.",
            autocompletion=completion.scenarios,
            show_default=False,
        ),
    ] = None,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            metavar="ADDRESS",
            help="Address to answer on. Any but this machine's own needs a token, which is made "
            "and printed with the address to open.",
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", metavar="PORT", help="Port to answer on; 0 for any that is free."),
    ] = 8730,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="TEXT",
            envvar="DETENTE_TOKEN",
            help="Token to ask for, of at least 12 letters, digits, - and _.",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Open a page on this machine on which a scenario can be changed and watched."""
    from functools import partial

    from sim import api

    def tell(address: str) -> None:
        typer.echo(f"Open {address} in a browser; Ctrl-C ends the page.")

    api.serve_page(
        *(scenarios or ()),
        host=host,
        port=port,
        token=token,
        opened=tell,
        note=partial(note, quiet=quiet),
        waiting=partial(wait, quiet=quiet),
        **options,
    )
