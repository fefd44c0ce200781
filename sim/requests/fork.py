"""Requests for forks: a decision changed on a given day, in a scenario or a stored result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.experiment.compare.fork import Turn, forked, make_turn, read_decision
from sim.experiment.compare.fork_value import Value, value_of
from sim.experiment.compare.pair_replay import MOST_PAIRS
from sim.experiment.outcomes.conditions import narrowed
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.defaults import RUNS
from sim.experiment.runs.filler import Progress
from sim.experiment.runs.replay import Replay, play_one
from sim.requests.options import Day, Options, conditions_of, day, is_stored, means_of, open_store
from sim.requests.run import BatchRequest, request_batch
from sim.requests.single_run import refuse_conditions, source_of, stored_result
from sim.scenario.resolved_scenario import Resolved


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """Change of a decision, as typed.

    Attributes:
        on: The day.
        do: One or several changed decisions.
        through: Last day on which a forbidden act stays forbidden; None for that day only.
    """

    on: Day
    do: str | Sequence[str]
    through: Day | None = None

    def read(self, resolved: Resolved) -> Turn:
        """Returns the change, parsed and checked against a scenario.

        Raises:
            NotFoundError: There is no such act or number.
            ScenarioError: A decision cannot be made in this scenario.
            UsageError: A day or a decision cannot be parsed, or a day lies outside the run.
        """
        last = None if self.through is None else day("--through", self.through)
        texts = [self.do] if isinstance(self.do, str) else self.do
        return make_turn(
            resolved, day("--on", self.on), [read_decision(text) for text in texts], last
        )


def fork_scenario(
    scenario: str, change: TurnRequest, comparing: Progress | None, options: Options
) -> Value:
    """Runs a scenario, or uses a stored result, with and without a changed decision.

    Everything is checked before anything is run.

    Raises:
        CheckFailedError: No run meets the conditions, or a stored result is not reproduced.
        NotFoundError: There is no such scenario, result, act, number or day of a condition.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range.
    """
    conditions, means = conditions_of(options), means_of(options)
    if is_stored(scenario, means.store):
        stored = stored_result(scenario, means.store, options)
        turn = change.read(stored.resolved)
        for condition in conditions:
            condition.check(stored.resolved)
        base, parts = narrowed(stored, conditions), 1
        means = replace(means, seed=base.seed)
        options = _sized(options, base)
    else:
        request = request_batch(scenario, conditions, means, options)
        turn = change.read(request.resolved)
        base, parts = request.play(0, 2, 2 * min(options.get("n", RUNS), MOST_PAIRS)), 2
    # The conditions are applied to the unchanged scenario. The decision may affect them, and with
    # different replicates on the two sides, more than the decision would differ.
    changed = BatchRequest(forked(base.resolved, turn), (), means, options)
    fork = changed.play(parts - 1, parts, 2 * min(base.n, MOST_PAIRS))
    fork = replace(fork, given=base.given, meets=base.meets)
    return value_of(base, fork, turn, progress=comparing, waiting=means.waiting)


def _sized(options: Options, base: Batch) -> Options:
    """Returns options with the number of runs and the parameter mode of a batch."""
    sized: Options = {**options, "n": base.n, "parameters": base.parameters}
    return {**sized, "per_vector": base.per_vector} if base.per_vector else sized


def fork_run(
    scenario: str, change: TurnRequest, replicate: int, options: Options
) -> tuple[Turn, Replay, Replay]:
    """Simulates one run of a scenario or stored result with and without a changed decision.

    Raises:
        CheckFailedError: A stored run is not reproduced.
        NotFoundError: There is no such scenario, result, run, act or number.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range.
    """
    refuse_conditions(options)
    source = source_of(scenario, open_store(options.get("results")), options)
    turn = change.read(source.resolved)
    base = source.play(replicate)
    fork = play_one(forked(source.resolved, turn), source.seed, replicate, source.per_vector)
    return turn, fork, base
