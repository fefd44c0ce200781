"""Answers of `sweep` and `sensitivity`: outcomes over the assumptions of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.answers.report import Reportable
from sim.report.exports.answer import Exportable
from sim.report.exports.batches import input_columns, sweep_rows
from sim.report.exports.cover import sweep_lines
from sim.report.exports.export import Export, bound
from sim.report.figures.plots import GridPlots, SensitivityPlots
from sim.report.html.judgement import sensitivity_document
from sim.report.html.notebook import page_piece
from sim.report.json_values import clean
from sim.report.page import Page
from sim.report.pages.search.sensitivity import sensitivity_page
from sim.report.pages.search.sweep import sweep_page
from sim.report.words.numbers import count_text
from sim.scenario.explain import keys_of_world

if TYPE_CHECKING:
    from sim.experiment.runs.filler import Progress
    from sim.experiment.sensitivity.analysis import Sensitivity
    from sim.experiment.sweep.points import Sweep
    from sim.scenario.resolved_scenario import Resolved


@dataclass(frozen=True, slots=True, repr=False)
class SweepAnswer(Exportable):
    """Scenario simulated at many points, with the same luck at each.

    Attributes:
        sweep: The points and their runs.
        base: The scenario before any input is varied.
        asked: Whether outcomes were requested by name.
    """

    sweep: Sweep
    base: Resolved
    asked: bool = False

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

    def line(self) -> str:
        """Returns the scenario, the inputs, and the number of points and runs."""
        sweep, points = self.sweep, count_text(len(self.sweep.points), "point")
        names = ", ".join(axis.name for axis in sweep.axes)
        return f"{sweep.scenario} over {names}, {points} of {count_text(sweep.points[0].n, 'run')}"

    def page(self) -> Page:
        """Returns the page of the sweep."""
        return sweep_page(self.sweep, asked=self.asked)

    def tables(self, command: str = "") -> Export:
        """Returns the outcomes at every point as one long table (see `Exportable.tables`)."""
        return bound(
            sweep_lines(self.sweep, self.base),
            sweep_rows(self.sweep, self.base),
            keys_of_world(self.base),
            input_columns(self.sweep),
            command,
        )

    def to_json(self) -> dict[str, Any]:
        """Returns the sweep as one JSON object."""
        return {"schema": 1, **clean(self.sweep.to_json())}


@dataclass(frozen=True, slots=True, repr=False)
class SensitivityAnswer(Reportable):
    """Assumptions that drive the outcomes of a scenario.

    Attributes:
        sensitivity: Screening, indices and the share of luck.
    """

    sensitivity: Sensitivity

    @property
    def plot(self) -> SensitivityPlots:
        """Charts: `.plot.tornado("truce_in_force")`."""
        return SensitivityPlots(self.sensitivity)

    def line(self) -> str:
        """Returns the scenario, the outcomes and the number of runs."""
        found = self.sensitivity
        names = ", ".join(drivers.target.text for drivers in found.drivers)
        return f"what drives {names} in {found.scenario}, {count_text(found.runs, 'run')}"

    def document(self, command: str, drawing: Progress | None) -> str:
        """Returns the answer as one HTML page (see `Reportable.report`)."""
        return sensitivity_document(self.sensitivity, command, drawing)

    def page(self) -> Page:
        """Returns the page of the analysis."""
        return sensitivity_page(self.sensitivity)

    def to_json(self) -> dict[str, Any]:
        """Returns the analysis as one JSON object."""
        return {"schema": 1, **clean(self.sensitivity.to_json())}
