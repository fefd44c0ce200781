"""Verbs about the dated record: history show, template, check."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import AsJson, RecordFile
from sim.cli.output import put

app = typer.Typer(
    help="Show the dated record of both governments' acts, and add acts to it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def complete_actors(incomplete: str) -> list[str]:
    """Returns the actors that start with what was typed, for shell completion."""
    from sim.history.acts import ActType

    sides = dict.fromkeys(kind.side for kind in ActType)
    return [side for side in sides if side.startswith(incomplete)]


def complete_kinds(incomplete: str) -> list[str]:
    """Returns the kinds of acts that start with what was typed, for shell completion."""
    from sim.history.acts import ActType

    acts = dict.fromkeys(kind.act for kind in ActType)
    return [act for act in acts if act.startswith(incomplete)]


@app.command("show")
def show(
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="First day, e.g. 2025-04-02."),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Last day, e.g. 2025-05-14.")
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(
            "--actor",
            metavar="us|cn|both",
            help="Only acts of this side, or of both together.",
            autocompletion=complete_actors,
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="Only acts of this kind: hike, threat, cut, control, ease, round, contact, truce "
            "or pledge.",
            autocompletion=complete_kinds,
        ),
    ] = None,
    record: RecordFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what both governments did since April 2017, and what each act is in the model."""
    from sim import api

    put(api.record(first=first, last=last, actor=actor, kind=kind, file=record), as_json=as_json)


@app.command("template")
def template() -> None:
    """Print a CSV file of acts to fill in, with what each column means."""
    from sim import api

    typer.echo(api.record_template(), nl=False)


@app.command("check")
def check(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="CSV file of acts.", show_default=False),
    ],
    as_json: AsJson = False,
) -> None:
    """Check a file of acts and report every error with its line, or count its acts."""
    from sim import api

    put(api.check_record(file), as_json=as_json)
