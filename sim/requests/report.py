"""Requests for reports: a batch, a comparison or a sweep, written as one HTML file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypedDict

from sim.engine.choice import can_compile, takes
from sim.errors import UsageError
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.companion import stored_companion
from sim.experiment.runs.design import Means
from sim.experiment.runs.filler import Progress
from sim.experiment.sensitivity.slices import (
    INPUTS,
    MOST_RUNS,
    Slice,
    play_slices,
    runs_of_slices,
)
from sim.experiment.sensitivity.telling import PER_VECTOR, VECTORS, screen_inputs
from sim.experiment.store.identity import model_version
from sim.report.figures.plots import check_plotting
from sim.report.files import check_target, write_file
from sim.report.html.command import sweep_command
from sim.report.html.comparison import comparison_document
from sim.report.html.parts.document import Section, is_document
from sim.report.html.parts.slices import slices_section, turned
from sim.report.html.run import run_document
from sim.report.html.sweep import sweep_document
from sim.report.pages.run.digest import Digest
from sim.requests.comparison import Sides, read_sides
from sim.requests.options import Options
from sim.requests.studies import request_study, sweep_scenario

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
        brief: Whether a run omits the answer over the assumed ranges, or a comparison the
            background of its verdicts.
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
) -> tuple[Path, int]:
    """Writes the report of a run, a comparison or a sweep, running what is not stored.

    Args:
        words: Scenarios, stored results and batches; or a scenario and the inputs to vary.
        file: Path; None for a default name in the results folder.
        own: Options that only some kinds of report take.
        options: Options of the runs.
        comparing: Progress callback of a comparison; receives (done, 100).
        slicing: Progress callback of the slices of a run; receives (done, total) runs.
        drawing: Progress callback; receives (done, total) charts.

    Returns:
        Path and size in bytes of the file.

    Raises:
        SimError: As for `read_sides` or `sweep_scenario`; or an option does not apply, matplotlib
            is missing, or the file is not a report or cannot be written.
    """
    kind = kind_of(words, own["sample"])
    check_meaning(kind, {**options, **own, "no_slices": not own["slices"]})
    check_plotting()
    if file is not None:
        check_target(Path(file), is_document, "-o", "report")
    if kind == SWEEP:
        page = _sweep(list(map(str, words)), own, options, drawing)
    else:
        sides = read_sides(words, options)
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


def _run(
    sides: Sides, own: ReportOptions, slicing: Progress | None, drawing: Progress | None
) -> ReportPage:
    (side,) = sides.sides
    if isinstance(side, Batch):
        batch, drawn = side, stored_companion(sides.means.store, side)
    else:
        batch, drawn = side.play_with_companion(brief=own["brief"])
    whatif = slices_of(batch, sides.means, slicing, drawing) if own["slices"] else None
    text = run_document(Digest(batch, drawn), sides.names[0], whatif, drawing)
    return ReportPage(sides.means.store.root / f"{batch.directory.name}.html", text)


def slices_of(
    batch: Batch, means: Means, slicing: Progress | None, drawing: Progress | None
) -> Section | None:
    """Returns the section in which a reader moves the most telling inputs of a scenario.

    Args:
        batch: Its runs.
        means: Store, workers and notes.
        slicing: Progress callback; receives (done, total) runs.
        drawing: Progress callback; receives (done, total) charts.

    Returns:
        The section; None where its settings would not be comparable with the batch (drawn numbers,
        conditions, another version of the model), where nothing finishes, or, with a note, without
        compiled code.

    Raises:
        UsageError: The results folder cannot be written.
    """
    base = batch.resolved
    known = batch.model_version == model_version() and batch.counted.any()
    if batch.per_vector or batch.given or not known:
        return None
    if not (can_compile() and takes(base)):
        means.note("the page has no inputs to move: they take compiled code, which needs numba")
        return None
    means = replace(means, seed=batch.seed)
    n, done, total = min(batch.n, MOST_RUNS), 0, VECTORS * PER_VECTOR

    def advance(runs: int) -> None:
        nonlocal done
        done += runs
        if slicing:
            slicing(done, total)

    means.note(
        f"finding the {INPUTS} most telling inputs, and playing {n:,} runs at each value of them; "
        "--no-slices does without"
    )
    ranking = screen_inputs(base, means, advance)
    assert ranking is not None, "only a question of `stop` ends it early"
    ranking = replace(ranking, inputs=ranking.inputs[:INPUTS])
    done, total = 0, runs_of_slices(base, ranking.inputs, n)
    played = play_slices(base, ranking.inputs, n, means, advance)
    slices = [turned(each, ranking) for each in played if _is_shown(each)]
    return slices_section(slices, base, ranking, n, drawing) if slices else None


def _is_shown(each: Slice) -> bool:
    """Returns whether a reader has something to move, and runs finish wherever it is moved to."""
    return len(each.levels) > 1 and all(batch.counted.any() for batch in each.batches)


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
