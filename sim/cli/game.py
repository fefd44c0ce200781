"""Verb that runs strategies against each other: game."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sim.cli.options import GRID, AsJson, Figures, Quiet, Scenario, Values, takes
from sim.cli.output import counting, draw, listening, put


def _strategies(side: str, shipped: str) -> Any:
    """Returns the option that names a side's strategies."""
    return typer.Option(
        f"--{side}",
        metavar="A,B",
        help=f"Strategies: {shipped}, baseline (the scenario as it is), or paths to files.",
    )


@takes(*GRID)
def game(
    scenario: Scenario,
    options: Values,
    us: Annotated[str, _strategies("us", "hawk, dealmaker")] = "hawk,dealmaker",
    cn: Annotated[str, _strategies("cn", "measured, matching, patient")] = "measured,matching",
    us_payoff: Annotated[
        str | None,
        typer.Option(
            "--us-payoff",
            metavar="OUTCOME[:W],...",
            help="Washington's payoff: outcomes with weights, e.g. us_real_income_pct,tension:-1 "
            "(default: us_real_income_pct).",
            show_default=False,
        ),
    ] = None,
    cn_payoff: Annotated[
        str | None,
        typer.Option(
            "--cn-payoff",
            metavar="OUTCOME[:W],...",
            help="Beijing's payoff (default: cn_real_income_pct).",
            show_default=False,
        ),
    ] = None,
    examine: Annotated[
        int,
        typer.Option(
            "--examine",
            metavar="R",
            help="Number of runs in which to examine, at each meeting, what was to be had, "
            "what was proposed and what both sides could have signed; 0 to skip.",
        ),
    ] = 100,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Run every pair of strategies and find the equilibria.

    An equilibrium is a pair in which neither side gains by switching strategy. Every pair uses the
    same random draws. A strategy is a file that overrides some of one side's parameters; see
    scenarios/strategies for examples.
    """
    from sim import api

    bars = (
        counting("solving", "resamples", quiet=quiet),
        counting("examining the meetings", "runs", quiet=quiet),
    )
    with listening(quiet=quiet) as listeners, bars[0] as solving, bars[1] as replaying:
        played = api.game(
            scenario,
            us=us,
            cn=cn,
            us_payoff=us_payoff,
            cn_payoff=cn_payoff,
            examine=examine,
            solving=solving,
            replaying=replaying,
            **listeners,
            **options,
        )
    put(played, as_json=as_json)
    draw(played, figures, quiet=quiet)
