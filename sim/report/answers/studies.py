"""Answers of `sweep` and `sensitivity`: outcomes over the assumptions of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.figures.plots import GridPlots, SensitivityPlots
from sim.report.html.notebook import page_piece
from sim.report.json_values import clean
from sim.report.page import Page, render
from sim.report.pages.search.sensitivity import sensitivity_page
from sim.report.pages.search.sweep import sweep_page

if TYPE_CHECKING:
    from sim.experiment.sensitivity.analysis import Sensitivity
    from sim.experiment.sweep.points import Sweep


@dataclass(frozen=True, slots=True)
class SweepAnswer:
    """Scenario simulated at many points, with the same luck at each.

    Attributes:
        sweep: The points and their runs.
        asked: Whether outcomes were requested by name.
    """

    sweep: Sweep
    asked: bool = False

    def __str__(self) -> str:
        return render(self.page())

    def _repr_html_(self) -> str:
        """Returns the HTML shown in a notebook."""
        return page_piece(self.page(), f"sweep-{self.sweep.scenario}")

    @property
    def plot(self) -> GridPlots:
        """Charts: `.plot.heat("path_class=conflict")`, `.plot.curve("us_hikes")`."""
        return GridPlots(self.sweep)

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per point and outcome (see `sim.experiment.sweep.points.Sweep.rows`)."""
        return self.sweep.rows()

    def page(self) -> Page:
        """Returns the page of the sweep."""
        return sweep_page(self.sweep, asked=self.asked)

    def to_json(self) -> dict[str, Any]:
        """Returns the sweep as one JSON object."""
        return {"schema": 1, **clean(self.sweep.to_json())}


@dataclass(frozen=True, slots=True)
class SensitivityAnswer:
    """Assumptions that drive the outcomes of a scenario.

    Attributes:
        sensitivity: Screening, indices and the share of luck.
    """

    sensitivity: Sensitivity

    def __str__(self) -> str:
        return render(self.page())

    @property
    def plot(self) -> SensitivityPlots:
        """Charts: `.plot.tornado("truce_in_force")`."""
        return SensitivityPlots(self.sensitivity)

    def page(self) -> Page:
        """Returns the page of the analysis."""
        return sensitivity_page(self.sensitivity)

    def to_json(self) -> dict[str, Any]:
        """Returns the analysis as one JSON object."""
        return {"schema": 1, **clean(self.sensitivity.to_json())}
