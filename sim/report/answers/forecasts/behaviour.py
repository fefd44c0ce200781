"""Answer of the checks of behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.backtest.behaviour.checks import BehaviourChecks
from sim.report.answers.report import Reportable
from sim.report.figures.forecasts.plots import BehaviourPlots
from sim.report.html.judgement import behaviour_document
from sim.report.json_values import clean
from sim.report.page import Page
from sim.report.pages.forecasts.behaviour import behaviour_json, behaviour_page

if TYPE_CHECKING:
    from sim.experiment.runs.filler import Progress


@dataclass(frozen=True, slots=True, repr=False)
class BehaviourAnswer(Reportable):
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

    def document(self, command: str, drawing: Progress | None) -> str:
        """Returns the answer as one HTML page (see `Reportable.report`)."""
        return behaviour_document(self.found, command, drawing)

    def page(self) -> Page:
        """Returns the tables by regime."""
        return behaviour_page(self.found)

    def to_json(self) -> dict[str, Any]:
        """Returns the checks as one JSON object."""
        cleaned: dict[str, Any] = clean(behaviour_json(self.found))
        return cleaned
