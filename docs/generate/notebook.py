"""Notebook runner: executes the cells of the example notebook and checks the output it holds.

`python -m docs.generate.notebook` compares the text of each output; `--renew` writes all outputs,
charts too, into the notebook. Cells run in a fresh kernel, in an empty folder.
"""

from __future__ import annotations

import copy
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import nbformat
from nbclient import NotebookClient

DOCS: Final = Path(__file__).resolve().parents[1]
NOTEBOOK: Final = DOCS / "notebook.ipynb"
LONGEST: Final = 600
"""Seconds that a cell may take."""

_PLACE: Final = re.compile(r" at 0x[0-9A-Fa-f]+")


def read(path: Path = NOTEBOOK) -> Any:
    """Returns a notebook."""
    return nbformat.read(path, as_version=4)


def played(notebook: Any, folder: Path) -> Any:
    """Returns a notebook with its cells executed in a folder."""
    # Results are kept in the folder, and the kernel imports this program.
    os.environ["DETENTE_RESULTS"] = str(folder / "results")
    os.environ["PYTHONPATH"] = str(DOCS.parent)
    again = copy.deepcopy(notebook)
    client = NotebookClient(
        again,
        timeout=LONGEST,
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        # A kernel on this machine warns that what it says is not encrypted.
        extra_arguments=["--log-level=ERROR"],
    )
    client.execute()
    again.metadata = notebook.metadata
    return again


def texts(cell: Any) -> list[str]:
    """Returns what a cell shows, as plain text; addresses in memory are left out."""
    shown = [out.get("text") or out.data.get("text/plain", "") for out in cell.get("outputs", ())]
    return [_PLACE.sub("", text) for text in shown]


def main() -> None:
    """Compares the notebook with the actual output, or rewrites it."""
    before = read()
    with tempfile.TemporaryDirectory() as folder:
        after = played(before, Path(folder))
    if "--renew" in sys.argv:
        nbformat.write(after, NOTEBOOK)
        return
    stale = [
        cell.source for cell, now in zip(before.cells, after.cells, strict=True)
        if texts(cell) != texts(now)
    ]  # fmt: skip
    for source in stale:
        sys.stderr.write(f"holds outdated output: {source.splitlines()[0]}\n")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
