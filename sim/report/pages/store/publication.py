"""Page of a publication: which published figures moved, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.report.page import Page, numeric, worded
from sim.report.words.numbers import count_text, number_text

if TYPE_CHECKING:
    from sim.experiment.publication.moves import FigureMove
    from sim.experiment.publication.publication import Publication

DECIMALS: Final = 4
"""Decimals of a figure: with the runs of a table its Monte Carlo error is of the third or less."""


def publication_page(publication: Publication) -> Page:
    """Returns the tables that were written or would be, and the figures that moved."""
    page = Page()
    page.title("Published results")
    page.say(summary(publication))
    for words, names in (("New", publication.new), ("Gone", publication.gone)):
        if names:
            page.say(f"{words}: {', '.join(names)}")
    if publication.moved:
        page.heading("Figures that moved beyond Monte Carlo error")
        columns = [worded("scenario"), worded("figure"), numeric("from"), numeric("to")]
        page.table(columns, [_row(move) for move in publication.moved])
    if publication.line is not None:
        page.gap()
        page.say(f"CHANGELOG.md, Results change: {publication.line}")
    return page


def summary(publication: Publication) -> str:
    """Returns one sentence: how many tables, how many figures moved, and whether they stand."""
    tables = count_text(len(publication.tables), "table")
    moved = count_text(len(publication.moved), "figure")
    verb = "written" if publication.written else "not written"
    return f"{tables} {verb} in results/published, {moved} moved"


def _row(move: FigureMove) -> list[str]:
    return [move.scenario, move.figure, _text(move.before), _text(move.after)]


def _text(value: float | None) -> str:
    return "none" if value is None else number_text(value, DECIMALS)


def publication_json(publication: Publication) -> dict[str, Any]:
    """Returns a publication as one JSON object."""
    return {
        "schema": 1,
        "written": publication.written,
        "scenarios": list(publication.tables),
        "new": list(publication.new),
        "gone": list(publication.gone),
        "moved": [
            {
                "scenario": move.scenario,
                "figure": move.figure,
                "before": move.before,
                "after": move.after,
            }
            for move in publication.moved
        ],
        "line": publication.line,
    }
