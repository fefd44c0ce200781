"""Requests for reports: a batch, a comparison or a sweep, written as one HTML file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

from sim.errors import UsageError
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.companion import stored_companion
from sim.experiment.runs.filler import Progress
from sim.report.figures.plots import check_plotting
from sim.report.files import WrittenFile, check_target, write_file
from sim.report.html.brief import is_brief
from sim.report.html.command import sweep_command
from sim.report.html.comparison import comparison_document
from sim.report.html.parts.document import is_document
from sim.report.html.run import run_document
from sim.report.html.sweep import sweep_document
from sim.report.pages.run.digest import Digest
from sim.requests.comparison import Sides, read_sides
from sim.requests.options import Options
from sim.requests.studies import request_study, sweep_scenario
from sim.requests.written.brief import PDF, check_ending, write_brief
from sim.requests.written.slices import slices_of

RUN: Final = "run"
COMPARISON: Final = "comparison"
SWEEP: Final = "sweep"

_PRECISION: Final = ("precision", "precision_for", "max_runs")
_STUDY: Final = ("outcomes", "sample", "replicates")
FOREIGN: Final = {
    RUN: _STUDY,
    COMPARISON: ("no_slices", *_PRECISION, *_STUDY),
    SWEEP: ("brief", "no_slices", "given", "events", "paths", *_PRECISION),
}
"""Options that do not apply, by kind of report."""

FLAGS: Final = {"outcomes": "--outcome"}
"""Command-line names of options that are named differently in the API."""

MOST_LETTERS: Final = 120
"""Maximum length of scenario names in a file name, which file systems limit."""


class ReportOptions(TypedDict):
    """Options that only some kinds of report take.

    Attributes:
        brief: Whether a run is written as a brief, or a comparison without the background of its
            verdicts.
        slices: Whether a run has the section in which a reader moves the most telling inputs.
        outcomes: Outcomes of a sweep.
        sample: How the points of a sweep are drawn; None for a grid.
        replicates: Runs at each drawn point.
    """

    brief: bool
    slices: bool
    outcomes: Sequence[str]
    sample: str | None
    replicates: int | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """HTML report.

    Attributes:
        file: Default path, always the same for the same result.
        text: HTML.
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
    slicing: Progress | None = None,
    drawing: Progress | None = None,
) -> WrittenFile:
    """Writes the report of a run, a comparison or a sweep, or the brief of a run, running what is
    not stored.

    Args:
        words: Scenarios, stored results and batches; or a scenario and the inputs to vary.
        file: Path; None for a default name in the results folder.
        own: Options that only some kinds of report take.
        options: Options of the runs.
        comparing: Progress callback of a comparison; receives (done, 100).
        slicing: Progress callback of the slices of a run; receives (done, total) runs.
        drawing: Progress callback; receives (done, total) charts.

    Returns:
        The file.

    Raises:
        SimError: As for `read_sides` or `sweep_scenario`; or an option does not apply, matplotlib
            is missing, or the file is not a report or cannot be written.
    """
    kind = kind_of(words, own["sample"])
    check_meaning(kind, {**options, **own, "no_slices": not own["slices"]})
    check_plotting()
    is_short = kind == RUN and own["brief"]
    if file is not None:
        _check_file(Path(file), is_short=is_short)
    if kind == SWEEP:
        page = _sweep(list(map(str, words)), own, options, drawing)
    else:
        sides = read_sides(words, options)
        if is_short:
            target = None if file is None else Path(file)
            return write_brief(sides.names[0], _played(sides), sides.means, target)
        if kind == RUN:
            page = _run(sides, own, slicing, drawing)
        else:
            page = _comparison(sides, drawing, comparing, brief=own["brief"])
    if file is not None:
        return write_file(Path(file), page.text)
    check_target(page.file, is_document, "-o", "report")
    return write_file(page.file, page.text)


def kind_of(words: Sequence[str | Batch], sample: str | None = None) -> str:
    """Returns the kind of report: run, comparison or sweep.

    Args:
        words: Scenarios and results; or a scenario and the inputs to vary.
        sample: Sampling method, which makes it a sweep.

    Raises:
        UsageError: There are none, or scenarios and inputs are mixed.
    """
    if not words:
        raise UsageError(
            "report: name a scenario, several scenarios, or a scenario and inputs to vary, e.g. "
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
            f"report: {inputs[0]} is an input to vary, but {other} is not; give one scenario and "
            "inputs as NAME=VALUES for a sweep, or only scenarios for a comparison"
        )
    return SWEEP


def check_meaning(kind: str, options: Mapping[str, object]) -> None:
    """Checks that all options apply to the kind of report.

    Raises:
        UsageError: One does not apply.
    """
    for name in FOREIGN[kind]:
        if options.get(name) not in (None, False, (), [], "first"):
            flag = FLAGS.get(name, f"--{name.replace('_', '-')}")
            raise UsageError(f"{flag} does not apply to the report of a {kind}; omit it")


def _check_file(file: Path, *, is_short: bool) -> None:
    """Checks the name of a report or a brief, and that nothing else is written over.

    Raises:
        UsageError: It has another ending, cannot be written, or is something else.
    """
    if is_short:
        check_ending(file)
        check_target(file, is_brief, "-o", "brief")
        return
    if file.suffix.lower() == PDF:
        raise UsageError(
            f"-o {file}: a report is an HTML page; for one A4 page as PDF, of a run, add --brief"
        )
    check_target(file, is_document, "-o", "report")


def _run(
    sides: Sides, own: ReportOptions, slicing: Progress | None, drawing: Progress | None
) -> ReportPage:
    batch, drawn = _played(sides)
    whatif = slices_of(batch, sides.means, slicing, drawing) if own["slices"] else None
    text = run_document(Digest(batch, drawn), sides.names[0], whatif, drawing)
    return ReportPage(sides.means.store.root / f"{batch.directory.name}.html", text)


def _played(sides: Sides) -> tuple[Batch, Batch | None]:
    """Returns the runs of a scenario, played or stored, and their companion."""
    (side,) = sides.sides
    if isinstance(side, Batch):
        return side, stored_companion(sides.means.store, side)
    return side.play_with_companion()


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
    # Without the dates of outcomes, which belong to the sweep and not to the scenario.
    base = study.start.resolved()
    command = sweep_command(sweep, base, scenario, axes, asked=bool(outcomes))
    digest = _digest(point.id for point in sweep.points)
    text = sweep_document(sweep, base, command, drawing)
    return ReportPage(study.means.store.root / f"{sweep.scenario}-sweep-{digest}.html", text)


def _digest(ids: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()[:10]
