"""Answer of `report`, the file written, and answers that can be written as one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.report.figures.plots import check_plotting
from sim.report.files import check_target, write_file
from sim.report.html.parts.document import is_document
from sim.report.page import Page, Printable

if TYPE_CHECKING:
    from sim.experiment.runs.filler import Progress

OPTION: Final = "--report"
"""Option of the command line that names the file."""


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


def check_report(file: str | Path, option: str = OPTION) -> Path:
    """Checks that a report can be written, before anything is simulated, and returns its path.

    Raises:
        UsageError: matplotlib is not installed, or the file cannot be written or is something else.
    """
    check_plotting()
    target = Path(file)
    check_target(target, is_document, option, "report")
    return target


class Reportable(Printable):
    """Answer that can be written as one HTML page with its charts."""

    __slots__ = ()

    def document(self, command: str, drawing: Progress | None) -> str:
        """Returns the page.

        Args:
            command: The command that was typed; "" for none.
            drawing: Progress callback; receives (done, total) charts.
        """
        raise NotImplementedError

    def report(
        self, file: str | Path, *, command: str = "", drawing: Progress | None = None
    ) -> ReportAnswer:
        """Writes the answer as one HTML page.

        Args:
            file: File to write; a report that is there already is replaced.
            command: The command that was typed, to be told on the page.
            drawing: Called with (done, total) charts.

        Raises:
            UsageError: matplotlib is not installed, or the file cannot be written or is something
                else.
        """
        target = check_report(file)
        return ReportAnswer(*write_file(target, self.document(command, drawing)))
