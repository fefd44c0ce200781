"""Answers of `discover` and `explain`: signs of an outcome, and causes of what happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.figures.plots import CausesPlots, DiscoveryPlots
from sim.report.page import Page, Printable
from sim.report.pages.search.causes import causes_page
from sim.report.pages.search.causes_json import causes_json
from sim.report.pages.search.discovery import discovery_page
from sim.report.pages.search.discovery_json import discovery_json
from sim.report.words.numbers import count_text

if TYPE_CHECKING:
    from sim.experiment.discovery.search import Discovery
    from sim.experiment.explain.explanation import Explanation


@dataclass(frozen=True, slots=True, repr=False)
class DiscoveryAnswer(Printable):
    """Early signs and assumptions associated with an outcome.

    Attributes:
        discovery: The boxes and the tree.
    """

    discovery: Discovery

    @property
    def plot(self) -> DiscoveryPlots:
        """Chart: `.plot.tradeoff()`."""
        return DiscoveryPlots(self.discovery)

    def line(self) -> str:
        """Returns the outcome, the scenario, and in how many runs it occurs."""
        found = self.discovery
        met = f"{found.met:,} of {count_text(found.batch.n, 'run')}"
        return f"{found.condition.text} in {found.batch.resolved.name}, {met}, id {found.batch.id}"

    def page(self) -> Page:
        """Returns the page of the discovery."""
        return discovery_page(self.discovery)

    def to_json(self) -> dict[str, Any]:
        """Returns the discovery as one JSON object."""
        return discovery_json(self.discovery)


@dataclass(frozen=True, slots=True, repr=False)
class CausesAnswer(Printable):
    """Causes of what happens in the runs of a scenario.

    Attributes:
        explanation: The shares of causes, and the runs without each.
    """

    explanation: Explanation

    @property
    def plot(self) -> CausesPlots:
        """Chart: `.plot.removals()`."""
        return CausesPlots(self.explanation)

    def line(self) -> str:
        """Returns the scenario, the number of runs, and of removals."""
        found = self.explanation
        verified = count_text(len(found.removals), "cause")
        runs = count_text(found.runs, "run")
        return f"what drove {found.resolved.name}, {runs}, {verified} verified"

    def page(self) -> Page:
        """Returns the page of the explanation."""
        return causes_page(self.explanation)

    def to_json(self) -> dict[str, Any]:
        """Returns the explanation as one JSON object."""
        return causes_json(self.explanation)
