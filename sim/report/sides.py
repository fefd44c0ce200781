"""The sides of a comparison: scenarios to be played, and batches that are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.experiment.batch import Batch, stored_batch
from sim.experiment.compare import Planned, check_comparable
from sim.experiment.filling import part
from sim.experiment.given import narrowed
from sim.report.inputs import (
    PER_VECTOR,
    Options,
    conditions_of,
    is_stored,
    open_store,
    play,
    resolve_batch,
)
from sim.report.result import Result
from sim.scenario.resolved import Resolved

if TYPE_CHECKING:
    from sim.experiment.given import Condition

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


def _side(scenario: str | Result, options: Options, conditions: Sequence[Condition]) -> Side:
    results = options.get("results")
    if not isinstance(scenario, str):
        batch = scenario.batch
    elif is_stored(scenario, results):
        batch = stored_batch(open_store(results), scenario)
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
