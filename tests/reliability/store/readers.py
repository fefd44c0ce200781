"""Answers of every reader of a results folder, for comparison before and after damage."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, Final, Self

from sim.errors import SimError
from sim.experiment.runs.batch import stored_batch
from sim.experiment.runs.defaults import SEED
from sim.experiment.store.results import Store
from sim.experiment.store.sql.answer import query

OUTCOMES: Final = "select * exclude (current) from outcomes order by replicate"
PATHS: Final = "select week, avg(tension) from all_paths group by all order by week"


def shown(store: Store, name: str) -> object:
    """Returns everything `results show` is made of."""
    batch = stored_batch(store, name, lambda text: None)
    columns = {column: batch.values[column].tolist() for column in batch.values}
    weeks, tension = batch.path("tension")
    page = (batch.n, batch.seed, batch.parameters, batch.resolved, batch.failures, batch.is_current)
    return repr((page, columns, weeks.tolist(), tension.tolist()))


def written(store: Store, name: str) -> object:
    """Returns the table as CSV."""
    stream = io.StringIO()
    store.find(name).write_csv(stream)
    return stream.getvalue()


def answered(sql: str) -> Callable[[Store, str], object]:
    """Returns a reader that asks a query, or the sentences with which it leaves something out."""

    def ask(store: Store, name: str) -> object:
        table = query(store, sql, SEED)
        return Sentence(*table.notes) if table.notes else (table.columns, repr(table.rows))

    return ask


def listed(store: Store, name: str) -> object:
    """Returns the list of results, or the sentences with which it leaves one out."""
    odd = [aside.sentence for aside in store.set_aside()]
    return Sentence(*odd) if odd else [(s.name, s.n, s.changes) for s in store.results()]


class Sentence(tuple[str, ...]):
    """What a reader says instead of an answer."""

    __slots__ = ()

    def __new__(cls, *sentences: str) -> Self:
        """Builds it of one or several sentences."""
        return super().__new__(cls, sentences)


READERS: Final[Mapping[str, Callable[[Store, str], object]]] = {
    "show": shown,
    "show @latest": lambda store, name: shown(store, "@latest"),
    "csv": written,
    "query outcomes": answered(OUTCOMES),
    "query paths": answered(PATHS),
    "list": listed,
}


def answer(store: Store, name: str, reader: str) -> Any:
    """Returns the answer of a reader, or the sentence it says instead."""
    try:
        return READERS[reader](store, name)
    except SimError as error:
        return Sentence(str(error))


def answers(store: Store, name: str) -> dict[str, Any]:
    """Returns the answer of every reader, or the sentence it says instead."""
    return {reader: answer(store, name, reader) for reader in READERS}
