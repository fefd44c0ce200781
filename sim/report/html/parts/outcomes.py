"""Table of all outcomes of a batch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.outcomes.summary import summarise
from sim.report.html.parts.document import Section
from sim.report.html.parts.tables import TableCell, captioned, folded
from sim.report.page import TableColumn, numeric, worded
from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import (
    NOTHING,
    chances,
    count_text,
    day_text,
    number_text,
    out_of,
    scale_text,
    step_of,
)

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch

COLUMNS: Final = (
    worded("outcome"),
    numeric("share or mean"),
    TableColumn("unit"),
    TableColumn("95% interval", "right", wraps=True),
    numeric("median"),
    TableColumn("90% of runs", "right", wraps=True),
    TableColumn("applies to", "right", wraps=True),
)
MOST_ROWS: Final = 6000
"""Maximum number of rows that keeps the file below five megabytes."""

PER_CENT: Final = "% of runs"


def every_outcome(batch: Batch) -> Section:
    """Returns all outcomes of a batch: one row per number, flag and class."""
    rows = [row for name, about in summarise(batch).items() for row in _rows(name, about)]
    shown = rows[:MOST_ROWS]
    table = captioned(
        "outcomes-table",
        "Every outcome, at the end and on each date",
        COLUMNS,
        shown,
        filtered="Find an outcome",
    )
    cut = f"There are {len(rows):,} rows in all; use detente run --json."
    content = folded(
        f"All {count_text(len(shown), 'row')}", table, remark=cut if len(shown) < len(rows) else ""
    )
    return Section("outcomes", "All outcomes", content)


def _rows(name: str, about: Mapping[str, Any]) -> list[list[str | TableCell]]:
    applies = TableCell(out_of(about["n_valid"], about["of"]), about["applicable"])
    if about["kind"] == "number":
        return [_number(name, about, applies)]
    labels = ["true"] if about["kind"] == "flag" else list(about["probabilities"])
    return [_class(name, label, about, applies) for label in labels]


def _number(name: str, about: Mapping[str, Any], applies: TableCell) -> list[str | TableCell]:
    quantiles, step = about["quantiles"], step_of(name)
    low, high = about["mean_ci"]
    return [
        TableCell(outcome_words(name), outcome_words(name), name),
        _value(about["mean"], step),
        scale_text(about["unit"]),
        _span(low, high, step),
        _value(quantiles["p50"], step),
        _span(quantiles["p05"], quantiles["p95"], step),
        applies,
    ]


def _class(
    name: str, label: str, about: Mapping[str, Any], applies: TableCell
) -> list[str | TableCell]:
    known = about["probabilities"][label]
    flag = about["kind"] == "flag"
    words = outcome_words(name, "" if flag else label)
    code = name if flag else f"{name}={label}"
    p, low, high = (math.nan if x is None else x for x in (known["p"], *known["ci"]))
    share, interval = chances(p, low, high)
    nothing = TableCell(NOTHING, None)
    return [
        TableCell(words, words, code),
        TableCell(share, known["p"] if known["p"] is None else 100.0 * known["p"]),
        PER_CENT,
        TableCell(interval.strip("()") or NOTHING, None if math.isnan(low) else 100.0 * low),
        nothing,
        nothing,
        applies,
    ]


def _value(value: float | str | None, step: float | None) -> TableCell:
    """Returns the cell of a number, or of a day in ISO form."""
    if value is None:
        return TableCell(NOTHING, None)
    if isinstance(value, str):
        day = date.fromisoformat(value)
        return TableCell(day_text(day), day.toordinal())
    return TableCell(number_text(value, step=step), value)


def _span(low: float | str | None, high: float | str | None, step: float | None) -> TableCell:
    if low is None or high is None:
        return TableCell(NOTHING, None)
    first, last = _value(low, step), _value(high, step)
    same = first.content == last.content
    return TableCell(first.content if same else f"{first.content} to {last.content}", first.key)
