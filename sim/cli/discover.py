"""Verb that finds the early signs and the assumptions associated with an outcome: discover."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli import completion
from sim.cli.options import PAIRED, AsJson, Figures, Quiet, Scenario, Values, takes
from sim.cli.output import counting, draw, listening, put
from sim.requests.discovery import PER_VECTOR, RUNS

_UNUSED: Final = ("n", "per_vector", "parameters", "events", "paths")


@takes(*(name for name in PAIRED if name not in _UNUSED))
def discover(
    scenario: Scenario,
    options: Values,
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            metavar="COND",
            help="Outcome to explain, e.g. path_class=conflict, truce_in_force@2025-11-11=no, "
            "'us_addon_pp>=60', us.hike_by@2025-11-01=yes.",
            autocompletion=completion.outcomes,
            show_default=False,
        ),
    ],
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="DATE",
            help="Watch for signs up to this day (default: 20 days after the start).",
            show_default=False,
        ),
    ] = None,
    n: Annotated[int, typer.Option("-n", metavar="N", help="Number of runs.")] = RUNS,
    per_vector: Annotated[
        int,
        typer.Option(
            "--per-vector", metavar="K", help="Runs for each drawn set (vector) of parameters."
        ),
    ] = PER_VECTOR,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find early signs and assumptions that point to an outcome.

    Parameters are drawn from their ranges. Signs and assumptions are found in one half of the
    draws; the figures reported for them come from the other half.
    """
    from sim import api

    bar = counting("looking for boxes", "steps", quiet=quiet)
    with listening(quiet=quiet) as listeners, bar as searching:
        found = api.discover(
            scenario,
            outcome,
            by=by,
            searching=searching,
            n=n,
            per_vector=per_vector,
            **listeners,
            **options,
        )
    put(found, as_json=as_json)
    draw(found, figures, quiet=quiet)
