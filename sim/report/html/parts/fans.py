"""Charts of a batch for a report: fans with weekly readouts, truces, classes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.errors import NotFoundError
from sim.experiment.outcomes.weekly import TRUCE, counted_path, survival_of
from sim.model.outcomes.politics import PATHS, outcome_index
from sim.report.html.parts.pictures import Gallery, Picture, Readout
from sim.report.pages.run.headlines import DUTIES
from sim.report.words.numbers import band, day_text, number_text, scale_text, spread
from sim.report.words.sides import side_names

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.runs.batch import Batch
    from sim.model.outcomes.outcome import Outcome

CLASSES: Final = {
    "path_class": "How relations end",
    "deal_status": "Furthest-reaching agreement in force at the end",
    "summit_result": "Result of the first summit",
}
BAND: Final = (0.05, 0.5, 0.95)

WeekTexts = dict[int, str]
"""Readout text of one batch for each week, by the week's Monday (ordinal day)."""


def fan_galleries(batches: Sequence[Batch]) -> list[Gallery]:
    """Returns charts of duties, tension and trade over time, of the survival of the truce, and of
    final states, for one batch or several overlaid.

    If no weekly paths were stored, only the charts of final states are returned.
    """
    relations, *agreements = (_classes(batches, name) for name in CLASSES)
    endings = [
        Gallery("endings", "Show", (relations,)),
        Gallery("agreements", "Show", tuple(agreements)),
    ]
    try:
        fans = [_fan(batches, name) for name in PATHS if name != TRUCE]
    except NotFoundError:
        return endings
    return [
        Gallery("fans", "Week by week", tuple(fans)),
        Gallery("survival", "Truce", (_survival(batches),)),
        *endings,
    ]


def live_pictures(
    batches: Sequence[Batch], ghost: Batch | None = None, labels: Sequence[str] = ()
) -> list[Picture]:
    """Returns the charts of a page that is redrawn at each change: survival of the truce, duties
    and final states.

    Args:
        batches: One batch, or several overlaid.
        ghost: Earlier answer to the same question, drawn in grey; None for none.
        labels: Short names of the sides; by default those of their scenarios.
    """
    return [
        _survival(batches, ghost, labels),
        *(_fan(batches, name, ghost, labels) for name in DUTIES),
        *(_classes(batches, name, ghost, labels) for name in CLASSES),
    ]


def _fan(
    batches: Sequence[Batch],
    name: str,
    ghost: Batch | None = None,
    labels: Sequence[str] = (),
) -> Picture:
    from sim.report.figures.runs import fan_figure

    outcome = outcome_index()[name]
    words = outcome.meaning.rstrip(".")
    texts = [_fan_texts(batch, name, outcome) for batch in batches]
    return Picture(
        _key("fan", name),
        words,
        f"Fan chart of weekly values: {words}. {_last(batches, texts)}",
        partial(fan_figure, batches, name, ghost, labels),
        partial(_readout, batches, texts),
    )


def _survival(
    batches: Sequence[Batch], ghost: Batch | None = None, labels: Sequence[str] = ()
) -> Picture:
    from sim.report.figures.runs import survival_figure

    texts = [_truce_texts(batch) for batch in batches]
    return Picture(
        "truce",
        "Truce",
        f"Share of runs with a truce in force, week by week. {_last(batches, texts)}",
        partial(survival_figure, batches, ghost, labels),
        partial(_readout, batches, texts),
    )


def _classes(
    batches: Sequence[Batch],
    name: str,
    ghost: Batch | None = None,
    labels: Sequence[str] = (),
) -> Picture:
    from sim.report.figures.runs import class_figure

    words = CLASSES[name]
    return Picture(
        _key("class", name),
        words,
        f"Bars: {words.lower()}. The tables below give the numbers.",
        partial(class_figure, batches, name, ghost, labels),
        narrow=partial(class_figure, batches, name, ghost, labels, narrow=True),
    )


def _fan_texts(batch: Batch, name: str, outcome: Outcome) -> WeekTexts:
    weeks, path = counted_path(batch, name)
    scale = "" if outcome.unit == "share" else f" {scale_text(outcome.unit)}"
    texts = {}
    for week, (low, middle, high) in zip(weeks, np.nanquantile(path, BAND, axis=0).T, strict=True):
        ends = (band if low >= 0.0 else spread)(low, high, step=outcome.step)
        median = number_text(middle, step=outcome.step)
        texts[int(week)] = f"{median}{scale} in the median run, {ends} in 90% of runs"
    return texts


def _truce_texts(batch: Batch) -> WeekTexts:
    found = survival_of(batch)
    return {
        week: f"{number_text(100.0 * share.value, 1)}% of runs"
        for week, share in zip(found.weeks, found.shares, strict=True)
    }


def _last(batches: Sequence[Batch], texts: Sequence[WeekTexts]) -> str:
    return f"In the last week: {_sides(batches, [list(one.values())[-1] for one in texts])}."


def _sides(batches: Sequence[Batch], texts: Sequence[str | None]) -> str:
    if len(batches) == 1:
        return texts[0] or ""
    known = zip(side_names(batches), texts, strict=True)
    return "; ".join(f"{side}: {text}" for side, text in known if text)


def _readout(batches: Sequence[Batch], texts: Sequence[WeekTexts], figure: Figure) -> Readout:
    """Returns the weekly readout of a drawn figure with ordinal days on its x axis."""
    axes = figure.axes[0]
    box = axes.get_position()
    points = []
    for week in sorted(set().union(*texts)):
        x, _ = axes.transData.transform((week, 0.0)) / figure.bbox.size
        there = _sides(batches, [one.get(week) for one in texts])
        points.append((float(x), f"Week of {day_text(week)}: {there}"))
    return Readout(tuple(points), 1.0 - box.y1, box.height)


def _key(kind: str, name: str) -> str:
    return f"{kind}-{name.replace('_', '-')}"
