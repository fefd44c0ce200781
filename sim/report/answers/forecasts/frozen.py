"""Answers about frozen forecasts: the file written, and its scores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.backtest.forecasts.frozen_file import FrozenFile
from sim.backtest.forecasts.scored_forecasts import ScoredForecast, mean_scores
from sim.report.json_values import clean
from sim.report.page import Page, Printable
from sim.report.pages.forecasts.scores import score_page, scored_json
from sim.report.words.numbers import count_text


@dataclass(frozen=True, slots=True, repr=False)
class FrozenAnswer(Printable):
    """A frozen file that was written.

    Attributes:
        path: The file.
        frozen: What it holds.
    """

    path: Path
    frozen: FrozenFile

    def line(self) -> str:
        """Returns the file and the number of forecasts."""
        return f"{self.path}, {count_text(len(self.frozen.forecasts), 'forecast')}"

    def page(self) -> Page:
        """Returns a page that names the file and its hash."""
        page, day = Page(), self.frozen.frozen_at.date()
        page.verbatim(f"Wrote {self.path}: {count_text(len(self.frozen.forecasts), 'forecast')}")
        page.verbatim(f"sha256 {self.frozen.sha256}")
        page.say(f"Publish the hash to prove that the forecasts were made by {day}.")
        page.say("When the day has come: detente forecast score FILE --record acts.csv")
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the file and its hash as one JSON object."""
        return {
            "schema": 1,
            "file": str(self.path),
            "frozen_at": self.frozen.frozen_at.isoformat(),
            "forecasts": len(self.frozen.forecasts),
            "sha256": self.frozen.sha256,
        }


@dataclass(frozen=True, slots=True, repr=False)
class ScoreAnswer(Printable):
    """Frozen forecasts beside what came.

    Attributes:
        frozen: The frozen file.
        scored: Its forecasts with their scores, in order.
    """

    frozen: FrozenFile
    scored: tuple[ScoredForecast, ...]

    def line(self) -> str:
        """Returns the number of forecasts with an outcome."""
        known = sum(each.outcome is not None for each in self.scored)
        return f"{known} of {count_text(len(self.scored), 'forecast')} scored"

    def page(self) -> Page:
        """Returns the page of the scores."""
        return score_page(self.frozen, self.scored)

    def to_json(self) -> dict[str, Any]:
        """Returns the scores as one JSON object."""
        n, mean_brier, mean_log = mean_scores(self.scored)
        told = {
            "schema": 1,
            "frozen_at": self.frozen.frozen_at.isoformat(),
            "sha256": self.frozen.sha256,
            "model_version": self.frozen.model_version,
            "scored_events": n,
            "mean_brier": mean_brier,
            "mean_log": mean_log,
            "forecasts": [scored_json(each) for each in self.scored],
        }
        cleaned: dict[str, Any] = clean(told)
        return cleaned
