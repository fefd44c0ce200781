"""Answer of `game`: payoffs of pairs of strategies, and equilibria."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.figures.plots import GamePlots
from sim.report.json_values import clean
from sim.report.page import Page, Printable
from sim.report.pages.search.game import game_page
from sim.report.words.numbers import count_text

if TYPE_CHECKING:
    from sim.experiment.games.game import GameTable


@dataclass(frozen=True, slots=True, repr=False)
class GameAnswer(Printable):
    """Game between strategies.

    Attributes:
        table: The runs and the solution.
    """

    table: GameTable

    @property
    def plot(self) -> GamePlots:
        """Charts: `.plot.payoffs()`, `.plot.frontier()`, `.plot.clauses()`."""
        return GamePlots(self.table)

    def line(self) -> str:
        """Returns the scenario, the strategies, the leading pair and the number of runs."""
        us, cn = map(len, self.table.strategies)
        first = " against ".join(self.table.names(self.table.leading))
        runs = count_text(self.table.n, "run")
        return f"{self.table.batches[0].resolved.name}, {us} x {cn} strategies, {runs}, {first}"

    def page(self) -> Page:
        """Returns the page of the game."""
        return game_page(self.table)

    def to_json(self) -> dict[str, Any]:
        """Returns the game as one JSON object."""
        return {"schema": 1, **clean(self.table.to_json())}
