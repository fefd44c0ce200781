"""Files of an export: which there are, whether they can be written, and that they are whole."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sim.errors import UsageError, needs
from sim.experiment.store.columns import write_columns
from sim.experiment.store.csv_text import write_csv
from sim.experiment.store.disk import check_new, whole_file
from sim.report.exports.export import Export
from sim.report.exports.workbook import check_size, write_workbook

WORKBOOK: Final = ".xlsx"
CSV: Final = ".csv"
PARQUET: Final = ".parquet"
ENDINGS: Final = (WORKBOOK, CSV, PARQUET)
COVER: Final = ".cover.csv"
"""Ending of the cover of a CSV file, which has no room for one."""

SHOWN_NAME: Final = 80
"""Letters of a file name in an error that it may be the cause of."""


def check_file(file: str | Path) -> Path:
    """Checks that an export can be written, before anything is simulated, and returns its path.

    Raises:
        UsageError: The file is there already or cannot be written, has another ending, or the
            library that writes workbooks is missing.
    """
    target = Path(file)
    shown = str(target)[:SHOWN_NAME]
    if target.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"--export {shown}: the name must end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}, "
            "for a workbook, comma-separated values or a table for other programs; e.g. "
            "--export duties.xlsx"
        )
    for each in _files_of(target):
        check_new(each, f"--export {shown}")
    if target.suffix.lower() == WORKBOOK and find_spec("openpyxl") is None:
        raise UsageError(f"--export {shown}: {needs('spreadsheet')}; .csv and .parquet do without")
    return target


def write_export(export: Export, target: Path) -> list[Path]:
    """Writes an export as its ending says, and returns the files; each is complete or absent.

    Raises:
        UsageError: A file cannot be written, or a sheet would have too many rows.
    """
    write = {WORKBOOK: _write_workbook, CSV: _write_csv, PARQUET: _write_parquet}
    try:
        write[target.suffix.lower()](export, target)
    except OSError as error:
        raise UsageError(
            f"--export {target} cannot be written: {error.strerror or error}"
        ) from error
    return _files_of(target)


def _files_of(target: Path) -> list[Path]:
    """Returns the files of an export: a CSV file has its cover beside it."""
    if target.suffix.lower() == CSV:
        return [target, target.with_name(target.name[: -len(CSV)] + COVER)]
    return [target]


def _write_workbook(export: Export, target: Path) -> None:
    check_size(export)
    with whole_file(target) as temporary:
        write_workbook(export, temporary)


def _write_csv(export: Export, target: Path) -> None:
    table, cover = _files_of(target)
    names = [column.name for column in export.columns]
    with whole_file(table) as temporary, whole_file(cover) as beside:
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            write_csv(stream, names, (row.cells() for row in export.rows))
        with beside.open("w", encoding="utf-8", newline="") as stream:
            write_csv(stream, ("section", "item", "text"), export.cover)


def _write_parquet(export: Export, target: Path) -> None:
    cells = zip(*(row.cells() for row in export.rows), strict=True)
    columns = {
        column.name: (column.kind, values)
        for column, values in zip(export.columns, cells, strict=True)
    }
    notes = {f"{line.section}: {line.item}": str(line.text) for line in export.cover}
    write_columns(target, columns, notes)
