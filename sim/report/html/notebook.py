"""HTML fragment that a notebook shows for an answer; it fetches nothing and runs no script."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from markupsafe import Markup

from sim.errors import NotFoundError
from sim.experiment.runs.batch import Batch
from sim.report.figures.plots import RunPlots
from sim.report.html.parts.pictures import svg_of
from sim.report.html.parts.prose import prose
from sim.report.html.parts.tables import table
from sim.report.html.parts.templates import asset, fill
from sim.report.html.run import headline_cards
from sim.report.page import Page, numeric, worded
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.lead import lead
from sim.report.words.numbers import count_text, day_text, sentence_case

FAN: Final = "us_addon_pp"
"""Path to draw: the one most questions are about."""

_COLUMNS: Final = (worded("headline"), numeric(""), worded(""), worded(""))


def run_piece(digest: Digest) -> str:
    """Returns a short form of a batch: question, summary, headline figures, one fan chart.

    The chart is omitted if matplotlib or the weekly paths are missing.
    """
    batch, resolved = digest.batch, digest.resolved
    key = f"detente-{batch.id}"
    span = f"{day_text(resolved.start)} to {day_text(resolved.until)}"
    runs = count_text(int(batch.counted.sum()), "run")
    given = f" given {' and '.join(batch.given)}" if batch.given else ""
    rows = [
        (card.what, f"{card.value} {card.unit}", card.range, card.beyond)
        for card in headline_cards(digest)
    ]
    return fill(
        "notebook-run.html",
        style=_style(),
        key=key,
        name=resolved.name,
        about=f"{span} · {runs}{given}",
        question=resolved.question,
        lead=sentence_case(lead(digest)),
        figures=table(key, _COLUMNS, rows, sortable=False),
        chart=_fan(batch, key),
    )


def page_piece(page: Page, key: str) -> str:
    """Returns a text page as HTML, with its tables as HTML tables.

    Args:
        page: The page printed by a command.
        key: Prefix of the ids in it, unique in a notebook.
    """
    return fill("notebook.html", style=_style(), content=prose(page, f"detente-{key}", level=4))


def _fan(batch: Batch, key: str) -> Markup | None:
    if find_spec("matplotlib") is None:
        return None
    try:
        figure = RunPlots((batch,)).fan(FAN)
    except NotFoundError:
        return None
    return svg_of(
        figure, f"{key}-fan", "Fan chart of US duties added on Chinese goods, week by week"
    )


def _style() -> Markup:
    return asset("notebook.css")
