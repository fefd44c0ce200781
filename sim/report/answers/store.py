"""Answers about the results folder: lists, removals, SQL queries, published tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from sim.report.page import Page, Printable
from sim.report.pages.store.difference import (
    difference_json,
    difference_page,
    rerun_json,
    rerun_page,
)
from sim.report.pages.store.publication import publication_json, publication_page, summary
from sim.report.pages.store.query import query_page
from sim.report.pages.store.results import results_json, results_page
from sim.report.words.numbers import count_text

if TYPE_CHECKING:
    from sim.experiment.bench.difference import StudyDifference
    from sim.experiment.bench.rerun import Rerun
    from sim.experiment.bench.studies import StudyBench
    from sim.experiment.publication.publication import Publication
    from sim.experiment.store.results import Removed, SetAside, Stored
    from sim.experiment.store.sql.answer import QueryTable


@dataclass(frozen=True, slots=True, repr=False)
class StoreAnswer(Printable):
    """Content of the results folder."""

    bench: StudyBench

    @property
    def stored(self) -> tuple[Stored, ...]:
        """Stored results, in the order of the list."""
        return tuple(study.stored for study in self.bench.studies)

    @property
    def designs(self) -> tuple[Stored, ...]:
        """Sample designs of `sweep --sample` and `sensitivity`, with their runs."""
        return self.bench.designs

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """Folders whose manifest cannot be used."""
        return self.bench.set_aside

    def line(self) -> str:
        """Returns the folder and the number of results."""
        return f"{self.bench.root}, {count_text(self.bench.of + len(self.designs), 'result')}"

    def page(self) -> Page:
        """Returns the table of studies."""
        return results_page(self.bench)

    def to_json(self) -> dict[str, Any]:
        """Returns the list as one JSON object."""
        return results_json(self.bench)


@dataclass(frozen=True, slots=True, repr=False)
class StudyDifferenceAnswer(Printable):
    """Difference of two stored studies."""

    found: StudyDifference

    def line(self) -> str:
        """Returns the two studies and how many headline figures differ."""
        return f"{self.found.a.stored.name} and {self.found.b.stored.name}, {_moved(self.found)}"

    def page(self) -> Page:
        """Returns what differs."""
        return difference_page(self.found)

    def to_json(self) -> dict[str, Any]:
        """Returns what differs as one JSON object."""
        return difference_json(self.found)


@dataclass(frozen=True, slots=True, repr=False)
class RerunAnswer(Printable):
    """Stored study, played again by this version of the model."""

    again: Rerun

    def line(self) -> str:
        """Returns the study and how many headline figures moved."""
        found = self.again.difference
        return f"{found.a.stored.name} again as {found.b.stored.id}, {_moved(found)}"

    def page(self) -> Page:
        """Returns what moved, and in what the version differs."""
        return rerun_page(self.again)

    def to_json(self) -> dict[str, Any]:
        """Returns what moved as one JSON object."""
        return rerun_json(self.again)


def _moved(found: StudyDifference) -> str:
    """Returns how many headline figures differ."""
    moved = sum(each.verdict in {"higher", "lower"} for each in found.figures)
    return f"{moved} of {count_text(len(found.figures), 'headline figure')} differ"


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
