"""Answer of a calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.backtest.conditioning.fitting import Calibration
from sim.report.json_values import clean
from sim.report.page import Page, Printable
from sim.report.pages.forecasts.calibration import calibration_json, calibration_page


@dataclass(frozen=True, slots=True, repr=False)
class CalibrationAnswer(Printable):
    """What the record tells about the parameters.

    Attributes:
        calibration: The posterior, and the file it was written to.
    """

    calibration: Calibration

    def line(self) -> str:
        """Returns how many parameters the record tells something about."""
        learned = self.calibration.fitted.parameters
        told = sum(each.is_told for each in learned)
        return f"the record tells something about {told} of {len(learned)} parameters"

    def page(self) -> Page:
        """Returns what was learned, and how well it was drawn."""
        return calibration_page(self.calibration)

    def to_json(self) -> dict[str, Any]:
        """Returns what was learned as one JSON object."""
        cleaned: dict[str, Any] = clean(calibration_json(self.calibration))
        return cleaned
