"""Pooled batches: what a query lumps together without naming what tells it apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sim.experiment.store.results import Stored
from sim.experiment.store.sql.catalogue import ALL, SHARDS, Catalogue
from sim.experiment.store.sql.statement import Statement

_APART: Final[dict[str, Callable[[Stored], object]]] = {
    "scenario": lambda s: s.manifest["scenario"],
    "changes": lambda s: s.changes,
    "parameters": lambda s: s.manifest.get("parameters"),
    "seed": lambda s: s.manifest["seed"],
    "current": lambda s: s.is_current,
}
"""Columns that tell batches apart."""

_SHOWN: Final = 3


def pool_notes(catalogue: Catalogue, asked: Statement, shown: Sequence[str]) -> list[str]:
    """Returns sentences about batches that a query pools or leaves out.

    Args:
        catalogue: The results behind its tables.
        asked: The statement.
        shown: Columns of the answer.
    """
    if asked.describes:
        return []
    named = asked.columns | {name.lower() for name in shown}
    notes: list[str] = []
    for table in SHARDS:
        if ALL + table in asked.tables:
            notes += _pooled(catalogue, ALL + table, named)
        if table in asked.tables:
            notes += [*_pooled(catalogue, table, named), *left_out(catalogue, table)]
    return notes


def _pooled(catalogue: Catalogue, table: str, named: frozenset[str]) -> Iterator[str]:
    if "id" in named:
        return
    known = [read for name, read in _APART.items() if name in named]
    groups: dict[tuple[object, ...], list[Stored]] = {}
    for stored in catalogue.behind(table):
        groups.setdefault(tuple(read(stored) for read in known), []).append(stored)
    pools = [group for group in groups.values() if len(group) > 1]
    if not pools:
        return
    largest = max(pools, key=len)
    differ = [name for name, read in _APART.items() if len({read(s) for s in largest}) > 1]
    columns = " and ".join([", ".join(differ[:-1]), differ[-1]] if differ[1:] else differ) or "id"
    yield (
        f"{table} pools {len(largest)} batches that differ in {columns}: name "
        f"{'these columns' if differ[1:] else 'this column'} in the query to keep them apart"
    )


def left_out(catalogue: Catalogue, table: str) -> Iterator[str]:
    """Yields a sentence if scenarios are stored in other batches than those of a table."""
    if table.startswith(ALL):
        return
    there = {s.manifest["scenario"] for s in catalogue.behind(table)}
    stored = dict.fromkeys(s.manifest["scenario"] for s in catalogue.behind(ALL + table))
    missing = [name for name in stored if name not in there]
    if missing:
        names = ", ".join(missing[:_SHOWN]) + (", ..." if missing[_SHOWN:] else "")
        yield (
            f"{table} holds each scenario as shipped; of {names} only other batches are stored, "
            f"which are in {ALL}{table}"
        )
