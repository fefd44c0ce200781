"""Verb that judges what scenario files expect of their runs: check."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli import completion
from sim.cli.options import AsJson, Quiet, Values, takes
from sim.cli.output import listening, put

CHECKED: Final = (
    "n", "seed", "presets", "sets", "parameters", "per_vector", "engine", "workers", "executor",
    "scheduler", "force", "results",
)  # fmt: skip


@takes(*CHECKED)
def check(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Names or paths of scenario files with lines under expect: (docs/questions.md).",
            autocompletion=completion.scenarios,
            show_default=False,
        ),
    ],
    options: Values,
    junit: Annotated[
        str | None,
        typer.Option(
            "--junit",
            metavar="FILE",
            help="Also write the verdicts to FILE, in the XML of JUnit.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Run scenarios and judge what their files expect of the runs.

    Exits with status 5 if a line fails. A line that the runs cannot decide is no failure; how many
    runs would decide it is said.
    """
    from sim import api

    with listening(quiet=quiet) as listeners:
        found = api.check(scenarios, junit=junit, **listeners, **options)
    put(found, as_json=as_json)
    if found.error is not None:
        raise found.error
