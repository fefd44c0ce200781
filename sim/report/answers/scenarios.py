"""Answers about what goes into runs: scenarios, parameters, the dated record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.report.page import Page, Printable, TableColumn, numeric, worded
from sim.report.pages.history import record
from sim.report.pages.run import scenario
from sim.report.words.commands import from_anywhere, say_command
from sim.report.words.glossary import KIND_WORDS
from sim.report.words.numbers import count_text, day_text

if TYPE_CHECKING:
    from sim.history.acts import RecordedAct
    from sim.scenario.audit import Audit
    from sim.scenario.explain import Row
    from sim.scenario.notes import OwnScenario, ScenarioNotes
    from sim.scenario.resolved_scenario import Resolved


@dataclass(frozen=True, slots=True, repr=False)
class ScenarioListAnswer(Printable):
    """List of the shipped scenarios, and of the user's own in the current folder."""

    worlds: tuple[Resolved, ...]
    own: tuple[OwnScenario, ...] = ()

    def line(self) -> str:
        """Returns the number of scenarios."""
        own = f", and {len(self.own)} of your own" if self.own else ""
        return f"{count_text(len(self.worlds), 'scenario')}{own}"

    def page(self) -> Page:
        """Returns the page of the list."""
        return scenario.list_page(self.worlds, self.own)

    def to_json(self) -> dict[str, Any]:
        """Returns the list as one JSON object."""
        rows = [scenario.list_json(world) | {"own": False} for world in self.worlds]
        own = [
            ({} if each.resolved is None else scenario.list_json(each.resolved))
            | {"name": each.path, "own": True, "problems": each.problems}
            for each in self.own
        ]
        return {"schema": 1, "scenarios": [*rows, *own]}


@dataclass(frozen=True, slots=True, repr=False)
class ScenarioAnswer(Printable):
    """Resolved scenario, as it will be simulated, and what its file notes about its runs."""

    resolved: Resolved
    notes: ScenarioNotes

    def line(self) -> str:
        """Returns the name and the dates."""
        return _span(self.resolved)

    def page(self) -> Page:
        """Returns the page of the scenario."""
        return scenario.show_page(self.resolved, self.notes)

    def to_json(self) -> dict[str, Any]:
        """Returns the scenario as one JSON object."""
        return scenario.show_json(self.resolved) | self.notes.to_json()


@dataclass(frozen=True, slots=True, repr=False)
class ExplanationAnswer(Printable):
    """Numbers of a scenario, with unit, kind and source.

    Attributes:
        resolved: The scenario.
        found: The numbers asked for.
    """

    resolved: Resolved
    found: scenario.NumbersAsked

    def line(self) -> str:
        """Returns the name and the dates."""
        return _span(self.resolved)

    def page(self) -> Page:
        """Returns the page of the numbers."""
        return scenario.explain_page(self.resolved, self.found)

    def to_json(self) -> dict[str, Any]:
        """Returns the numbers as one JSON object."""
        return scenario.explain_json(self.resolved, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class ParametersAnswer(Printable):
    """Parameters with meaning, value, range and source."""

    rows: tuple[Row, ...]

    def line(self) -> str:
        """Returns the number of parameters, and the first."""
        return f"{count_text(len(self.rows), 'parameter')} from {self.rows[0].name}"

    def page(self) -> Page:
        """Returns the page of the parameters."""
        page = Page()
        for row in self.rows:
            scenario.say_row(page, row)
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the parameters as one JSON object."""
        return {"schema": 1, "parameters": [scenario.row_json(row) for row in self.rows]}


@dataclass(frozen=True, slots=True, repr=False)
class AuditAnswer(Printable):
    """Counts of the parameters by kind of source, and their problems.

    Attributes:
        audit: The counts, the problems, and evidence that no scenario cites.
    """

    audit: Audit

    @property
    def problems(self) -> tuple[str, ...]:
        """Problems of parameters, one line each."""
        return self.audit.problems

    def line(self) -> str:
        """Returns the numbers of parameters and problems."""
        count = sum(self.audit.by_kind.values())
        problems = count_text(len(self.problems), "problem")
        return f"{count_text(count, 'parameter')}, {problems}"

    def page(self) -> Page:
        """Returns the page of the audit."""
        page = Page()
        page.title("Parameters by kind of source")
        rows = [[k, f"{self.audit.by_kind.get(k, 0)}", words] for k, words in KIND_WORDS.items()]
        rows.append(["all", f"{sum(self.audit.by_kind.values())}", ""])
        page.table([TableColumn("kind"), numeric("number"), worded("meaning")], rows)
        page.gap()
        for problem in self.problems:
            page.say(f"problem: {problem}")
        if not self.problems:
            page.say(
                "No problems found: each has a unit, a source or a range with a reason, a day from "
                "which it could be known and, if that is late, what was held before; and some rule "
                "reads it."
            )
        judged = count_text(self.audit.judged, "assumed parameter")
        page.say(f"{judged} rest on judgement alone, on no dated fact.")
        held = count_text(self.audit.held, "parameter")
        page.say(f"{held} have another value in worlds as of a day on which theirs was not known.")
        low, high = self.audit.share_range
        page.say(
            f"The {self.audit.shares} voices and mandates of the table of people are assumed too, "
            f"each between {low:g} and {high:g} times its value."
        )
        if self.audit.unused:
            facts = count_text(len(self.audit.unused), "fact")
            page.say(f"{facts} of the evidence are cited by no number or date.")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the audit as one JSON object."""
        return {
            "schema": 1,
            "by_kind": dict(self.audit.by_kind),
            "judged": self.audit.judged,
            "held_before": self.audit.held,
            "people": {"shares": self.audit.shares, "range": list(self.audit.share_range)},
            "problems": list(self.problems),
            "unused": list(self.audit.unused),
        }


@dataclass(frozen=True, slots=True, repr=False)
class CheckAnswer(Printable):
    """Scenario files without problems."""

    names: tuple[str, ...]

    def line(self) -> str:
        """Returns the number of files, and the first."""
        return f"{count_text(len(self.names), 'scenario')} without problems: {self.names[0]}"

    def page(self) -> Page:
        """Returns one line per file."""
        page = Page()
        for name in self.names:
            page.verbatim(f"{name}: no problems found")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the names as one JSON object."""
        return {"schema": 1, "valid": list(self.names), "problems": []}


@dataclass(frozen=True, slots=True, repr=False)
class NewScenarioAnswer(Printable):
    """New scenario file for the user to fill in."""

    path: Path
    base: str

    def line(self) -> str:
        """Returns the path and the base."""
        return f"{self.path}, based on {self.base}"

    def page(self) -> Page:
        """Returns a page that names the file and the next step."""
        page = Page()
        page.verbatim(f"Wrote {self.path}, based on {self.base}.")
        file = from_anywhere(str(self.path))
        say_command(page, "Edit it, then run:", "scenario", "check", file)
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the path and the base as one JSON object."""
        return {"schema": 1, "path": str(self.path), "extends": self.base}


@dataclass(frozen=True, slots=True, repr=False)
class RecordAnswer(Printable):
    """Acts of the dated record.

    Attributes:
        acts: Those asked for, by day.
        first: First day asked for.
        last: Last day asked for.
        known: Number of acts of the whole record.
        file: File laid over the record; empty if there is none.
    """

    acts: tuple[RecordedAct, ...]
    first: date
    last: date
    known: int
    file: str = ""

    def line(self) -> str:
        """Returns the number of acts and the days."""
        span = f"{day_text(self.first)} to {day_text(self.last)}"
        return f"{len(self.acts)} of {count_text(self.known, 'act')} on record, {span}"

    def page(self) -> Page:
        """Returns the acts as a table."""
        page = Page()
        page.title(self.line())
        if self.file:
            page.verbatim(f"with {self.file}")
        if self.acts:
            page.gap()
            record.say_acts(page, self.acts)
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the acts as one JSON object."""
        return {
            "schema": 1,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "record": self.file or None,
            "known": self.known,
            "acts": [record.act_json(act) for act in self.acts],
        }


@dataclass(frozen=True, slots=True, repr=False)
class RecordCheckAnswer(Printable):
    """File that adds acts to the record, without problems.

    Attributes:
        file: The file.
        acts: Its acts, by day.
    """

    file: str
    acts: tuple[RecordedAct, ...]

    def line(self) -> str:
        """Returns the file, the number of its acts and their days."""
        span = f"{day_text(self.acts[0].day)} to {day_text(self.acts[-1].day)}"
        return f"{self.file}: no problems found; {count_text(len(self.acts), 'act')}, {span}"

    def page(self) -> Page:
        """Returns the number of acts of each type."""
        page = Page()
        page.verbatim(self.line())
        page.gap()
        record.say_counts(page, self.acts)
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the counts as one JSON object."""
        return {
            "schema": 1,
            "valid": self.file,
            "acts": len(self.acts),
            "counts": record.counts_json(self.acts),
            "problems": [],
        }


def _span(resolved: Resolved) -> str:
    """Returns a scenario with its dates."""
    return f"{resolved.name}, {day_text(resolved.start)} to {day_text(resolved.until)}"
