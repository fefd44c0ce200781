"""Tables that users write as CSV files: untrusted, limited in size, read with line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.errors import ScenarioError, nearest
from sim.scenario.catalog import SHOWN_NAME

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 10_000
WRONG_LENGTH: Final = (
    "does not have the fields of the header; put a text that holds a comma in double quotes"
)
"""What is wrong with a row that `user_rows` returns without cells."""


@dataclass(frozen=True, slots=True)
class TableForm:
    """Form of a table.

    Attributes:
        noun: What it is called in errors, e.g. `a schedule`.
        rows: What each of its rows gives, e.g. `each row gives the points of a duty`.
        required: Columns it has.
        optional: Columns it may have.
    """

    noun: str
    rows: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def check_header(self, header: Sequence[str], name: str) -> None:
        """Checks the names of the columns.

        Raises:
            ScenarioError: One is unknown, missing, or comes twice.
        """
        known = (*self.required, *self.optional)
        may = f" and may have {', '.join(self.optional)}" if self.optional else ""
        wanted = f"{self.noun} has the columns {', '.join(self.required)}{may}"
        if not any(header):
            raise ScenarioError.single(name, f"is empty; {wanted}")
        if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
            raise ScenarioError.single(
                name, "has one column; put commas, not semicolons or tabs, between the columns"
            )
        for column in header:
            if column not in known:
                shown = column[:SHOWN_NAME]
                hint = nearest(shown, known)
                raise ScenarioError.single(name, f"has a column {shown!r}{hint}; {wanted}")
            if header.count(column) > 1:
                raise ScenarioError.single(name, f"has two columns {column}; {wanted}")
        missing = [column for column in self.required if column not in header]
        if missing:
            raise ScenarioError.single(name, f"has no column {', '.join(missing)}; {wanted}")

    def check_count(self, count: int, name: str) -> None:
        """Checks the number of rows.

        Raises:
            ScenarioError: There are none, or too many.
        """
        if not count:
            raise ScenarioError.single(name, f"has no rows; {self.rows}")
        if count > MOST_ROWS:
            raise ScenarioError.single(name, f"has {count:,} rows; {self._limit}")

    @property
    def _limit(self) -> str:
        return f"{self.noun} has at most {MOST_ROWS:,} rows"

    def rows_of_text(self, text: str, name: str) -> list[tuple[int, dict[str, str]]]:
        """Returns the rows of a CSV file with their line numbers: cells by column, and none for a
        row of another length than the header.

        Args:
            text: The text of the file.
            name: Name of the file in errors.

        Raises:
            ScenarioError: The text is no such table.
        """
        if len(text.encode("utf-8", "replace")) > MOST_BYTES:
            megabytes = MOST_BYTES // 1_000_000
            raise ScenarioError.single(name, f"is larger than {megabytes} MB; {self._limit}")
        # A spreadsheet may put a mark of the encoding before the first letter.
        lines = io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), newline="")
        table = csv.reader(lines, strict=True)
        try:
            header = [column.strip() for column in next(table, [])]
            self.check_header(header, name)
            rows = [(table.line_num, cells) for cells in table if any(map(str.strip, cells))]
        except csv.Error as error:
            raise ScenarioError.single(f"{name}:{table.line_num}", f"is not CSV: {error}") from None
        self.check_count(len(rows), name)
        return [(line, _named(header, cells)) for line, cells in rows]


def _named(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Returns the cells of a row by column; of a row of another length, none."""
    return dict(zip(header, cells, strict=True)) if len(cells) == len(header) else {}
