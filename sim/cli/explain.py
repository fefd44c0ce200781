"""Verb that says what drove what happens in a scenario: explain."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson, Figures, Quiet, Scenario, Values, takes
from sim.cli.output import counting, draw, listening, put
from sim.requests.discovery import RECORDED


@takes("seed", "presets", "sets", "until", "engine", "workers")
def explain(
    scenario: Scenario,
    options: Values,
    n: Annotated[
        int, typer.Option("-n", metavar="N", help="Number of runs, and of runs without each cause.")
    ] = RECORDED,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say what drove the acts of both sides, and verify it by runs without each cause.

    Covers tariff increases, non-tariff measures, proposals, offers turned down, clauses blocked,
    pauses strained and talks reopened. A cause decided an act if, on the same random draws, the
    act would not have been chosen without it.
    """
    from sim import api

    bar = counting("recording decisions", "runs", quiet=quiet)
    with listening(quiet=quiet) as listeners, bar as recording:
        found = api.explain(scenario, n=n, recording=recording, **listeners, **options)
    put(found, as_json=as_json)
    draw(found, figures, quiet=quiet)
