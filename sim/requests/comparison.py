"""The sides of a comparison: scenarios to be played, and batches that are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.errors import CheckFailedError, UsageError
from sim.experiment.compare.comparison import Planned, check_comparable
from sim.experiment.runs.batch import Batch, stored_batch
from sim.experiment.runs.conditions import narrowed
from sim.experiment.runs.filler import part
from sim.report.answers.result import Result
from sim.report.pages.compare.behind import Deeper
from sim.requests.options import (
    EXECUTOR,
    PER_VECTOR,
    Options,
    conditions_of,
    is_stored,
    open_store,
    play,
    resolve_batch,
)
from sim.scenario.resolved_scenario import Resolved

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison
    from sim.experiment.compare.partings import Divergence
    from sim.experiment.compare.robustness import Ranges
    from sim.experiment.runs.conditions import Condition

FOLDER: Final = "ranges"
"""Subfolder of the results for runs nobody asked for by name, so that neither `@latest` nor a
query meets them."""

Side = Resolved | Batch


def batches_of(scenarios: Sequence[str | Result], options: Options) -> list[Batch]:
    """Returns the batches of a comparison, played where they are not there.

    All sides are looked up and checked before one is played: a slip in the last costs no waiting.

    Args:
        scenarios: Names or paths, stored results, or results of `run`; the first is the reference.
        options: How scenarios given by name are played, and what is given of all.

    Raises:
        CheckFailedError: No run of a side meets what is given.
        NotFoundError: There is no such scenario or result, or nothing a condition names.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: There are fewer than two sides, they cannot be compared, or an option is out
            of range.
    """
    if len(scenarios) < 2:
        raise UsageError(
            "a comparison takes two or more scenarios, e.g. detente compare summit-in-beijing "
            "summit-in-washington; to play one: detente run"
        )
    conditions = conditions_of(options)
    sides = [_side(scenario, options, conditions) for scenario in scenarios]
    _check(sides, options)
    places = [place for place, side in enumerate(sides) if isinstance(side, Resolved)]
    batches = []
    for place, side in enumerate(sides):
        if isinstance(side, Resolved):
            progress = part(options.get("progress"), places.index(place), len(places))
            batches.append(play(side, {**options, "progress": progress}))
        else:
            batches.append(side)
    return batches


def batch_of(scenario: str | Result, options: Options) -> Batch:
    """Returns the batch of one scenario, played where it is not there; as for `batches_of`."""
    side = _side(scenario, options, conditions_of(options))
    _check([side], options)
    return play(side, options) if isinstance(side, Resolved) else side


def deeper_of(comparison: Comparison, options: Options) -> Deeper:
    """Returns what lies behind the verdicts of a comparison, playing what it takes."""
    return Deeper(divergence_of(comparison, options), ranges_of(comparison, options))


def divergence_of(comparison: Comparison, options: Options) -> Divergence | None:
    """Returns where the histories first part; None if they share no luck, never do, or do not come
    out as stored, which a note says: another version played them."""
    from sim.experiment.compare.partings import divergence
    from sim.experiment.runs.batch import to_stderr

    if not comparison.paired or comparison.verdict == "identical":
        return None
    try:
        return divergence(
            comparison.a,
            comparison.b,
            progress=options.get("progress"),
            waiting=options.get("waiting"),
        )
    except CheckFailedError as error:
        note = options.get("note") or to_stderr
        note(f"where histories part is left out: {error}")
        return None


def ranges_of(comparison: Comparison, options: Options) -> Ranges | None:
    """Returns what becomes of the verdicts over the assumed ranges; None for batches that are
    identical, under a condition, which other parameters would have other runs meet, and where
    another version of the model played one: a note says so."""
    from sim.experiment.compare.robustness import over_ranges
    from sim.experiment.runs.batch import to_stderr
    from sim.experiment.runs.design import Means

    a, b = comparison.a, comparison.b
    note = options.get("note") or to_stderr
    if comparison.verdict == "identical":
        return None
    if a.given or b.given:
        note(
            "what becomes of the verdicts over the assumed ranges is left out: with other numbers "
            "other runs would meet what is given"
        )
        return None
    if not (a.is_current and b.is_current):
        note(
            "what becomes of the verdicts over the assumed ranges is left out: another version of "
            "the model played what is compared"
        )
        return None
    means = Means(
        store=open_store(open_store(options.get("results")).root / FOLDER),
        workers=options.get("workers"),
        engine=options.get("engine", "auto"),
        executor=options.get("executor", EXECUTOR),
        scheduler=options.get("scheduler"),
        progress=options.get("progress"),
        note=note,
        waiting=options.get("waiting"),
    )
    return over_ranges(a, b, comparison.differences, means)


def _side(scenario: str | Result, options: Options, conditions: Sequence[Condition]) -> Side:
    results = options.get("results")
    if not isinstance(scenario, str):
        batch = scenario.batch
    elif is_stored(scenario, results):
        batch = stored_batch(open_store(results), scenario, options.get("note"))
    else:
        return resolve_batch(scenario, options)
    for condition in conditions:
        condition.check(batch.resolved)
    return narrowed(batch, conditions)


def _check(sides: Sequence[Side], options: Options) -> None:
    """Refuses what would fail once its scenarios are played."""
    changes = [option for option in ("sets", "until", "at") if options.get(option)]
    if changes and not any(isinstance(side, Resolved) for side in sides):
        raise UsageError(
            "--set, --until and --at change scenarios; stored results are told and "
            "compared as they were played: leave the options out, or name a scenario"
        )
    mode = options.get("parameters", "fixed")
    per_vector = options.get("per_vector", PER_VECTOR) if mode == "prior" else 0
    planned = [
        Planned(side, mode, per_vector) if isinstance(side, Resolved) else side for side in sides
    ]
    for side in planned[1:]:
        check_comparable(planned[0], side)
