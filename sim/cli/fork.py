"""Verb that changes one decision: fork."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli import completion
from sim.cli.options import PAIRED, AsJson, Figures, Quiet, Values, takes
from sim.cli.output import counting, draw, listening, put, refuse_batches_only

FORKED: Final = tuple(name for name in PAIRED if name != "at")
DECISIONS: Final = (
    "The change. us.ACT=yes makes the US take that action on the day; us.ACT=no prevents it; "
    "us.hike=20 makes the US raise tariffs by 20 points. cn.ACT does the same for China. "
    "NAME=VALUE changes a number from that day on. ACT is extend_truce, carry_out_threat, hike, "
    "seek_talks, call_leader, ... (an unknown name prints the full list). May be repeated."
)


@takes(*FORKED)
def fork(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO",
            help="A scenario, or a stored result (@latest) whose runs are forked.",
            autocompletion=completion.worlds,
            show_default=False,
        ),
    ],
    options: Values,
    on: Annotated[
        str,
        typer.Option("--on", metavar="DATE", help="Day of the change.", show_default=False),
    ],
    do: Annotated[
        list[str],
        typer.Option("--do", metavar="ACT=yes|no", help=DECISIONS, show_default=False),
    ],
    through: Annotated[
        str | None,
        typer.Option(
            "--through",
            metavar="DATE",
            help="With ACT=no: last day on which the action is prevented (default: the day given "
            "with --on).",
            show_default=False,
        ),
    ] = None,
    replicate: Annotated[
        int | None,
        typer.Option(
            "--replicate",
            metavar="R",
            help="Fork only run R, and print it next to the original.",
            show_default=False,
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Show every outcome, not only those that differ most.")
    ] = False,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Change one decision on a given day and report the effect.

    All random draws stay the same, before and after that day.
    """
    from sim import api

    if replicate is not None:
        refuse_batches_only({"--figures": figures, "--full": full})
        told = api.fork_run(scenario, on=on, do=do, through=through, replicate=replicate, **options)
        put(told, as_json=as_json)
        return
    bar = counting("comparing", "runs", quiet=quiet)
    with listening(quiet=quiet) as listeners, bar as comparing:
        value = api.fork(
            scenario,
            on=on,
            do=do,
            through=through,
            full=full,
            comparing=comparing,
            **listeners,
            **options,
        )
    put(value, as_json=as_json)
    draw(value, figures, quiet=quiet)
