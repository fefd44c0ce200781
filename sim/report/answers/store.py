"""Answers about the results folder: its list, removals, rows of questions in SQL."""

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
    """The content of the results folder.

    Attributes:
        root: The folder.
        stored: Results.
        designs: Designs: points drawn by `sweep --sample` and `sensitivity`, with their runs.
    """

    root: Path
    stored: tuple[Stored, ...]
    designs: tuple[Stored, ...] = ()

    def page(self) -> Page:
        """Returns one line a result, newest first."""
        return results_page(self.root, self.stored, self.designs)

    def to_json(self) -> dict[str, Any]:
        """Returns the list as one JSON object."""
        return results_json(self.root, self.stored, self.designs)


@dataclass(frozen=True, slots=True)
class RemovalAnswer:
    """A result that was removed."""

    stored: Stored

    def page(self) -> Page:
        """Names what is gone."""
        page = Page()
        page.verbatim(f"Removed {self.stored.home} ({self.stored.n:,} runs).")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the same as one JSON object."""
        return {"schema": 1, "removed": str(self.stored.home), "n": self.stored.n}


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The rows that answer a question in SQL."""

    table: QueryTable

    def page(self) -> Page:
        """Returns the rows as a table that gives way at its words."""
        return query_page(self.table)

    def to_json(self) -> dict[str, Any]:
        """Returns the rows as one JSON object."""
        return {"schema": 1, **self.table.to_json()}

    def write_csv(self, stream: IO[str]) -> None:
        """Writes the rows as CSV with a header."""
        self.table.write_csv(stream)
