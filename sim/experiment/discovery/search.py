"""Discovery: which early signs and which assumptions an outcome goes with.

Parameter vectors are split in two: in the runs of the even ones boxes, questions and a tree are
looked for, on those of the odd ones they are checked (`held_out`).

Signs and assumptions are conditions, not causes: runs that meet them differ in whatever led there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.errors import CheckFailedError, UsageError
from sim.experiment.discovery.boxes import Limit
from sim.experiment.discovery.signs import Sign, early_signs
from sim.experiment.discovery.validation import Branch, Half, Search, grown, search
from sim.experiment.inputs.priors import Priors, quantile_of
from sim.experiment.stats.intervals import (
    Estimate,
    Flags,
    Floats,
    Labels,
    probability,
    vector_labels,
)
from sim.experiment.stats.luck import VarianceSplit, luck_ignorance
from sim.experiment.stats.screening import telling

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.conditions import Condition
    from sim.scenario.resolved_scenario import Parameter, Resolved

EARLY_DAYS: Final = 20
"""Days after the start up to which signs are watched for, unless half of the way is less."""

LEAST_VECTORS: Final = 200
"""A box of 5 % of a half of them rests on five: fewer say nothing."""

LEAST_MET: Final = 50
"""Runs of a half with the outcome, and without, below which no rate is known to a sixth."""

MOST_ROWS: Final = 20_000
"""Runs looked in; from more a box would be known better than it is told."""

STEPS: Final = 7
"""What is done, for a progress bar: two screenings, two searches for two boxes each, a tree."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Assumption:
    """An uncertain parameter, as a column: the whole percent of its prior that lies below it.

    Attributes:
        name: Its name.
        parameter: Value, unit, kind and prior.
    """

    name: str
    parameter: Parameter

    def share(self, limit: Limit) -> float:
        """Returns the share of the prior that lies below a limit."""
        return (limit.bound if limit.is_least else limit.bound + 1) / 100.0

    def value(self, limit: Limit) -> float:
        """Returns a limit in the unit of the parameter."""
        assert self.parameter.prior is not None
        return quantile_of(self.name, self.parameter.prior)(self.share(limit))

    def condition(self, limit: Limit) -> str:
        """Returns a limit as text, rounded to three digits."""
        return f"{self.name}{'>=' if limit.is_least else '<='}{self.value(limit):.3g}"


@dataclass(frozen=True, slots=True)
class Discovery:
    """What an outcome goes with.

    Attributes:
        batch: The runs.
        condition: The outcome.
        by: Day up to which signs were watched for.
        met: Runs that count and have the outcome.
        looked_in: Runs in which boxes were looked for.
        checked_on: Runs that every rate below is of.
        base: Share of these with the outcome.
        split: How the spread of the outcome over all runs splits between luck and the parameters.
        signs: What was found among early signs.
        assumptions: What was found among parameters.
        tree: A small tree over the columns of both, without its root.
    """

    batch: Batch
    condition: Condition
    by: date
    met: int
    looked_in: int
    checked_on: int
    base: Estimate
    split: VarianceSplit
    signs: Search[Sign]
    assumptions: Search[Assumption]
    tree: tuple[Branch, ...]

    @property
    def columns(self) -> tuple[Sign | Assumption, ...]:
        """The columns of the tree: signs, then assumptions."""
        return (*self.signs.columns, *self.assumptions.columns)


def early_day(resolved: Resolved, condition: Condition, by: date | None) -> date:
    """Returns the day up to which signs are watched for.

    Args:
        resolved: The scenario.
        condition: The outcome, checked against it.
        by: The day asked for; None for 20 days after the start, or half of the way to the outcome
            if that is less.

    Raises:
        UsageError: It lies outside the run, or not before the outcome is known.
    """
    known = condition.day.toordinal() if condition.day else resolved.until
    if by is None:
        return date.fromordinal(resolved.start + min(EARLY_DAYS, (known - resolved.start) // 2))
    if not resolved.start <= by.toordinal() < known:
        raise UsageError(
            f"--by {by}: signs of {condition.text} come before it is known, on "
            f"{date.fromordinal(known)}, and not before {date.fromordinal(resolved.start)}, the "
            f"start of {resolved.name}"
        )
    return by


def check_size(n: int, per_vector: int) -> None:
    """Refuses a batch too small to look for anything in.

    Raises:
        UsageError: It has too few parameter vectors.
    """
    # Whether the numbers are any is for the batch to say.
    vectors = n // max(1, per_vector)
    if vectors < LEAST_VECTORS:
        raise UsageError(
            f"-n {n} with --per-vector {per_vector} gives {vectors} draws of the parameters; "
            f"discovery takes {LEAST_VECTORS} or more: -n {LEAST_VECTORS * per_vector} or more"
        )


def discover(
    batch: Batch, condition: Condition, by: date, progress: Progress | None = None
) -> Discovery:
    """Looks for what an outcome goes with.

    Args:
        batch: Runs under drawn parameters, with their events and the state on the day `by`.
        condition: The outcome.
        by: Day up to which signs are watched for.
        progress: Told (done, total) steps.

    Raises:
        CheckFailedError: The outcome is met too seldom or too often to look for anything.
        UsageError: A library is missing.
    """
    step = _counter(progress)
    counted = batch.counted
    met = condition.met(batch)
    hits = met[counted]
    labels = vector_labels(batch.n, batch.per_vector)[counted]
    is_seen = labels % 2 == 0
    _check_enough(batch, condition, hits, is_seen)
    rows = np.flatnonzero(is_seen)[:MOST_ROWS], np.flatnonzero(~is_seen)

    def halves(x: Floats) -> tuple[Half, Half]:
        seen, other = (Half(x[half], hits[half], labels[half]) for half in rows)
        return seen, other

    all_signs = early_signs(batch, by, counted)
    seen = rows[0]
    # Runs of a vector are alike in signs and in the outcome: shuffled one by one, noise would pass.
    kept = telling(all_signs.values[seen], hits[seen].astype(np.float64), labels[seen])
    signs = halves(all_signs.values[:, kept])
    step()
    told = [all_signs.signs[place] for place in kept]
    found_signs = search(told, len(all_signs.signs), *signs, progress=step)

    priors = Priors(batch.resolved)
    kept = _telling_parameters(priors, batch.seed, signs[0])
    assumptions = halves(_percents(priors, batch.seed, labels, kept))
    step()
    assumed = [
        Assumption(name, batch.resolved.parameters[name])
        for name in (priors.names[place] for place in kept)
    ]
    found_assumptions = search(assumed, len(priors.names), *assumptions, progress=step)

    both = (
        Half(np.hstack([a.x, b.x]), a.hits, a.labels)
        for a, b in zip(signs, assumptions, strict=True)
    )
    branches = grown(*both)
    step()
    other = signs[1]
    return Discovery(
        batch=batch,
        condition=condition,
        by=by,
        met=int(hits.sum()),
        looked_in=len(rows[0]),
        checked_on=len(rows[1]),
        base=probability(other.hits, clusters=other.labels),
        split=luck_ignorance(np.where(counted, met, np.nan), batch.per_vector),
        signs=found_signs,
        assumptions=found_assumptions,
        tree=branches,
    )


def _telling_parameters(priors: Priors, seed: int, seen: Half) -> list[int]:
    """Returns the parameters whose vectors the outcome goes with, by their places."""
    vectors, runs = np.unique(seen.labels, return_inverse=True)
    shares = np.bincount(runs, weights=seen.hits) / np.bincount(runs)
    places = range(len(priors.names))
    return telling(priors.shares(seed, vectors, places), shares)


def _percents(priors: Priors, seed: int, labels: Labels, places: list[int]) -> Floats:
    """Returns parameters of runs as whole percents of their priors, shape (runs, places)."""
    vectors, runs = np.unique(labels, return_inverse=True)
    return np.floor(100.0 * priors.shares(seed, vectors, places))[runs]


def _check_enough(batch: Batch, condition: Condition, hits: Flags, is_seen: Flags) -> None:
    """Refuses an outcome that hardly ever, or nearly always, comes."""
    counts = [int(np.sum(hits[half])) for half in (is_seen, ~is_seen)]
    others = [int(np.sum(~hits[half])) for half in (is_seen, ~is_seen)]
    fewest = min(*counts, *others)
    if fewest >= LEAST_MET:
        return
    n, met = len(hits), int(hits.sum())
    text = f"{condition.text} comes in {met:,} of {n:,} runs of {batch.resolved.name}"
    if met in (0, n):
        raise CheckFailedError(f"{text}: nothing tells those with it from those without it")
    more = batch.n * LEAST_MET // max(1, fewest)
    raise CheckFailedError(
        f"{text}; discovery takes {LEAST_MET} with it and {LEAST_MET} without it in each half of "
        f"them: try -n {more * 3 // 2:d}"
    )


def _counter(progress: Progress | None) -> Callable[[], None]:
    """Returns what tells a listener that one more step is done."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(min(done, STEPS), STEPS)

    return step
