"""Requests for comparisons: sides are looked up and checked, and run if they are not stored."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from sim.errors import CheckFailedError, UsageError
from sim.experiment.compare.comparison import Comparison, check_comparable, compare_all
from sim.experiment.compare.contrast import Background, Contrast
from sim.experiment.compare.partings import Divergence, divergence
from sim.experiment.compare.robustness import Ranges, over_ranges
from sim.experiment.outcomes.conditions import Condition, narrowed
from sim.experiment.runs.batch import Batch, stored_batch
from sim.experiment.runs.design import Means
from sim.experiment.runs.filler import Progress
from sim.requests.options import Options, conditions_of, is_stored, means_of, open_store
from sim.requests.run import BatchRequest, request_batch

FOLDER: Final = "ranges"
"""Subfolder of the results for background runs, hidden from `@latest` and from queries."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Sides of a comparison: scenarios to run and existing batches, all checked.

    Attributes:
        names: Names that can be typed again; for an existing batch, that of its scenario.
        sides: Requests and batches, in the same order.
        means: Store and executor of the runs.
    """

    names: tuple[str, ...]
    sides: tuple[BatchRequest | Batch, ...]
    means: Means

    def play(self, ahead: float = 0.0) -> list[Batch]:
        """Returns the batches, running those that do not exist.

        Args:
            ahead: Number of runs that follow; see `run_batch`.

        Raises:
            CheckFailedError: No run of a side meets the conditions.
            UsageError: An option is out of range, or the results folder cannot be used.
        """
        parts = sum(isinstance(side, BatchRequest) for side in self.sides)
        places = count()
        return [
            side.play(next(places), parts, ahead) if isinstance(side, BatchRequest) else side
            for side in self.sides
        ]

    def contrast(self, *, brief: bool, comparing: Progress | None) -> Contrast:
        """Returns the comparisons with the first batch.

        Args:
            brief: Whether to omit the background of the verdicts, which needs more runs.
            comparing: Progress callback; receives (done, 100) after all runs.

        Raises:
            CheckFailedError: No run of a side meets the conditions.
            UsageError: The sides have nothing in common to compare, or as for `play`.
        """
        # The background takes many times the runs of the sides.
        reference, *others = self.play(0.0 if brief else math.inf)
        comparisons = compare_all(reference, others, comparing)
        if brief:
            return Contrast(comparisons)
        return Contrast(comparisons, tuple(background_of(c, self.means) for c in comparisons))


def compare_scenarios(
    scenarios: Sequence[str | Batch],
    options: Options,
    *,
    brief: bool = False,
    comparing: Progress | None = None,
) -> Contrast:
    """Compares scenarios with the first.

    Args:
        scenarios: Names or paths, stored results, or batches; the first is the reference.
        options: Run options for scenarios given by name, and conditions on all.
        brief: Whether to omit the background of the verdicts.
        comparing: Progress callback; receives (done, 100) after all runs.

    Raises:
        CheckFailedError: No run of a side meets the conditions.
        NotFoundError: There is no such scenario or result, or a condition names something unknown.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: There are fewer than two sides, they cannot be compared, or an option is out
            of range.
    """
    if len(scenarios) < 2:
        raise UsageError(
            "a comparison needs at least two scenarios, e.g. detente compare summit-in-beijing "
            "summit-in-washington; for a single scenario, use detente run"
        )
    return read_sides(scenarios, options).contrast(brief=brief, comparing=comparing)


def read_sides(scenarios: Sequence[str | Batch], options: Options) -> Sides:
    """Returns the sides of a comparison, or the one side of a run.

    All are looked up and checked before any is run, so that a typing error costs no waiting.

    Raises:
        CheckFailedError: No run of an existing batch meets the conditions.
        NotFoundError: There is no such scenario or result, or a condition names something unknown.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: The sides cannot be compared, or an option is out of range.
    """
    conditions, means = conditions_of(options), means_of(options)
    sides = tuple(_side(scenario, conditions, means, options) for scenario in scenarios)
    _check(sides, options)
    names = [
        scenario
        if isinstance(scenario, str) and isinstance(side, BatchRequest)
        # A batch is named by its scenario, not by its folder.
        else side.resolved.name
        for scenario, side in zip(scenarios, sides, strict=True)
    ]
    return Sides(tuple(names), sides, means)


def background_of(comparison: Comparison, means: Means) -> Background:
    """Returns the background of a comparison's verdicts, with the additional runs it needs."""
    return Background(divergence_of(comparison, means), ranges_of(comparison, means))


def divergence_of(comparison: Comparison, means: Means) -> Divergence | None:
    """Returns the partings of the pairs. None if the sides share no luck or are identical, or, with
    a note, if stored runs are not reproduced because another version made them."""
    if not comparison.paired or comparison.verdict == "identical":
        return None
    try:
        return divergence(
            comparison.a, comparison.b, progress=means.progress, waiting=means.waiting
        )
    except CheckFailedError as error:
        means.note(f"partings are omitted: {error}")
        return None


def ranges_of(comparison: Comparison, means: Means) -> Ranges | None:
    """Returns the verdicts over the assumed ranges. None if the batches are identical, or, with a
    note, under a condition, which other runs would meet under other parameters, and where another
    version of the model played one of them."""
    a, b = comparison.a, comparison.b
    if comparison.verdict == "identical":
        return None
    if a.given or b.given:
        means.note(
            "verdicts over the assumed ranges are omitted: with other numbers, other runs would "
            "meet the condition"
        )
        return None
    if not (a.is_current and b.is_current):
        means.note(
            "the verdicts over the assumed ranges are left out: another version of the model "
            "played one of the batches"
        )
        return None
    aside = replace(means, store=open_store(means.store.root / FOLDER))
    return over_ranges(a, b, comparison.differences, aside)


def _side(
    scenario: str | Batch, conditions: Sequence[Condition], means: Means, options: Options
) -> BatchRequest | Batch:
    if not isinstance(scenario, str):
        batch = scenario
    elif is_stored(scenario, means.store):
        batch = stored_batch(means.store, scenario, means.note)
    else:
        return request_batch(scenario, conditions, means, options)
    for condition in conditions:
        condition.check(batch.resolved)
    return narrowed(batch, conditions)


def _check(sides: Sequence[BatchRequest | Batch], options: Options) -> None:
    """Checks, before anything is run, that the sides can be compared."""
    changes = [option for option in ("presets", "sets", "until", "at") if options.get(option)]
    if changes and not any(isinstance(side, BatchRequest) for side in sides):
        raise UsageError(
            "--set, --preset, --until and --at change scenarios, but stored results are used as "
            "they are: omit these options, or name a scenario"
        )
    for side in sides[1:]:
        check_comparable(sides[0], side)
