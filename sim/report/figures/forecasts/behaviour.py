"""Chart of behaviour: counts of the record beside the middle 90% of runs, by regime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.backtest.behaviour.statistics import COUNTED, WHERE
from sim.backtest.regimes import REGIMES
from sim.report.figures.style import BLUE, GREY, SMALL, VERMILION, new_figure, sourced

if TYPE_CHECKING:
    from sim.backtest.behaviour.checks import BehaviourChecks, StatisticCheck

_SHIFTS: Final = (-0.19, 0.19)
"""Places of acts outside and inside a pause, in rows."""

_COLOURS: Final = (GREY, BLUE)
_TICKS: Final = (0, 1, 4, 9, 16, 25, 36, 49, 64)


def behaviour_figure(found: BehaviourChecks, *, narrow: bool = False) -> Figure:
    """Returns the chart of counts of acts: bands of the runs, and the record, outside and inside a
    pause. The scale of counts is that of their square roots, on which their spread is alike."""
    regimes = [each for each in REGIMES if any(c.regime == each for c in found.checks)]
    figure = new_figure(1.2 + 4.2 * len(regimes) if narrow else 5.6)
    shape = (len(regimes), 1) if narrow else (1, len(regimes))
    panels = figure.subplots(*shape, sharey=True, squeeze=False).flat
    for place, (axes, regime) in enumerate(zip(panels, regimes, strict=True)):
        counts = [c for c in found.checks if c.regime == regime and c.statistic.is_count]
        _draw(axes, counts, named=place == 0)
        axes.set_title(regime.name, loc="left")
        axes.set_xlabel("days with an act (count)")
    panels[0].set_yticks(range(len(COUNTED)), [kind.title for kind in COUNTED])
    panels[0].set_ylim(len(COUNTED) - 0.4, -0.6)
    inside, all_ = found.tally()
    done = sourced(
        figure,
        f"{found.n:,} runs of each window of a year from the replayed record, seed {found.seed}, "
        f"against the acts on record. {inside} of {all_} counts lie in the middle 90% of the runs, "
        "ends included.",
    )
    handles, labels = panels[0].get_legend_handles_labels()
    done.legend(
        handles,
        labels,
        loc="outside upper left",
        ncols=1 if narrow else 2,
        frameon=False,
        fontsize=SMALL + 0.5,
    )
    return done


def _draw(axes: Axes, counts: list[StatisticCheck], *, named: bool) -> None:
    """Draws the bands and the record of one regime."""
    for where, shift, colour in zip(WHERE, _SHIFTS, _COLOURS, strict=True):
        rows = [each for each in counts if each.statistic.name.endswith(f".{where}")]
        at = np.arange(len(rows)) + shift
        ends = np.sqrt([(each.low, each.high) for each in rows]).T
        label = f"middle 90% of runs, {where} a pause" if named else "_"
        axes.hlines(at, *ends, color=colour, linewidth=4.5, alpha=0.55, label=label)
        # A band of one value is a line of no length.
        axes.plot(ends[0], at, "|", color=colour, markersize=5, label="_")
        for held, mark in ((True, "o"), (False, "D")):
            chosen = [k for k, each in enumerate(rows) if each.in_band == held]
            words = "in" if held else "outside"
            axes.plot(
                np.sqrt([rows[k].recorded for k in chosen]),
                at[chosen],
                mark,
                color="black" if held else VERMILION,
                markersize=4,
                label=f"record, {words} the band" if named and where == WHERE[0] else "_",
                zorder=3,
            )
    widest = max(max(each.high, each.recorded) for each in counts)
    ticks = [tick for tick in _TICKS if tick <= widest] or [0]
    axes.set_xlim(-0.25, 1.06 * np.sqrt(widest) + 0.2)
    axes.set_xticks(np.sqrt(ticks), [str(tick) for tick in ticks])
