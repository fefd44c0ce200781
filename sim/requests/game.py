"""Requests for games: strategies of both sides, and payoffs."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiment.games.game import GameTable, play_game
from sim.experiment.games.payoffs import DEFAULTS
from sim.experiment.runs.defaults import PER_VECTOR, RUNS
from sim.experiment.runs.filler import Progress
from sim.requests.options import Options
from sim.requests.studies import StudyRequest


def play_strategies(
    study: StudyRequest,
    strategies: tuple[str | Sequence[str], str | Sequence[str]],
    payoffs: tuple[str | None, str | None],
    examine: int,
    listeners: tuple[Progress | None, Progress | None],
    options: Options,
) -> GameTable:
    """Runs every pair of strategies with the same luck and solves the game.

    Args:
        study: The scenario, and how it is run.
        strategies: Strategies of the US and of China: names or paths, or one text with commas.
        payoffs: Payoffs of the US and of China; None for real income.
        examine: Number of runs of the leading pair in which to examine the meetings.
        listeners: Progress callbacks for resampled games and for these runs; receive (done, total).
        options: Number of runs, and how parameters are drawn.

    Raises:
        CheckFailedError: A payoff does not apply to every run.
        NotFoundError: There is no such scenario, strategy or outcome.
        ScenarioError: The scenario or a strategy is wrong; nothing was run.
        UsageError: An option is out of range, or a library is missing; nothing was run.
    """
    us, cn = (own.split(",") if isinstance(own, str) else own for own in strategies)
    solving, replaying = listeners
    return play_game(
        study.start,
        (us, cn),
        study.means,
        payoffs=(payoffs[0] or DEFAULTS["us"], payoffs[1] or DEFAULTS["cn"]),
        n=options.get("n", RUNS),
        parameters=options.get("parameters", "fixed"),
        per_vector=options.get("per_vector", PER_VECTOR),
        examine=examine,
        solving=solving,
        replaying=replaying,
    )
