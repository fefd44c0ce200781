"""Requests for checks of behaviour: runs of each window, checked before anything is played."""

from __future__ import annotations

from sim.backtest.behaviour.checks import BehaviourChecks, check_behaviour
from sim.backtest.regimes import REGIMES
from sim.errors import UsageError
from sim.requests.forecasts.engines import ready_engine
from sim.requests.forecasts.span import MOST_RUNS
from sim.requests.options import StudyOptions, means_of

FEWEST_RUNS = 20


def compare_behaviour(n: int, options: StudyOptions) -> BehaviourChecks:
    """Compares what runs do with what was done.

    Args:
        n: Number of runs of each window of a year.
        options: Options of all commands that simulate runs.

    Raises:
        UsageError: An option is out of range.
    """
    if not FEWEST_RUNS <= n <= MOST_RUNS:
        raise UsageError(f"-n {n}: allowed are {FEWEST_RUNS} to {MOST_RUNS:,} runs a window")
    means = means_of(options)
    return check_behaviour(n, means.seed, ready_engine(means), REGIMES, means.progress)
