"""Answer of `fork`: the value of a decision over many runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.figures.plots import ContrastPlots
from sim.report.page import Page, render
from sim.report.pages.compare.fork import fork_json, fork_page

if TYPE_CHECKING:
    from sim.experiment.compare.fork_value import Value


@dataclass(frozen=True, slots=True)
class ForkAnswer:
    """Value of a decision over many runs.

    Attributes:
        value: The fork compared with the base.
        everything: Whether the page shows every outcome.
    """

    value: Value
    everything: bool = False

    def __str__(self) -> str:
        return render(self.page())

    @property
    def plot(self) -> ContrastPlots:
        """Charts of the fork compared with the unchanged scenario: see `ContrastPlots`."""
        only = self.value.comparison
        return ContrastPlots((only.a, only.b), (only,), (self.value.divergence,))

    def page(self) -> Page:
        """Returns the page of the value."""
        return fork_page(self.value, everything=self.everything)

    def to_json(self) -> dict[str, Any]:
        """Returns the value as one JSON object."""
        return fork_json(self.value)
