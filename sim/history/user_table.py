"""CSV tables that users give: size, header and number of rows are checked before any cell is read.

They are untrusted input. Cells stay text: nothing in a table is ever evaluated.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, ScenarioError, nearest
from sim.history.csv_table import Row
from sim.history.text_files import SHOWN_NAME, is_file, name_of, read_text, shown

MOST_ROWS: Final = 10_000
MOST_BYTES: Final = 2_000_000
LAST_DATE: Final = date(2199, 12, 31)

NOT_THE_FIELDS: Final = (
    "does not have the fields of the header; put a text that holds a comma in double quotes"
)
"""Said of a row of another length than the header."""


class CellError(ValueError):
    """A cell that cannot be used, and its column; no column if the whole row cannot be."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class TableShape:
    """Shape of a kind of table.

    Attributes:
        kind: What the table is called, with its article: `a schedule`.
        rows: What each of its rows gives, for the error of a table without rows.
        required: Columns that it must have.
        optional: Columns that it may have.
        template: Command that prints such a table, for the error of a file that does not exist;
            empty if none does.
    """

    kind: str
    rows: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    template: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """All its columns."""
        return (*self.required, *self.optional)

    @property
    def limit(self) -> str:
        """Sentence that says how many rows it may have."""
        return f"{self.kind} has at most {MOST_ROWS:,} rows"


def table_in_file(path: Path, shape: TableShape, option: str = "") -> list[tuple[int, Row]]:
    """Returns the rows of a user's file with their line numbers (see `table_in_text`).

    Args:
        path: The file.
        shape: What the table may hold.
        option: Option that names the file, for the error if it does not exist.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file cannot be read or named, or is no such table.
    """
    if not is_file(path):
        hint = f"; `{shape.template}` prints {shape.kind} to save and fill in"
        told = f"{option}: " if option else ""
        told += f"there is no file {quoted(str(path))}"
        raise NotFoundError(told + hint if shape.template else told)
    name_of(path)  # refuses a name that cannot be printed
    return table_in_text(read_text(path, MOST_BYTES), shown(path), shape)


def table_in_text(text: str, name: str, shape: TableShape) -> list[tuple[int, Row]]:
    """Returns the rows of a table with their line numbers; a row of another length than the header
    is empty. Empty lines and lines that begin with `#` are left out.

    Args:
        text: The text of a CSV file.
        name: Name of the file in errors.
        shape: What the table may hold.

    Raises:
        ScenarioError: The text is no such table.
    """
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise ScenarioError.single(
            name, f"is larger than {MOST_BYTES // 1_000_000} MB; {shape.limit}"
        )
    # A spreadsheet may put a mark of the encoding before the first letter.
    lines = io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), newline="")
    table = csv.reader(lines, strict=True)
    try:
        rows = [(table.line_num, cells) for cells in table if _is_row(cells)]
    except csv.Error as error:
        raise ScenarioError.single(f"{name}:{table.line_num}", f"is not CSV: {error}") from None
    header = [column.strip() for column in rows[0][1]] if rows else []
    check_header(header, name, shape)
    check_count(len(rows) - 1, name, shape)
    return [(line, _named(header, cells)) for line, cells in rows[1:]]


def check_count(count: int, name: str, shape: TableShape) -> None:
    """Checks the number of rows.

    Raises:
        ScenarioError: There are none, or too many.
    """
    if not count:
        raise ScenarioError.single(name, f"has no rows; {shape.rows}")
    if count > MOST_ROWS:
        raise ScenarioError.single(name, f"has {count:,} rows; {shape.limit}")


def check_header(header: Sequence[str], name: str, shape: TableShape) -> None:
    """Checks the names of the columns.

    Raises:
        ScenarioError: One is missing, unknown or there twice.
    """
    wanted = f"{shape.kind} has the columns {', '.join(shape.required)}"
    if shape.optional:
        wanted += f" and may have {', '.join(shape.optional)}"
    if not any(header):
        raise ScenarioError.single(name, f"is empty; {wanted}")
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise ScenarioError.single(
            name, "has one column; put commas, not semicolons or tabs, between the columns"
        )
    for column in header:
        if column not in shape.columns:
            hint = nearest(column[:SHOWN_NAME], shape.columns)
            raise ScenarioError.single(name, f"has a column {quoted(column)}{hint}; {wanted}")
        if header.count(column) > 1:
            raise ScenarioError.single(name, f"has two columns {column}; {wanted}")
    missing = [column for column in shape.required if column not in header]
    if missing:
        raise ScenarioError.single(name, f"has no column {', '.join(missing)}; {wanted}")


def day_in(column: str, text: str) -> date:
    """Returns a day written as YYYY-MM-DD.

    Raises:
        CellError: It is no day, or after `LAST_DATE`.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CellError(
            column, f"{quoted(text)} is not a date; write it as YYYY-MM-DD, e.g. 2025-04-09"
        ) from None
    if day > LAST_DATE:
        raise CellError(column, f"{day} is after {LAST_DATE}, the last day of a table")
    return day


def number_in(column: str, text: str) -> float:
    """Returns a finite number.

    Raises:
        CellError: It is none.
    """
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise CellError(column, f"{quoted(text)} is not a number; write it as 25 or 12.5")
    return number


def quoted(text: str) -> str:
    """Returns a user's text for an error: in quotes, nothing unprintable, cut if it is long."""
    return repr(text if len(text) <= SHOWN_NAME else f"{text[:SHOWN_NAME]}...")


def _is_row(cells: Sequence[str]) -> bool:
    """Returns whether a line holds a row: it is neither empty nor a comment."""
    return any(map(str.strip, cells)) and not cells[0].startswith("#")


def _named(header: Sequence[str], cells: Sequence[str]) -> Row:
    """Returns the cells of a row by column; of a row of another length, none."""
    return dict(zip(header, cells, strict=True)) if len(cells) == len(header) else {}
