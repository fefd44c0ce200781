"""Verbs that simulate batches: run, compare."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from sim.cli import completion
from sim.cli.options import (
    BATCH,
    PAIRED,
    AsJson,
    ExportFile,
    Figures,
    Quiet,
    Scenario,
    Values,
    takes,
)
from sim.cli.output import counting, draw, listening, note, put, put_file, refuse_batches_only


@takes(*BATCH)
def run(
    scenario: Scenario,
    options: Values,
    sectors: Annotated[
        bool, typer.Option("--sectors", help="Also show duty and trade by sector and quarter.")
    ] = False,
    regions: Annotated[
        bool, typer.Option("--regions", help="Also show long-run income and exports by region.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Show every table instead of one screen.")
    ] = False,
    brief: Annotated[
        bool,
        typer.Option(
            "--brief",
            help="Omit the answer over the assumed ranges, and what would change it most.",
        ),
    ] = False,
    export: ExportFile = None,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Run a scenario many times and report the outcome frequencies."""
    from sim import api

    with listening(quiet=quiet) as listeners:
        result = api.run(scenario, brief=brief, regions=regions, full=full, **listeners, **options)
    if result.reused:
        note(result.reuse_note, quiet=quiet)
    result = replace(result, sectors=sectors)
    put(result, as_json=as_json)
    draw(result, figures, quiet=quiet)
    put_file(result, export, quiet=quiet)


@takes(*PAIRED)
def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="A B...",
            help="Two or more scenarios, or stored results such as @latest; A is the reference.",
            autocompletion=completion.worlds,
            show_default=False,
        ),
    ],
    options: Values,
    full: Annotated[
        bool, typer.Option("--full", help="Show every outcome, not only those that differ most.")
    ] = False,
    brief: Annotated[
        bool,
        typer.Option(
            "--brief",
            help="Omit the sections on where paired runs first differ and on whether the verdicts "
            "hold over the assumed ranges.",
        ),
    ] = False,
    replicate: Annotated[
        int | None,
        typer.Option(
            "--replicate",
            metavar="R",
            help="Instead of statistics, print run R under both scenarios side by side.",
            show_default=False,
        ),
    ] = None,
    export: ExportFile = None,
    figures: Figures = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compare each scenario with the first, using the same random draws."""
    from sim import api

    if replicate is not None:
        refuse_batches_only(
            {"--figures": figures, "--export": export, "--full": full, "--brief": brief}
        )
        put(api.side_by_side(*scenarios, replicate=replicate, **options), as_json=as_json)
        return
    bar = counting("comparing", "per cent", quiet=quiet)
    with listening(quiet=quiet) as listeners, bar as comparing:
        comparison = api.compare(
            *scenarios,
            full=full,
            brief=brief,
            comparing=comparing,
            **listeners,
            **options,
        )
    put(comparison, as_json=as_json)
    draw(comparison, figures, quiet=quiet)
    put_file(comparison, export, quiet=quiet)
