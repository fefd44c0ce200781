"""Pages of stored studies side by side, and of a study played again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.outcomes.figures import SHARE
from sim.experiment.stats.json_form import finite, interval
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.pages.store.results import (
    figure_json,
    figure_text,
    figure_words,
    stored_json,
)
from sim.report.words.commands import say_command
from sim.report.words.numbers import (
    NOTHING,
    count_text,
    number_text,
    rounded_up,
    signed,
    step_of,
    unit_mark,
)

if TYPE_CHECKING:
    from sim.experiment.bench.difference import Moved, StudyDifference
    from sim.experiment.bench.rerun import Rerun
    from sim.experiment.stats.intervals import Estimate

MOST_ROWS: Final = 20
"""Maximum number of inputs shown as text; JSON has all."""

PARTS: Final = {
    "model": "the model as a whole",
    "drawing of parameters": "how parameters are drawn",
    "sim.model": "the rules",
    "sim.economy": "the trade model",
    "sim.engine": "the engine, with the rules it runs",
    "detente": "the program",
}
"""Versions in words; others are those of libraries."""


def difference_page(found: StudyDifference) -> Page:
    """Returns what differs between two studies: inputs, settings, versions, headline figures."""
    page = Page()
    page.title(f"A {found.a.stored.name}   B {found.b.stored.name}")
    say_inputs(page, "Inputs that differ", found.inputs, ("A", "B"))
    if found.settings:
        page.heading("Settings that differ")
        page.table([worded("setting"), worded("A"), worded("B")], found.settings)
    _say_versions(page, found)
    say_figures(page, found)
    if not found.unpaired_reason:
        page.gap()
        words = ("compare", found.a.stored.name, found.b.stored.name)
        say_command(page, "Every outcome, with partings and ranges:", *words)
    return page


def rerun_page(again: Rerun) -> Page:
    """Returns what moved when a study was played again, and in what its version differs."""
    found = again.difference
    page = Page()
    page.title(f"{found.a.stored.name}, played again by this version as {found.b.stored.name}")
    if again.same_version:
        page.say(
            "This version of the model played it in the first place: the same inputs give the same "
            "runs, so nothing can have moved."
        )
    else:
        page.say("A is the study as stored, B the same inputs played by this version.")
    for note in again.notes:
        page.say(note)
    if found.inputs:
        say_inputs(page, "Inputs that could not stay the same", found.inputs, ("A", "B"))
    _say_versions(page, found)
    if again.since is None:
        page.heading("What the files say now")
        page.say(f"not compared: {again.since_reason}", indent=2)
    elif again.since:
        heading = "What the files say otherwise by now (not played)"
        say_inputs(page, heading, again.since, ("study", "now"))
    say_figures(page, found)
    return page


def say_inputs(
    page: Page,
    heading: str,
    inputs: Sequence[tuple[str, str, str, str]],
    sides: tuple[str, str],
) -> None:
    """Adds the inputs that differ."""
    page.heading(heading)
    if not inputs:
        page.say("none", indent=2)
        return
    rows = [[key, a, b] for _, key, a, b in inputs[:MOST_ROWS]]
    page.table([worded("input"), *map(worded, sides)], rows)
    left = len(inputs) - len(rows)
    if left:
        page.say(f"and {count_text(left, 'more input')} (--json lists all)", indent=2)


def say_figures(page: Page, found: StudyDifference) -> None:
    """Adds the headline figures of both studies, with errors, difference and verdict."""
    page.heading("Headline outcomes (95% Monte Carlo error)")
    columns = [
        worded("outcome"),
        numeric("A"),
        numeric("B"),
        numeric("A minus B"),
        TableColumn("A vs B"),
    ]
    page.table(columns, [_row(each) for each in found.figures], indent=0)
    if found.unpaired_reason:
        page.say(f"Compared as independent samples: {found.unpaired_reason}.")
    elif found.paired:
        page.say("Run by run, on the same random draws.")
    else:
        page.say("The seeds differ, so the runs are independent.")
    needed = [each.runs_needed for each in found.figures if each.runs_needed]
    if needed:
        page.say(f"About {max(needed):,} runs of each would decide what cannot be told yet.")


def difference_json(found: StudyDifference) -> dict[str, Any]:
    """Returns the difference of two studies as one JSON object."""
    return {
        "schema": 1,
        "a": stored_json(found.a.stored),
        "b": stored_json(found.b.stored),
        "inputs": _inputs_json(found.inputs),
        "settings": _rows_json(found.settings),
        "versions": _rows_json(found.versions),
        "paired": found.paired,
        "unpaired_reason": found.unpaired_reason or None,
        "figures": {each.name: _moved_json(each) for each in found.figures},
    }


def rerun_json(again: Rerun) -> dict[str, Any]:
    """Returns a rerun as one JSON object."""
    return {
        **difference_json(again.difference),
        "same_version": again.same_version,
        "notes": list(again.notes),
        "since": None if again.since is None else _inputs_json(again.since),
        "since_reason": again.since_reason or None,
    }


def _say_versions(page: Page, found: StudyDifference) -> None:
    page.heading("Versions that differ")
    if not found.versions:
        page.say("none", indent=2)
        return
    rows = [[PARTS.get(name, name), a, b] for name, a, b in found.versions]
    page.table([worded("version of"), worded("A"), worded("B")], rows)


def _row(each: Moved) -> list[str]:
    return [
        figure_words(each.name) + (" (%)" if each.unit == SHARE else unit_mark(each.unit)),
        _with_error(each, each.a),
        _with_error(each, each.b),
        _difference_text(each),
        each.verdict,
    ]


def _with_error(each: Moved, estimate: Estimate | None) -> str:
    if estimate is None:
        return NOTHING
    text = figure_text(each.name, each.unit, estimate.value)
    half = estimate.half_width
    if not half < float("inf"):
        return text
    scale, step = _scale(each)
    return f"{text} ±{number_text(rounded_up(scale * half, step), step=step)}"


def _difference_text(each: Moved) -> str:
    if each.difference is None or each.difference.value != each.difference.value:
        return NOTHING
    if each.verdict == "identical":
        return "0"
    scale, step = _scale(each)
    d = each.difference
    middle = signed(scale * d.value, step=step)
    if not d.half_width < float("inf"):
        return middle
    low, high = (number_text(scale * end, step=step) for end in (d.low, d.high))
    return f"{middle} ({low} to {high})"


def _scale(each: Moved) -> tuple[float, float | None]:
    """Returns the factor and the step with which values of a figure are printed."""
    return (100.0, 0.1) if each.unit == SHARE else (1.0, step_of(each.name))


def _moved_json(each: Moved) -> dict[str, Any]:
    d = each.difference
    return {
        "a": None if each.a is None else figure_json(each.unit, each.a),
        "b": None if each.b is None else figure_json(each.unit, each.b),
        "difference": None if d is None else finite(d.value),
        "interval": None if d is None else interval(d),
        "verdict": each.verdict,
        "runs_needed": each.runs_needed,
    }


def _inputs_json(inputs: Sequence[tuple[str, str, str, str]]) -> list[dict[str, str]]:
    return [dict(zip(("section", "key", "a", "b"), row, strict=True)) for row in inputs]


def _rows_json(rows: Sequence[tuple[str, str, str]]) -> list[dict[str, str]]:
    return [dict(zip(("name", "a", "b"), row, strict=True)) for row in rows]
