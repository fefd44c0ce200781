"""Verbs about parameters: params explain, params audit."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson
from sim.cli.output import put
from sim.errors import CheckFailedError

app = typer.Typer(
    help="Look at the numbers of the model.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("explain")
def explain(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="A parameter or the beginning of its name; all if left out.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print parameters with meaning, value, unit, range, kind and source."""
    from sim import api

    put(api.explain_parameters(name), as_json=as_json)


@app.command("audit")
def audit(as_json: AsJson = False) -> None:
    """Count the parameters by kind of source; exit 5 if one lacks what it must have."""
    from sim import api

    report = api.audit()
    put(report, as_json=as_json)
    if report.problems:
        raise CheckFailedError(f"{len(report.problems)} problems in the parameters")
