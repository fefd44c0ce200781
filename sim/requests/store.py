"""Requests about the results folder: lists, removals, SQL queries."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from sim.experiment.runs.batch import Batch, stored_batch
from sim.experiment.runs.companion import stored_companion
from sim.experiment.runs.defaults import SEED
from sim.experiment.store.results import Removed, SetAside, Stored
from sim.experiment.store.sql.answer import QueryTable, query
from sim.requests.options import open_store


def listing(
    results: str | Path | None,
) -> tuple[Path, tuple[Stored, ...], tuple[Stored, ...], tuple[SetAside, ...]]:
    """Returns the folder, its results and its designs, newest first, and what is set aside."""
    store = open_store(results)
    return (
        store.root,
        tuple(store.results()),
        tuple(store.designs()),
        tuple(store.set_aside()),
    )


def read_result(reference: str, results: str | Path | None) -> tuple[Batch, Batch | None]:
    """Returns a stored result and its companion over the assumed ranges, if that is stored too.

    Nothing is run.

    Raises:
        NotFoundError: The reference matches no result, or more than one.
        UsageError: It was made by another version of the model, with unknown columns.
    """
    store = open_store(results)
    batch = stored_batch(store, reference)
    return batch, stored_companion(store, batch)


def write_outcomes(reference: str, stream: IO[str], results: str | Path | None) -> None:
    """Writes the outcomes of a stored result as CSV.

    Raises:
        NotFoundError: The reference matches no result, or more than one.
    """
    open_store(results).find(reference).write_csv(stream)


def remove_result(reference: str, results: str | Path | None) -> Removed:
    """Removes a stored result or design and returns what it was.

    Raises:
        NotFoundError: The reference matches no result, or more than one.
        UsageError: The folder cannot be changed.
    """
    return open_store(results).remove(reference)


def ask(sql: str, results: str | Path | None) -> QueryTable:
    """Returns the rows of a SELECT over the stored results.

    Raises:
        UsageError: The text is not a single SELECT, the database rejects it, or a stored file that
            it needs is missing or damaged.
    """
    return query(open_store(results), sql, SEED)
