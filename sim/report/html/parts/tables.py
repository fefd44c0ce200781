"""Tables a reader can sort and filter; without scripts they are plain tables."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sim.experiment.compare.verdicts import TELLING
from sim.report.html.parts.markup import Content, Markup, element, lines, void
from sim.report.page import TableColumn
from sim.report.words.numbers import MONTHS, NOTHING

SORTED_FROM: Final = 4
"""Rows from which it is worth sorting a table."""

_DAY: Final = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?")
_NUMBER: Final = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class TableCell:
    """What stands in a table.

    Attributes:
        content: What is shown.
        key: By what it is sorted: a number, text, or None for what is not known (it comes last).
        note: What is shown below, smaller.
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
    """Returns a table in a box that scrolls by itself where the table is too wide for the page.

    Args:
        label: Id of the element that tells what the table is of.
        columns: Headings; numbers stand to the right.
        rows: Cells as text or as `TableCell`; a row may be shorter than the columns.
        sortable: Whether it is worth sorting.
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
    """Returns a table with a caption and, if wanted, a box that filters its rows.

    Args:
        key: Id of the caption, one on a page.
        caption: What the table is of.
        columns: See `table`.
        rows: See `table`.
        filtered: What the filter's label says; empty for no filter.
    """
    parts: list[Content] = [element("figcaption", caption, id=key)]
    if filtered:
        parts.append(_filter(key, filtered, len(rows)))
    parts.append(table(key, columns, rows))
    return element("figure", parts, class_="table")


def _filter(key: str, label: str, count: int) -> Markup:
    box = f"{key}-filter"
    # Hidden until a script is there that answers to it.
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
    # The first cell names its row, wherever it is not a number among numbers.
    if first and column.justify == "left":
        return element("th", content, scope="row", data_key=key)
    mood = known.content if known.content in TELLING else _side(column)
    return element("td", content, class_=mood, data_key=key)


def _side(column: TableColumn) -> str | None:
    kinds = ["number"] if column.justify == "right" else []
    return " ".join([*kinds, "words"] if column.wraps else kinds) or None


def sort_key(text: str) -> float | str | None:
    """Returns by what text is sorted: the day or number it begins with, else itself; None for
    nothing."""
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
