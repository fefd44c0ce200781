"""Answers about tariffs without negotiation: effects of add-ons, and validation of the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.exports.answer import Exportable
from sim.report.exports.cover import impact_lines
from sim.report.exports.effects import impact_rows
from sim.report.exports.export import Export, bound
from sim.report.figures.tariffs.plots import ImpactPlots
from sim.report.page import Page, Printable
from sim.report.pages.tariffs.checks import validation_json, validation_page
from sim.report.pages.tariffs.impact import impact_page
from sim.report.pages.tariffs.impact_json import all_keys, impact_json, line_json
from sim.report.words.impact import points_text
from sim.report.words.numbers import count_text

if TYPE_CHECKING:
    from sim.experiment.tariffs.checks import Verdict
    from sim.experiment.tariffs.impact import Impact
    from sim.experiment.tariffs.replay import ReplayMonth


@dataclass(frozen=True, slots=True, repr=False)
class ImpactAnswer(Exportable):
    """Trade, revenue, prices and incomes under duties, or under two sets of them.

    Attributes:
        impact: The numbers.
        regions: Whether the page shows real income and exports of all regions.
    """

    impact: Impact
    regions: bool = False

    @property
    def plot(self) -> ImpactPlots:
        """Charts: `.plot.sectors()`, if sectors were asked for."""
        return ImpactPlots(self.impact)

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per line: name, unit, sources, values with bands."""
        return [line_json(self.impact, place) for place in range(len(self.impact.lines))]

    def line(self) -> str:
        """Returns the duties and the world."""
        duties = " and ".join(map(points_text, self.impact.duties))
        return f"{duties} in {self.impact.resolved.name}"

    def page(self) -> Page:
        """Returns the page of the numbers."""
        return impact_page(self.impact, regions=self.regions)

    def tables(self, command: str = "") -> Export:
        """Returns the effects as one long table (see `Exportable.tables`)."""
        rows = impact_rows(self.impact)
        return bound(impact_lines(self.impact), rows, all_keys(self.impact), command=command)

    def to_json(self) -> dict[str, Any]:
        """Returns the numbers as one JSON object."""
        return impact_json(self.impact)


@dataclass(frozen=True, slots=True, repr=False)
class ValidationAnswer(Printable):
    """Published figures compared with the trade model.

    Attributes:
        verdicts: One verdict per figure.
        months: The months of 2025, replayed beside the record.
    """

    verdicts: tuple[Verdict, ...]
    months: Sequence[ReplayMonth] = ()

    @property
    def surprises(self) -> tuple[Verdict, ...]:
        """Figures that fail without being a known miss, or hold despite being one."""
        return tuple(v for v in self.verdicts if not v.as_known)

    def line(self) -> str:
        """Returns how many figures out of sample hold, and how many figures surprise."""
        tests = [v for v in self.verdicts if v.counts]
        held = sum(v.holds for v in tests)
        figures = count_text(len(tests), "out-of-sample figure")
        return (
            f"{held} of {figures} within tolerance, {count_text(len(self.surprises), 'surprise')}"
        )

    def page(self) -> Page:
        """Returns the page: the table, misses with reasons, and sources."""
        return validation_page(self.verdicts, self.months)

    def to_json(self) -> dict[str, Any]:
        """Returns the figures as one JSON object."""
        return validation_json(self.verdicts, self.months)
