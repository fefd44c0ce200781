"""Charts of a discovery: coverage and density of the boxes found."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.style import (
    BLUE,
    GREY,
    INK,
    SIZE,
    SMALL,
    STROKES,
    VERMILION,
    new_figure,
    note,
    sourced,
)
from sim.report.words.numbers import count_text, day_text

if TYPE_CHECKING:
    from sim.experiment.discovery.search import Discovery
    from sim.experiment.discovery.validation import Found, Search

_COLOURS: Final = (BLUE, VERMILION)
_LETTERS: Final = 44  # maximum line length of the conditions in a panel


def tradeoff_figure(found: Discovery) -> Figure:
    """Returns the chart of coverage against density, for boxes of signs and of assumptions.

    Points are the boxes a search went through, evaluated on the half of the draws not used in the
    search; the chosen box is highlighted, with intervals.
    """
    figure = new_figure(4.6)
    panels = figure.subplots(1, 2, sharey=True)
    parts: tuple[tuple[str, Search[Any]], ...] = (
        (f"Signs by {day_text(found.by)}", found.signs),
        ("Assumptions", found.assumptions),
    )
    for axes, (title, search) in zip(panels, parts, strict=True):
        axes.axhline(100.0 * found.base.value, color=GREY, linewidth=1.0)
        note(axes, "all runs", (0.0, 100.0 * found.base.value), (4, 3))
        for number, box in enumerate(search.boxes):
            _trail(axes, box, number)
        if not search.boxes:
            note(axes, "no box denser than by chance", (50.0, 50.0), (0, 0), ha="center")
        axes.set_xlim(0.0, 103.0)
        axes.set_xlabel("coverage: % of runs with the outcome")
        axes.set_title(title, loc="left")
    panels[0].set_ylim(0.0, min(103.0, 1.1 * panels[0].get_ylim()[1]))
    panels[0].set_ylabel("density: % of the box's runs with the outcome")
    batch = found.batch
    done = sourced(
        figure,
        f"{batch.resolved.name}, {found.condition.text}; "
        f"{count_text(batch.n, 'run')}, seed {batch.seed}, parameters drawn from their ranges. All "
        f"figures come from the {found.checked_on:,} runs of the half of the draws not used in the "
        "search. Bars: 95% intervals. Conditions, not causes.",
    )
    for axes, (_, search) in zip(panels, parts, strict=True):
        _conditions(axes, search)
    return done


def _trail(axes: Axes, box: Found, number: int) -> None:
    """Draws the boxes of a search, from the whole space to the smallest, and the chosen box."""
    colour = _COLOURS[number]
    trail = np.array([(other.coverage, other.density) for _, _, other in box.trail])
    if len(trail):
        x, y = 100.0 * trail.T
        axes.plot(x, y, STROKES[number], color=colour, marker=".", markersize=4, linewidth=1.0)
    coverage, density = box.rate.coverage, box.rate.density
    axes.errorbar(
        100.0 * coverage.value,
        100.0 * density.value,
        xerr=[
            [100.0 * (coverage.value - coverage.low)],
            [100.0 * (coverage.high - coverage.value)],
        ],
        yerr=[[100.0 * (density.value - density.low)], [100.0 * (density.high - density.value)]],
        fmt="s",
        color=colour,
        markersize=7,
        capsize=2,
        markerfacecolor=colour if box.rate.holds else "white",
    )
    place = (100.0 * coverage.value, 100.0 * density.value)
    note(axes, f"{number + 1}", place, (8, 6), color=colour)


def _conditions(axes: Axes, search: Search[Any]) -> None:
    """Writes the conditions of the boxes at the foot of a panel."""
    rows = []
    for number, box in enumerate(search.boxes, 1):
        asked = " and ".join(search.columns[limit.column].condition(limit) for limit in box.limits)
        held = "" if box.rate.holds else " (does not hold)"
        rows += textwrap.wrap(f"{number}: {asked}{held}", _LETTERS, subsequent_indent="    ")
    axes.text(
        0.02,
        0.02,
        "\n".join(rows),
        transform=axes.transAxes,
        fontsize=SMALL - 0.5,
        color=INK,
        va="bottom",
    )
    axes.xaxis.label.set_fontsize(SIZE - 0.5)
