"""Answers about the results folder: lists, removals, SQL queries, published tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sim.report.page import Page, Printable
from sim.report.pages.store.publication import publication_json, publication_page, summary
from sim.report.pages.store.query import query_page
from sim.report.pages.store.results import results_json, results_page
from sim.report.words.numbers import count_text

if TYPE_CHECKING:
    from sim.experiment.publication.publication import Publication
    from sim.experiment.store.results import Removed, SetAside, Stored
    from sim.experiment.store.sql.answer import QueryTable


@dataclass(frozen=True, slots=True, repr=False)
class StoreAnswer(Printable):
    """Content of the results folder.

    Attributes:
        root: The folder.
        stored: Stored results.
        designs: Sample designs of `sweep --sample` and `sensitivity`, with their runs.
        set_aside: Folders whose manifest cannot be used.
    """

    root: Path
    stored: tuple[Stored, ...]
    designs: tuple[Stored, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    def line(self) -> str:
        """Returns the folder and the number of results."""
        return f"{self.root}, {count_text(len(self.stored) + len(self.designs), 'result')}"

    def page(self) -> Page:
        """Returns the list, one line per result, newest first."""
        return results_page(self.root, self.stored, self.designs, self.set_aside)

    def to_json(self) -> dict[str, Any]:
        """Returns the list as one JSON object."""
        return results_json(self.root, self.stored, self.designs, self.set_aside)


@dataclass(frozen=True, slots=True, repr=False)
class RemovalAnswer(Printable):
    """Removed result."""

    removed: Removed

    def line(self) -> str:
        """Returns the name of the removed result."""
        n = self.removed.n
        held = "" if n is None else f", {count_text(n, 'run')}"
        return f"removed {self.removed.home.name}{held}"

    def page(self) -> Page:
        """Returns a page that names the removed folder."""
        page, n = Page(), self.removed.n
        held = "without a usable manifest" if n is None else count_text(n, "run")
        page.verbatim(f"Removed {self.removed.home} ({held}).")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the folder and its size as one JSON object."""
        return {"schema": 1, "removed": str(self.removed.home), "n": self.removed.n}


@dataclass(frozen=True, slots=True, repr=False)
class QueryAnswer(Printable):
    """Rows returned by an SQL query."""

    table: QueryTable

    def line(self) -> str:
        """Returns the number of rows, and the columns."""
        rows = count_text(len(self.table.rows), "row")
        return f"{rows} of {', '.join(self.table.columns)}"

    def page(self) -> Page:
        """Returns the rows as a table whose text columns wrap."""
        return query_page(self.table)

    def to_json(self) -> dict[str, Any]:
        """Returns the rows as one JSON object."""
        return {"schema": 1, **self.table.to_json()}

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about batches that were pooled or left out."""
        return self.table.notes

    def write_csv(self, stream: IO[str]) -> None:
        """Writes the rows as CSV with a header."""
        self.table.write_csv(stream)


@dataclass(frozen=True, slots=True, repr=False)
class PublicationAnswer(Printable):
    """Published tables of the shipped scenarios, and the figures that moved."""

    publication: Publication

    def line(self) -> str:
        """Returns how many tables were written and how many figures moved."""
        return summary(self.publication)

    def page(self) -> Page:
        """Returns the figures that moved, from what to what."""
        return publication_page(self.publication)

    def to_json(self) -> dict[str, Any]:
        """Returns the publication as one JSON object."""
        return publication_json(self.publication)
