"""Requests about the results folder: lists, removals, SQL queries."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from sim.experiment.bench.difference import StudyDifference, difference_of
from sim.experiment.bench.rerun import Rerun, rerun
from sim.experiment.bench.studies import StudyBench, bench_of, check_key
from sim.experiment.runs.batch import Batch, stored_batch
from sim.experiment.runs.companion import stored_companion
from sim.experiment.runs.defaults import SEED
from sim.experiment.store.results import Removed
from sim.experiment.store.sql.answer import QueryTable, query
from sim.requests.options import StudyOptions, means_of, open_store


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


def studies(results: str | Path | None, sort: str, most: int | None) -> StudyBench:
    """Returns the content of a results folder (see `bench_of`).

    Raises:
        UsageError: A list cannot be sorted so, or the folder cannot be used.
    """
    check_key(sort)
    return bench_of(open_store(results), sort, most)


def difference(a: str, b: str, results: str | Path | None) -> StudyDifference:
    """Returns the difference of two stored results; nothing is played.

    Raises:
        NotFoundError: A reference matches no result, or more than one.
        UsageError: A result cannot be read.
    """
    store = open_store(results)
    return difference_of(store.find(a), store.find(b))


def play_again(reference: str, options: StudyOptions) -> Rerun:
    """Plays the inputs of a stored result with this version of the model, and compares.

    Raises:
        NotFoundError: The reference matches no result, or more than one.
        UsageError: The result cannot be read, an option is out of range, or the results folder
            cannot be used.
    """
    means = means_of(options)
    return rerun(means.store.find(reference), means)


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
