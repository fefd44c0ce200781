"""Pictures of histories on a page: fans whose figures can be read off, truces, classes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.errors import NotFoundError
from sim.model.outcomes.politics import PATHS, outcome_index
from sim.report.html.parts.pictures import Gallery, Picture, Readout
from sim.report.words.numbers import band, day_text, number_text, scale_text, spread
from sim.report.words.sides import side_names

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.runs.batch import Batch

TRUCE: Final = "truce_in_force"
CLASSES: Final = {
    "path_class": "How relations end",
    "deal_status": "Best agreement in force at the end",
    "summit_result": "What the first summit brings",
}
BAND: Final = (0.05, 0.5, 0.95)

Told = dict[int, str]
"""What is said of one batch in a week, by the week's Monday (ordinal day)."""


def histories(batches: Sequence[Batch]) -> list[Gallery]:
    """Returns how duties, tension and trade may go, how long the truce holds and how often each
    ending comes: one batch, or several laid over each other.

    Of batches of whose runs no weekly path was kept only the last.
    """
    endings = Gallery("endings", "Show", tuple(_classes(batches, name) for name in CLASSES))
    try:
        fans = [_fan(batches, name) for name in PATHS if name != TRUCE]
    except NotFoundError:
        return [endings]
    return [
        Gallery("fans", "Week by week", tuple(fans)),
        Gallery("survival", "Truce", (_survival(batches),)),
        endings,
    ]


def _fan(batches: Sequence[Batch], name: str) -> Picture:
    from sim.report.figures.runs import fan_figure

    outcome = outcome_index()[name]
    words = outcome.meaning.rstrip(".")
    told = [_fan_told(batch, name, outcome.unit) for batch in batches]
    return Picture(
        _key("fan", name),
        words,
        f"Fan of weekly values: {words}. {_last(batches, told)}",
        partial(fan_figure, batches, name),
        partial(_readout, batches, told),
    )


def _survival(batches: Sequence[Batch]) -> Picture:
    from sim.report.figures.runs import survival_figure

    told = [_truce_told(batch) for batch in batches]
    return Picture(
        "truce",
        "Truce",
        f"Share of histories with a truce in force, week by week. {_last(batches, told)}",
        partial(survival_figure, batches),
        partial(_readout, batches, told),
    )


def _classes(batches: Sequence[Batch], name: str) -> Picture:
    from sim.report.figures.runs import class_figure

    words = CLASSES[name]
    return Picture(
        _key("class", name),
        words,
        f"Bars: {words.lower()}. The tables below have the figures.",
        partial(class_figure, batches, name),
    )


def _fan_told(batch: Batch, name: str, unit: str) -> Told:
    weeks, path = _counted(batch, name)
    scale = "" if unit == "share" else f" {scale_text(unit)}"
    told = {}
    for week, (low, middle, high) in zip(weeks, np.nanquantile(path, BAND, axis=0).T, strict=True):
        ends = (band if low >= 0.0 else spread)(low, high)
        told[int(week)] = f"{number_text(middle)}{scale} in the median, {ends} in 9 of 10"
    return told


def _truce_told(batch: Batch) -> Told:
    weeks, path = _counted(batch, TRUCE)
    shares = 100.0 * path.mean(axis=0)
    return {
        int(week): f"{number_text(share, 1)} in 100 histories"
        for week, share in zip(weeks, shares, strict=True)
    }


def _counted(batch: Batch, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Returns the Mondays and a path of the runs that count, as far as paths were kept.

    Raises:
        NotFoundError: None were.
    """
    weeks, path = batch.path(name)
    counted = path[batch.counted[: len(path)]]
    if not len(counted):
        raise NotFoundError(f"no weekly path {name} was kept of a run that counts")
    return weeks, counted


def _last(batches: Sequence[Batch], told: Sequence[Told]) -> str:
    return f"In the last week: {_sides(batches, [list(one.values())[-1] for one in told])}."


def _sides(batches: Sequence[Batch], told: Sequence[str | None]) -> str:
    if len(batches) == 1:
        return told[0] or ""
    known = zip(side_names(batches), told, strict=True)
    return "; ".join(f"{side} {text}" for side, text in known if text)


def _readout(batches: Sequence[Batch], told: Sequence[Told], figure: Figure) -> Readout:
    """Returns what is read off a drawn figure of ordinal days, week by week."""
    axes = figure.axes[0]
    box = axes.get_position()
    points = []
    for week in sorted(set().union(*told)):
        x, _ = axes.transData.transform((week, 0.0)) / figure.bbox.size
        there = _sides(batches, [one.get(week) for one in told])
        points.append((float(x), f"Week of {day_text(week)}: {there}"))
    return Readout(tuple(points), 1.0 - box.y1, box.height)


def _key(kind: str, name: str) -> str:
    return f"{kind}-{name.replace('_', '-')}"
