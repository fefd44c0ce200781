"""Verbs about parameters: params explain, params audit."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import completion
from sim.cli.options import AsJson
from sim.cli.output import put
from sim.errors import CheckFailedError

app = typer.Typer(
    help="Show the parameters of the model.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("explain")
def explain(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="A parameter, the beginning of its name, or words in it or its meaning (default: "
            "all).",
            autocompletion=completion.parameters,
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print parameters with their meaning, value, range and source."""
    from sim import api

    put(api.explain_parameters(name), as_json=as_json)


@app.command("audit")
def audit(as_json: AsJson = False) -> None:
    """Count the parameters by kind of source.

    Exits with status 5 if a parameter lacks its unit, its kind, its source (or, if assumed, range
    and reason) or the day from which it could be known, or if no rule reads it.
    """
    from sim import api

    report = api.audit()
    put(report, as_json=as_json)
    if report.problems:
        raise CheckFailedError(f"{len(report.problems)} problems in the parameters")
