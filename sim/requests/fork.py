"""What a caller asks of a fork, made into what is played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.experiment.compare.fork import Turn, forked, make_turn, read_decision
from sim.experiment.runs.conditions import narrowed
from sim.experiment.runs.filler import part
from sim.experiment.runs.replay import play_one
from sim.report.answers.side_by_side import SideBySide
from sim.requests.history import source_of
from sim.requests.options import (
    Day,
    Options,
    Progress,
    conditions_of,
    day,
    is_stored,
    play,
    resolve_batch,
)

if TYPE_CHECKING:
    from sim.experiment.compare.fork_value import Value
    from sim.experiment.runs.batch import Batch
    from sim.scenario.resolved_scenario import Resolved


def turn_of(resolved: Resolved, at: Day, decisions: Sequence[str], through: Day | None) -> Turn:
    """Returns what is different and when, read and checked.

    Raises:
        NotFoundError: There is no such act or number.
        ScenarioError: A decision cannot be made in this scenario.
        UsageError: A day or a decision cannot be read, or a day lies outside the run.
    """
    last = None if through is None else day("--through", through)
    return make_turn(resolved, day("--at", at), [read_decision(text) for text in decisions], last)


def fork_batch(
    scenario: str,
    at: Day,
    decisions: Sequence[str],
    through: Day | None,
    comparing: Progress | None,
    options: Options,
) -> Value:
    """Plays a scenario, or takes a stored result, with and without a decision changed.

    Everything is checked before anything is played.

    Raises:
        CheckFailedError: No run meets what is given, or a stored result does not come out.
        NotFoundError: There is no such scenario, result, act, number or day of a condition.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range.
    """
    from sim.experiment.compare.fork_value import value_of

    base: Batch | None = None
    if is_stored(scenario, options.get("results")):
        base = source_of(scenario, options).batch
        assert base is not None
        options = {**options, "n": base.n, "seed": base.seed, "parameters": base.parameters}
        if base.per_vector:
            options = {**options, "per_vector": base.per_vector}
        resolved = base.resolved
    else:
        resolved = resolve_batch(scenario, options)
    turn = turn_of(resolved, at, decisions, through)
    conditions = conditions_of(options)
    for condition in conditions:
        condition.check(resolved)
    progress, parts = options.get("progress"), 1 if base else 2
    if base is None:
        base = play(resolved, {**options, "progress": part(progress, 0, parts)})
    else:
        base = narrowed(base, conditions)
    # Which histories count is asked of the scenario as it goes: the decision may change what is
    # given, and other histories on either side would differ in more than the decision.
    without: Options = {**options, "given": (), "progress": part(progress, parts - 1, parts)}
    fork = play(forked(resolved, turn), without)
    fork = replace(fork, given=base.given, meets=base.meets)
    return value_of(base, fork, turn, progress=comparing, waiting=options.get("waiting"))


def fork_one(
    scenario: str,
    at: Day,
    decisions: Sequence[str],
    through: Day | None,
    replicate: int,
    options: Options,
) -> tuple[Turn, SideBySide]:
    """Plays one history of a scenario or of a stored result with and without a decision changed.

    Raises:
        CheckFailedError: A stored history does not come out as it is stored.
        NotFoundError: There is no such scenario, result, history, act or number.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range.
    """
    if options.get("given"):
        raise UsageError(
            "--given picks among many histories, --replicate tells one; leave one of them out"
        )
    source = source_of(scenario, options)
    turn = turn_of(source.resolved, at, decisions, through)
    base = source.play(replicate)
    fork = play_one(forked(source.resolved, turn), source.seed, replicate, source.per_vector)
    return turn, SideBySide(fork, base)
