"""Charts of sectors: a row for each sector, a panel for each quarter, median and bands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.economy.sectors import GOODS
from sim.engine.blocks import quarter_ends
from sim.experiment.outcomes.summary import quantiles
from sim.report.figures.runs import runs_text
from sim.report.figures.style import COLOURS, INK, LEGEND, SIZE, new_figure, sourced
from sim.report.words.impact import short_names
from sim.report.words.numbers import count_text, day_text
from sim.report.words.sides import side_names
from sim.scenario.baseline import sector_labels

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.tariffs.impact import Impact

IMPORTERS: Final = {"us": "US imports from China", "cn": "Chinese imports from the US"}
DUTY: Final = "tariff_pct"
MEAN_DUTY: Final = "tariff_mean_pct"
CHANGE: Final = "trade_change_pct"

ACROSS: Final = 3
"""Panels side by side."""
ROW: Final = 0.17
"""Height of a sector, in inches."""
MARKS: Final = ("o", "s", "^", "v")
BAND_WIDTHS: Final = (1.0, 2.8)
"""Widths of the lines over the middle 90% and the middle 50%."""

Spans = Mapping[str, Sequence[float]]
"""Sector -> its quantiles (see `summary.QUANTILES`)."""


@dataclass(frozen=True, slots=True)
class SectorPanel:
    """Panel of a chart of sectors.

    Attributes:
        title: What it shows.
        spans: Quantiles of each sector, for each of the things overlaid.
        ends: Median at the end of the quarter, likewise; empty if it is not shown.
    """

    title: str
    spans: tuple[Spans, ...]
    ends: tuple[Mapping[str, float], ...] = ()


def duty_figure(batches: Sequence[Batch], importer: str) -> Figure:
    """Returns the chart of the duties on the sectors of an importer: their means over each quarter
    with bands, and their medians at its end; if no quarter ends, the duties at the end.

    Args:
        batches: Scenarios to overlay.
        importer: `us` or `cn`.
    """
    goods = goods_of(importer)
    head = batches[0].resolved
    panels = [
        SectorPanel(
            f"mean of {quarter}",
            tuple(_spans(batch, goods, MEAN_DUTY, f"@{quarter}") for batch in batches),
            tuple(_medians(batch, goods, f"@{quarter}") for batch in batches),
        )
        for quarter, _ in quarter_ends(head.start, head.until)
        if all(f"{DUTY}[{goods[0]}]@{quarter}" in batch.values for batch in batches)
    ] or [
        SectorPanel(
            day_text(head.until), tuple(_spans(batch, goods, DUTY, "") for batch in batches)
        )
    ]
    how = "Dot: median; lines: middle 50% and 90% of runs"
    if panels[0].ends:
        how += f" of the mean over the days of the quarter from {day_text(head.start)} on. Bar: "
        how += "median on its last day"
    return _figure(
        f"{IMPORTERS[importer]}: duty by sector, %",
        panels,
        side_names(batches),
        f"{runs_text(batches)} {how}.",
    )


def trade_figure(found: Impact, importer: str) -> Figure:
    """Returns the chart of the change in an importer's trade by sector, quarter by quarter.

    Args:
        found: Effects of duties, with the lines of all sectors.
        importer: `us` or `cn`.
    """
    goods = goods_of(importer)
    places = {line.name: place for place, line in enumerate(found.monthly)}
    panels = [
        SectorPanel(
            f"mean of {quarter}",
            tuple(
                {
                    good: quantiles(
                        found.draws_path[:, which, months, places[f"{CHANGE}[{good}]"]].mean(axis=1)
                    )
                    for good in goods
                }
                for which in range(len(found.duties))
            ),
        )
        for quarter, months in found.quarters.items()
    ]
    return _figure(
        f"{IMPORTERS[importer]}: change in trade from 2024 by sector, %",
        panels,
        short_names(found.duties),
        f"{' and '.join(map(str, found.duties))} in {found.resolved.name}, "
        f"{count_text(found.n, 'draw')} of the parameters, seed {found.seed}. Dot: median; lines: "
        "middle 50% and 90% of the draws, of the mean over the months of the quarter.",
    )


def goods_of(importer: str) -> list[str]:
    """Returns the goods that a side imports."""
    return [good for good in GOODS if good.startswith(f"{importer}.")]


def _spans(batch: Batch, goods: Sequence[str], stem: str, when: str) -> Spans:
    return {good: quantiles(batch.values[f"{stem}[{good}]{when}"][batch.counted]) for good in goods}


def _medians(batch: Batch, goods: Sequence[str], when: str) -> dict[str, float]:
    return {good: span[2] for good, span in _spans(batch, goods, DUTY, when).items()}


def _figure(title: str, panels: Sequence[SectorPanel], names: Sequence[str], source: str) -> Figure:
    """Returns the chart; sectors are in the order of the first panel's medians."""
    first = panels[0].spans[0]
    goods = sorted(first, key=lambda good: first[good][2])
    down = -(-len(panels) // ACROSS)
    across = min(len(panels), ACROSS)
    figure = new_figure(down * (0.6 + ROW * len(goods)) + 0.3)
    grid = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    every = [*grid.flat]
    for axes, panel in zip(every, panels, strict=False):
        _draw(axes, panel, goods, names)
    for axes in every[len(panels) :]:
        axes.set_visible(False)
    labels = sector_labels()
    every[0].set_yticks(range(len(goods)), [labels[good] for good in goods])
    every[0].set_ylim(-0.7, len(goods) - 0.3)
    # The lowest panel of each column has the numbers, also where the last row is not full.
    for axes in every[max(0, len(panels) - across) : len(panels)]:
        axes.tick_params(labelbottom=True)
    done = sourced(figure, source)
    done.suptitle(title, x=0.01, ha="left", fontsize=SIZE + 1)
    if len(names) > 1:
        texts = every[0].get_legend_handles_labels()
        done.legend(*texts, loc="outside upper right", frameon=False, fontsize=LEGEND)
    return done


def _draw(axes: Axes, panel: SectorPanel, goods: Sequence[str], names: Sequence[str]) -> None:
    step = 0.8 / len(panel.spans)
    for place, (spans, name) in enumerate(zip(panel.spans, names, strict=True)):
        at = np.arange(len(goods)) + ((len(panel.spans) - 1) / 2.0 - place) * step
        colour = COLOURS[place % len(COLOURS)]
        held: Any = np.array([spans[good] for good in goods]).T
        for low, high, width in zip((0, 1), (4, 3), BAND_WIDTHS, strict=True):
            axes.hlines(at, held[low], held[high], color=colour, linewidth=width)
        mark = MARKS[place % len(MARKS)]
        axes.plot(held[2], at, mark, color=colour, markersize=3.2, label=name, zorder=3)
        if panel.ends:
            ends = [panel.ends[place][good] for good in goods]
            axes.plot(ends, at, "|", color=INK, markersize=6.0, zorder=4)
    axes.set_title(panel.title, loc="left")
