"""The verb that plays one history and tells it: trace."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson, Scenario, Values, takes
from sim.cli.output import put


@takes("seed", "sets", "until")
def trace(
    scenario: Scenario,
    options: Values,
    replicate: Annotated[
        int, typer.Option("--replicate", metavar="R", help="Which history, counted from 0.")
    ] = 0,
    waits: Annotated[
        bool, typer.Option("--waits", help="Also tell of decisions to do nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell one history day by day: who did what, and why."""
    from sim import api

    put(api.trace(scenario, replicate=replicate, waits=waits, **options), as_json=as_json)
