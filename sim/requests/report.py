"""Reports: what a caller names, played where it is not there, and written as one page of HTML."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import UsageError
from sim.report.html.parts.document import is_document
from sim.report.page import Page
from sim.requests.options import Options, Progress, is_stored, open_store, resolve

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.report.answers.result import Result
    from sim.report.pages.compare.page import Contrast
    from sim.report.pages.search.sweep import SweepResult

RUN: Final = "run"
COMPARISON: Final = "comparison"
SWEEP: Final = "sweep"

_PRECISION: Final = ("precision", "precision_for", "most")
_STUDY: Final = ("outcomes", "sample", "replicates")
FOREIGN: Final = {
    RUN: ("brief", *_STUDY),
    COMPARISON: (*_PRECISION, *_STUDY),
    SWEEP: ("brief", "given", "events", "paths", *_PRECISION),
}
"""Options that mean nothing for the one or the other."""

FLAGS: Final = {"outcomes": "--outcome", "precision_for": "--for", "most": "--max"}
"""Options that are typed otherwise than they are called."""

MOST_LETTERS: Final = 120
"""Of the names in that of a file, which a file system limits."""

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


def kind_of(words: Sequence[str | Result], sample: str | None = None) -> str:
    """Returns what is asked for: a run, a comparison or a sweep.

    Args:
        words: Scenarios and results; or a scenario and what to vary.
        sample: How points are to be drawn: then it is a sweep.

    Raises:
        UsageError: There are none, or scenarios and inputs are mixed.
    """
    if not words:
        raise UsageError(
            "report: name a scenario, several to compare, or a scenario and what to vary, e.g. "
            "detente report october-2025-apec"
        )
    inputs = [word for word in words[1:] if isinstance(word, str) and "=" in word]
    if sample is not None:
        return SWEEP
    if not inputs:
        return RUN if len(words) == 1 else COMPARISON
    if len(inputs) < len(words) - 1 or not isinstance(words[0], str):
        other = next((word for word in words[1:] if word not in inputs), words[0])
        raise UsageError(
            f"report: {inputs[0]} is to be varied, {other} is no input; give one "
            "scenario and inputs as NAME=VALUES for a sweep, or scenarios alone to compare"
        )
    return SWEEP


def check_options(kind: str, options: Mapping[str, object]) -> None:
    """Refuses options that mean nothing for what is asked for.

    Raises:
        UsageError: One does.
    """
    for name in FOREIGN[kind]:
        if options.get(name) not in (None, False, (), [], "first"):
            flag = FLAGS.get(name, f"--{name}")
            raise UsageError(f"{flag} means nothing for the report of a {kind}; leave it out")


def check_target(file: Path) -> None:
    """Refuses a file that cannot be written, or that holds anything but a report.

    Raises:
        UsageError: The same.
    """
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name a file in it with -o FILE")
    if not file.exists():
        above = next(folder for folder in file.absolute().parents if folder.exists())
        if not (above.is_dir() and os.access(above, os.W_OK)):
            raise UsageError(f"{file} cannot be written: {above} is no folder to write to")
        return
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            ours = is_document(stream.read(_BEGINNING))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    if not ours:
        raise UsageError(f"{file} exists and is no report; choose another name with -o FILE")


def publish(
    found: Result | Contrast | SweepResult,
    words: Sequence[str | Result],
    file: str | Path | None,
    options: Options,
    drawing: Progress | None = None,
) -> Report:
    """Writes the page of what was found.

    Args:
        found: The runs, the comparison or the sweep.
        words: What it was asked for by, to repeat it.
        file: Where; None for a name of its own in the results folder.
        options: How it was played.
        drawing: Told (done, total) pictures.

    Raises:
        UsageError: The file is another's or cannot be written.
    """
    from sim.report.answers.result import Result
    from sim.report.html.command import sweep_command
    from sim.report.html.comparison import comparison_document
    from sim.report.html.run import run_document
    from sim.report.html.sweep import sweep_document
    from sim.report.pages.compare.page import Contrast

    results = options.get("results")
    target = open_store(results).root / _name(found) if file is None else Path(file)
    if isinstance(found, Result):
        text = run_document(found, _typed(words[0], found.batch, results), drawing)
    elif isinstance(found, Contrast):
        sides = zip(words, found.batches, strict=True)
        text = comparison_document(found, [_typed(*side, results) for side in sides], drawing)
    else:
        scenario, *axes = map(str, words)
        base = resolve(scenario, options)
        text = sweep_document(found, base, sweep_command(found, base, scenario, axes), drawing)
    return _write(target, text)


def _write(file: Path, text: str) -> Report:
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


def _name(found: Result | Contrast | SweepResult) -> str:
    """Returns the name a page gets if none is given: the same for the same result."""
    from sim.report.answers.result import Result
    from sim.report.pages.compare.page import Contrast

    if isinstance(found, Result):
        return f"{found.directory.name}.html"
    if isinstance(found, Contrast):
        names = "-vs-".join(batch.resolved.name for batch in found.batches)
        return f"{names[:MOST_LETTERS]}-{_digest(*(batch.id for batch in found.batches))}.html"
    sweep = found.sweep
    return f"{sweep.scenario}-sweep-{_digest(*(point.id for point in sweep.points))}.html"


def _typed(word: str | Result, batch: Batch, results: str | Path | None) -> str:
    """Returns what to type for a side of which more may be known than its name."""
    return word if isinstance(word, str) and not is_stored(word, results) else batch.resolved.name


def _digest(*ids: str) -> str:
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()[:10]
