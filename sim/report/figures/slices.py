"""Empty charts of a weekly path, in which a script draws the settings that a reader chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.experiment.outcomes.weekly import TRUCE
from sim.model.outcomes.politics import outcome_index
from sim.report.figures.style import GREY, new_figure, sourced, subject_colour
from sim.report.figures.timeline import as_dates, days_text, mark_days
from sim.report.words.numbers import count_text

if TYPE_CHECKING:
    from matplotlib.artist import Artist

    from sim.scenario.resolved_scenario import Resolved

_MARGIN = 1.05
"""Height of an axis over the largest value."""


def frame_figure(resolved: Resolved, name: str, ends: tuple[float, float], runs: int) -> Figure:
    """Returns a chart with axes, dates and legend, but without a path.

    Args:
        resolved: The scenario.
        name: The path: the truce or a duty.
        ends: Smallest and largest value of any setting.
        runs: Number of runs of each setting.
    """
    figure = new_figure(3.4)
    axes = figure.subplots()
    axes.set_xlim(resolved.start, resolved.until)
    as_dates(axes, resolved.start, resolved.until)
    mark_days(axes, [resolved], resolved.start, resolved.until)
    colour = subject_colour(name)
    line, grey = (Line2D([], [], color=c, linewidth=2) for c in (colour, GREY))
    shown: list[Artist] = [line, Patch(color=colour, alpha=0.25), grey]
    if name == TRUCE:
        words = ["this setting", "95% interval", "the setting before"]
        axes.set_ylim(0.0, 102.0)
        axes.set_ylabel("runs with a truce in force (%)")
        axes.set_title("Truce in force, week by week", loc="left")
        drawn = "Line: share of the runs; band: its 95% interval, luck alone."
    else:
        words = ["median run", "middle 50%, 90%", "the setting before"]
        axes.set_ylim(_MARGIN * min(0.0, ends[0]), _MARGIN * max(1.0, ends[1]))
        axes.set_ylabel("percentage points")
        axes.set_title(outcome_index()[name].meaning.rstrip("."), loc="left")
        drawn = "Line: median; bands: middle 50% and 90% of runs; dotted grey: 90% before."
    axes.legend(
        shown, words, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, frameon=False,
        fontsize="small", borderaxespad=0.0,
    )  # fmt: skip
    return sourced(
        figure,
        f"{resolved.name}, {count_text(runs, 'run')} of each setting, the same luck in all. {drawn}"
        f"{days_text([resolved])}",
    )
