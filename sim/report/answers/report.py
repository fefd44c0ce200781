"""Answer of `report`: the HTML file written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.report.page import Page, Printable


@dataclass(frozen=True, slots=True, repr=False)
class ReportAnswer(Printable):
    """HTML report that was written.

    Attributes:
        file: Path of the file.
        bytes: Size of the file.
    """

    file: Path
    bytes: int

    def line(self) -> str:
        """Returns the path of the file."""
        return str(self.file)

    def page(self) -> Page:
        """Returns a page that names the file."""
        page = Page()
        page.verbatim(f"Wrote {self.file} ({self.bytes / 1e6:.1f} MB). Open it in a browser.")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the path and the size as one JSON object."""
        return {"schema": 1, "file": str(self.file), "bytes": self.bytes}
