"""The charts of a run that answer most questions, in one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.report.figures.tariffs.plots import RunSectorPlots

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GAP: Final = 0.3
"""Space between charts, in inches."""
DUTIES: Final = ("us_addon_pp", "cn_addon_pp")


@dataclass(frozen=True, slots=True)
class RunPictures(RunSectorPlots):
    """Charts of a run: one by its name, or four at once by calling it."""

    def __call__(self) -> Figure:
        """Returns the truce week by week, how the runs end, and the duties of both sides.

        Raises:
            NotFoundError: Weekly paths were not stored.
        """
        us, cn = map(self.fan, DUTIES)
        return grid(((self.survival(), us), (self.classes(), cn)))


def grid(rows: Sequence[Sequence[Figure]]) -> Figure:
    """Returns one figure with charts in rows, each with the layout and source line of its own.

    Args:
        rows: Charts of each row, from left to right; the rows are as long as each other.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from sim.report.figures.style import DPI, Chart

    cell = max(chart.get_figwidth() for row in rows for chart in row) + GAP
    tops = np.cumsum([0.0, *(max(chart.get_figheight() for chart in row) + GAP for row in rows)])
    width, height = cell * len(rows[0]) - GAP, tops[-1] - GAP
    whole = Chart(figsize=(width, height), dpi=DPI)
    for row, top in zip(rows, tops, strict=False):
        for place, chart in enumerate(row):
            # A layout fills its figure, so a chart enters another one as a picture.
            chart.set_dpi(DPI)
            canvas = FigureCanvasAgg(chart)
            canvas.draw()
            wide, tall = chart.get_size_inches()
            low = height - top - tall
            axes = whole.add_axes((place * cell / width, low / height, wide / width, tall / height))
            axes.imshow(np.asarray(canvas.buffer_rgba()), aspect="auto")
            axes.set_axis_off()
    return whole
