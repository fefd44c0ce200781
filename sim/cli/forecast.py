"""Verb that answers dated questions, and keeps and scores the answers: forecast."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from sim.cli import completion
from sim.cli.options import AsJson, ExportFile, Quiet, RecordFile, Values, takes
from sim.cli.output import listening, put, put_file
from sim.errors import UsageError

app = typer.Typer(rich_markup_mode=None)

FORECAST: Final = (
    "n", "seed", "presets", "sets", "parameters", "per_vector", "engine", "workers", "executor",
    "scheduler", "force", "results",
)  # fmt: skip

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Day of the forecast, from April 2017 on (default: the start of --scenario).",
        show_default=False,
    ),
]
Questions = Annotated[
    list[str] | None,
    typer.Option(
        "--question",
        metavar="QUESTION",
        help="What to answer, e.g. truce_in_force@2025-11-11, 'us_addon_pp@2025-12-31' or "
        "'calls@2025-11-30>=1 | truce_in_force@2025-11-11'; may be repeated (see "
        "docs/questions.md).",
        autocompletion=completion.outcomes,
        show_default=False,
    ),
]
QuestionFile = Annotated[
    str | None,
    typer.Option(
        "--questions",
        metavar="FILE",
        help="CSV file of questions with the columns as_of and question.",
        show_default=False,
    ),
]
World = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="SCENARIO",
        help="Scenario that is the world on that day, instead of the one shipped for it.",
        autocompletion=completion.scenarios,
        show_default=False,
    ),
]


@app.callback(invoke_without_command=True)
@takes(*FORECAST)
def forecast(
    ctx: typer.Context,
    options: Values,
    as_of: AsOf = None,
    question: Questions = None,
    questions: QuestionFile = None,
    scenario: World = None,
    record: RecordFile = None,
    export: ExportFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Answer dated questions from the runs of the world on a day.

    What is counted is counted after that day, up to the day of the question. A list of questions
    is answered as far as it can be; what cannot be answered says why.
    """
    from sim import api

    if ctx.invoked_subcommand is not None:
        _refuse_before(ctx)
        return
    with listening(quiet=quiet) as listeners:
        answer = api.forecast(
            *(question or ()),
            as_of=as_of,
            file=questions,
            scenario=scenario,
            record=record,
            **listeners,
            **options,
        )
    put(answer, as_json=as_json)
    put_file(answer, export, quiet=quiet)
    if answer.error:
        raise answer.error


@app.command("freeze")
@takes(*FORECAST)
def freeze(
    options: Values,
    file: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help="File to write.", show_default=False),
    ],
    as_of: AsOf = None,
    question: Questions = None,
    questions: QuestionFile = None,
    scenario: World = None,
    record: RecordFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write the answers to a dated file whose hash shows that it is as it was written."""
    from sim import api

    with listening(quiet=quiet) as listeners:
        answer = api.freeze_forecast(
            *(question or ()),
            to=file,
            as_of=as_of,
            file=questions,
            scenario=scenario,
            record=record,
            **listeners,
            **options,
        )
    put(answer, as_json=as_json)


@app.command("score")
def score(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="File that detente forecast freeze wrote.", show_default=False
        ),
    ],
    outcome_file: Annotated[
        str | None,
        typer.Option(
            "--outcomes",
            metavar="CSV",
            help="File of what came, with the columns question and outcome (1 or 0, a number, or "
            "a day; empty if not known), and as_of if a question was asked on several days. With "
            "--record, what it does not tell is read off the record.",
            show_default=False,
        ),
    ] = None,
    record: RecordFile = None,
    as_json: AsJson = False,
) -> None:
    """Score a frozen file against what came: Brier, logarithmic score, CRPS.

    What came is read off the record, with acts of your own added, or told in a file. What neither
    decides is listed with the reason.
    """
    from sim import api

    put(api.score_forecast(file, outcome_file, record), as_json=as_json)


def _refuse_before(ctx: typer.Context) -> None:
    """Refuses options before the name of another command, where they would have no effect.

    Raises:
        UsageError: There is one.
    """
    for parameter in ctx.command.params:
        name = parameter.name or ""
        source = ctx.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = parameter.opts[0]
            raise UsageError(
                f"{option}: write it after the command: {ctx.invoked_subcommand} {option} ..."
            )
