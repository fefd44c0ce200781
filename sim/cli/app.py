"""Typer app: registers the verbs and turns errors into exit codes.

No module of this package imports the simulator at the top, so that help and completion stay
quick; each command imports what it needs when it runs.
"""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from sim.cli import (
    backtest,
    batches,
    calibrate,
    catalogue,
    check,
    discover,
    explain,
    forecast,
    fork,
    game,
    history,
    impact,
    params,
    publish,
    report,
    results,
    scenarios,
    sensitivity,
    serve,
    sweep,
    trace,
    validation,
)
from sim.cli.failures import Guarded, tell_lost
from sim.cli.streams import OutputLost, open_streams
from sim.version import __version__

HELP = (
    "Simulate the US-China trade negotiation thousands of times from a given starting point, and "
    "report how often each outcome occurs."
)
EPILOG = "Start with: detente list, then: detente run october-2025-apec"

app = typer.Typer(
    name="detente",
    help=HELP,
    epilog=EPILOG,
    cls=Guarded,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", envvar="DETENTE_DEBUG", help="Show the traceback of an error."),
    ] = False,
) -> None:
    """Options of every verb; `debug` is read by `Guarded` from the parsed command line."""


app.command("list")(catalogue.list_scenarios)
app.command("run")(batches.run)
app.command("compare")(batches.compare)
app.command("check")(check.check)
app.command("sweep")(sweep.sweep)
app.command("sensitivity")(sensitivity.sensitivity)
app.command("discover")(discover.discover)
app.command("explain")(explain.explain)
app.command("fork")(fork.fork)
app.command("game")(game.game)
app.command("report")(report.report)
app.command("serve")(serve.serve)
app.command("trace")(trace.trace)
app.command("impact")(impact.impact)
app.add_typer(forecast.app, name="forecast")
app.command("backtest")(backtest.backtest)
app.command("calibrate")(calibrate.calibrate)
app.add_typer(scenarios.app, name="scenario")
app.add_typer(params.app, name="params")
app.add_typer(history.app, name="history")
app.add_typer(results.app, name="results")
app.add_typer(validation.app, name="validate")
app.command("query")(results.query)
app.command("publish")(publish.publish)


def main() -> None:
    """Runs the command line and exits with its code."""
    # Importing creates hundreds of thousands of objects that live to the end. Searching them for
    # garbage would take a fifth of the time of a short command.
    gc.set_threshold(100_000, 20, 20)
    try:
        open_streams()
        app()
    except OutputLost as error:
        sys.exit(tell_lost(error))
