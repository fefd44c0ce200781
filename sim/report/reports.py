"""Reports: what a caller names, played where it is not there, and written as one page of HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import UsageError
from sim.report.html.document import is_document
from sim.report.terminal import Page

if TYPE_CHECKING:
    from sim.report.compare_text import Contrast
    from sim.report.result import Result
    from sim.report.sweep_text import Grid

RUN: Final = "run"
COMPARISON: Final = "comparison"
SWEEP: Final = "sweep"

_BEGINNING: Final = 2000
"""Letters of a file in which a page says what it is."""


@dataclass(frozen=True, slots=True)
class Report:
    """A page that was written.

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


def kind_of(words: Sequence[str]) -> str:
    """Returns what words on the command line ask for: a run, a comparison or a sweep.

    Raises:
        UsageError: There are none, or scenarios and inputs are mixed.
    """
    if not words:
        raise UsageError(
            "report: name a scenario, several to compare, or a scenario and what to vary, e.g. "
            "detente report october-2025-apec"
        )
    inputs = [word for word in words[1:] if "=" in word]
    if not inputs:
        return RUN if len(words) == 1 else COMPARISON
    if len(inputs) < len(words) - 1:
        other = next(word for word in words[1:] if "=" not in word)
        raise UsageError(
            f"report: {inputs[0]} is to be varied, {other} is not; give one scenario and inputs "
            "as NAME=VALUES for a sweep, or scenarios alone for a comparison"
        )
    return SWEEP


def check_target(file: Path) -> None:
    """Refuses a file that cannot be written, or that holds anything but a report.

    Raises:
        UsageError: The same.
    """
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name a file in it with -o FILE")
    if not file.exists():
        return
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            ours = is_document(stream.read(_BEGINNING))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    if not ours:
        raise UsageError(f"{file} exists and is no report; choose another name with -o FILE")


def write(file: Path, text: str) -> Report:
    """Writes a page.

    Raises:
        UsageError: It cannot be written.
    """
    check_target(file)
    data = text.encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # A reader who reloads the page meets the old one or the new one, never half of it.
        partial = file.with_name(f".{file.name}.partial")
        partial.write_bytes(data)
        partial.replace(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
    return Report(file, len(data))


def name_of(found: Result | Contrast | Grid) -> str:
    """Returns the name a page gets if none is given: the same for the same result."""
    from sim.report.compare_text import Contrast
    from sim.report.result import Result

    if isinstance(found, Result):
        return f"{found.directory.name}.html"
    if isinstance(found, Contrast):
        batches = [found.comparisons[0].a, *(comparison.b for comparison in found.comparisons)]
        names = "-vs-".join(batch.resolved.name for batch in batches)
        return f"{names}-{_digest(*(batch.id for batch in batches))}.html"
    sweep = found.sweep
    return f"{sweep.scenario}-sweep-{_digest(*(point.id for point in sweep.points))}.html"


def _digest(*ids: str) -> str:
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()[:10]
