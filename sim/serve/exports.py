"""Exports: the numbers of an answer as a file, the workbook and the table of `--export`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sim.experiment.runs.batch import Batch
from sim.report.answers.run import RunAnswer
from sim.report.exports.files import CSV, WORKBOOK
from sim.serve.repeats import command_of
from sim.serve.settings import Setting

KINDS: Final = {
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
"""Media types of the files, by their ending."""


def endings() -> tuple[str, ...]:
    """Returns the endings on offer: a workbook needs a library of its own."""
    return tuple(KINDS) if find_spec("openpyxl") else (CSV,)


def exported(setting: Setting, batch: Batch, ending: str) -> bytes:
    """Returns the numbers of an answer as a file; a table comes without its cover, which is a file
    of its own.

    Args:
        setting: What was asked.
        batch: Its runs.
        ending: One of `endings`.

    Raises:
        UsageError: The file cannot be written.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{batch.id}{ending}"
        RunAnswer(batch).export(file, command=command_of(setting, batch))
        return file.read_bytes()
