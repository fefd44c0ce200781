"""Provenance of a page's figures: changed inputs, every number and its source, the command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.report.html.parts.document import Section
from sim.report.html.parts.markup import Content, Markup, element
from sim.report.html.parts.tables import TableCell, captioned
from sim.report.page import TableColumn, numeric, worded
from sim.report.pages.run.scenario import DEFAULT, assumed_line, needs_line, row_value
from sim.report.words.glossary import KIND_WORDS
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
    worded("why"),
)
CHANGES: Final = (worded("input"), worded("was"), worded("is"), worded("by"))


def changed_inputs(resolved: Resolved) -> Section:
    """Returns what a scenario and the command line changed in the world they start from."""
    rows = [[c.key, c.old, c.new, c.by] for c in resolved.changes]
    told: Content = element("p", "Nothing: it is the base world itself.")
    if rows:
        caption = "Changed on the way from the base world, in order"
        told = captioned("changed", caption, CHANGES, rows)
    return Section("inputs", "Changed inputs", told)


def assumptions(resolved: Resolved, *, drawn: bool) -> Section:
    """Returns how much of what stands behind a scenario is assumed, and all of it in a table.

    Args:
        resolved: The scenario.
        drawn: Whether parameters were drawn from their ranges.
    """
    rows = [row for row in explain(resolved) if row.kind != DEFAULT]
    kinds = [
        element("li", f"{kind}: {words} ({sum(row.kind == kind for row in rows):,})")
        for kind, words in KIND_WORDS.items()
    ]
    where = (
        "They were drawn from their ranges, so the intervals cover ignorance as well as luck."
        if drawn
        else "They stand at their central values here, so the intervals cover luck alone."
    )
    unbuilt = needs_line(resolved)
    table = captioned(
        "numbers",
        "Every number behind this, with its range, kind and source",
        NUMBERS,
        [_number(row) for row in rows],
        filtered="Find a number",
    )
    return Section(
        "assumptions",
        "What is assumed",
        [
            element("p", f"{assumed_line(resolved)} {where}"),
            element("p", unbuilt) if unbuilt else None,
            element("ul", kinds),
            element("details", element("summary", f"All {count_text(len(rows), 'number')}"), table),
        ],
    )


def run_facts(batch: Batch) -> list[tuple[str, str]]:
    """Returns what a batch is a function of."""
    drawn = f"drawn from their ranges, {count_text(batch.per_vector, 'run')} a draw"
    return [
        ("scenario", f"{batch.resolved.name}, {batch.resolved.hash}"),
        ("histories", f"{batch.n:,}, seed {batch.seed}"),
        ("parameters", drawn if batch.per_vector else "at their central values"),
        *([("given", " and ".join(batch.given))] if batch.given else []),
        ("result", batch.id),
        ("model", batch.model_version),
    ]


def provenance(facts: Sequence[tuple[str, str]], command: str) -> Section:
    """Returns what a result is a function of, and the command that repeats it.

    Args:
        facts: What and its value.
        command: As typed in a shell.
    """
    rows = [*facts, ("program", f"détente {__version__}")]
    return Section(
        "provenance",
        "Where this comes from",
        [
            element("dl", [[element("dt", name), element("dd", value)] for name, value in rows]),
            element("p", "The same command gives the same figures, on any machine of this kind:"),
            element("pre", element("code", command), class_="wrapped"),
        ],
    )


def foot() -> Markup:
    """Returns what a reader should know who finds the page by itself."""
    return element(
        "p",
        "The US-China trade negotiation, simulated with détente. Figures are shares of simulated "
        "histories under the assumptions stated here. The page holds all it shows and fetches "
        "nothing.",
    )


def _number(row: Row) -> list[str | TableCell]:
    known = row.low is not None and row.high is not None
    span = f"{_end(row.low)} to {_end(row.high)}" if known else NOTHING
    source = f"{row.source}: {row.source_text}" if row.source_text else row.source
    why = ". ".join(text.rstrip(".") for text in (row.reason, source) if text)
    value = TableCell(
        row_value(row), row.value if isinstance(row.value, int | float) else row_value(row)
    )
    return [TableCell(row.name, row.name, row.meaning), value, span, row.kind, why or NOTHING]


def _end(value: float | None) -> str:
    return NOTHING if value is None else number_text(value)
