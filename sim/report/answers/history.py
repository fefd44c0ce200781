"""Answers about single histories: one by itself, or two with the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.page import Page, render
from sim.report.pages.compare.history_pair import HistoryPair, pair_json, pair_page
from sim.report.pages.run.trace import trace_json, trace_page

if TYPE_CHECKING:
    from sim.engine.chronicle import Chronicle


@dataclass(frozen=True, slots=True)
class HistoryAnswer:
    """One simulated history.

    Attributes:
        chronicle: The record of it.
        waits: Whether its page has decisions to do nothing, too.
    """

    chronicle: Chronicle
    waits: bool = False

    def page(self) -> Page:
        """Returns the history as text."""
        return trace_page(self.chronicle, waits=self.waits)

    def to_json(self) -> dict[str, Any]:
        """Returns the history as one JSON object."""
        return trace_json(self.chronicle)


@dataclass(frozen=True, slots=True)
class HistoryPairAnswer:
    """Two histories that share their luck.

    Attributes:
        pair: The histories, and where they part.
    """

    pair: HistoryPair

    def __str__(self) -> str:
        return render(self.page())

    def page(self) -> Page:
        """Returns both as text."""
        return pair_page(self.pair)

    def to_json(self) -> dict[str, Any]:
        """Returns both as one JSON object."""
        return pair_json(self.pair)
