"""Answer of a backtest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.backtest.backtests.backtest import Backtest
from sim.backtest.backtests.resolved import MIXED
from sim.report.answers.report import Reportable
from sim.report.figures.forecasts.plots import BacktestPlots
from sim.report.html.judgement import backtest_document
from sim.report.json_values import clean
from sim.report.page import Page
from sim.report.pages.forecasts.backtest import backtest_json, backtest_page, score_text

if TYPE_CHECKING:
    from sim.experiment.runs.filler import Progress


@dataclass(frozen=True, slots=True, repr=False)
class BacktestAnswer(Reportable):
    """Scores of forecasts from past days, beside those of baselines.

    Attributes:
        backtest: The backtest.
        published: Files of it that were published.
    """

    backtest: Backtest
    published: tuple[Path, ...] = ()

    @property
    def plot(self) -> BacktestPlots:
        """Charts: `.plot.reliability()`, `.plot.transforms()`, `.plot.skill()`, `.plot.fans()`."""
        return BacktestPlots(self.backtest)

    def line(self) -> str:
        """Returns the Brier scores of the mixture by horizon."""
        told = ", ".join(
            f"{score_text(each.brier[MIXED])} at {each.horizon} days"
            for each in self.backtest.scores
        )
        return f"{len(self.backtest.origins)} origins, mixed Brier {told}"

    def document(self, command: str, drawing: Progress | None) -> str:
        """Returns the answer as one HTML page (see `Reportable.report`)."""
        return backtest_document(self.backtest, command, drawing)

    def page(self) -> Page:
        """Returns the scores by horizon."""
        page = backtest_page(self.backtest)
        for path in self.published:
            page.verbatim(f"Wrote {path}")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the scores as one JSON object."""
        told = backtest_json(self.backtest) | {"published": list(map(str, self.published))}
        cleaned: dict[str, Any] = clean(told)
        return cleaned
