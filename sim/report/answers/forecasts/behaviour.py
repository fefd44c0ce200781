"""Answer of the checks of behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.backtest.behaviour.checks import BehaviourChecks
from sim.report.figures.forecast_plots import BehaviourPlots
from sim.report.json_values import clean
from sim.report.page import Page, Printable
from sim.report.pages.forecasts.behaviour import behaviour_json, behaviour_page


@dataclass(frozen=True, slots=True, repr=False)
class BehaviourAnswer(Printable):
    """What the two governments do in runs, beside what they did.

    Attributes:
        found: The checks.
    """

    found: BehaviourChecks

    @property
    def plot(self) -> BehaviourPlots:
        """Charts: `.plot.bands()`."""
        return BehaviourPlots(self.found)

    def line(self) -> str:
        """Returns how many counts lie in their bands."""
        inside, all_ = self.found.tally()
        return f"{inside} of {all_} counts in their 90% bands"

    def page(self) -> Page:
        """Returns the tables by regime."""
        return behaviour_page(self.found)

    def to_json(self) -> dict[str, Any]:
        """Returns the checks as one JSON object."""
        cleaned: dict[str, Any] = clean(behaviour_json(self.found))
        return cleaned
