"""Requests for checks of behaviour: runs of each window, checked before anything is played."""

from __future__ import annotations

from sim.backtest.backtests.origin_forecasts import PER_VECTOR, Variant
from sim.backtest.behaviour.checks import BehaviourChecks, check_behaviour
from sim.backtest.regimes import REGIMES
from sim.errors import UsageError
from sim.experiment.inputs.posterior import posterior_named
from sim.experiment.runs.batch import check_mode
from sim.requests.forecasts.engines import ready_engine
from sim.requests.forecasts.span import MOST_RUNS
from sim.requests.options import StudyOptions, means_of

FEWEST_RUNS = 20


def compare_behaviour(n: int, parameters: str, options: StudyOptions) -> BehaviourChecks:
    """Compares what runs do with what was done.

    Args:
        n: Number of runs of each window of a year.
        parameters: How parameters are drawn: one of `MODES`, or a posterior file.
        options: Options of all commands that simulate runs.

    Raises:
        NotFoundError: There is no such posterior.
        ScenarioError: The file is no posterior.
        UsageError: An option is out of range.
    """
    if not FEWEST_RUNS <= n <= MOST_RUNS:
        raise UsageError(f"-n {n}: allowed are {FEWEST_RUNS} to {MOST_RUNS:,} runs a window")
    means = means_of(options)
    check_mode(parameters, PER_VECTOR)
    variant = Variant(parameters, posterior_named(parameters))
    return check_behaviour(n, means.seed, variant, ready_engine(means), REGIMES, means.progress)
