"""Verbs about scenario files: scenario list, show, check, explain, new, schema."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.catalogue import list_scenarios
from sim.cli.options import AsJson, Scenario, Values, complete_scenarios, takes
from sim.cli.output import put, put_json

app = typer.Typer(
    help="Look at, check and write scenario files.", no_args_is_help=True, rich_markup_mode=None
)
app.command("list")(list_scenarios)


@app.command("show")
@takes("sets", "until", "at")
def show(scenario: Scenario, options: Values, as_json: AsJson = False) -> None:
    """Show a scenario as it will be played, and which file set what."""
    from sim import api

    put(api.world(scenario, **options), as_json=as_json)


@app.command("check")
def check(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="Names or paths of scenario files.",
            autocompletion=complete_scenarios,
            show_default=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Check scenario files and name every fault with its place."""
    from sim import api

    put(api.check(scenarios), as_json=as_json)


@app.command("explain")
@takes("sets", "until")
def explain(scenario: Scenario, options: Values, as_json: AsJson = False) -> None:
    """Print every number behind a scenario with unit, kind and source."""
    from sim import api

    put(api.explain(scenario, **options), as_json=as_json)


@app.command("new")
def new(
    path: Annotated[str, typer.Argument(metavar="FILE", help="File to write, e.g. mine.yaml.")],
    base: Annotated[
        str,
        typer.Option(
            "--extends",
            metavar="SCENARIO",
            help="The scenario to start from.",
            autocompletion=complete_scenarios,
        ),
    ] = "october-2025-apec",
    as_json: AsJson = False,
) -> None:
    """Write a scenario file of your own to fill in; an existing file is left alone."""
    from sim import api

    put(api.new_scenario(path, base=base), as_json=as_json)


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from sim import api

    put_json(api.schema())
