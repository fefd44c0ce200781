"""Workbook of an export: a cover, one sheet for each kind of table, quarters side by side."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sim.economy.sectors import GOODS
from sim.errors import UsageError
from sim.experiment.outcomes.summary import QUANTILES
from sim.experiment.store.csv_text import FORMULA
from sim.report.exports.export import Export
from sim.report.exports.tidy import QUARTER_READINGS, TidyRow
from sim.report.words.numbers import step_of

MOST_ROWS: Final = 1_048_576
"""Rows of a sheet, with its header."""

TAKEN: Final = (*FORMULA, "#")
"""Beginnings of a text that would be taken for a formula or for an error."""

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that a workbook cannot hold."""

LONGEST_CELL: Final = 32_767
"""Letters of a cell."""

COVER: Final = "cover"
QUARTERS: Final = "sectors_by_quarter"
"""Sheet with one line for each sector and quarter, its statistics side by side."""

WIDEST: Final = 80
NARROWEST: Final = 9
SAMPLED: Final = 500
"""Rows of a sheet from which the widths of its columns are taken."""

SHARES: Final = ("probability", "share")
SHARE_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sheet of a workbook.

    Attributes:
        name: Its name.
        header: Names of its columns.
        rows: Its cells, each with the number of decimals it is shown with; None for no rounding.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[tuple[tuple[Any, ...], int | None]]


def check_size(export: Export) -> None:
    """Checks that every sheet has room for its rows.

    Raises:
        UsageError: One has not.
    """
    for sheet in sheets(export):
        if len(sheet.rows) >= MOST_ROWS:
            raise UsageError(
                f"--export: {len(sheet.rows):,} rows of {sheet.name} do not fit into a sheet, "
                f"which has {MOST_ROWS:,}; write them to a .parquet or .csv file"
            )


def write_workbook(export: Export, target: Path) -> None:
    """Writes a workbook.

    Raises:
        OSError: The file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _add(book, _cover(export), filtered=False)
    for sheet in sheets(export):
        _add(book, sheet, filtered=True)
    book.save(target)


def _cover(export: Export) -> Sheet:
    return Sheet(COVER, ("section", "item", "text"), [(tuple(line), None) for line in export.cover])


def sheets(export: Export) -> Iterator[Sheet]:
    """Yields the sheets after the cover: the sectors by quarter, then one for each kind of table,
    without the columns that are empty in it."""
    if wide := _by_quarter(export.rows):
        yield wide
    names = tuple(column.name for column in export.columns)
    for table in dict.fromkeys(row.table for row in export.rows):
        rows = [row for row in export.rows if row.table == table]
        yield _slim(Sheet(table, names, [(row.cells(), _decimals(row)) for row in rows]))


def _by_quarter(rows: Iterable[TidyRow]) -> Sheet | None:
    """Returns the readings of sectors by quarter, the statistics of each side by side; the quarters
    of a reading, and scenarios in a quarter, follow each other. None if there are none."""
    wanted = (*QUANTILES, "mean")
    found: dict[tuple[Any, ...], dict[str, float | None]] = {}
    decimals: dict[tuple[Any, ...], int | None] = {}
    for row in rows:
        if row.sector and row.reading in QUARTER_READINGS and row.statistic in wanted:
            key = (
                *(row.scenario, row.sector_name, row.sector, row.outcome, row.unit),
                *(row.quarter, row.day, row.reading, row.n, row.of, row.assumptions),
            )
            found.setdefault(key, {})[row.statistic] = row.value
            decimals[key] = _decimals(row)
    if not found:
        return None
    header = (
        *("scenario", "sector_name", "sector", "outcome", "unit", "quarter", "date", "reading"),
        *(*wanted, "n", "of", "assumptions"),
    )
    outcomes = list(dict.fromkeys(key[3] for key in found))

    def place(key: tuple[Any, ...]) -> tuple[Any, ...]:
        _, _, sector, outcome, _, quarter, _, reading, *_ = key
        return GOODS.index(sector), outcomes.index(outcome), reading, quarter

    cells = [
        ((*key[:8], *map(found[key].get, wanted), *key[8:]), decimals[key])
        for key in sorted(found, key=place)
    ]
    return _slim(Sheet(QUARTERS, header, cells))


def _slim(sheet: Sheet) -> Sheet:
    """Returns a sheet without its empty columns."""
    kept = [
        place
        for place in range(len(sheet.header))
        if any(cells[place] is not None and cells[place] != "" for cells, _ in sheet.rows)
    ]
    rows = [(tuple(cells[place] for place in kept), decimals) for cells, decimals in sheet.rows]
    return Sheet(sheet.name, tuple(sheet.header[place] for place in kept), rows)


def _decimals(row: TidyRow) -> int | None:
    """Returns the number of decimals a value is shown with; the cell holds it in full."""
    if row.unit in SHARES:
        return SHARE_DECIMALS
    stem = f"{row.outcome}[{row.sector}]" if row.sector else row.outcome
    step = step_of(stem)
    return None if step is None else max(0, -math.floor(math.log10(step) + 1.0e-9))


def _add(book: Any, sheet: Sheet, *, filtered: bool) -> None:
    """Adds a sheet with a header that stays in view."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.name)
    page.freeze_panes = "A2"
    for place, width in enumerate(_widths(sheet), 1):
        page.column_dimensions[get_column_letter(place)].width = width
    if filtered:
        last = get_column_letter(len(sheet.header))
        page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    head = [WriteOnlyCell(page, name) for name in sheet.header]
    for cell in head:
        cell.font = Font(bold=True)
    page.append(head)
    for cells, decimals in sheet.rows:
        made = [_cell(page, value, decimals) for value in cells]
        page.append(made if filtered else [_wrapped(page, value) for value in made])


def _cell(page: Any, value: Any, decimals: int | None) -> Any:
    """Returns a value as the library takes it: numbers as numbers, days as days, and text as text,
    even where it begins like a formula."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST_CELL]
        if not text.startswith(TAKEN):
            return text
        cell = WriteOnlyCell(page, text)
        cell.data_type = "s"
        # Text stays text when it is edited.
        cell.quotePrefix = True
        return cell
    if isinstance(value, float) and decimals is not None:
        cell = WriteOnlyCell(page, value)
        cell.number_format = f"0.{'0' * decimals}" if decimals else "0"
        return cell
    return value


def _wrapped(page: Any, value: Any) -> Any:
    """Returns a cell that shows all of a long text, and numbers where texts begin."""
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = value if isinstance(value, Cell) else WriteOnlyCell(page, value)
    cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    return cell


def _widths(sheet: Sheet) -> Iterator[float]:
    """Yields the width of each column in letters, that of its longest cell."""
    for place, name in enumerate(sheet.header):
        texts = (cells[place] for cells, _ in sheet.rows[:SAMPLED])
        lengths = (10 if isinstance(text, (date, float)) else len(str(text)) for text in texts)
        yield min(WIDEST, 2 + max(NARROWEST, len(name) + 2, *lengths))
