"""Answers about single runs: one run, or a pair with the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.page import Page, Printable
from sim.report.pages.compare.run_pair import RunPair, pair_json, pair_page
from sim.report.pages.single_run.news import news_json, news_page
from sim.report.pages.single_run.trace import trace_json, trace_page
from sim.report.words.numbers import count_text

if TYPE_CHECKING:
    from sim.engine.chronicle import Chronicle


@dataclass(frozen=True, slots=True, repr=False)
class TraceAnswer(Printable):
    """One simulated run.

    Attributes:
        chronicle: The record of the run.
        waits: Whether its page includes decisions to do nothing.
        news: Whether it is told as the press of the two countries would, not as a chronicle.
    """

    chronicle: Chronicle
    waits: bool = False
    news: bool = False

    def line(self) -> str:
        """Returns the scenario, the number of the run, and the number of events."""
        run, events = self.chronicle, count_text(len(self.chronicle.events), "event")
        return f"{run.scenario}, run {run.replicate} of seed {run.seed}, {events}"

    def page(self) -> Page:
        """Returns the page of the run."""
        if self.news:
            return news_page(self.chronicle)
        return trace_page(self.chronicle, waits=self.waits)

    def to_json(self) -> dict[str, Any]:
        """Returns the run as one JSON object."""
        return news_json(self.chronicle) if self.news else trace_json(self.chronicle)


@dataclass(frozen=True, slots=True, repr=False)
class RunPairAnswer(Printable):
    """Pair of runs with the same luck.

    Attributes:
        pair: The two runs and their parting.
    """

    pair: RunPair

    def line(self) -> str:
        """Returns the scenarios and the number of the run."""
        a, b = self.pair.a, self.pair.b
        names = f"{a.resolved.name} and {b.resolved.name}"
        return f"{names}, run {a.chronicle.replicate} of seed {a.chronicle.seed}"

    def page(self) -> Page:
        """Returns the page of the pair."""
        return pair_page(self.pair)

    def to_json(self) -> dict[str, Any]:
        """Returns the pair as one JSON object."""
        return pair_json(self.pair)
