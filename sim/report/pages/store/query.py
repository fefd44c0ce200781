"""Page of an SQL query: its rows as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.numbers import count_text, number_text

if TYPE_CHECKING:
    from sim.experiment.store.sql.answer import QueryTable

SIDE_BY_SIDE: Final = 10
"""Maximum number of columns shown side by side in 80 columns of text."""

SHOWN_ROWS: Final = 200
"""Maximum number of rows shown as text; CSV and JSON contain all."""


def query_page(table: QueryTable) -> Page:
    """Returns the rows as a table whose text columns wrap."""
    page, shown = Page(), table.rows[:SHOWN_ROWS]
    if len(table.columns) > SIDE_BY_SIDE:
        # Columns would be too narrow, so each row gets a table of its own.
        for number, row in enumerate(shown, 1):
            page.heading(f"row {number}")
            cells = zip(table.columns, map(_cell, row), strict=True)
            page.table([worded("column"), worded("value")], [list(cell) for cell in cells])
    else:
        columns = [_column(name, shown, i) for i, name in enumerate(table.columns)]
        page.table(columns, [[_cell(value) for value in row] for row in shown], indent=0)
    if hidden := len(table.rows) - len(shown):
        page.say(f"... and {count_text(hidden, 'more row')} (--csv prints all)")
    for note in table.notes:
        page.gap()
        page.say(note)
    return page


def _column(name: str, rows: Sequence[Sequence[Any]], place: int) -> TableColumn:
    numbers = all(isinstance(row[place], int | float | None) for row in rows)
    return numeric(name) if numbers and rows else worded(name)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return number_text(value)
    return str(value)
