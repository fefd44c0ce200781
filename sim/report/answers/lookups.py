"""Answers about what is there: scenarios, parameters, stored results, tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from sim.report.json_values import clean
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.pages.run import scenario
from sim.report.pages.run.trace import trace_json, trace_page
from sim.report.words.glossary import KIND_WORDS
from sim.report.words.numbers import count_text, iso_day, number_text, seconds_text

if TYPE_CHECKING:
    from sim.engine.chronicle import Chronicle
    from sim.experiment.store.results import Stored
    from sim.experiment.store.sql import QueryTable
    from sim.scenario.explain import Row
    from sim.scenario.resolved_scenario import Resolved

SIDE_BY_SIDE: Final = 10
"""Columns of an answer that fit beside each other in 80 columns of text."""

SHOWN_RESULTS: Final = 40
"""Stored results listed as text: a sweep alone may keep hundreds."""

ANOTHER: Final = "*"
"""Marks what another version of the model played."""

SHOWN_ROWS: Final = 200
"""Rows of a query shown as text; CSV and JSON have all."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The scenarios that ship."""

    worlds: tuple[Resolved, ...]

    def page(self) -> Page:
        """Returns the list as text."""
        return scenario.list_page(self.worlds)

    def to_json(self) -> dict[str, Any]:
        """Returns the list as one JSON object."""
        rows = [
            {
                "name": world.name,
                "question": world.question,
                "start": iso_day(world.start),
                "until": iso_day(world.until),
                "needs": list(world.needs),
            }
            for world in self.worlds
        ]
        return {"schema": 1, "scenarios": rows}


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """One resolved scenario, as it will be played."""

    resolved: Resolved

    def page(self) -> Page:
        """Returns the scenario as text."""
        return scenario.show_page(self.resolved)

    def to_json(self) -> dict[str, Any]:
        """Returns the scenario as one JSON object."""
        return scenario.show_json(self.resolved)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every number behind a scenario, with unit, kind and source."""

    resolved: Resolved

    def page(self) -> Page:
        """Returns the numbers as text."""
        return scenario.explain_page(self.resolved)

    def to_json(self) -> dict[str, Any]:
        """Returns the numbers as one JSON object."""
        return scenario.explain_json(self.resolved)


@dataclass(frozen=True, slots=True)
class ParameterList:
    """Parameters with meaning, value, range and source."""

    rows: tuple[Row, ...]

    def page(self) -> Page:
        """Returns the parameters as text."""
        page = Page()
        for row in self.rows:
            scenario.say_row(page, row)
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the parameters as one JSON object."""
        return {"schema": 1, "parameters": [scenario.row_json(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Audited:
    """Counts of the parameters by kind of source, and what is wrong with them.

    Attributes:
        by_kind: Kind -> number of parameters.
        problems: What is wrong, one line each.
        unused: Keys of evidence that no number or calendar entry of any scenario cites.
    """

    by_kind: Mapping[str, int]
    problems: tuple[str, ...]
    unused: tuple[str, ...]

    def page(self) -> Page:
        """Returns the audit as text."""
        page = Page()
        page.title("Parameters by kind of source")
        rows = [[k, f"{self.by_kind.get(k, 0)}", words] for k, words in KIND_WORDS.items()]
        rows.append(["all", f"{sum(self.by_kind.values())}", ""])
        page.table([TableColumn("kind"), numeric("how many"), worded("meaning")], rows)
        page.gap()
        for problem in self.problems:
            page.say(f"problem: {problem}")
        if not self.problems:
            page.say("No problem found: each has a unit, and a source or a range with a reason.")
        if self.unused:
            facts = count_text(len(self.unused), "fact")
            page.say(f"{facts} of the evidence stand behind no number or date.")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the audit as one JSON object."""
        return {
            "schema": 1,
            "by_kind": dict(self.by_kind),
            "problems": list(self.problems),
            "unused": list(self.unused),
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """Scenario files without a fault."""

    names: tuple[str, ...]

    def page(self) -> Page:
        """Returns the good news."""
        page = Page()
        for name in self.names:
            page.verbatim(f"{name}: no problem found")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the good news as one JSON object."""
        return {"schema": 1, "valid": list(self.names), "problems": []}


@dataclass(frozen=True, slots=True)
class NewScenario:
    """A scenario file that was written for the user to fill in."""

    path: Path
    base: str

    def page(self) -> Page:
        """Tells where the file is and what to do next."""
        page = Page()
        page.verbatim(f"Wrote {self.path}, which starts from {self.base}.")
        page.verbatim(f"Edit it, then: detente scenario check {self.path}")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the same as one JSON object."""
        return {"schema": 1, "path": str(self.path), "extends": self.base}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is stored.

    Attributes:
        root: Where.
        stored: Results.
        designs: Designs: points drawn by `sweep --sample` and `sensitivity`, with their runs.
    """

    root: Path
    stored: tuple[Stored, ...]
    designs: tuple[Stored, ...] = ()

    def page(self) -> Page:
        """Returns one line a result, newest first."""
        page = Page()
        if not (self.stored or self.designs):
            page.verbatim(
                f"No results in {self.root}. Make some with: detente run october-2025-apec"
            )
            return page
        columns = [
            worded("result"),
            numeric("runs"),
            numeric("seed"),
            TableColumn("parameters"),
            numeric("played in"),
            TableColumn(""),
        ]
        if self.stored:
            newest = self.stored[:SHOWN_RESULTS]
            page.table(columns, [_shelf_row(stored) for stored in newest], indent=0)
            if older := len(self.stored) - len(newest):
                page.say(f"and {count_text(older, 'older result')} (--json lists all)")
        if self.designs:
            page.heading("Drawn points of sweeps and sensitivity analyses")
            columns[:-2] = [worded("design"), numeric("points"), numeric("runs at each")]
            page.table(columns, [_design_row(stored) for stored in self.designs], indent=0)
        if not all(stored.is_current for stored in (*self.stored, *self.designs)):
            page.gap()
            page.say(
                f"{ANOTHER} played by another version of the model: the same command plays it "
                "anew, into a folder of its own"
            )
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the list as one JSON object."""
        return {
            "schema": 1,
            "results_dir": str(self.root),
            "results": [stored_json(stored) for stored in self.stored],
            "designs": [
                {**stored_json(design), "points": _points(design)} for design in self.designs
            ],
        }


@dataclass(frozen=True, slots=True)
class Removed:
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
    """The answer to a question in SQL."""

    table: QueryTable

    def page(self) -> Page:
        """Returns the rows as a table that gives way at its words."""
        page = Page()
        shown = self.table.rows[:SHOWN_ROWS]
        if len(self.table.columns) > SIDE_BY_SIDE:
            # So many columns would leave each a letter or two: one row below the other instead.
            for number, row in enumerate(shown, 1):
                page.heading(f"row {number}")
                cells = zip(self.table.columns, map(_cell, row), strict=True)
                page.table([worded("column"), worded("value")], [list(cell) for cell in cells])
        else:
            columns = [_column(name, shown, i) for i, name in enumerate(self.table.columns)]
            page.table(columns, [[_cell(value) for value in row] for row in shown], indent=0)
        hidden = len(self.table.rows) - len(shown)
        if hidden:
            page.say(f"... and {count_text(hidden, 'more row')} (--csv prints all)")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the rows as one JSON object."""
        return {"schema": 1, **self.table.to_json()}

    def write_csv(self, stream: IO[str]) -> None:
        """Writes the rows as CSV with a header."""
        self.table.write_csv(stream)


@dataclass(frozen=True, slots=True)
class History:
    """One simulated history, told."""

    chronicle: Chronicle
    waits: bool = False

    def page(self) -> Page:
        """Returns the history as text."""
        return trace_page(self.chronicle, waits=self.waits)

    def to_json(self) -> dict[str, Any]:
        """Returns the history as one JSON object."""
        return trace_json(self.chronicle)


def stored_json(stored: Stored) -> dict[str, Any]:
    """Returns what a results folder says about itself."""
    manifest = stored.manifest
    keys = ("scenario", "id", "seed", "parameters", "per_vector", "changes", "model_version")
    return {
        "name": stored.name,
        "directory": str(stored.home),
        "n": stored.n,
        **{key: manifest.get(key) for key in keys},
        "current": stored.is_current,
        "created": manifest.get("created"),
        "updated": manifest.get("updated"),
        "timings": clean(manifest.get("timings", {})),
    }


def _shelf_row(stored: Stored) -> list[str]:
    manifest = stored.manifest
    return [
        _shelf_name(stored),
        f"{stored.n:,}",
        str(manifest["seed"]),
        str(manifest.get("parameters", "")),
        _played_in(stored),
        _mark(stored),
    ]


def _design_row(design: Stored) -> list[str]:
    runs = f"{design.manifest['per_vector']:,}"
    return [_shelf_name(design), f"{_points(design):,}", runs, _played_in(design), _mark(design)]


def _points(design: Stored) -> int:
    """Returns of how many points all runs are there: in its files they are vectors."""
    return design.n // int(design.manifest["per_vector"])


def _shelf_name(stored: Stored) -> str:
    changes = ", ".join(_typed_changes(stored))
    return f"{stored.name} ({changes})" if changes else stored.name


def _played_in(stored: Stored) -> str:
    elapsed = stored.manifest.get("timings", {}).get("elapsed_s")
    return seconds_text(elapsed) if elapsed is not None else ""


def _mark(stored: Stored) -> str:
    return "" if stored.is_current else ANOTHER


def _typed_changes(stored: Stored) -> list[str]:
    """Returns what was changed on the command line, leaving out what the scenario's files did."""
    try:
        changes = stored.resolved().changes
    except (OSError, ValueError, TypeError, KeyError):
        return ["its scenario cannot be read"]
    return [f"{change.key}={change.new}" for change in changes if change.by.startswith("--")]


def _column(name: str, rows: Sequence[Sequence[Any]], place: int) -> TableColumn:
    numbers = all(isinstance(row[place], int | float | None) for row in rows)
    return numeric(name) if numbers and rows else worded(name)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return number_text(value)
    return str(value)
