"""Requests for comparisons: sides looked up and checked, played where they are not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from sim.errors import CheckFailedError, UsageError
from sim.experiment.compare.comparison import Comparison, check_comparable, compare_all
from sim.experiment.compare.contrast import Background, Contrast
from sim.experiment.compare.partings import Divergence, divergence
from sim.experiment.compare.robustness import Ranges, over_ranges
from sim.experiment.runs.batch import Batch, stored_batch
from sim.experiment.runs.conditions import Condition, narrowed
from sim.experiment.runs.design import Means
from sim.experiment.runs.filler import Progress
from sim.requests.options import Options, conditions_of, is_stored, means_of, open_store
from sim.requests.run import BatchRequest, request_batch

FOLDER: Final = "ranges"
"""Subfolder of the results for runs nobody asked for by name, so that neither `@latest` nor a
query meets them."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Scenarios to be played and batches that are there, all checked.

    Attributes:
        names: As they can be typed again: of a batch that is there, the name of its scenario.
        sides: In the same order.
        means: Where and by what runs are played.
    """

    names: tuple[str, ...]
    sides: tuple[BatchRequest | Batch, ...]
    means: Means

    def play(self) -> list[Batch]:
        """Returns the batches, played where they are not there.

        Raises:
            CheckFailedError: No run of a side meets what is given.
            UsageError: An option is out of range, or the results folder cannot be used.
        """
        parts = sum(isinstance(side, BatchRequest) for side in self.sides)
        places = count()
        return [
            side.play(next(places), parts) if isinstance(side, BatchRequest) else side
            for side in self.sides
        ]

    def contrast(self, *, brief: bool, comparing: Progress | None) -> Contrast:
        """Returns the batches held against the first.

        Args:
            brief: Whether to leave out the background of verdicts, which takes more playing.
            comparing: Told (done, 100) once all is played.

        Raises:
            CheckFailedError: No run of a side meets what is given.
            UsageError: The sides have nothing in common that could be compared, or as for `play`.
        """
        reference, *others = self.play()
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
    """Holds scenarios against the first.

    Args:
        scenarios: Names or paths, stored results, or batches; the first is the reference.
        options: How scenarios given by name are played, and what is given of all.
        brief: Whether to leave out the background of verdicts.
        comparing: Told (done, 100) once all is played.

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
    return read_sides(scenarios, options).contrast(brief=brief, comparing=comparing)


def read_sides(scenarios: Sequence[str | Batch], options: Options) -> Sides:
    """Returns the sides of a comparison, or the one of a run.

    All are looked up and checked before one is played: a slip in the last costs no waiting.

    Raises:
        CheckFailedError: No run of a batch that is there meets what is given.
        NotFoundError: There is no such scenario or result, or nothing a condition names.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: They cannot be compared, or an option is out of range.
    """
    conditions, means = conditions_of(options), means_of(options)
    sides = tuple(_side(scenario, conditions, means, options) for scenario in scenarios)
    _check(sides, options)
    names = [
        scenario
        if isinstance(scenario, str) and isinstance(side, BatchRequest)
        # Of what is there more may be known than its name.
        else side.resolved.name
        for scenario, side in zip(scenarios, sides, strict=True)
    ]
    return Sides(tuple(names), sides, means)


def background_of(comparison: Comparison, means: Means) -> Background:
    """Returns the background of a comparison's verdicts, playing what it takes."""
    return Background(divergence_of(comparison, means), ranges_of(comparison, means))


def divergence_of(comparison: Comparison, means: Means) -> Divergence | None:
    """Returns where the histories first part; None if they share no luck, never do, or do not come
    out as stored, which a note says: another version played them."""
    if not comparison.paired or comparison.verdict == "identical":
        return None
    try:
        return divergence(
            comparison.a, comparison.b, progress=means.progress, waiting=means.waiting
        )
    except CheckFailedError as error:
        means.note(f"where histories part is left out: {error}")
        return None


def ranges_of(comparison: Comparison, means: Means) -> Ranges | None:
    """Returns what becomes of the verdicts over the assumed ranges; None for batches that are
    identical, under a condition, which other parameters would have other runs meet, and where
    another version of the model played one: a note says so."""
    a, b = comparison.a, comparison.b
    if comparison.verdict == "identical":
        return None
    if a.given or b.given:
        means.note(
            "what becomes of the verdicts over the assumed ranges is left out: with other numbers "
            "other runs would meet what is given"
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
    """Refuses what would fail once its scenarios are played."""
    changes = [option for option in ("sets", "until", "at") if options.get(option)]
    if changes and not any(isinstance(side, BatchRequest) for side in sides):
        raise UsageError(
            "--set, --until and --at change scenarios; stored results are told and "
            "compared as they were played: leave the options out, or name a scenario"
        )
    for side in sides[1:]:
        check_comparable(sides[0], side)
