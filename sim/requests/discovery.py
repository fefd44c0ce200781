"""Requests for discoveries: signs of an outcome in a batch, and causes of what happens in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sim.experiment.runs.defaults import SEED
from sim.requests.options import (
    Day,
    Options,
    StudyOptions,
    changes_of,
    conditions_of,
    day,
    days_of,
    means_of,
    resolve,
    until_of,
)

if TYPE_CHECKING:
    from sim.experiment.discovery.search import Discovery
    from sim.experiment.explain.explanation import Explanation
    from sim.experiment.runs.filler import Progress

RUNS: Final = 20_000
PER_VECTOR: Final = 5
"""Runs per draw: boxes of parameters need many draws, boxes of signs many runs. The 4,000 draws of
five runs take half a minute."""

RECORDED: Final = 200
"""Runs of which decisions are recorded: about ten seconds, and a share is known to within seven
points."""


def discover_signs(
    scenario: str,
    outcome: str,
    by: Day | None,
    searching: Progress | None,
    options: Options,
) -> Discovery:
    """Runs a scenario with drawn parameters and searches for signs of an outcome.

    Everything is checked before anything is run.

    Raises:
        CheckFailedError: The outcome is too rare or too common, or no run meets the conditions.
        NotFoundError: There is no such scenario, outcome, class or event.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: An option is out of range, or a library is missing.
    """
    from sim.experiment.discovery import boxes, tree
    from sim.experiment.discovery.search import check_size, discover, early_day
    from sim.experiment.outcomes.conditions import read_condition, watching
    from sim.requests.run import BatchRequest

    condition, conditions = read_condition(outcome, "--outcome"), conditions_of(options)
    world = watching(resolve(scenario, options), [condition, *conditions])
    early = early_day(world, condition, None if by is None else day("--by", by))
    options = {"n": RUNS, "per_vector": PER_VECTOR, "paths": "none", **options}
    options |= {"parameters": "prior", "events": True}
    check_size(options["n"], options["per_vector"])
    boxes.library()
    tree.library()
    days = tuple(sorted({early.toordinal(), *world.report_dates}))
    world = replace(world, report_dates=days)
    batch = BatchRequest(world, conditions, means_of(options), options).play()
    return discover(batch, condition, early, searching)


def explain_causes(
    scenario: str, n: int, recording: Progress | None, options: StudyOptions
) -> Explanation:
    """Runs a scenario with its decisions recorded, and again without each of the strongest causes.

    Args:
        scenario: Name or path.
        n: Number of runs.
        recording: Called with (done, total) recorded runs.
        options: Changes to the scenario, seed, engine and listeners; nothing is stored.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
        UsageError: An option is out of range.
    """
    from sim.experiment.explain.explanation import Play, explain
    from sim.experiment.inputs.base import StudyBase
    from sim.experiment.runs.batch import noting, to_stderr

    changes = changes_of(scenario, options)
    start = StudyBase(scenario, changes, until_of(options), days_of(options))
    play = Play(
        n=n,
        seed=options.get("seed", SEED),
        engine=options.get("engine", "auto"),
        workers=options.get("workers"),
        recording=recording,
        progress=options.get("progress"),
        waiting=options.get("waiting") or noting(options.get("note") or to_stderr),
    )
    return explain(start, play)
