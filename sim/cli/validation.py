"""Verbs that hold parts of the program against published figures: validate economy."""

from __future__ import annotations

import typer

from sim.cli.options import AsJson
from sim.cli.output import put
from sim.errors import CheckFailedError

app = typer.Typer(
    help="Hold the model to published figures.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def group() -> None:
    """Keeps `economy` a verb of its own."""


@app.command("economy")
def economy(as_json: AsJson = False) -> None:
    """Print published | ours | tolerance for the trade block; exit 5 on a miss not known before."""
    from sim import api

    validation = api.validate_economy()
    put(validation, as_json=as_json)
    if validation.surprises:
        names = ", ".join(v.check.key for v in validation.surprises)
        raise CheckFailedError(f"other than known: {names}")
