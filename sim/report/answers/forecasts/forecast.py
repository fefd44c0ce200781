"""Answer of `forecast`: questions with their probabilities and distributions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

from sim.errors import UsageError
from sim.experiment.outcomes.forecasts import DatedForecast
from sim.experiment.outcomes.questions import UnansweredQuestion
from sim.report.exports.answer import Exportable
from sim.report.exports.batches import forecast_rows
from sim.report.exports.cover import batch_lines
from sim.report.exports.export import Export, bound
from sim.report.json_values import clean
from sim.report.page import Page
from sim.report.pages.forecasts.forecast import forecast_page
from sim.report.words.numbers import count_text
from sim.scenario.explain import keys_of_world


@dataclass(frozen=True, slots=True, repr=False)
class ForecastAnswer(Exportable):
    """Answers to questions, in the order typed.

    Attributes:
        found: The answers, and the questions that have none.
    """

    found: tuple[DatedForecast | UnansweredQuestion, ...]

    @property
    def forecasts(self) -> tuple[DatedForecast, ...]:
        """The answers."""
        return tuple(each for each in self.found if isinstance(each, DatedForecast))

    @property
    def unanswered(self) -> tuple[UnansweredQuestion, ...]:
        """The questions that have no answer."""
        return tuple(each for each in self.found if isinstance(each, UnansweredQuestion))

    @property
    def error(self) -> UsageError | None:
        """The error that some questions have no answer; None if all have one."""
        if not self.unanswered:
            return None
        count = f"{len(self.unanswered)} of {len(self.found)} questions"
        return UsageError(f"{count} cannot be answered; why is said in place of their answers")

    def line(self) -> str:
        """Returns the number of questions and their days."""
        days = sorted({each.origin.isoformat() for each in self.forecasts})
        return f"{count_text(len(self.forecasts), 'forecast')} as of {', '.join(days)}"

    def page(self) -> Page:
        """Returns the page of the forecasts."""
        return forecast_page(self.forecasts, self.unanswered)

    def tables(self, command: str = "") -> Export:
        """Returns the answers as one long table (see `Exportable.tables`)."""
        batches = {each.origin.isoformat(): each.batch for each in self.forecasts}
        several = len(batches) > 1
        about = chain.from_iterable(
            batch_lines(batch, f"the forecast of {day}" if several else "")
            for day, batch in batches.items()
        )
        keys = set[str]().union(*(keys_of_world(b.resolved) for b in batches.values()))
        return bound(about, forecast_rows(self.found), keys, command=command)

    def to_json(self) -> list[dict[str, Any]]:
        """Returns one object for each question, in the order typed; `error` in place of an answer
        says why there is none."""
        return [clean(_object(each)) for each in self.found]


def _object(found: DatedForecast | UnansweredQuestion) -> dict[str, Any]:
    if isinstance(found, UnansweredQuestion):
        return {"as_of": found.as_of, "question": found.text, "error": found.told}
    batch = found.batch
    runs = {"scenario": batch.resolved.name, "id": batch.id, "parameters": batch.parameters}
    return found.to_json() | runs
