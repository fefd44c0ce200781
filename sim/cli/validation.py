"""Verbs that check the model against published figures: validate economy."""

from __future__ import annotations

import typer

from sim.cli.options import AsJson
from sim.cli.output import put
from sim.errors import CheckFailedError

app = typer.Typer(
    help="Check the model against published figures.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def group() -> None:
    """Makes `economy` a subcommand although it is the only one."""


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
