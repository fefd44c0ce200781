"""HTML tables that can be sorted and filtered; without scripts they are plain tables."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from markupsafe import Markup

from sim.engine.dates import MONTHS
from sim.report.html.parts.templates import fill
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
        mood: What the cell means, which sets its colour (see `sim.report.figures.moods`).
    """

    content: str
    key: float | str | None
    note: str = ""
    mood: str = ""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Cell or heading as the template writes it."""

    content: str
    tag: str = "td"
    note: str = ""
    attributes: dict[str, str | None] = field(default_factory=dict)


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
    titled = any(column.title for column in columns)
    return fill(
        "table.html",
        label=label,
        titled=titled,
        sortable=titled and sortable and len(rows) >= SORTED_FROM,
        columns=[{"title": column.title, "side": _side(column)} for column in columns],
        rows=[_row(row, columns) for row in rows],
    )


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
    return fill(
        "captioned.html",
        key=key,
        caption=caption,
        filtered=filtered,
        count=len(rows),
        table=table(key, columns, rows),
    )


def folded(summary: str, content: Markup, *, unfolded: bool = False, remark: str = "") -> Markup:
    """Returns a table that is folded away under a summary, unless it is to be seen at once, and a
    remark below it."""
    return fill("folded.html", summary=summary, table=content, open=unfolded, remark=remark)


def _row(row: Sequence[str | TableCell], columns: Sequence[TableColumn]) -> list[_Drawn]:
    filled = [*row, *[""] * (len(columns) - len(row))]
    cells = zip(filled, columns, strict=True)
    return [_cell(cell, column, i == 0) for i, (cell, column) in enumerate(cells)]


def _cell(cell: str | TableCell, column: TableColumn, first: bool) -> _Drawn:
    known = cell if isinstance(cell, TableCell) else TableCell(cell, sort_key(cell))
    key = None if known.key == known.content else "" if known.key is None else f"{known.key}"
    # The first cell is the heading of its row, unless it is a number.
    if first and column.justify == "left":
        return _Drawn(known.content, "th", known.note, {"scope": "row", "data-key": key})
    kind = known.mood or _side(column)
    return _Drawn(known.content, "td", known.note, {"class": kind, "data-key": key})


def _side(column: TableColumn) -> str | None:
    kinds = ["number"] if column.justify == "right" else []
    kinds += ["words"] if column.wraps else []
    kinds += ["drawn"] if column.draws else []
    return " ".join(kinds) or None


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
