"""Verb that writes an HTML page: report."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import completion
from sim.cli.options import (
    BATCH,
    AsJson,
    Outcomes,
    Quiet,
    Replicates,
    Sample,
    Values,
    takes,
)
from sim.cli.output import counting, listening, put


@takes(*(name for name in BATCH if name != "n"))
def report(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO [SCENARIO...|NAME=VALUES...]",
            help=(
                "A scenario or a stored result such as @latest; several to compare; or a "
                "scenario and the inputs to sweep, e.g. us.hawks.influence=0..1/5."
            ),
            autocompletion=completion.worlds_or_inputs,
            show_default=False,
        ),
    ],
    options: Values,
    file: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="File to write (default: in the results folder); a brief ends in .pdf.",
            show_default=False,
        ),
    ] = None,
    n: Annotated[
        int | None,
        typer.Option(
            "-n",
            metavar="N",
            help="Number of runs; for a sweep, runs at each point (default: 2000). With --sample: "
            "number of points.",
            show_default=False,
        ),
    ] = None,
    brief: Annotated[
        bool,
        typer.Option(
            "--brief",
            help="For a run: write one page to print as PDF, with the answer, its doubts, what "
            "would change it and its sources; Chromium prints it, and without one it is HTML to "
            "print. For a comparison: omit the sections on where paired runs first differ and on "
            "whether the verdicts hold over the assumed ranges.",
        ),
    ] = False,
    slices: Annotated[
        bool,
        typer.Option(
            "--slices/--no-slices",
            help="For a run: whether its five most telling inputs can be moved on the page, which "
            "takes compiled code and some twenty times the runs.",
        ),
    ] = True,
    outcomes: Outcomes = None,
    sample: Sample = None,
    replicates: Replicates = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write a run, a comparison or a sweep as one HTML page, or a run as a brief to print."""
    from sim import api

    if n is not None:
        options["n"] = n
    with (
        listening(quiet=quiet) as listeners,
        counting("comparing", "per cent", quiet=quiet) as comparing,
        counting("slicing", "runs", quiet=quiet) as slicing,
        counting("drawing", "charts", quiet=quiet) as drawing,
    ):
        written = api.write_report(
            *words,
            file=file,
            brief=brief,
            slices=slices,
            outcomes=outcomes or (),
            sample=sample,
            replicates=replicates,
            comparing=comparing,
            slicing=slicing,
            drawing=drawing,
            **listeners,
            **options,
        )
    put(written, as_json=as_json)
