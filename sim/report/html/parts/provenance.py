"""Provenance sections of a report: changed inputs, every number and its source, the command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from sim.report.html.parts.document import Section
from sim.report.html.parts.tables import TableCell, captioned, folded
from sim.report.html.parts.templates import fill
from sim.report.page import TableColumn, numeric, worded
from sim.report.pages.run.scenario import DEFAULT, assumed_line, needs_line, row_value
from sim.report.words.glossary import KIND_WORDS
from sim.report.words.names.inputs import named
from sim.report.words.numbers import NOTHING, count_text, number_text
from sim.scenario.explain import explain
from sim.version import __version__

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.scenario.explain import Row
    from sim.scenario.resolved_scenario import Resolved

NUMBERS: Final = (
    worded("number"),
    TableColumn("value", "right", wraps=True),
    numeric("range"),
    TableColumn("kind"),
    worded("reason and source"),
)
FORKED: Final = "These runs are a fork of a fork, which no single command plays."
CHANGES: Final = (worded("input"), worded("old"), worded("new"), worded("set in"))


def changed_inputs(resolved: Resolved) -> Section:
    """Returns the changes that a scenario and the command line make to the base scenario."""
    rows = [[c.key, c.old, c.new, c.by] for c in resolved.changes]
    content = Markup("<p>None: this is the base scenario itself.</p>")
    if rows:
        caption = "Changes to the base scenario, in order"
        content = captioned("changed", caption, CHANGES, rows)
    return Section("inputs", "Changed inputs", content)


def assumptions(resolved: Resolved, *, drawn: bool) -> Section:
    """Returns the number of assumptions in a scenario, and a table of all its numbers.

    Args:
        resolved: The scenario.
        drawn: Whether parameters were drawn from their ranges.
    """
    rows = [row for row in explain(resolved) if row.kind != DEFAULT]
    kinds = [
        f"{kind}: {words} ({sum(row.kind == kind for row in rows):,})"
        for kind, words in KIND_WORDS.items()
    ]
    where = (
        "They were drawn from their ranges, so the intervals cover ignorance as well as luck."
        if drawn
        else "This batch used their central values, so the intervals reflect only luck."
    )
    table = captioned(
        "numbers",
        "Every number used, with its range, kind and source",
        NUMBERS,
        [_number(row) for row in rows],
        filtered="Find a number",
    )
    content = fill(
        "assumptions.html",
        counts=assumed_line(resolved),
        where=where,
        unbuilt=needs_line(resolved),
        kinds=kinds,
        folded=folded(f"All {count_text(len(rows), 'number')}", table),
    )
    return Section("assumptions", "Assumptions", content)


def run_facts(batch: Batch) -> list[tuple[str, str]]:
    """Returns the inputs that determine a batch."""
    drawn = f"drawn from their ranges, {count_text(batch.per_vector, 'run')} per draw"
    return [
        ("scenario", f"{batch.resolved.name}, {batch.resolved.hash}"),
        ("runs", f"{batch.n:,}, seed {batch.seed}"),
        ("parameters", drawn if batch.per_vector else "at their central values"),
        *([("given", " and ".join(batch.given))] if batch.given else []),
        ("result", batch.id),
        ("model", batch.model_version),
    ]


def provenance(facts: Sequence[tuple[str, str]], command: str, otherwise: str = FORKED) -> Section:
    """Returns the inputs that determine a result, and the command that reproduces it.

    Args:
        facts: Names and values of the inputs.
        command: The command line, quoted for a shell; "" if no single one does.
        otherwise: Why there is none.
    """
    rows = [*facts, ("program", f"détente {__version__}")]
    content = fill("provenance.html", facts=rows, command=command, otherwise=otherwise)
    return Section("provenance", "Provenance", content)


def _number(row: Row) -> list[str | TableCell]:
    known = row.low is not None and row.high is not None
    span = f"{_end(row.low)} to {_end(row.high)}" if known else NOTHING
    source = f"{row.source}: {row.source_text}" if row.source_text else row.source
    why = ". ".join(text.rstrip(".") for text in (row.reason, source) if text)
    value = TableCell(
        row_value(row), row.value if isinstance(row.value, int | float) else row_value(row)
    )
    return [
        TableCell(named(row.name), row.name, row.meaning),
        value,
        span,
        row.kind,
        why or NOTHING,
    ]


def _end(value: float | None) -> str:
    return NOTHING if value is None else number_text(value)
