"""Discovery of the early signs and the assumptions that an outcome is associated with.

Parameter vectors are split into two halves. Boxes, questions and a tree are searched for in the
runs of the even vectors and checked on those of the odd vectors (see `validation`).

Signs and assumptions are conditions, not causes: runs that meet them also differ in everything that
led up to them.
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
    from sim.experiment.outcomes.conditions import Condition
    from sim.experiment.runs.batch import Batch
    from sim.scenario.resolved_scenario import Parameter, Resolved

EARLY_DAYS: Final = 20
"""Days after the start within which signs are observed, unless half the time to the outcome is
shorter."""

LEAST_VECTORS: Final = 200
"""Fewest parameter vectors. A box with 5% of one half of them contains five, and fewer would show
nothing."""

LEAST_MET: Final = 50
"""Runs needed in each half both with and without the outcome: with fewer, no rate is known to
within a sixth."""

MOST_ROWS: Final = 20_000
"""Runs searched at most: more would determine a box more precisely than it is reported."""

STEPS: Final = 7
"""Steps of a progress bar: two screenings, two searches for two boxes each, and a tree."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Assumption:
    """An uncertain parameter as a column, in whole percents of its prior below the value.

    Attributes:
        name: Name of the parameter.
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
    """Signs and assumptions associated with an outcome.

    Attributes:
        batch: The runs.
        condition: The outcome.
        by: Day up to which signs were observed.
        met: Number of counting runs with the outcome.
        looked_in: Number of runs searched for boxes.
        checked_on: Number of runs in the other half, from which all rates below are computed.
        base: Share of these with the outcome.
        split: Variance of the outcome over all runs, split into luck and ignorance of parameters.
        signs: Findings among early signs.
        assumptions: Findings among parameters.
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
    """Returns the day up to which signs are observed.

    Args:
        resolved: The scenario.
        condition: The outcome, already checked against the scenario.
        by: The requested day; None for 20 days after the start, or half the time to the outcome if
            that is shorter.

    Raises:
        UsageError: The day lies outside the run, or is not before the outcome is known.
    """
    known = condition.day.toordinal() if condition.day else resolved.until
    if by is None:
        return date.fromordinal(resolved.start + min(EARLY_DAYS, (known - resolved.start) // 2))
    if not resolved.start <= by.toordinal() < known:
        raise UsageError(
            f"--by {by}: signs of {condition.text} must come before it is known, on "
            f"{date.fromordinal(known)}, and not before the start of {resolved.name}, "
            f"{date.fromordinal(resolved.start)}"
        )
    return by


def check_size(n: int, per_vector: int) -> None:
    """Checks that a batch is large enough for discovery.

    Raises:
        UsageError: It has too few parameter vectors.
    """
    # Invalid numbers are reported when the batch is played.
    vectors = n // max(1, per_vector)
    if vectors < LEAST_VECTORS:
        raise UsageError(
            f"-n {n} with --per-vector {per_vector} gives {vectors} parameter vectors; discovery "
            f"needs {LEAST_VECTORS} or more: -n {LEAST_VECTORS * per_vector} or more"
        )


def discover(
    batch: Batch, condition: Condition, by: date, progress: Progress | None = None
) -> Discovery:
    """Finds the signs and assumptions associated with an outcome.

    Args:
        batch: Runs with drawn parameters, with their events and the state on the day `by`.
        condition: The outcome.
        by: Day up to which signs are observed.
        progress: Called with (done, total) steps.

    Raises:
        CheckFailedError: The outcome is too rare or too frequent to find anything.
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
    # Runs of a vector have similar signs and outcomes: shuffled one by one, noise would pass.
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
    """Returns the indices of the parameters associated with the outcome, over vectors."""
    vectors, runs = np.unique(seen.labels, return_inverse=True)
    shares = np.bincount(runs, weights=seen.hits) / np.bincount(runs)
    places = range(len(priors.names))
    return telling(priors.shares(seed, vectors, places), shares)


def _percents(priors: Priors, seed: int, labels: Labels, places: list[int]) -> Floats:
    """Returns the parameters of runs as whole percents of their priors, shape (runs, places)."""
    vectors, runs = np.unique(labels, return_inverse=True)
    return np.floor(100.0 * priors.shares(seed, vectors, places))[runs]


def _check_enough(batch: Batch, condition: Condition, hits: Flags, is_seen: Flags) -> None:
    """Checks that an outcome is neither too rare nor too frequent."""
    counts = [int(np.sum(hits[half])) for half in (is_seen, ~is_seen)]
    others = [int(np.sum(~hits[half])) for half in (is_seen, ~is_seen)]
    fewest = min(*counts, *others)
    if fewest >= LEAST_MET:
        return
    n, met = len(hits), int(hits.sum())
    text = f"{condition.text} holds in {met:,} of {n:,} runs of {batch.resolved.name}"
    if met in (0, n):
        raise CheckFailedError(f"{text}: there is nothing to distinguish")
    more = batch.n * LEAST_MET // max(1, fewest)
    raise CheckFailedError(
        f"{text}; discovery needs {LEAST_MET} runs with it and {LEAST_MET} without it in each half "
        f"of the runs: try -n {more * 3 // 2:d}"
    )


def _counter(progress: Progress | None) -> Callable[[], None]:
    """Returns a function that reports one more finished step."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(min(done, STEPS), STEPS)

    return step
