"""Answer whose numbers can be exported: the base of those of run, compare, sweep and others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.exports.export import Export
from sim.report.exports.files import check_file, write_export
from sim.report.page import Printable

if TYPE_CHECKING:
    import pandas as pd


class Exportable(Printable):
    """Answer whose numbers can be written to a file for other programs."""

    __slots__ = ()

    def tables(self, command: str = "") -> Export:
        """Returns the numbers as one long table, with a cover.

        Args:
            command: The command that was typed, for the cover.
        """
        raise NotImplementedError

    def frame(self) -> pd.DataFrame:
        """Returns the numbers as a data frame, one a row: `value`, and in the other columns what
        number it is (see docs/spreadsheet.md).

        Raises:
            UsageError: pandas is not installed.
        """
        from sim.report.exports.frame import check_frames, tidy_frame

        check_frames()
        return tidy_frame(self.tables())

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
        return write_export(self.tables(command), check_file(file))
