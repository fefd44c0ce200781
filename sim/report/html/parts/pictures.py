"""Charts embedded in a report as SVG, with readouts and a choice between several."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup, escape

from sim.report.html.parts.templates import fill
from sim.report.words.numbers import sentence_case

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.runs.filler import Progress

NARROW: Final = 4.3
"""Width in inches at which nine-point text is readable on a phone."""

BESIDE: Final = 5.8
"""Width in inches at which it is readable in one of two columns on a desk."""

WIDE: Final = "wide"
NARROW_FRAME: Final = "narrow"
FRAMES: Final = (WIDE, NARROW_FRAME)
"""Forms in which a chart is drawn: for a desk, and for a phone. A report holds both."""

HINT: Final = "Point at the chart, or step through it with the arrow keys, to read it week by week."

_FONT: Final = re.compile(r"; font-family: [^;\"]*")
_PLACES: Final = re.compile(r'\b(?:d|points|transform|x|y|width|height)="[^"]*"')
_DECIMALS: Final = re.compile(r"(\.\d\d)\d+")
_ID: Final = re.compile(r'\bid="([^"]+)"')
_REFERENCE: Final = re.compile(r'(?:url\(#|href="#)([^")]+)')


@dataclass(frozen=True, slots=True)
class Readout:
    """Text shown when the reader points at a place in a plot.

    Attributes:
        points: (place as a share of the figure's width, text), from left to right.
        top: Top edge of the plot, as a share of the figure's height from above.
        height: Height of the plot, as a share of the figure's height.
    """

    points: tuple[tuple[float, str], ...]
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Chart to be drawn when the report is built.

    Attributes:
        key: Id, unique in a report.
        name: Name in the list from which the reader chooses.
        alt: Text alternative for readers who cannot see it.
        draw: Function that returns the figure.
        read: Function that returns the readout of the drawn figure; None if it has none.
        narrow: Function that returns it for a phone, if that is more than the figure made narrow.
        is_wide: Whether it needs the width of the page on a desk.
        canvas: Function that returns where a script draws in it; None if none does.
    """

    key: str
    name: str
    alt: str
    draw: Callable[[], Figure]
    read: Callable[[Figure], Readout] | None = None
    narrow: Callable[[], Figure] | None = None
    is_wide: bool = False
    canvas: Callable[[Figure], dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Gallery:
    """Charts shown one at a time, or all at once if no script runs.

    Attributes:
        key: Id of the selector, unique in a report.
        label: Label of the selector.
        pictures: The charts; the first is shown first.
    """

    key: str
    label: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class _Plot:
    """One form of a drawn chart, with the attributes of the box around it."""

    variant: str
    svg: Markup
    attributes: dict[str, str | float]


def hung(
    galleries: Sequence[Gallery],
    progress: Progress | None = None,
    frames: Sequence[str] = FRAMES,
) -> list[Markup]:
    """Returns galleries as HTML, with all charts drawn.

    Args:
        galleries: Galleries in the order of the report.
        progress: Progress callback; receives (done, total) charts.
        frames: The forms in which to draw each chart, of `FRAMES`.
    """
    total = sum(len(gallery.pictures) for gallery in galleries)
    done = 0
    shown = []
    for gallery in galleries:
        drawn: list[Markup] = []
        for picture in gallery.pictures:
            drawn.append(_embedded(picture, frames))
            done += 1
            if progress:
                progress(done, total)
        shown.append(fill("gallery.html", gallery=gallery, drawn=drawn))
    return shown


def displayed(shown: Sequence[Markup]) -> Markup:
    """Returns galleries beside and below each other."""
    return fill("galleries.html", galleries=shown)


def _embedded(picture: Picture, frames: Sequence[str]) -> Markup:
    """Returns a chart as HTML; its title and source are text, so they wrap."""
    figure = picture.draw()
    title, source = _lifted(figure, picture.name)
    plots = []
    if WIDE in frames:
        if not picture.is_wide:
            figure.set_figwidth(BESIDE)
        plots.append(_plot(picture, figure, WIDE))
    if NARROW_FRAME in frames:
        if picture.narrow:
            figure = picture.narrow()
            _lifted(figure, picture.name)
            height = figure.get_figheight()
        else:
            height = min(NARROW, figure.get_figheight())
        figure.set_size_inches(NARROW, height)
        plots.append(_plot(picture, figure, NARROW_FRAME))
    return fill("picture.html", picture=picture, title=title, source=source, plots=plots, hint=HINT)


def _lifted(figure: Figure, name: str) -> tuple[str, str]:
    """Removes title and source from a figure and returns them.

    Args:
        figure: The figure; if several of its panels have titles, these stay.
        name: Title of a figure whose panels have titles of their own.
    """
    from sim.report.figures.style import SOURCE

    titled = [axes for axes in figure.axes if axes.get_title(loc="left")]
    title = titled[0].get_title(loc="left") if len(titled) == 1 else name
    for axes in titled[:1] if len(titled) == 1 else ():
        axes.set_title("", loc="left")
    sources = [text for text in figure.texts if text.get_gid() == SOURCE]
    source = " ".join(text.get_text().replace("\n", " ") for text in sources)
    for text in sources:
        text.remove()
    figure.set_layout_engine("constrained", rect=(0.0, 0.0, 1.0, 1.0))
    return sentence_case(title), source


def _plot(picture: Picture, figure: Figure, variant: str) -> _Plot:
    svg = svg_of(figure, f"{picture.key}-{variant}", picture.alt)
    if picture.canvas:
        return _Plot(variant, svg, {"data-canvas": json.dumps(picture.canvas(figure))})
    if picture.read is None:
        return _Plot(variant, svg, {})
    readout = picture.read(figure)
    points = [(round(100.0 * place, 2), text) for place, text in readout.points]
    attributes: dict[str, str | float] = {
        "role": "group",
        "aria-label": f"{picture.name}: step through it with the arrow keys",
        "data-points": json.dumps(points, ensure_ascii=False, separators=(",", ":")),
        "data-top": round(100.0 * readout.top, 2),
        "data-height": round(100.0 * readout.height, 2),
    }
    return _Plot(variant, svg, attributes)


def svg_of(figure: Figure, key: str, alt: str) -> Markup:
    """Returns a figure as SVG for embedding in HTML.

    Args:
        figure: The figure.
        key: Prefix of its ids, unique in a document.
        alt: Text alternative.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = io.StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": key}):
        # Not savefig, which draws twice.
        FigureCanvasSVG(figure).print_svg(buffer, metadata=nothing)
    text = buffer.getvalue()
    text = text[text.index("<svg") :].strip()
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    # The style sheet sets the width; the height follows from the view box.
    text = re.sub(
        r' (?:width|height)="[\d.]+pt"| version="[^"]*"| xmlns(?::\w+)?="[^"]*"', "", text
    )
    text = text.replace("xlink:href", "href")
    text = _thinned(_renamed(text, key))
    # No <title>: browsers would show it as a tooltip.
    named = text.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)
    return Markup(named)  # noqa: S704 (matplotlib escapes all text)


def _renamed(svg: str, key: str) -> str:
    """Returns SVG with ids only on referenced elements, made unique by a prefix."""
    used = set(_REFERENCE.findall(svg))

    def rename(match: re.Match[str]) -> str:
        return f'id="{key}-{match[1]}"' if match[1] in used else ""

    svg = _ID.sub(rename, svg)
    return _REFERENCE.sub(lambda match: match[0].replace(f"#{match[1]}", f"#{key}-{match[1]}"), svg)


def _thinned(svg: str) -> str:
    """Returns SVG with lengths rounded to 0.01 pt, in the font of the document."""
    svg = _PLACES.sub(lambda match: _DECIMALS.sub(r"\1", match[0]).replace("\n", ""), svg)
    return re.sub(r">\s+<", "><", _FONT.sub("", svg))
