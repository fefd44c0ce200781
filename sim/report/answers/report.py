"""Answer of `report`: a page for the browser that was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.report.page import Page


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """A page for the browser that was written.

    Attributes:
        file: Where it is.
        bytes: How long it is.
    """

    file: Path
    bytes: int

    def page(self) -> Page:
        """Tells where the page is."""
        page = Page()
        page.verbatim(f"Wrote {self.file} ({self.bytes / 1e6:.1f} MB). Open it in a browser.")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the same as one JSON object."""
        return {"schema": 1, "file": str(self.file), "bytes": self.bytes}
