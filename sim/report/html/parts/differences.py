"""Table of all differences of a comparison."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from sim.report.figures.moods import difference_mood
from sim.report.html.parts.document import Section
from sim.report.html.parts.outcomes import MOST_ROWS, PER_CENT
from sim.report.html.parts.tables import TableCell, captioned, folded
from sim.report.html.parts.templates import joined
from sim.report.page import TableColumn, numeric, worded
from sim.report.words.differences import (
    letters,
    precision,
    row_words,
    value_text,
    verdict_words,
)
from sim.report.words.numbers import NOTHING, count_text, number_text, scale_text, signed

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison
    from sim.experiment.compare.difference import Difference


class Parts(NamedTuple):
    """Difference as text: value, unit and 95% interval."""

    value: str
    unit: str
    interval: str


def parts_of(d: Difference) -> Parts:
    """Returns a difference as text; of a probability in percentage points of runs."""
    scale = 1.0 if d.kind == "number" else 100.0
    places, step = precision(d)
    unit = scale_text("days" if d.unit == "date" else d.unit) if d.kind == "number" else PER_CENT
    e = d.difference
    if math.isnan(e.value):
        return Parts(NOTHING, unit, NOTHING)
    low, high = (number_text(scale * limit, places, step=step) for limit in (e.low, e.high))
    known = math.isfinite(e.low) and math.isfinite(e.high) and not d.identical
    return Parts(
        signed(scale * e.value, places, step=step), unit, f"{low} to {high}" if known else NOTHING
    )


def every_difference(comparisons: Sequence[Comparison]) -> Section:
    """Returns all differences from each other scenario, up to the maximum size of a report."""
    found: list[Markup] = []
    left = MOST_ROWS
    for side, comparison in zip(letters(comparisons)[1:], comparisons, strict=True):
        rows = comparison.differences[:left]
        left -= len(rows)
        if not rows:
            break
        table = captioned(
            f"all-{side.lower()}",
            f"Every outcome, A minus {side}",
            _columns(side),
            [_row(d, side) for d in rows],
            filtered="Find an outcome",
        )
        summary = f"A minus {side}: all {count_text(len(rows), 'row')}"
        cut = "The list is cut here; detente compare --json has all rows."
        found.append(folded(summary, table, remark=cut if left <= 0 else ""))
    return Section("outcomes", "All outcomes", joined(found))


def _columns(side: str) -> list[TableColumn]:
    return [
        worded("outcome"),
        numeric("A"),
        numeric(side),
        numeric(f"A minus {side}"),
        numeric("95% interval"),
        TableColumn("unit"),
        TableColumn(f"A vs {side}"),
        numeric("in standard deviations"),
    ]


def _row(d: Difference, side: str) -> list[str | TableCell]:
    words = row_words([(side, d)])
    label = f"={d.label}" if d.kind == "class" else ""
    shown = parts_of(d)
    # Sort keys match the text, in which shares are in per cent.
    scale = 1.0 if d.kind == "number" else 100.0
    return [
        TableCell(words, words, f"{d.outcome}{label}"),
        _cell(value_text(d, d.a), scale * d.a),
        _cell(value_text(d, d.b), scale * d.b),
        _cell(shown.value, scale * d.difference.value),
        _cell(shown.interval, scale * d.difference.low),
        shown.unit,
        TableCell(verdict_words(d.verdict), verdict_words(d.verdict), mood=difference_mood(d)),
        _cell(number_text(d.size), d.size),
    ]


def _cell(text: str, key: float) -> TableCell:
    return TableCell(text, key if math.isfinite(key) else None)
