"""Section of a report in which a reader turns the most telling inputs, without a simulator.

All settings are computed when the report is written; a script shows the one that is chosen, with
the one before it in grey.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.experiment.outcomes.weekly import TRUCE, counted_path, survival_of
from sim.report.html.parts.changes import contrast
from sim.report.html.parts.document import Section
from sim.report.html.parts.pictures import NARROW_FRAME, Gallery, Picture, hung
from sim.report.html.parts.tables import TableCell, captioned, folded
from sim.report.html.parts.templates import fill
from sim.report.page import numeric, worded
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import DUTIES
from sim.report.pages.run.lead import in_one_sentence
from sim.report.pages.search.telling import method_words, why_words
from sim.report.words.names.inputs import input_words
from sim.report.words.numbers import (
    band,
    count_text,
    number_text,
    quantity,
    sentence_case,
    spread,
    step_of,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.filler import Progress
    from sim.experiment.sensitivity.slices import Slice
    from sim.experiment.sensitivity.telling import Ranking
    from sim.scenario.resolved_scenario import Resolved

SCRIPT: Final = "slices.js"
LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles of a duty that are drawn."""

HOME: Final = "the scenario as it is"
BEFORE: Final = "the setting before"


@dataclass(frozen=True, slots=True)
class Turned:
    """What a reader sees of one input at each of its levels.

    Attributes:
        name: Name of the input.
        words: Its plain name.
        about: Why it is among the most telling, and its value in the scenario.
        home: Place of the scenario's own level.
        levels: One object for each level, as the script reads it.
        rows: The same as rows of a table.
    """

    name: str
    words: str
    about: str
    home: int
    levels: tuple[dict[str, Any], ...]
    rows: tuple[list[str | TableCell], ...]


def turned(each: Slice, ranking: Ranking) -> Turned:
    """Returns what a reader sees of a slice, without its runs."""
    parameter = each.parameter
    own = quantity(parameter.value, parameter.unit)
    why = sentence_case(why_words(ranking, each.input))
    levels = tuple(_level(each, place) for place in range(len(each.levels)))
    return Turned(
        parameter.name,
        sentence_case(input_words(parameter.name)),
        f"{why}. In the scenario: {own}. {parameter.name}",
        each.home,
        levels,
        tuple(_row(each, place, levels[place]) for place in range(len(levels))),
    )


def slices_section(
    slices: Sequence[Turned],
    resolved: Resolved,
    ranking: Ranking,
    runs: int,
    drawing: Progress | None = None,
) -> Section:
    """Returns the section of all slices.

    Args:
        slices: The inputs; at least one.
        resolved: The scenario.
        ranking: How the inputs were found.
        runs: Number of runs of each setting.
        drawing: Progress callback; receives (done, total) charts.
    """
    pictures = [_picture(slices, resolved, name, runs) for name in (TRUCE, *DUTIES)]
    galleries = [Gallery(picture.key, "", (picture,)) for picture in pictures]
    rows = [row for each in slices for row in each.rows]
    table = captioned("slices-table", "Every setting", _COLUMNS, rows, filtered="Find an input")
    data = {"slices": [{"home": each.home, "levels": each.levels} for each in slices]}
    content = fill(
        "slices.html",
        slices=slices,
        count=len(slices),
        method=" ".join(method_words(ranking)),
        runs=count_text(runs, "run"),
        data=data,
        galleries=hung(galleries, drawing, (NARROW_FRAME,)),
        table=folded(f"All {count_text(len(rows), 'setting')}", table),
    )
    return Section("slices", "What if", content)


_COLUMNS: Final = (
    worded("input"),
    numeric("value"),
    numeric("truce in force at the end"),
    numeric("US duties added at the end, median (90% of runs)"),
    worded(f"against {HOME}, on the same luck"),
)


def _level(each: Slice, place: int) -> dict[str, Any]:
    """Returns one setting as the script reads it."""
    batch = each.batches[place]
    return {
        "text": quantity(each.levels[place], each.parameter.unit),
        "sentence": sentence_case(in_one_sentence(Digest(batch))),
        "changes": [
            "" if other == place else _change(batch, each.batches[other], other == each.home)
            for other in range(len(each.levels))
        ],
        "weeks": survival_of(batch).weeks,
        TRUCE: _shares(batch),
        **{name: _quantiles(batch, name) for name in DUTIES},
    }


def _change(batch: Batch, other: Batch, is_home: bool) -> str:
    return contrast(batch, other, HOME if is_home else BEFORE).sentence


def _shares(batch: Batch) -> list[list[float]]:
    """Returns the lower end, the share and the upper end of the truce in per cent, by week."""
    shares = survival_of(batch).shares
    ends = ("low", "value", "high")
    return [[round(100.0 * getattr(share, end), 1) for share in shares] for end in ends]


def _quantiles(batch: Batch, name: str) -> list[list[float]]:
    _, path = counted_path(batch, name)
    found: list[list[float]] = np.round(np.nanquantile(path, LEVELS, axis=0), 1).tolist()
    return found


def _row(each: Slice, place: int, level: dict[str, Any]) -> list[str | TableCell]:
    value, digest = each.levels[place], Digest(each.batches[place])
    truce, duty = digest.share(TRUCE).value, digest.quantiles("us_addon_pp")
    assert duty is not None, "a setting without a finished run is not shown"
    step = step_of("us_addon_pp")
    ends = (band if duty["p05"] >= 0.0 else spread)(duty["p05"], duty["p95"], step=step)
    own = place == each.home
    return [
        TableCell(sentence_case(input_words(each.parameter.name)), each.parameter.name),
        TableCell(level["text"], value, "as it is" if own else ""),
        TableCell(f"{number_text(100.0 * truce, 1)}%", 100.0 * truce),
        TableCell(f"{number_text(duty['p50'], step=step)} points ({ends})", duty["p50"]),
        "" if own else level["changes"][each.home],
    ]


def _picture(slices: Iterable[Turned], resolved: Resolved, name: str, runs: int) -> Picture:
    from sim.report.figures.slices import frame_figure

    levels = [level[name] for each in slices for level in each.levels]
    ends = min(min(found[0]) for found in levels), max(max(found[-1]) for found in levels)
    words = "Truce in force" if name == TRUCE else DUTIES[name]
    return Picture(
        f"slice-{name.replace('_', '-')}",
        words,
        f"{words}, week by week, in the setting that is chosen. The sentence above tells it, and "
        "the table of all settings has the numbers.",
        partial(frame_figure, resolved, name, ends, runs),
        canvas=partial(_canvas, name),
    )


def _canvas(name: str, figure: Figure) -> dict[str, Any]:
    """Returns where in a drawn chart the script draws: edges as shares of its size, and scales."""
    from sim.report.figures.style import subject_colour

    axes = figure.axes[0]
    box = axes.get_position()
    return {
        "name": name,
        "colour": subject_colour(name),
        "box": [round(100.0 * x, 3) for x in (box.x0, 1.0 - box.y1, box.width, box.height)],
        "x": axes.get_xlim(),
        "y": axes.get_ylim(),
    }
