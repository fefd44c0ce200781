"""Answer of `discover`: early signs and assumptions associated with an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.figures.plots import DiscoveryPlots
from sim.report.page import Page, render
from sim.report.pages.search.discovery import discovery_page
from sim.report.pages.search.discovery_json import discovery_json

if TYPE_CHECKING:
    from sim.experiment.discovery.search import Discovery


@dataclass(frozen=True, slots=True)
class DiscoveryAnswer:
    """Early signs and assumptions associated with an outcome.

    Attributes:
        discovery: The boxes and the tree.
    """

    discovery: Discovery

    def __str__(self) -> str:
        return render(self.page())

    @property
    def plot(self) -> DiscoveryPlots:
        """Chart: `.plot.tradeoff()`."""
        return DiscoveryPlots(self.discovery)

    def page(self) -> Page:
        """Returns the page of the discovery."""
        return discovery_page(self.discovery)

    def to_json(self) -> dict[str, Any]:
        """Returns the discovery as one JSON object."""
        return discovery_json(self.discovery)
