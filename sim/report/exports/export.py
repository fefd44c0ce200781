"""Export of an answer: its rows and their cover, and the answers that have one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sim.report.exports.cover import CoverLine, closing_lines, source_lines, word_lines
from sim.report.exports.tidy import TidyColumn, TidyRow, columns_with
from sim.report.page import Printable


@dataclass(frozen=True, slots=True)
class Export:
    """Numbers of an answer, ready to be written.

    Attributes:
        cover: What the numbers are, line by line.
        columns: Columns of the rows.
        rows: The numbers.
    """

    cover: tuple[CoverLine, ...]
    columns: tuple[TidyColumn, ...]
    rows: tuple[TidyRow, ...]


def bound(
    about: Iterable[CoverLine],
    rows: Iterable[TidyRow],
    sources: Iterable[str],
    inputs: tuple[TidyColumn, ...] = (),
    command: str = "",
) -> Export:
    """Returns an export.

    Args:
        about: What the numbers are.
        rows: The numbers.
        sources: Keys of the sources they rest on.
        inputs: Columns of a sweep's inputs.
        command: The command that was typed.
    """
    held, columns = tuple(rows), columns_with(inputs)
    lines = (*about, *closing_lines(command), *word_lines(held, columns), *source_lines(sources))
    return Export(lines, columns, held)


class Exportable(Printable):
    """Answer whose numbers can be written to a file for other programs."""

    __slots__ = ()

    def tables(self, command: str = "") -> Export:
        """Returns the numbers as one long table, with a cover.

        Args:
            command: The command that was typed, for the cover.
        """
        raise NotImplementedError

    def export(self, file: str | Path, *, command: str = "") -> list[Path]:
        """Writes the numbers to a new workbook (.xlsx), CSV file (.csv, with its cover beside it)
        or Parquet file (.parquet), and returns the files.

        Args:
            file: File to write; its ending says which of the three.
            command: The command that was typed, for the cover.

        Raises:
            UsageError: The file exists, has another ending or cannot be written, or the library
                that writes workbooks is missing.
        """
        from sim.report.exports.files import check_file, write_export

        return write_export(self.tables(command), check_file(file))
