"""Verbs about stored results: results list, show, rm, and query."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sim.cli.options import AsJson, Results
from sim.cli.output import note, put

app = typer.Typer(
    help="Show and remove stored results.", no_args_is_help=True, rich_markup_mode=None
)

Reference = Annotated[
    str,
    typer.Argument(
        metavar="RESULT",
        help="Name of a results folder, or the beginning of it (see: detente results list).",
        show_default=False,
    ),
]


FullName = Annotated[
    str,
    typer.Argument(
        metavar="RESULT",
        help="Full name of a results folder, its id, or @latest (see: detente results list).",
        show_default=False,
    ),
]


@app.command("list")
def list_results(results: Results = None, as_json: AsJson = False) -> None:
    """List stored results and sampled sweeps, newest first.

    A design is the set of points sampled for a sweep or a sensitivity analysis.
    """
    from sim import api

    put(api.stored(results), as_json=as_json)


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
