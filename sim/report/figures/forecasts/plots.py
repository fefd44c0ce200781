"""Charts of answers that judge the model by the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures.plots import check_plotting

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.backtest.backtests.backtest import Backtest
    from sim.backtest.behaviour.checks import BehaviourChecks


@dataclass(frozen=True, slots=True)
class BacktestPlots:
    """Charts of a backtest; narrow ones, for a phone, have their panels below each other.

    Attributes:
        found: The backtest.
    """

    found: Backtest

    def __post_init__(self) -> None:
        check_plotting()

    def reliability(self, *, narrow: bool = False) -> Figure:
        """Returns the chart of forecast probabilities against shares that came."""
        from sim.report.figures.forecasts.backtest import reliability_figure

        return reliability_figure(self.found, narrow=narrow)

    def transforms(self, *, narrow: bool = False) -> Figure:
        """Returns the chart of where duties fell in their forecasts."""
        from sim.report.figures.forecasts.backtest import transform_figure

        return transform_figure(self.found, narrow=narrow)

    def skill(self, *, narrow: bool = False) -> Figure:
        """Returns the chart of skill by horizon, in all and by administration."""
        from sim.report.figures.forecasts.backtest import skill_figure

        return skill_figure(self.found, narrow=narrow)

    def fans(self) -> Figure:
        """Returns the chart of forecasts of the average duties over what they were."""
        from sim.report.figures.forecasts.backtest import fan_figure

        return fan_figure(self.found)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields all charts."""
        yield "reliability", self.reliability()
        yield "transforms", self.transforms()
        yield "skill", self.skill()
        yield "forecast-fans", self.fans()


@dataclass(frozen=True, slots=True)
class BehaviourPlots:
    """Charts of checks of behaviour; a narrow one, for a phone, has its panels below each other.

    Attributes:
        found: The checks.
    """

    found: BehaviourChecks

    def __post_init__(self) -> None:
        check_plotting()

    def bands(self, *, narrow: bool = False) -> Figure:
        """Returns the chart of counts of acts, by regime."""
        from sim.report.figures.forecasts.behaviour import behaviour_figure

        return behaviour_figure(self.found, narrow=narrow)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields the only chart."""
        yield "behaviour", self.bands()
