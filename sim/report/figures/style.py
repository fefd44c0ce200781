"""Style of charts: common width and colours, and a source line below each chart.

The colours are those of Okabe and Ito, which colour-blind readers can distinguish; lines also
differ in stroke and bars in hatch, for greyscale prints.
"""

from __future__ import annotations

import math
import textwrap
from pathlib import Path
from typing import Final

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
GREEN: Final = "#009E73"
ORANGE: Final = "#E69F00"
PURPLE: Final = "#CC79A7"
SKY: Final = "#56B4E9"
GREY: Final = "#8C8C8C"
INK: Final = "#444444"
COLOURS: Final = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)
HATCHES: Final = ("", "///", "...", "xxx")
STROKES: Final = ("-", "--", "-.", ":")

_TITLE_PAD: Final = 6.0

SOURCE: Final = "source"
"""Mark (gid) of the line that states source and method."""

WIDTH: Final = 7.2
SIZE: Final = 9.0
SMALL: Final = 7.5
LEGEND: Final = 8.0
LINE: Final = 128  # maximum length of a source line

DPI: Final = 150


def write(figure: Figure, path: Path) -> None:
    """Writes a figure as PNG or SVG, depending on the file extension.

    Raises:
        OSError: The file cannot be written.
    """
    dated = {"Date": None} if path.suffix == ".svg" else {}
    # Text stays text, and the same figure always gives the same file.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "detente"}):
        figure.savefig(path, dpi=DPI, metadata=dated)


def new_figure(height: float) -> Figure:
    """Returns an empty figure of the common width."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def sourced(figure: Figure, text: str, *, legend: bool = False, across: int = 2) -> Figure:
    """Returns the figure with a source line and the common style.

    Args:
        figure: The figure.
        text: Source, and how to read the chart.
        legend: Whether to add a legend, above the plot so that it hides no data.
        across: Number of legend entries side by side.
    """
    lines = textwrap.wrap(f"Source: {text}", LINE)
    for axes in figure.axes:
        plain(axes)
        pad = _TITLE_PAD + (_legend_above(axes, across) if legend else 0.0)
        axes.set_title(axes.get_title(loc="left"), loc="left", fontsize=SIZE + 1, pad=pad)
    height = figure.get_figheight()
    foot = (0.15 * len(lines) + 0.08) / height
    figure.text(0.01, 0.04 / height, "\n".join(lines), fontsize=SMALL - 0.5, color=INK, gid=SOURCE)
    figure.set_layout_engine("constrained", rect=(0.0, foot, 1.0, 1.0 - foot))
    return figure


def _legend_above(axes: Axes, across: int) -> float:
    """Adds a legend between plot and title, and returns its height in points."""
    legend = axes.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=across,
        frameon=False,
        fontsize=LEGEND,
        borderaxespad=0.0,
    )
    points = 14.0 * math.ceil(len(legend.get_texts()) / across)
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.set_figheight(figure.get_figheight() + points / 72.0)
    return points


def note(
    axes: Axes,
    text: str,
    place: tuple[float, float],
    shift: tuple[float, float],
    *,
    ha: str = "left",
    color: str = INK,
) -> None:
    """Writes a note at a place, offset in points."""
    axes.annotate(
        text, place, shift, textcoords="offset points", ha=ha, color=color, fontsize=SMALL
    )


def plain(axes: Axes) -> None:
    """Removes lines that carry no information, and sets font sizes."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=SMALL)
    axes.xaxis.label.set_fontsize(SIZE)
    axes.yaxis.label.set_fontsize(SIZE)
    axes.grid(visible=True, axis="both", color="#E5E5E5", linewidth=0.6)
    axes.set_axisbelow(True)
