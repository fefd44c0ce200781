"""Verbs about scenario files: scenario list, show, check, explain, new, schema."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import completion
from sim.cli.catalogue import list_scenarios
from sim.cli.options import AsJson, Scenario, Values, takes
from sim.cli.output import put, put_json

app = typer.Typer(
    help="Show, check and create scenario files.", no_args_is_help=True, rich_markup_mode=None
)
app.command("list")(list_scenarios)


@app.command("show")
@takes("presets", "sets", "until", "at")
def show(scenario: Scenario, options: Values, as_json: AsJson = False) -> None:
    """Show a scenario as it will run, with the file each value comes from."""
    from sim import api

    put(api.world(scenario, **options), as_json=as_json)


@app.command("check")
def check(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="Names or paths of scenario files.",
            autocompletion=completion.scenarios,
            show_default=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Check scenario files and report every error with its location."""
    from sim import api

    put(api.check_scenarios(scenarios), as_json=as_json)


@app.command("explain")
@takes("presets", "sets", "until")
def explain(
    scenario: Scenario,
    options: Values,
    only: Annotated[
        str,
        typer.Option(
            "--only",
            metavar="SECTION|WORDS",
            help="A section, or words to find in names and meanings, e.g. hawks.",
            autocompletion=completion.sections,
            show_default=False,
        ),
    ] = "",
    full: Annotated[
        bool, typer.Option("--full", help="Show every number instead of the sections.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print the numbers behind a scenario, with unit and source."""
    from sim import api

    put(api.explain_scenario(scenario, only=only, full=full, **options), as_json=as_json)


@app.command("new")
def new(
    path: Annotated[str, typer.Argument(metavar="FILE", help="File to write, e.g. mine.yaml.")],
    base: Annotated[
        str,
        typer.Option(
            "--base",
            metavar="SCENARIO",
            help="Scenario to start from.",
            autocompletion=completion.scenarios,
        ),
    ] = "october-2025-apec",
    as_json: AsJson = False,
) -> None:
    """Create a scenario file to fill in; never overwrites a file."""
    from sim import api

    put(api.new_scenario(path, base=base), as_json=as_json)


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from sim import api

    put_json(api.schema())
