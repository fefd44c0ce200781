"""Answer of `fork`: the value of a decision over many runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.figures.plots import ContrastPlots
from sim.report.page import Page, Printable
from sim.report.pages.compare.fork import fork_json, fork_page
from sim.report.words.numbers import count_text, day_text

if TYPE_CHECKING:
    from sim.experiment.compare.fork_value import Value


@dataclass(frozen=True, slots=True, repr=False)
class ForkAnswer(Printable):
    """Value of a decision over many runs.

    Attributes:
        value: The fork compared with the base.
        full: Whether the page shows every outcome.
    """

    value: Value
    full: bool = False

    @property
    def plot(self) -> ContrastPlots:
        """Charts of the fork compared with the unchanged scenario: see `ContrastPlots`."""
        only = self.value.comparison
        return ContrastPlots((only.a, only.b), (only,), (self.value.divergence,))

    def line(self) -> str:
        """Returns the decision, the scenario and the number of runs."""
        base = self.value.comparison.b
        texts = " ".join(decision.text for decision in self.value.turn.decisions)
        day, runs = day_text(self.value.turn.day), count_text(base.n, "run")
        return f"{texts} on {day} in {base.resolved.name}, {runs}, id {base.id}"

    def page(self) -> Page:
        """Returns the page of the value."""
        return fork_page(self.value, full=self.full)

    def to_json(self) -> dict[str, Any]:
        """Returns the value as one JSON object."""
        return fork_json(self.value)
