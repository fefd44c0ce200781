"""HTML tables that can be sorted and filtered; without scripts they are plain tables."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sim.engine.dates import MONTHS
from sim.experiment.compare.verdicts import TELLING
from sim.report.html.parts.markup import Content, Markup, element, lines, void
from sim.report.page import TableColumn
from sim.report.words.numbers import NOTHING

SORTED_FROM: Final = 4
"""Minimum number of rows for a table to be sortable."""

_DAY: Final = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?")
_NUMBER: Final = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class TableCell:
    """Cell of a table.

    Attributes:
        content: Text of the cell.
        key: Sort key: a number, text, or None for a missing value, which sorts last.
        note: Smaller text shown below.
    """

    content: str
    key: float | str | None
    note: str = ""


def table(
    label: str,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str | TableCell]],
    *,
    sortable: bool = True,
) -> Markup:
    """Returns a table in a box that scrolls if the table is too wide.

    Args:
        label: Id of the element that labels the table.
        columns: Headings; numbers are right-aligned.
        rows: Cells as text or as `TableCell`; a row may be shorter than the columns.
        sortable: Whether a reader can sort it.
    """
    sorts = sortable and len(rows) >= SORTED_FROM
    titled = any(column.title for column in columns)
    head = element("thead", element("tr", [_heading(column) for column in columns]))
    body = element("tbody", [_row(row, columns) for row in rows])
    whole = element(
        "table",
        head if titled else None,
        body,
        aria_labelledby=label,
        data_sortable=sorts and titled,
    )
    return element("div", whole, class_="scroll", tabindex=0, role="region", aria_labelledby=label)


def captioned(
    key: str,
    caption: str,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str | TableCell]],
    *,
    filtered: str = "",
) -> Markup:
    """Returns a table with a caption and, optionally, a box that filters its rows.

    Args:
        key: Id of the caption, unique in a report.
        caption: Caption of the table.
        columns: See `table`.
        rows: See `table`.
        filtered: Label of the filter; empty for no filter.
    """
    parts: list[Content] = [element("figcaption", caption, id=key)]
    if filtered:
        parts.append(_filter(key, filtered, len(rows)))
    parts.append(table(key, columns, rows))
    return element("figure", parts, class_="table")


def _filter(key: str, label: str, count: int) -> Markup:
    box = f"{key}-filter"
    # Hidden until the script that handles it runs.
    return element(
        "p",
        element("label", label, for_=box),
        void("input", type="search", id=box, autocomplete="off", spellcheck="false"),
        element("output", f"{count:,} rows", for_=box, aria_live="polite"),
        class_="filter",
        hidden=True,
    )


def _heading(column: TableColumn) -> Markup:
    return element("th", lines(column.title), scope="col", class_=_side(column))


def _row(row: Sequence[str | TableCell], columns: Sequence[TableColumn]) -> Markup:
    filled = [*row, *[""] * (len(columns) - len(row))]
    cells = zip(filled, columns, strict=True)
    return element("tr", [_cell(cell, column, i == 0) for i, (cell, column) in enumerate(cells)])


def _cell(cell: str | TableCell, column: TableColumn, first: bool) -> Markup:
    known = cell if isinstance(cell, TableCell) else TableCell(cell, sort_key(cell))
    text = lines(known.content)
    key = None if known.key == known.content else "" if known.key is None else f"{known.key}"
    content: Content = [text, element("small", known.note)] if known.note else text
    # The first cell is the heading of its row, unless it is a number.
    if first and column.justify == "left":
        return element("th", content, scope="row", data_key=key)
    mood = known.content if known.content in TELLING else _side(column)
    return element("td", content, class_=mood, data_key=key)


def _side(column: TableColumn) -> str | None:
    kinds = ["number"] if column.justify == "right" else []
    return " ".join([*kinds, "words"] if column.wraps else kinds) or None


def sort_key(text: str) -> float | str | None:
    """Returns the sort key of a text: the day or number it begins with, else the text itself, or
    None if it is empty."""
    plain = text.strip()
    if plain in ("", NOTHING):
        return None
    if match := _DAY.match(plain):
        day, month, year = match.groups()
        return float(date(int(year or 1), MONTHS.index(month) + 1, int(day)).toordinal())
    if match := _NUMBER.match(plain):
        number = float(match.group().replace(",", ""))
        return number if math.isfinite(number) else plain
    return plain
