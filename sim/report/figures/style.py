"""Style of charts: common width and colours, and a source line below each chart.

The colours are those of Okabe and Ito, which colour-blind readers can distinguish; lines also
differ in stroke and bars in hatch, for greyscale prints.
"""

from __future__ import annotations

import io
import math
import textwrap
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from rich.cells import cell_len

from sim.report.figures.fonts import families, lacking
from sim.report.figures.moods import ACCORD, NEITHER, STRIFE

BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
GREEN: Final = "#009E73"
ORANGE: Final = "#E69F00"
PURPLE: Final = "#CC79A7"
SKY: Final = "#56B4E9"
GREY: Final = "#8C8C8C"
INK: Final = "#444444"
COLOURS: Final = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)
MOOD_COLOURS: Final = {STRIFE: VERMILION, ACCORD: GREEN, NEITHER: GREY}
MOOD_HATCHES: Final = {STRIFE: "///", ACCORD: "", NEITHER: "..."}
"""Colour and hatch of what an outcome means for relations."""

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
TITLE: Final = 96  # maximum length of a line of a title
LABEL: Final = 60  # maximum length of a label of a legend that has others beside it

DPI: Final = 150


class Chart(Figure):
    """Figure that shows every text as it is written, whatever characters it holds.

    Names of scenarios are chosen by users: a `$` in them begins no formula, and what the usual font
    lacks is taken from other fonts.
    """

    def draw(self, renderer: Any) -> None:
        """Draws the figure."""
        fonts = [*families(self.written()), "sans-serif"]
        for text in self.findobj(Text):
            text.set_parse_math(False)
            text.set_fontfamily(fonts)
        # Labels of ticks are made while drawing.
        plain_text = rc_context({"text.parse_math": False, "font.family": fonts})
        with plain_text, warnings.catch_warnings():
            # The source line says what is missing.
            warnings.filterwarnings("ignore", "Glyph .* missing from")
            super().draw(renderer)

    def _repr_png_(self) -> bytes:
        """Returns what a notebook shows, also one in which nobody has loaded pyplot."""
        stream = io.BytesIO()
        self.savefig(stream, format="png", dpi=DPI)
        return stream.getvalue()

    def written(self) -> str:
        """Returns all texts, each character once."""
        letters = {letter for text in self.findobj(Text) for letter in text.get_text()}
        return "".join(sorted(letters))


def subject_colour(name: str) -> str:
    """Returns the colour of what an outcome is about: a side, peace, or both sides."""
    side = name.partition("_")[0]
    return {"us": BLUE, "cn": ORANGE, "truce": GREEN}.get(side, PURPLE)


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
    return Chart(figsize=(WIDTH, height), layout="constrained")


def sourced(figure: Figure, text: str, *, legend: bool = False, across: int = 2) -> Figure:
    """Returns the figure with a source line and the common style.

    Args:
        figure: The figure.
        text: Source, and how to read the chart.
        legend: Whether to add a legend, above the plot so that it hides no data.
        across: Number of legend entries side by side.
    """
    for axes in figure.axes:
        plain(axes)
        pad = _TITLE_PAD + (_legend_above(axes, across) if legend else 0.0)
        title = _wrapped(axes.get_title(loc="left"), TITLE)
        axes.set_title(title, loc="left", fontsize=SIZE + 1, pad=pad)
    source = _wrapped(f"Source: {text}{_missing(figure, text)}", LINE)
    height = figure.get_figheight()
    foot = (0.15 * (source.count("\n") + 1) + 0.08) / height
    figure.text(0.01, 0.04 / height, source, fontsize=SMALL - 0.5, color=INK, gid=SOURCE)
    figure.set_layout_engine("constrained", rect=(0.0, foot, 1.0, 1.0 - foot))
    return figure


def _missing(figure: Figure, text: str) -> str:
    """Returns a sentence on the characters that no installed font has; empty if there is none."""
    assert isinstance(figure, Chart)
    missing = lacking("".join(sorted({*figure.written(), *text})))
    if not missing:
        return ""
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in missing[:3])
    more = ", ..." if len(missing) > 3 else ""
    return f" Shown as boxes, because no font installed here has them: {codes}{more}."


def _wrapped(text: str, width: int) -> str:
    """Returns a text with its long lines broken; wide letters, e.g. Chinese ones, count twice."""
    width = max(1, width * len(text) // max(1, cell_len(text)))
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))


def _legend_above(axes: Axes, across: int) -> float:
    """Adds a legend between plot and title, and returns its height in points."""
    handles, labels = axes.get_legend_handles_labels()
    across = across if max(map(len, labels)) <= LABEL else 1
    labels = [_wrapped(label, TITLE) for label in labels]
    legend = axes.legend(
        handles,
        labels,
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=across,
        frameon=False,
        fontsize=LEGEND,
        borderaxespad=0.0,
    )
    tall = max(label.count("\n") + 1 for label in labels)
    points: float = 14.0 * tall * math.ceil(len(legend.get_texts()) / across)
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


def name_above(axes: Axes, rows: Iterable[float], names: Iterable[str], lift: float = 0.22) -> None:
    """Names rows above them, inside the plot, where a phone has no room beside it.

    Args:
        axes: Axes whose y axis counts rows from above.
        rows: Places of the rows.
        names: Their names.
        lift: Distance from the middle of a row to its name, in rows.
    """
    axes.set_yticks([])
    # They take no room beside the plot: a layout that made room for them would have none for it.
    for row, name in zip(rows, names, strict=True):
        axes.text(
            0.01, row - lift, name, fontsize=SMALL + 0.5, va="bottom",
            transform=axes.get_yaxis_transform(), in_layout=False,
        )  # fmt: skip


def plain(axes: Axes) -> None:
    """Removes lines that carry no information, and sets font sizes."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=SMALL)
    axes.xaxis.label.set_fontsize(SIZE)
    axes.yaxis.label.set_fontsize(SIZE)
    axes.grid(visible=True, axis="both", color="#E5E5E5", linewidth=0.6)
    axes.set_axisbelow(True)
