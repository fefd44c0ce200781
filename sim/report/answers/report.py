"""Answer of `report`: the file written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.report.page import Page, Printable


@dataclass(frozen=True, slots=True, repr=False)
class ReportAnswer(Printable):
    """Report or brief that was written.

    Attributes:
        file: Path of the file.
        bytes: Size of the file.
        note: What a reader should know of it, e.g. why it is not the file that was asked for;
            empty for nothing.
    """

    file: Path
    bytes: int
    note: str = ""

    def line(self) -> str:
        """Returns the path of the file."""
        return str(self.file)

    def page(self) -> Page:
        """Returns a page that names the file."""
        page = Page()
        what = "One page to print" if self.file.suffix.lower() == ".pdf" else "Open it in a browser"
        page.verbatim(f"Wrote {self.file} ({self.bytes / 1e6:.1f} MB). {what}.")
        if self.note:
            page.say(self.note)
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the path, the size and the note as one JSON object."""
        return {
            "schema": 1,
            "file": str(self.file),
            "bytes": self.bytes,
            "note": self.note or None,
        }
