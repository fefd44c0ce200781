"""Answer of `game`: payoffs of pairs of strategies, and equilibria."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.figures.plots import GamePlots
from sim.report.json_values import clean
from sim.report.page import Page, render
from sim.report.pages.search.game import game_page

if TYPE_CHECKING:
    from sim.experiment.games.game import GameTable


@dataclass(frozen=True, slots=True)
class GameAnswer:
    """Game between strategies.

    Attributes:
        table: The runs and the solution.
    """

    table: GameTable

    def __str__(self) -> str:
        return render(self.page())

    @property
    def plot(self) -> GamePlots:
        """Charts: `.plot.payoffs()`, `.plot.frontier()`."""
        return GamePlots(self.table)

    def page(self) -> Page:
        """Returns the page of the game."""
        return game_page(self.table)

    def to_json(self) -> dict[str, Any]:
        """Returns the game as one JSON object."""
        return {"schema": 1, **clean(self.table.to_json())}
