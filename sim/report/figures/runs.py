"""Charts of batches: fans of weekly paths, survival of the truce, shares of classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.figure import Figure

from sim.errors import NotFoundError, nearest
from sim.experiment.outcomes.summary import classes_of
from sim.experiment.outcomes.weekly import TRUCE, Survival, counted_path, survival_of
from sim.experiment.stats.intervals import probability
from sim.history.tariffs import has_duty
from sim.model.outcomes.politics import PATHS, outcome_index
from sim.report.figures.moods import mood_of
from sim.report.figures.style import (
    COLOURS,
    GREY,
    HATCHES,
    MOOD_COLOURS,
    MOOD_HATCHES,
    STROKES,
    name_above,
    new_figure,
    note,
    sourced,
    subject_colour,
)
from sim.report.figures.timeline import as_dates, days_text, draw_record, mark_days, stepped
from sim.report.words.conditions import given_words
from sim.report.words.glossary import class_words, outcome_words
from sim.report.words.names.scenarios import side_titles
from sim.report.words.numbers import count_text, scale_text
from sim.report.words.sides import side_names

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.experiment.runs.batch import Batch

BANDS: Final = (
    (0.05, 0.95, 0.16, "middle 90% of runs"),
    (0.25, 0.75, 0.30, "middle 50%"),
)
"""Bands of a fan chart: lower and upper quantile, opacity, and label."""

BEFORE: Final = "before"
"""Label of an earlier answer in grey."""


def fan_figure(
    batches: Sequence[Batch],
    name: str,
    ghost: Batch | None = None,
    labels: Sequence[str] = (),
) -> Figure:
    """Returns the fan chart of a weekly path, with the historical record if there is one.

    Args:
        batches: Scenarios to overlay.
        name: One of `politics.PATHS`. For the truce, which is either in force or not, the share of
            runs is drawn.
        ghost: Earlier answer to the same question, drawn as grey lines; None for none.
        labels: Names of the sides; by default those of their scenarios.

    Raises:
        NotFoundError: There is no such path, or it was not stored.
    """
    if name == TRUCE:
        return survival_figure(batches, ghost, labels)
    outcome = outcome_index().get(name)
    if name not in PATHS or outcome is None:
        raise NotFoundError(
            f"there is no weekly path {name!r}{nearest(name, PATHS)}; paths: {', '.join(PATHS)}"
        )
    figure = new_figure(3.9)
    axes = figure.subplots()
    start = min(batch.resolved.start for batch in batches)
    until = max(batch.resolved.until for batch in batches)
    if has_duty(name):
        start = draw_record(axes, name, start, until)
    for place, (batch, side) in enumerate(zip(batches, labels or _names(batches), strict=True)):
        weeks, path = counted_path(batch, name)
        colour, stroke = _colour(name, place, batches), STROKES[place % len(STROKES)]
        last = batch.resolved.until
        middle = stepped(name, weeks, np.nanmedian(path, axis=0), last)
        axes.plot(*middle, stroke, color=colour, linewidth=2, label=side)
        # With several fans, draw only the wide band, with its edges, so that all stay visible.
        for low, high, density, held in BANDS[: 1 if len(batches) > 1 else None]:
            days, lower = stepped(name, weeks, np.nanquantile(path, low, axis=0), last)
            _, upper = stepped(name, weeks, np.nanquantile(path, high, axis=0), last)
            label = held if len(batches) == 1 else None
            axes.fill_between(
                days, lower, upper, color=colour, alpha=density, linewidth=0, label=label
            )
            if len(batches) > 1:
                for edge in (lower, upper):
                    axes.plot(days, edge, stroke, color=colour, linewidth=0.8, alpha=0.7)
    if ghost is not None:
        weeks, path = counted_path(ghost, name)
        low, middle, high = np.nanquantile(path, (0.05, 0.5, 0.95), axis=0)
        last = ghost.resolved.until
        axes.plot(
            *stepped(name, weeks, middle, last), color=GREY, linewidth=2, zorder=1.9,
            label=f"{BEFORE}: median",
        )  # fmt: skip
        for edge, label in ((low, f"{BEFORE}: middle 90%"), (high, None)):
            axes.plot(
                *stepped(name, weeks, edge, last), ":", color=GREY, linewidth=1.2, zorder=1.9,
                label=label,
            )  # fmt: skip
    worlds = [batch.resolved for batch in batches]
    as_dates(axes, start, until)
    mark_days(axes, worlds, start, until)
    axes.set_ylabel(_scale(outcome.unit))
    if outcome.unit == "share":
        axes.set_ylim(0.0, 1.0)
    else:
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
    axes.set_title(outcome.meaning.rstrip("."), loc="left")
    bands = "90%" if len(batches) > 1 else "50% and 90%"
    return sourced(
        figure,
        f"{runs_text(batches, weekly=True)} Line: median; bands: middle {bands} of runs."
        f"{days_text(worlds)}",
        legend=True,
    )


def survival_figure(
    batches: Sequence[Batch], ghost: Batch | None = None, labels: Sequence[str] = ()
) -> Figure:
    """Returns the chart of the share of runs with a truce in force, week by week.

    Args:
        batches: Scenarios to overlay.
        ghost: Earlier answer to the same question, drawn as a grey line; None for none.
        labels: Names of the sides; by default those of their scenarios.

    Raises:
        NotFoundError: Weekly paths were not stored.
    """
    figure = new_figure(3.6)
    axes = figure.subplots()
    for place, (batch, side) in enumerate(zip(batches, labels or _names(batches), strict=True)):
        found = survival_of(batch)
        colour, stroke = _colour(TRUCE, place, batches), STROKES[place % len(STROKES)]
        days, low = _share_steps(found, "low", batch)
        _, high = _share_steps(found, "high", batch)
        axes.fill_between(days, low, high, color=colour, alpha=0.25, linewidth=0)
        shares = _share_steps(found, "value", batch)
        axes.plot(*shares, stroke, color=colour, linewidth=2, label=side)
    if ghost is not None:
        found = survival_of(ghost)
        shares = _share_steps(found, "value", ghost)
        axes.plot(*shares, color=GREY, linewidth=2, zorder=1.9, label=BEFORE)
    worlds = [batch.resolved for batch in batches]
    start, until = min(w.start for w in worlds), max(w.until for w in worlds)
    as_dates(axes, start, until)
    mark_days(axes, worlds, start, until)
    # Keeps a line at 100% fully visible.
    axes.set_ylim(0.0, 102.0)
    axes.set_ylabel("runs with a truce in force (%)")
    axes.set_title("Truce in force, week by week", loc="left")
    band = "95% interval of the share, luck alone"
    if any(batch.per_vector for batch in batches):
        band = "95% interval of the share"
    source = f"{runs_text(batches, weekly=True)} Band: {band}.{days_text(worlds)}"
    return sourced(figure, source, legend=len(batches) > 1 or ghost is not None)


def class_figure(
    batches: Sequence[Batch],
    name: str,
    ghost: Batch | None = None,
    labels: Sequence[str] = (),
    *,
    narrow: bool = False,
) -> Figure:
    """Returns the bar chart of the classes of an outcome.

    Args:
        batches: Scenarios to show side by side.
        name: Column of a class or a flag, e.g. `path_class`.
        ghost: Earlier answer to the same question, marked by a grey line across each bar; None for
            none.
        labels: Names of the sides; by default those of their scenarios.
        narrow: Whether classes are named above their bars, for a phone.

    Raises:
        NotFoundError: There is no such column, or it is a number.
    """
    column = next((c for c in batches[0].columns if c.name == name), None)
    if column is None or column.outcome.kind == "number":
        allowed = [c.name for c in batches[0].columns if c.outcome.kind != "number"]
        why = "is a number; see fan" if column else "is no outcome"
        raise NotFoundError(
            f"{name!r} {why}{nearest(name, allowed)}\n"
            "dated outcomes are read on the calendar's dates; --at adds a day"
        )
    classes = classes_of(column)
    codes = [
        code
        for code in range(len(classes))
        if any(_hits(b, name, code).any() for b in (*batches, *([ghost] if ghost else [])))
    ]
    before = [100.0 * np.mean(_hits(ghost, name, code)) if ghost else 0.0 for code in codes]
    moods = [mood_of(name, classes[code]) for code in codes]
    several = len(batches) > 1
    row = 0.28 * max(2, len(batches)) + 0.2 * narrow
    figure = new_figure(1.3 + row * len(codes))
    axes = figure.subplots()
    height = (0.56 if narrow else 0.8) / len(batches)
    # Names above the bars need room.
    down = 0.16 if narrow else 0.0
    for place, (batch, side) in enumerate(zip(batches, labels or _names(batches), strict=True)):
        estimates = [
            probability(_hits(batch, name, code), clusters=_clusters(batch)) for code in codes
        ]
        at = np.arange(len(codes)) + down + (place - (len(batches) - 1) / 2.0) * height
        shares = np.array([100.0 * e.value for e in estimates])
        errors = np.array(
            [[100.0 * (e.value - e.low), 100.0 * (e.high - e.value)] for e in estimates]
        )
        axes.barh(
            at,
            shares,
            0.92 * height,
            color=COLOURS[place % len(COLOURS)] if several else [MOOD_COLOURS[m] for m in moods],
            hatch=HATCHES[place % len(HATCHES)] if several else [MOOD_HATCHES[m] for m in moods],
            edgecolor="white",
            xerr=np.maximum(errors.T, 0.0),
            error_kw={"ecolor": "#222222", "elinewidth": 1.0, "capsize": 2.0},
            label=side,
        )
        for y, estimate, mark in zip(at, estimates, before, strict=True):
            share = f"{100.0 * estimate.value:.1f}"
            note(axes, share, (max(100.0 * estimate.high, mark), float(y)), (4, -3))
    if ghost is not None:
        rows, half = np.arange(len(codes)) + down, 0.3 if narrow else 0.47
        axes.vlines(before, rows - half, rows + half, color=GREY, linewidth=3, label=BEFORE)
    words = [_class_words(column, classes[code]) for code in codes]
    if narrow:
        name_above(axes, range(len(codes)), words, 0.14)
    else:
        axes.set_yticks(range(len(codes)), words)
    axes.set_ylim(len(codes) - 0.5, -0.5)
    axes.set_xlim(0.0, min(108.0, axes.get_xlim()[1] * 1.08))
    axes.set_xlabel("% of runs")
    axes.set_title(column.outcome.meaning.rstrip(".") + _on_day(name), loc="left")
    source = f"{runs_text(batches)} Whiskers: 95% interval of the share."
    return sourced(figure, source, legend=len(batches) > 1 or ghost is not None)


def runs_text(batches: Sequence[Batch], *, weekly: bool = False) -> str:
    """Returns the description of the runs shown in a chart.

    Args:
        batches: The batches shown.
        weekly: Whether weekly paths are drawn, which are stored only for the first runs.
    """
    head = batches[0]
    counts = [len(_weekly(batch)) if weekly else int(np.sum(batch.counted)) for batch in batches]
    names = side_names(batches)
    if len(set(counts)) == 1:
        each = " each" if len(batches) > 1 else ""
        runs = f"{' and '.join(names)}, {count_text(counts[0], 'run')}{each}"
    else:
        runs = " and ".join(
            f"{name} ({count_text(count, 'run')})"
            for name, count in zip(names, counts, strict=True)
        )
    seeds = " and ".join(dict.fromkeys(str(batch.seed) for batch in batches))
    seed = f"seed {seeds}" if " " not in seeds else f"seeds {seeds}"
    kind = "parameters drawn from their ranges" if head.per_vector else "central values"
    conditions = " or ".join(dict.fromkeys(given_words(b) for b in batches if b.given))
    given = f" given {conditions}" if conditions else ""
    return f"{runs}{given}, {seed}, {kind}, model {head.model_version[:8]}."


def _names(batches: Sequence[Batch]) -> list[str]:
    """Returns the titles of several sides; a single one is what the line says."""
    return side_titles(batches) if len(batches) > 1 else ["median run"]


def _colour(name: str, place: int, batches: Sequence[Batch]) -> str:
    """Returns the colour of a side; of a single one, that of what the chart is about."""
    return subject_colour(name) if len(batches) == 1 else COLOURS[place % len(COLOURS)]


def _share_steps(found: Survival, part: str, batch: Batch) -> Any:
    """Returns the points of shares in per cent, or of an end of their intervals."""
    shares = [100.0 * getattr(each, part) for each in found.shares]
    return stepped(TRUCE, found.weeks, shares, batch.resolved.until)


def _weekly(batch: Batch) -> Any:
    """Returns a weekly path of the counted runs."""
    return counted_path(batch, TRUCE)[1]


def _hits(batch: Batch, name: str, code: int) -> Any:
    return (batch.values[name] == code)[batch.counted]


def _clusters(batch: Batch) -> Any:
    return None if batch.clusters is None else batch.clusters[batch.counted]


def _scale(unit: str) -> str:
    return "0 to 1" if unit == "share" else scale_text(unit)


def _class_words(column: Column, label: str) -> str:
    """Returns the name of a class, without the explanation after a colon or in brackets."""
    if column.outcome.kind == "flag":
        return {"false": "no", "true": "yes"}[label]
    return class_words(column.outcome.name, label).partition(":")[0].partition(" (")[0]


def _on_day(name: str) -> str:
    """Returns the day of a dated column, as ` on 1 Nov 2025`; empty for the end."""
    family = name.partition("@")[0]
    return outcome_words(name).removeprefix(outcome_words(family))
