"""Answer of `check`: what scenario files expect of their runs, with the verdicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sim.errors import CheckFailedError
from sim.experiment.outcomes.expectations import CANNOT_TELL, FAILS, PASSES, JudgedExpectation
from sim.experiment.runs.batch import Batch
from sim.report.json_values import clean
from sim.report.page import Page, Printable
from sim.report.pages.forecasts.expectations import say_expectations
from sim.report.words.numbers import count_text


@dataclass(frozen=True, slots=True, repr=False)
class ExpectationsAnswer(Printable):
    """Verdicts on what scenarios expect.

    Attributes:
        found: For each scenario its name as typed, its runs (None if it expects nothing), and its
            lines.
    """

    found: tuple[tuple[str, Batch | None, tuple[JudgedExpectation, ...]], ...]

    @property
    def lines(self) -> tuple[JudgedExpectation, ...]:
        """All lines."""
        return tuple(line for _, _, lines in self.found for line in lines)

    @property
    def error(self) -> CheckFailedError | None:
        """The error that some lines fail; None if none does."""
        wrong = [line.expectation for line in self.lines if line.verdict == FAILS]
        if not wrong:
            return None
        return CheckFailedError(
            "\n".join(
                [
                    f"{len(wrong)} of {count_text(len(self.lines), 'line')} fail:",
                    *(f"{each.place}: {each.text}" for each in wrong),
                ]
            )
        )

    def line(self) -> str:
        """Returns how many lines pass, fail and stay open."""
        counts = Counter(line.verdict for line in self.lines)
        told = [f"{counts[verdict]} {verdict}" for verdict in (PASSES, FAILS, CANNOT_TELL)]
        return f"{count_text(len(self.lines), 'line')}: {', '.join(told)}"

    def page(self) -> Page:
        """Returns the verdicts, scenario by scenario."""
        page = Page()
        for name, batch, lines in self.found:
            if batch is not None:
                say_expectations(page, name, batch, lines)
            else:
                page.say(f"{name}: expects nothing (no line under `expect:`)")
            page.gap()
        page.say(self.line())
        return page

    def to_json(self) -> dict[str, Any]:
        """Returns the verdicts as one JSON object."""
        return {
            "schema": 1,
            "scenarios": [
                {
                    "scenario": name,
                    "id": None if batch is None else batch.id,
                    "n": 0 if batch is None else batch.n,
                    "seed": None if batch is None else batch.seed,
                    "expectations": [clean(line.to_json()) for line in lines],
                }
                for name, batch, lines in self.found
            ],
        }
