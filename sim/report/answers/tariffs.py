"""Answers about tariffs without negotiation: effects of add-ons, and the trade block against
published figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.page import Page, render
from sim.report.pages.tariffs.checks import validation_json, validation_page
from sim.report.pages.tariffs.impact import impact_page
from sim.report.pages.tariffs.impact_json import impact_json, line_json

if TYPE_CHECKING:
    from sim.experiment.tariffs.checks import Verdict
    from sim.experiment.tariffs.impact import Impact


@dataclass(frozen=True, slots=True)
class ImpactAnswer:
    """Trade, revenue, prices and incomes under a pair of add-ons, or two.

    Attributes:
        impact: The numbers.
    """

    impact: Impact

    def __str__(self) -> str:
        return render(self.page())

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row a line: name, unit, sources, values with bands."""
        return [line_json(self.impact, place) for place in range(len(self.impact.lines))]

    def page(self) -> Page:
        """Returns the numbers as text."""
        return impact_page(self.impact)

    def to_json(self) -> dict[str, Any]:
        """Returns the numbers as one JSON object."""
        return impact_json(self.impact)


@dataclass(frozen=True, slots=True)
class ValidationAnswer:
    """Published figures and what the trade block makes of them.

    Attributes:
        verdicts: One for each figure.
    """

    verdicts: tuple[Verdict, ...]

    @property
    def surprises(self) -> tuple[Verdict, ...]:
        """Figures that fail without being known to, or hold though they were known to fail."""
        return tuple(v for v in self.verdicts if not v.as_known)

    def page(self) -> Page:
        """Returns the table, the misses with their reasons, and the sources."""
        return validation_page(self.verdicts)

    def to_json(self) -> dict[str, Any]:
        """Returns the figures as one JSON object."""
        return validation_json(self.verdicts)
