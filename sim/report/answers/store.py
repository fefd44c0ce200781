"""Answers about the results folder: lists, removals, results of SQL queries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sim.report.page import Page
from sim.report.pages.store.query import query_page
from sim.report.pages.store.results import results_json, results_page

if TYPE_CHECKING:
    from sim.experiment.store.results import Stored
    from sim.experiment.store.sql import QueryTable


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """Content of the results folder.

    Attributes:
        root: The folder.
        stored: Stored results.
        designs: Sample designs of `sweep --sample` and `sensitivity`, with their runs.
    """

    root: Path
    stored: tuple[Stored, ...]
    designs: tuple[Stored, ...] = ()

    def page(self) -> Page:
        """Returns the list, one line per result, newest first."""
        return results_page(self.root, self.stored, self.designs)

    def to_json(self) -> dict[str, Any]:
        """Returns the list as one JSON object."""
        return results_json(self.root, self.stored, self.designs)


@dataclass(frozen=True, slots=True)
class RemovalAnswer:
    """Removed result."""

    stored: Stored

    def page(self) -> Page:
        """Returns a page that names the removed folder."""
        page = Page()
        page.verbatim(f"Removed {self.stored.home} ({self.stored.n:,} runs).")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the folder and its size as one JSON object."""
        return {"schema": 1, "removed": str(self.stored.home), "n": self.stored.n}


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """Rows returned by an SQL query."""

    table: QueryTable

    def page(self) -> Page:
        """Returns the rows as a table whose text columns wrap."""
        return query_page(self.table)

    def to_json(self) -> dict[str, Any]:
        """Returns the rows as one JSON object."""
        return {"schema": 1, **self.table.to_json()}

    def write_csv(self, stream: IO[str]) -> None:
        """Writes the rows as CSV with a header."""
        self.table.write_csv(stream)
