"""Verbs about stored results: results list, show, diff, rerun, rm, and query."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sim.cli import completion
from sim.cli.options import AsJson, Quiet, Results, Values, takes
from sim.cli.output import listening, note, put

app = typer.Typer(
    help="Show, compare, repeat and remove stored results.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

REFERENCE_HELP = (
    "Id or name of a results folder, or the beginning of it, or @latest "
    "(see: detente results list)."
)
Reference = Annotated[
    str,
    typer.Argument(
        metavar="RESULT",
        help=REFERENCE_HELP,
        autocompletion=completion.results,
        show_default=False,
    ),
]

FullName = Annotated[
    str,
    typer.Argument(
        metavar="RESULT",
        help="Full name of a results folder, its id, or @latest (see: detente results list).",
        autocompletion=completion.folders,
        show_default=False,
    ),
]


@app.command("list")
def list_results(
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="KEY",
            help="date, scenario, runs, or a headline figure such as truce_in_force, "
            "path_class=conflict or us_addon_pp.",
        ),
    ] = "date",
    results: Results = None,
    as_json: AsJson = False,
) -> None:
    """List stored studies: date, scenario, changes, runs and headline outcomes.

    A design is the set of points sampled for a sweep or a sensitivity analysis.
    """
    from sim import api
    from sim.report.pages.store.results import SHOWN_RESULTS

    most = None if as_json else SHOWN_RESULTS
    put(api.stored(results, sort=sort, most=most), as_json=as_json)


@app.command("diff")
def diff(
    one: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help=REFERENCE_HELP,
            autocompletion=completion.results,
            show_default=False,
        ),
    ],
    other: Annotated[
        str,
        typer.Argument(
            metavar="B",
            help="Another result.",
            autocompletion=completion.results,
            show_default=False,
        ),
    ],
    results: Results = None,
    as_json: AsJson = False,
) -> None:
    """Show in what two stored results differ: inputs, versions, headline outcomes.

    Nothing is simulated.
    """
    from sim import api

    put(api.diff(one, other, results), as_json=as_json)


@app.command("rerun")
@takes("engine", "workers", "executor", "scheduler", "force", "results")
def rerun(
    result: Reference, options: Values, as_json: AsJson = False, quiet: Quiet = False
) -> None:
    """Run the inputs of a stored result again with this version, and show what moved.

    The scenario is the one stored with the result, whatever its file says by now.
    """
    from sim import api

    with listening(quiet=quiet) as listeners:
        again = api.rerun(result, **listeners, **options)
    put(again, as_json=as_json)


@app.command("show")
def show(
    result: Reference,
    csv: Annotated[
        bool, typer.Option("--csv", help="Print the outcomes of every run as CSV.")
    ] = False,
    results: Results = None,
    as_json: AsJson = False,
) -> None:
    """Print a stored result as text or CSV."""
    from sim import api

    if csv:
        api.write_csv(result, sys.stdout, results)
        return
    put(api.load(result, results), as_json=as_json)


@app.command("rm")
def remove(result: FullName, results: Results = None, as_json: AsJson = False) -> None:
    """Remove a stored result or a sampled sweep."""
    from sim import api

    put(api.remove(result, results), as_json=as_json)


def query(
    sql: Annotated[
        str,
        typer.Argument(
            metavar="SQL",
            help="A SELECT over the tables runs, outcomes, paths and events, which hold each "
            'scenario as shipped, e.g. "select scenario, avg(us_hikes) from outcomes group by '
            'all". all_outcomes, all_paths and all_events hold every stored batch.',
            show_default=False,
        ),
    ],
    csv: Annotated[bool, typer.Option("--csv", help="Print the rows as CSV.")] = False,
    results: Results = None,
    as_json: AsJson = False,
) -> None:
    """Query the stored results with SQL.

    "show tables" lists the tables, "describe outcomes" the columns of one.
    """
    from sim import api

    table = api.query(sql, results)
    if csv:
        table.write_csv(sys.stdout)
        for sentence in table.notes:
            note(sentence)
        return
    put(table, as_json=as_json)
