"""Charts of batches: fans of weekly paths, survival of the truce, shares of classes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.engine.dates import MONTHS
from sim.errors import NotFoundError, nearest
from sim.experiment.outcomes.summary import classes_of
from sim.experiment.outcomes.weekly import TRUCE, counted_path, survival_of
from sim.experiment.stats.intervals import probability
from sim.history.tariffs import LAST_DAY, duty_steps, has_duty
from sim.model.outcomes.politics import PATHS, outcome_index
from sim.report.figures.style import (
    COLOURS,
    GREY,
    HATCHES,
    INK,
    SMALL,
    STROKES,
    new_figure,
    note,
    sourced,
)
from sim.report.words.conditions import given_words
from sim.report.words.deadlines import deadlines
from sim.report.words.glossary import class_words, outcome_words
from sim.report.words.numbers import count_text, day_text, scale_text
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

_PAST_DAYS: Final = 280
"""Days of history shown before the start: from October 2025, this covers the first duty of 2025."""


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
        start = _draw_record(axes, name, start, until)
    for place, (batch, side) in enumerate(zip(batches, labels or side_names(batches), strict=True)):
        weeks, path = counted_path(batch, name)
        colour, stroke = COLOURS[place % len(COLOURS)], STROKES[place % len(STROKES)]
        middle = np.nanmedian(path, axis=0)
        axes.plot(weeks, middle, stroke, color=colour, linewidth=2, label=side)
        # With several fans, draw only the wide band, with its edges, so that all stay visible.
        for low, high, density, held in BANDS[: 1 if len(batches) > 1 else None]:
            ends = np.nanquantile(path, (low, high), axis=0)
            label = held if len(batches) == 1 else None
            axes.fill_between(weeks, *ends, color=colour, alpha=density, linewidth=0, label=label)
            if len(batches) > 1:
                for edge in ends:
                    axes.plot(weeks, edge, stroke, color=colour, linewidth=0.8, alpha=0.7)
    if ghost is not None:
        weeks, path = counted_path(ghost, name)
        low, middle, high = np.nanquantile(path, (0.05, 0.5, 0.95), axis=0)
        axes.plot(weeks, middle, color=GREY, linewidth=2, zorder=1.9, label=f"{BEFORE}: median")
        for edge, label in ((low, f"{BEFORE}: middle 90%"), (high, None)):
            axes.plot(weeks, edge, ":", color=GREY, linewidth=1.2, zorder=1.9, label=label)
    _as_dates(axes, start, until)
    _mark_deadlines(axes, batches, named=False)
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
        f"{_deadline_text(batches)}",
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
    for place, (batch, side) in enumerate(zip(batches, labels or side_names(batches), strict=True)):
        found = survival_of(batch)
        colour, stroke = COLOURS[place % len(COLOURS)], STROKES[place % len(STROKES)]
        low, high = ([100.0 * getattr(e, end) for e in found.shares] for end in ("low", "high"))
        axes.fill_between(found.weeks, low, high, color=colour, alpha=0.25, linewidth=0)
        shares = [100.0 * e.value for e in found.shares]
        axes.plot(found.weeks, shares, stroke, color=colour, linewidth=2, label=side)
    if ghost is not None:
        found = survival_of(ghost)
        shares = [100.0 * e.value for e in found.shares]
        axes.plot(found.weeks, shares, color=GREY, linewidth=2, zorder=1.9, label=BEFORE)
    start = min(batch.resolved.start for batch in batches)
    _as_dates(axes, start, max(batch.resolved.until for batch in batches))
    _mark_deadlines(axes, batches, named=True)
    # Keeps a line at 100% fully visible.
    axes.set_ylim(0.0, 102.0)
    axes.set_ylabel("runs with a truce in force (%)")
    axes.set_title("Truce in force, week by week", loc="left")
    band = "95% interval of the share, luck alone"
    if any(batch.per_vector for batch in batches):
        band = "95% interval of the share"
    source = f"{runs_text(batches, weekly=True)} Band: {band}."
    return sourced(figure, source, legend=len(batches) > 1 or ghost is not None)


def class_figure(
    batches: Sequence[Batch],
    name: str,
    ghost: Batch | None = None,
    labels: Sequence[str] = (),
) -> Figure:
    """Returns the bar chart of the classes of an outcome.

    Args:
        batches: Scenarios to show side by side.
        name: Column of a class or a flag, e.g. `path_class`.
        ghost: Earlier answer to the same question, marked by a grey line across each bar; None for
            none.
        labels: Names of the sides; by default those of their scenarios.

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
    figure = new_figure(1.3 + 0.28 * len(codes) * max(2, len(batches)))
    axes = figure.subplots()
    height = 0.8 / len(batches)
    for place, (batch, side) in enumerate(zip(batches, labels or side_names(batches), strict=True)):
        estimates = [
            probability(_hits(batch, name, code), clusters=_clusters(batch)) for code in codes
        ]
        at = np.arange(len(codes)) + (place - (len(batches) - 1) / 2.0) * height
        shares = np.array([100.0 * e.value for e in estimates])
        errors = np.array(
            [[100.0 * (e.value - e.low), 100.0 * (e.high - e.value)] for e in estimates]
        )
        axes.barh(
            at,
            shares,
            0.92 * height,
            color=COLOURS[place % len(COLOURS)],
            hatch=HATCHES[place % len(HATCHES)],
            edgecolor="white",
            xerr=np.maximum(errors.T, 0.0),
            error_kw={"ecolor": "#222222", "elinewidth": 1.0, "capsize": 2.0},
            label=side,
        )
        for y, estimate, mark in zip(at, estimates, before, strict=True):
            share = f"{100.0 * estimate.value:.1f}"
            note(axes, share, (max(100.0 * estimate.high, mark), float(y)), (4, -3))
    if ghost is not None:
        rows = np.arange(len(codes))
        axes.vlines(before, rows - 0.47, rows + 0.47, color=GREY, linewidth=3, label=BEFORE)
    words = [_class_words(column, classes[code]) for code in codes]
    axes.set_yticks(range(len(codes)), words)
    axes.invert_yaxis()
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


def _draw_record(axes: Axes, name: str, start: int, until: int) -> int:
    """Draws the historical record of a duty, and returns the first day shown."""
    steps = duty_steps(name)
    first = max(steps[0].day, start - _PAST_DAYS)
    last = min(LAST_DAY, until)
    days = [max(step.day, first) for step in steps if step.day <= last]
    levels = [step.value for step in steps if step.day <= last]
    # Steps before the first day shown set the initial level.
    axes.step(
        [*days, last], [*levels, levels[-1]], where="post", color=INK, linewidth=1.5, zorder=4,
        label="record to 23 Oct 2025",
    )  # fmt: skip
    return first


def _weekly(batch: Batch) -> Any:
    """Returns a weekly path of the counted runs."""
    return counted_path(batch, TRUCE)[1]


def _hits(batch: Batch, name: str, code: int) -> Any:
    return (batch.values[name] == code)[batch.counted]


def _clusters(batch: Batch) -> Any:
    return None if batch.clusters is None else batch.clusters[batch.counted]


def _as_dates(axes: Axes, start: int, until: int) -> None:
    """Labels an axis of ordinal days with dates."""
    begin, end = date.fromordinal(start), date.fromordinal(until)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    step = max(1, -(-months // 7))
    ticks, labels = [], []
    for month in range(0, months + 1, step):
        year, place = divmod(begin.year * 12 + begin.month - 1 + month, 12)
        day = date(year, place + 1, 1).toordinal()
        if start <= day <= until:
            ticks.append(day)
            labels.append(f"{MONTHS[place]}\n{year}")
    axes.set_xticks(ticks, labels)
    axes.set_xlim(start, until)


def _mark_deadlines(axes: Axes, batches: Sequence[Batch], *, named: bool) -> None:
    """Marks the ends of a pause and the deadlines of the scenarios with their dates.

    Args:
        axes: Axes with ordinal days on the x axis.
        batches: The batches shown.
        named: Whether to say what ends or falls due as well.
    """
    for day, words in _deadlines_of(batches).items():
        text = day_text(day).rpartition(" ")[0]
        axes.axvline(day, color=GREY, linewidth=0.9, linestyle=":", zorder=0.5)
        axes.text(
            day, 0.02, f"{text}: {words}" if named else text, rotation=90, fontsize=SMALL,
            color=INK, ha="right", va="bottom", transform=axes.get_xaxis_transform(),
        )  # fmt: skip


def _deadline_text(batches: Sequence[Batch]) -> str:
    """Returns what the marked deadlines are, for the source line; empty if there are none."""
    found = _deadlines_of(batches)
    if not found:
        return ""
    each = "; ".join(f"{day_text(day).rpartition(' ')[0]}, {words}" for day, words in found.items())
    return f" Dotted: {each}."


def _deadlines_of(batches: Sequence[Batch]) -> dict[int, str]:
    """Returns the deadlines of all scenarios shown, day by day in order."""
    every = [deadline for batch in batches for deadline in deadlines(batch.resolved)]
    return {d.day: d.words for d in sorted(every, key=lambda d: d.day)}


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
