"""Charts of comparisons: differences in units of their margins, and partings of pairs."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.figure import Figure

from sim.experiment.compare.verdicts import TELLING
from sim.report.figures.moods import ACCORD, STRIFE, difference_mood
from sim.report.figures.runs import runs_text
from sim.report.figures.style import (
    BLUE,
    GREY,
    INK,
    MOOD_COLOURS,
    SKY,
    SMALL,
    name_above,
    new_figure,
    note,
    sourced,
)
from sim.report.words.differences import name_words, value_text
from sim.report.words.names.scenarios import side_titles
from sim.report.words.numbers import count_text
from sim.report.words.partings import parting_words, when_words
from sim.report.words.sides import side_names

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison
    from sim.experiment.compare.difference import Difference
    from sim.experiment.compare.partings import Divergence, Parting

SHOWN: Final = 14
TITLE: Final = 48
"""Maximum length of two names that fit on one line above the plot."""
LETTERS: Final = 40
"""Maximum length of a line of a parting's label."""

_MARKS: Final = {STRIFE: "D", ACCORD: "o"}
_FARTHEST: Final = 12.0
"""Maximum extent of the axis, in margins; larger values are written as text."""


def difference_figure(comparison: Comparison, *, narrow: bool = False) -> Figure:
    """Returns the chart of the headline differences, in units of their margins.

    The values of both sides are on the right, or on a phone behind the names above their rows.
    """
    shown = _telling(comparison)
    figure = new_figure(1.3 + (0.4 if narrow else 0.27) * max(2, len(shown)))
    axes = figure.subplots()
    axes.axvspan(-1.0, 1.0, color="#EEEEEE", linewidth=0)
    axes.axvline(0.0, color=GREY, linewidth=1.0)
    for place, d in enumerate(shown):
        value, low, high = (x / d.margin for x in (d.difference.value, *_ends(d)))
        colour, mark = _look(d)
        axes.plot((low, high), (place, place), color=colour, linewidth=2.0)
        axes.plot(value, place, mark, color=colour, markersize=5.0, clip_on=True)
    far = max((abs(end) / d.margin for d in shown for end in _ends(d)), default=1.0)
    reach = min(_FARTHEST, max(2.0, 1.1 * far))
    for place, d in enumerate(shown):
        size = d.difference.value / d.margin
        if abs(size) > reach:
            colour, _ = _look(d)
            end, inwards = math.copysign(0.97 * reach, size), -math.copysign(9.0, size)
            axes.plot(end, place, ">" if size > 0.0 else "<", color=colour, clip_on=False)
            ha = "right" if size > 0.0 else "left"
            note(
                axes,
                f"{size:+.0f}".replace("-", "\N{MINUS SIGN}"),
                (end, place),
                (inwards, -3),
                ha=ha,
                color=colour,
            )
    axes.set_xlim(-reach, reach)
    values = [f"{value_text(d, d.a)} vs {value_text(d, d.b)}" for d in shown]
    axes.set_ylim(len(shown) - 0.5, -0.7)
    if narrow:
        names = [f"{_name(d)}: {value}" for d, value in zip(shown, values, strict=True)]
        name_above(axes, range(len(shown)), names)
    else:
        axes.set_yticks(range(len(shown)), [_name(d) for d in shown], fontsize=SMALL)
        sides = axes.secondary_yaxis("right")
        sides.set_yticks(range(len(shown)), values, fontsize=SMALL)
        sides.tick_params(length=0)
        sides.spines["right"].set_visible(False)
    a, b = side_titles((comparison.a, comparison.b))
    axes.set_xlabel("difference, in units of the smallest that matters")
    long = len(a) + len(b) > TITLE
    axes.set_title(f"{a}\nminus {b}" if long else f"{a} minus {b}", loc="left")
    luck = "Same luck in each pair." if comparison.paired else "The two batches do not share luck."
    return sourced(
        figure,
        f"{runs_text((comparison.a, comparison.b))} {luck} Bars: 95% intervals. Vermilion "
        "diamonds: towards strife; green circles: towards accord; dark squares: neither; all "
        "significant and at least a quarter of the smallest difference that matters. Grey crosses: "
        "not told. Shaded: too small to matter. Pairs of numbers: means or % of runs on each side.",
    )


def parting_figure(
    found: Divergence, comparison: Comparison, other: str = "B", *, narrow: bool = False
) -> Figure:
    """Returns the bar chart of the partings of the pairs.

    Args:
        found: The partings.
        comparison: The comparison they belong to.
        other: Letter of the scenario compared with A.
        narrow: Whether what happens stands above its bar, for a phone.
    """
    rows = [p for p in found.partings if p.kind != "numbers"]
    labels = [_label(parting, other) for parting in rows]
    # A bar takes as much room as its label has lines, and a line between two labels.
    room = np.array([label.count("\n") + (3.0 if narrow else 2.0) for label in labels])
    middles = np.cumsum(room) - (0.9 if narrow else room / 2.0)
    figure = new_figure(1.4 + 0.14 * max(6.0, room.sum()))
    axes = figure.subplots()
    shares = np.array([100.0 * p.share.value for p in rows])
    numbers = sum(p.share.value for p in found.partings if p.kind == "numbers")
    errors = np.array([[p.share.value - p.share.low, p.share.high - p.share.value] for p in rows])
    axes.barh(
        middles,
        shares,
        1.2 if narrow else 1.8,
        color=[SKY if p.kind == "other" else BLUE for p in rows],
        xerr=100.0 * errors.T if rows else None,
        error_kw={"ecolor": "#222222", "elinewidth": 1.0, "capsize": 2.0},
    )
    if narrow:
        name_above(axes, middles, labels, 0.7)
    else:
        axes.set_yticks(middles, labels, fontsize=SMALL)
    axes.set_ylim(room.sum() + 0.2, -0.4 if narrow else 0.0)
    axes.set_xlim(left=0.0)
    axes.set_xlabel("% of pairs")
    a, b = side_names((comparison.a, comparison.b))
    axes.set_title("Where the two runs of a pair first differ", loc="left")
    return sourced(
        figure,
        f"{a} (A) and {b} ({other}), first {count_text(found.pairs, 'pair')} with the same luck, "
        f"seed {comparison.a.seed}. In {100.0 * numbers:.1f}% of pairs the same events occur with "
        f"different numbers; in {100.0 * found.never.value:.1f}% the two runs are identical. "
        "Whiskers: 95% intervals.",
    )


def _label(parting: Parting, other: str) -> str:
    """Returns what happens in a parting and when, in lines short enough to leave room for bars."""
    lines = parting_words(parting, other).splitlines()
    if parting.kind == "event":
        lines.append(when_words(parting).replace("\n", " "))
    return "\n".join(part for line in lines for part in textwrap.wrap(line, LETTERS))


def _look(d: Difference) -> tuple[str, str]:
    """Returns the colour and the marker of a difference, by what it means."""
    if d.verdict not in TELLING:
        return GREY, "x"
    mood = difference_mood(d)
    return (MOOD_COLOURS[mood], _MARKS[mood]) if mood else (INK, "s")


def _telling(comparison: Comparison) -> list[Difference]:
    """Returns the headline differences of the comparison tables, largest first."""
    rows = [d for row in comparison.rows if (d := comparison.of(row))]
    shown = [
        d for d in rows if d.headline and d.margin > 0.0 and not math.isnan(d.difference.value)
    ]
    return sorted(shown, key=lambda d: -abs(d.difference.value) / d.margin)[:SHOWN]


def _name(d: Difference) -> str:
    """Returns the name of a difference, with its unit."""
    return name_words(d) if d.kind == "number" else f"{name_words(d)} (%)"


def _ends(d: Difference) -> tuple[float, float]:
    e = d.difference
    known = math.isfinite(e.low) and math.isfinite(e.high)
    return (e.low, e.high) if known else (e.value, e.value)
