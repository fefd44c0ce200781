"""Requests for reports: a run, a comparison or a sweep, written as one page of HTML."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

from sim.errors import UsageError
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.filler import Progress
from sim.report.figures.plots import check_plotting
from sim.report.html.command import sweep_command
from sim.report.html.comparison import comparison_document
from sim.report.html.parts.document import is_document
from sim.report.html.run import run_document
from sim.report.html.sweep import sweep_document
from sim.report.pages.run.digest import Digest
from sim.requests.comparison import Sides, read_sides
from sim.requests.options import Options
from sim.requests.studies import request_study, sweep_scenario

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


class ReportOptions(TypedDict):
    """Options that some kinds of report take and others do not.

    Attributes:
        brief: Whether a comparison leaves out the background of its verdicts.
        outcomes: Outcomes of a sweep.
        sample: How the points of a sweep are drawn; None for a grid.
        replicates: Histories at each drawn point.
    """

    brief: bool
    outcomes: Sequence[str]
    sample: str | None
    replicates: int | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A page for the browser.

    Attributes:
        file: Where it goes unless another place is asked for: the same for the same result.
        text: Its HTML.
    """

    file: Path
    text: str


def write_page(
    words: Sequence[str | Batch],
    file: str | Path | None,
    own: ReportOptions,
    options: Options,
    *,
    comparing: Progress | None = None,
    drawing: Progress | None = None,
) -> tuple[Path, int]:
    """Writes the page of a run, a comparison or a sweep, playing what is not there.

    Args:
        words: Scenarios, stored results and batches; or a scenario and what to vary.
        file: Where; None for a name of its own in the results folder.
        own: Options that some kinds of report take.
        options: How it is played.
        comparing: Told (done, 100) as a comparison goes on.
        drawing: Told (done, total) pictures.

    Returns:
        Where the page is, and how many bytes it takes.

    Raises:
        SimError: As `read_sides` or `sweep_scenario`; or an option means nothing here, matplotlib
            is missing, or the file is another's or cannot be written.
    """
    kind = kind_of(words, own["sample"])
    check_meaning(kind, {**options, **own})
    check_plotting()
    if file is not None:
        check_target(Path(file))
    if kind == SWEEP:
        page = _sweep(list(map(str, words)), own, options, drawing)
    else:
        sides = read_sides(words, options)
        if kind == RUN:
            page = _run(sides, drawing)
        else:
            page = _comparison(sides, drawing, comparing, brief=own["brief"])
    if file is not None:
        return _write(Path(file), page.text)
    check_target(page.file)
    return _write(page.file, page.text)


def kind_of(words: Sequence[str | Batch], sample: str | None = None) -> str:
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


def check_meaning(kind: str, options: Mapping[str, object]) -> None:
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


def _run(sides: Sides, drawing: Progress | None) -> ReportPage:
    (batch,) = sides.play()
    text = run_document(Digest(batch), sides.names[0], drawing)
    return ReportPage(sides.means.store.root / f"{batch.directory.name}.html", text)


def _comparison(
    sides: Sides, drawing: Progress | None, comparing: Progress | None, *, brief: bool
) -> ReportPage:
    contrast = sides.contrast(brief=brief, comparing=comparing)
    names = "-vs-".join(batch.resolved.name for batch in contrast.batches)
    digest = _digest(batch.id for batch in contrast.batches)
    text = comparison_document(contrast, sides.names, drawing)
    file = sides.means.store.root / f"{names[:MOST_LETTERS]}-{digest}.html"
    return ReportPage(file, text)


def _sweep(
    words: Sequence[str], own: ReportOptions, options: Options, drawing: Progress | None
) -> ReportPage:
    scenario, *axes = words
    study, outcomes = request_study(scenario, options), own["outcomes"]
    sweep = sweep_scenario(study, axes, outcomes, own["sample"], own["replicates"], options)
    # Without the days of outcomes, which belong to the sweep and not to the scenario.
    base = study.start.resolved()
    command = sweep_command(sweep, base, scenario, axes, asked=bool(outcomes))
    digest = _digest(point.id for point in sweep.points)
    text = sweep_document(sweep, base, command, drawing)
    return ReportPage(study.means.store.root / f"{sweep.scenario}-sweep-{digest}.html", text)


def _write(file: Path, text: str) -> tuple[Path, int]:
    data = text.encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # A reader who reloads the page meets the old one or the new one, never half of it.
        partial = file.with_name(f".{file.name}.partial")
        partial.write_bytes(data)
        partial.replace(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
    return file, len(data)


def _digest(ids: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()[:10]
