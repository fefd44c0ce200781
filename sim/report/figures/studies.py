"""Charts of sweeps and sensitivity analyses: curves with bands, maps, tornadoes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.sweep.points import GRID
from sim.report.figures.style import (
    BLUE,
    INK,
    ORANGE,
    SKY,
    SMALL,
    VERMILION,
    name_above,
    new_figure,
    sourced,
)
from sim.report.words.names.inputs import above, input_words, named
from sim.report.words.numbers import known_text, number_text, scale_text, typed_text
from sim.report.words.targets import half_width_text, target_step, target_words

if TYPE_CHECKING:
    from sim.experiment.outcomes.targets import Target
    from sim.experiment.sensitivity.analysis import Drivers, Sensitivity, VarianceShare
    from sim.experiment.stats.intervals import Estimate, Floats
    from sim.experiment.sweep.points import Sweep
    from sim.experiment.sweep.response import Curve, HeatMap

SHOWN: Final = 20
LETTERS: Final = 28
"""Letters of a line beside a map."""

SPAN: Final = 4.0
"""Minimum span of an axis, in margins of the outcome."""

_WHISKER: Final = {"ecolor": "#222222", "elinewidth": 0.8}
MAP: Final = "cividis"
"""Colour map that is suitable for colour-blind readers."""


def curve_figure(sweep: Sweep, curve: Curve) -> Figure:
    """Returns the chart of an outcome over one input, with its interval."""
    figure = new_figure(3.6)
    axes = figure.subplots()
    scale = _factor(curve.target)
    words = any(level.middle is None for level in curve.levels)
    x = np.array(
        [place if words else level.middle for place, level in enumerate(curve.levels)], np.float64
    )
    mean, low, high = (
        np.array([scale * getattr(level.mean, part) for level in curve.levels])
        for part in ("value", "low", "high")
    )
    if words:
        errors = np.array([mean - low, high - mean])
        axes.errorbar(x, mean, errors, fmt="o", color=BLUE, capsize=3)
        axes.set_xticks(x, [typed_text(level.text) for level in curve.levels])
    else:
        axes.fill_between(x, low, high, color=BLUE, alpha=0.25, linewidth=0)
        axes.plot(x, mean, "o-", color=BLUE, linewidth=2, markersize=4)
        if len(x) <= 8:
            axes.set_xticks(x, [typed_text(level.text) for level in curve.levels])
    axes.set_xlabel(named(curve.axis))
    axes.set_ylabel(_label(curve.target))
    _room(axes, curve.target)
    axes.set_title(f"{target_words(curve.target)} over {input_words(curve.axis)}", loc="left")
    drawn = "Whiskers" if words else "Band"
    same = " The same luck at every point, so differences are more precise than this."
    luck = same if sweep.method == GRID else ""
    return sourced(
        figure, f"{_sweep_text(sweep)} {drawn}: 95% interval of the mean at each value.{luck}"
    )


def _room(axes: Axes, target: Target) -> None:
    """Sets the limits of an axis: wide enough for negligible differences to look small, and within
    the possible values of the outcome."""
    low, high = axes.get_ylim()
    least = SPAN * _factor(target) * target.margin
    if high - low < least:
        low, high = (low + high - least) / 2.0, (low + high + least) / 2.0
    if target.is_share:
        low, high = max(-0.5, low), min(100.5, high)
    axes.set_ylim(low, high)


def heat_figure(sweep: Sweep, found: HeatMap) -> Figure:
    """Returns the heat map of an outcome over two axes."""
    rows, columns = found.means.shape
    figure = new_figure(1.5 + 0.36 * max(4, rows))
    axes = figure.subplots()
    scale, step = _factor(found.target), target_step(found.target) or 0.1
    image = axes.imshow(scale * found.means, cmap=MAP, aspect="auto", origin="lower")
    middle = (scale * float(np.nanmin(found.means)) + scale * float(np.nanmax(found.means))) / 2.0
    if rows * columns <= 150:
        size = SMALL if columns <= 8 else SMALL - 1.5
        for i in range(rows):
            for j in range(columns):
                value = scale * float(found.means[i, j])
                # Named colours would be inverted in a dark report.
                colour = "#111111" if value > middle else "#fdfdfd"
                axes.text(
                    j,
                    i,
                    number_text(value, step=step),
                    ha="center",
                    va="center",
                    color=colour,
                    size=size,
                )
    axes.set_xticks(range(columns), [*map(typed_text, found.columns)])
    axes.set_yticks(range(rows), [*map(typed_text, found.rows)])
    down, across = input_words(found.down), input_words(found.across)
    axes.set_xlabel(across)
    axes.set_ylabel(textwrap.fill(down, LETTERS))
    axes.set_title(f"{target_words(found.target)} over {down} and {across}", loc="left")
    bar = figure.colorbar(image, ax=axes, pad=0.02)
    bar.set_label(_label(found.target), fontsize=SMALL)
    bar.outline.set_visible(False)
    known = known_text(half_width_text(found.target, found.widest), found.unsure)
    done = sourced(figure, f"{_sweep_text(sweep)} {known}".rstrip())
    axes.grid(visible=False)
    bar.ax.grid(visible=False)
    return done


def tornado_figure(answer: Sensitivity, drivers: Drivers, *, narrow: bool = False) -> Figure:
    """Returns a tornado chart of an outcome, with each factor's share of the variance.

    The left panel shows the outcome with the factor at each end of its range, from the mean
    outwards; the right panel shows its total and first-order index. Rows are the factors with the
    largest total index.
    """
    shares = drivers.shares[:SHOWN]
    height = 1.6 + (0.45 if narrow else 0.3) * max(2, len(shares))
    figure = new_figure((2.0 if narrow else 1.0) * height)
    if narrow:
        swings, parts = figure.subplots(2, 1, sharey=True)
    else:
        swings, parts = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    _swings(swings, drivers, shares)
    _shares(parts, shares)
    unsure = "not distinguishable from zero"
    if narrow:
        names = [input_words(s.factor.name) + ("" if s.is_significant else " *") for s in shares]
        for axes in (swings, parts):
            name_above(axes, range(len(shares)), names, 0.36)
    else:
        names = [
            above(s.factor.name) + ("" if s.is_significant else f"\n({unsure})") for s in shares
        ]
        swings.set_yticks(range(len(shares)), names, fontsize=SMALL)
    swings.set_ylim(len(shares) - 0.4, -0.8 if narrow else -0.6)
    swings.set_title(f"{target_words(drivers.target)}: main drivers", loc="left")
    return sourced(
        figure,
        f"{answer.scenario}, {answer.points} base points of a Sobol sequence, the same "
        f"{answer.replicates} replicates at each point, seed {answer.seed}. First panel: mean "
        "over the points with the factor in the lowest and in the highest fifth of its range. "
        f"Luck accounts for {100.0 * drivers.luck.value:.0f}% of the variance between single runs. "
        f"Lines: 95% intervals.{f' *: {unsure}.' if narrow else ''}",
        legend=True,
        across=1,
    )


def _swings(axes: Axes, drivers: Drivers, shares: Sequence[VarianceShare]) -> None:
    """Draws the outcome at each end of a factor's range, from its mean outwards."""
    scale = _factor(drivers.target)
    middle = scale * drivers.mean
    for shift, place, colour, hatch, label in (
        (-0.17, 0, SKY, "", "factor in lowest fifth"),
        (0.17, -1, VERMILION, "///", "factor in highest fifth"),
    ):
        means = [share.curve.levels[place].mean for share in shares]
        axes.barh(
            np.arange(len(shares)) + shift,
            [scale * mean.value - middle for mean in means],
            0.32,
            left=middle,
            color=colour,
            edgecolor="white",
            hatch=hatch,
            label=label,
            xerr=_whiskers(means, scale),
            error_kw=_WHISKER,
        )
    axes.axvline(middle, color=INK, linewidth=0.9)
    axes.set_xlabel(_label(drivers.target))


def _shares(axes: Axes, shares: Sequence[VarianceShare]) -> None:
    """Draws each factor's share of the variance, in total and alone."""
    for shift, part, colour, label in (
        (-0.18, "total", BLUE, "in total, with interactions"),
        (0.18, "first", ORANGE, "alone (first order)"),
    ):
        # Estimates can lie outside the range of possible values.
        parts = [_within(getattr(share, part)) for share in shares]
        axes.barh(
            np.arange(len(shares)) + shift,
            [100.0 * each.value for each in parts],
            0.34,
            color=colour,
            label=label,
            xerr=_whiskers(parts, 100.0),
            error_kw=_WHISKER,
        )
    axes.set_xlim(0.0, min(102.0, axes.get_xlim()[1]))
    axes.set_xlabel("share of the variance (%)")


def _within(share: Estimate) -> Estimate:
    """Returns a share of the variance and its interval, clipped to the range from 0 to 1."""
    value, low, high = (min(1.0, max(0.0, x)) for x in (share.value, share.low, share.high))
    return replace(share, value=value, low=low, high=high)


def _whiskers(estimates: Sequence[Estimate], scale: float) -> Floats:
    """Returns lengths of error bars below and above, shape (2, bars)."""
    below = np.array([each.value - each.low for each in estimates], np.float64)
    above = np.array([each.high - each.value for each in estimates], np.float64)
    return np.maximum(0.0, scale * np.stack((below, above)))


def _factor(target: Target) -> float:
    return 100.0 if target.is_share else 1.0


def _label(target: Target) -> str:
    return "% of runs" if target.is_share else scale_text(target.unit)


def _sweep_text(sweep: Sweep) -> str:
    n = max((point.n for point in sweep.points), default=0)
    return (
        f"{sweep.scenario}, {len(sweep.points)} points, {n:,} runs each with the same luck, "
        f"seed {sweep.seed}."
    )
