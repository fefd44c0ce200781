"""HTML fragment that a notebook shows for an answer; it fetches nothing and runs no script."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from sim.errors import NotFoundError
from sim.experiment.runs.batch import Batch
from sim.report.figures.plots import RunPlots
from sim.report.html.parts.markup import Content, Markup, element
from sim.report.html.parts.pictures import svg_of
from sim.report.html.parts.prose import prose
from sim.report.html.parts.tables import table
from sim.report.html.run import headline_cards
from sim.report.page import Page, numeric, worded
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.takeaway import over_ranges, takeaway
from sim.report.words.numbers import count_text, day_text, sentence_case

FAN: Final = "us_addon_pp"
"""Path to draw: the one most questions are about."""

_COLUMNS: Final = (worded("headline"), numeric(""), worded(""), worded(""))
_STYLE: Final = (
    ".detente{max-width:46rem}"
    ".detente table{border-collapse:collapse}"
    ".detente th,.detente td{text-align:left;font-weight:normal;padding:.1em 1em .1em 0}"
    ".detente thead th{border-bottom:1px solid;font-weight:bold;vertical-align:bottom}"
    ".detente .number{text-align:right}"
)
_SMALL: Final = "font-size:85%;opacity:.75"


def run_piece(digest: Digest) -> str:
    """Returns a short form of a batch: question, summary, headline figures, one fan chart.

    The chart is omitted if matplotlib or the weekly paths are missing.
    """
    batch, resolved = digest.batch, digest.resolved
    key = f"detente-{batch.id}"
    span = f"{day_text(resolved.start)} to {day_text(resolved.until)}"
    runs = count_text(int(batch.counted.sum()), "run")
    given = f" given {' and '.join(batch.given)}" if batch.given else ""
    short = takeaway(digest)
    rows = [
        (card.what, f"{card.value} {card.unit}", card.range, card.beyond)
        for card in headline_cards(digest)
    ]
    return _piece(
        element("p", element("strong", resolved.name), f" · {span} · {runs}{given}"),
        element("p", element("em", resolved.question)),
        element("p", sentence_case(short), id=key),
        element("p", over_ranges(digest), style=_SMALL),
        table(key, _COLUMNS, rows, sortable=False),
        _fan(batch, key),
        element(
            "p",
            "See also .outcomes, .paths, .summary(), .plot, and print(result) for the full page.",
            style=_SMALL,
        ),
    )


def page_piece(page: Page, key: str) -> str:
    """Returns a text page as HTML, with its tables as HTML tables.

    Args:
        page: The page printed by a command.
        key: Prefix of the ids in it, unique in a notebook.
    """
    return _piece(prose(page, f"detente-{key}", level=4))


def _fan(batch: Batch, key: str) -> Markup | None:
    if find_spec("matplotlib") is None:
        return None
    try:
        figure = RunPlots((batch,)).fan(FAN)
    except NotFoundError:
        return None
    # A white background keeps black text readable in dark notebooks.
    svg = svg_of(
        figure, f"{key}-fan", "Fan chart of US duties added on Chinese goods, week by week"
    )
    return element("div", svg, style="background:white")


def _piece(*content: Content) -> str:
    return element("div", element("style", Markup(_STYLE)), *content, class_="detente")
