"""Charts of answers that judge the model by the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures.plots import check_plotting

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.backtest.behaviour.checks import BehaviourChecks


@dataclass(frozen=True, slots=True)
class BehaviourPlots:
    """Charts of checks of behaviour.

    Attributes:
        found: The checks.
    """

    found: BehaviourChecks

    def __post_init__(self) -> None:
        check_plotting()

    def bands(self) -> Figure:
        """Returns the chart of counts of acts, by regime."""
        from sim.report.figures.behaviour import behaviour_figure

        return behaviour_figure(self.found)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields the only chart."""
        yield "behaviour", self.bands()
