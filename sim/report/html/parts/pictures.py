"""Figures drawn into a page: small, as wide as the page allows, several beside each other."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from sim.report.html.parts.markup import Content, Markup, element

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.runs.filler import Progress

NARROW: Final = 4.3
"""Inches at which letters of nine points can be read on a telephone."""

HINT: Final = "Point at the chart, or step through it with the arrow keys, to read it week by week."

_FONT: Final = re.compile(r"; font-family: [^;\"]*")
_PLACES: Final = re.compile(r'\b(?:d|points|transform|x|y|width|height)="[^"]*"')
_DECIMALS: Final = re.compile(r"(\.\d\d)\d+")
_ID: Final = re.compile(r'\bid="([^"]+)"')
_REFERENCE: Final = re.compile(r'(?:url\(#|href="#)([^")]+)')


@dataclass(frozen=True, slots=True)
class Readout:
    """What a reader sees who points at a place of a plot.

    Attributes:
        points: (place as a share of the figure's width, what is read there), from left to right.
        top: Where the plot begins, as a share of the figure's height from above.
        height: How high it is.
    """

    points: tuple[tuple[float, str], ...]
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure to be drawn when its page is put together.

    Attributes:
        key: Its id, one on a page.
        name: What it is called where it can be chosen among others.
        alt: What it shows, for those who cannot see it.
        draw: Returns the figure.
        read: Returns what can be read off it once it is drawn; None if nothing can.
        narrows: Whether it can be drawn narrow for a telephone; else it scrolls there.
    """

    key: str
    name: str
    alt: str
    draw: Callable[[], Figure]
    read: Callable[[Figure], Readout] | None = None
    narrows: bool = True


@dataclass(frozen=True, slots=True)
class Gallery:
    """Figures of which the reader sees one at a time; all of them where no script runs.

    Attributes:
        key: Id of what they are chosen by, one on a page.
        label: What is chosen, as `Ending`.
        pictures: The figures, the first to be seen first.
    """

    key: str
    label: str
    pictures: tuple[Picture, ...]


def hung(galleries: Sequence[Gallery], progress: Progress | None = None) -> list[Markup]:
    """Returns figures as parts of a page, each drawn.

    Args:
        galleries: In the order of the page.
        progress: Told (done, total) figures.
    """
    total = sum(len(gallery.pictures) for gallery in galleries)
    done = 0
    shown = []
    for gallery in galleries:
        drawn: list[Content] = []
        for picture in gallery.pictures:
            drawn.append(_embedded(picture))
            done += 1
            if progress:
                progress(done, total)
        choice = _choice(gallery) if len(drawn) > 1 else None
        shown.append(element("div", choice, drawn, class_="gallery"))
    return shown


def _choice(gallery: Gallery) -> Markup:
    options = [element("option", p.name, value=p.key) for p in gallery.pictures]
    # Hidden until a script is there that answers to it.
    return element(
        "p",
        element("label", gallery.label, for_=gallery.key),
        element("select", options, id=gallery.key, autocomplete="off"),
        class_="choice",
        hidden=True,
    )


def _embedded(picture: Picture) -> Markup:
    """Returns a figure as part of a page: its title and source as text, so that they wrap."""
    figure = picture.draw()
    title, source = _lifted(figure)
    drawn = [_plot(picture, figure, "wide" if picture.narrows else "only")]
    if picture.narrows:
        figure.set_size_inches(NARROW, min(NARROW, figure.get_figheight()))
        drawn.append(_plot(picture, figure, "narrow"))
    readout = element("p", HINT, class_="readout", aria_live="polite") if picture.read else None
    return element(
        "figure",
        element("p", title, class_="title"),
        drawn,
        readout,
        element("figcaption", source),
        id=picture.key,
        class_="picture",
    )


def _lifted(figure: Figure) -> tuple[str, str]:
    """Takes title and source off a figure and returns them."""
    from sim.report.figures.style import SOURCE

    axes = figure.axes[0]
    title = axes.get_title(loc="left")
    axes.set_title("", loc="left")
    sources = [text for text in figure.texts if text.get_gid() == SOURCE]
    told = " ".join(text.get_text().replace("\n", " ") for text in sources)
    for text in sources:
        text.remove()
    figure.set_layout_engine("constrained", rect=(0.0, 0.0, 1.0, 1.0))
    return title, told


def _plot(picture: Picture, figure: Figure, variant: str) -> Markup:
    svg = svg_of(figure, f"{picture.key}-{variant}", picture.alt)
    if picture.read is None:
        return element("div", element("div", svg, class_="plot"), class_=f"frame {variant}")
    readout = picture.read(figure)
    points = [(round(100.0 * place, 2), text) for place, text in readout.points]
    plot = element(
        "div",
        svg,
        class_="plot",
        role="group",
        aria_label=f"{picture.name}: step through it with the arrow keys",
        data_points=json.dumps(points, ensure_ascii=False, separators=(",", ":")),
        data_top=round(100.0 * readout.top, 2),
        data_height=round(100.0 * readout.height, 2),
    )
    return element("div", plot, class_=f"frame {variant}")


def svg_of(figure: Figure, key: str, alt: str) -> Markup:
    """Returns a figure as SVG to stand in a page.

    Args:
        figure: What is drawn.
        key: What its ids begin with: those of two pictures on a page must differ.
        alt: What it shows.
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
    # The page sets the width; the height follows from the view box.
    text = re.sub(
        r' (?:width|height)="[\d.]+pt"| version="[^"]*"| xmlns(?::\w+)?="[^"]*"', "", text
    )
    text = text.replace("xlink:href", "href")
    text = _thinned(_renamed(text, key))
    # No <title>: it would pop up wherever the reader points.
    return Markup(text.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1))


def _renamed(svg: str, key: str) -> str:
    """Returns SVG in which only what is referred to has an id, one that no other picture has."""
    used = set(_REFERENCE.findall(svg))

    def rename(match: re.Match[str]) -> str:
        return f'id="{key}-{match[1]}"' if match[1] in used else ""

    svg = _ID.sub(rename, svg)
    return _REFERENCE.sub(lambda match: match[0].replace(f"#{match[1]}", f"#{key}-{match[1]}"), svg)


def _thinned(svg: str) -> str:
    """Returns SVG with lengths to a hundredth of a point, in the font of the page."""
    svg = _PLACES.sub(lambda match: _DECIMALS.sub(r"\1", match[0]).replace("\n", ""), svg)
    return re.sub(r">\s+<", "><", _FONT.sub("", svg))
