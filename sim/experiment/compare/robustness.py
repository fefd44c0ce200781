"""Whether what a comparison says survives ignorance: both scenarios over the assumed ranges.

Both are played with the same parameter vectors, so that each vector gives one difference. How
these differences are spread tells in what share of the ranges a verdict would be another. The
parameters they go with are found by screening, and a parameter counts as the cause of a flip only
if both scenarios, played at either end of its range and all else at its central value, show it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.experiment.compare.comparison import common_columns, pairing_of
from sim.experiment.compare.difference import Difference
from sim.experiment.compare.headlines import speakers
from sim.experiment.compare.range_ends import TAILS, Ends, Mover, pair_differences
from sim.experiment.compare.verdicts import SMALLEST_EFFECT
from sim.experiment.inputs.priors import Priors
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.filler import part
from sim.experiment.stats import intervals
from sim.experiment.stats.intervals import Estimate, Floats
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.stats.luck import Expected, expected
from sim.experiment.stats.screening import screen

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.design import Means
    from sim.scenario.resolved_scenario import Resolved

VECTORS: Final = 200
"""Parameter vectors: enough to find a parameter behind an eighth of what moves a difference."""

PER_VECTOR: Final = 20
"""Pairs of runs of each vector, unless the comparison itself is over drawn parameters."""

MOST_NAMED: Final = 3
"""Parameters a difference is told to go with."""

MOST_PLAYED: Final = 6
"""Parameters whose ends are played: a second each."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How one difference moves over the assumed ranges.

    Attributes:
        compared: The difference and its verdict as compared.
        average: Mean difference over the ranges, with its 95 % interval.
        low: The expected difference lies above this in 95 % of the ranges, luck taken out.
        high: And below this in 95 %.
        higher: Share of the ranges in which it is at least a quarter of the margin.
        lower: Share in which it is at most minus a quarter of the margin.
        within: Share in which it is inside the margin.
        movers: Parameters it goes with, the closest first.
    """

    compared: Difference
    average: Estimate
    low: Estimate
    high: Estimate
    higher: Estimate
    lower: Estimate
    within: Estimate
    movers: tuple[Mover, ...]

    @property
    def holds(self) -> Estimate | None:
        """The share of the ranges that say the same; None where nothing could be told."""
        shares = {"higher": self.higher, "lower": self.lower, "equivalent": self.within}
        return shares.get(self.compared.verdict)

    @property
    def reversed(self) -> Estimate | None:
        """The share of the ranges that say the opposite; None for no verdict to reverse."""
        return {"higher": self.lower, "lower": self.higher}.get(self.compared.verdict)

    def to_json(self) -> dict[str, Any]:
        """Returns the reach as JSON knows it."""
        shares = {
            "higher": self.higher,
            "lower": self.lower,
            "within_margin": self.within,
            "holds": self.holds,
            "reversed": self.reversed,
        }
        return {
            "outcome": self.compared.outcome,
            "class": self.compared.label or None,
            "unit": self.compared.unit,
            "margin": self.compared.margin,
            "verdict": self.compared.verdict,
            "average": finite(self.average.value),
            "average_ci": interval(self.average),
            "moves_between": [finite(self.low.value), finite(self.high.value)],
            "moves_between_ci": [interval(self.low), interval(self.high)],
            **{
                name: {"share": finite(e.value), "ci": interval(e)} if e else None
                for name, e in shares.items()
            },
            "movers": [mover.to_json() for mover in self.movers],
        }


@dataclass(frozen=True, slots=True)
class Ranges:
    """What becomes of the differences of two scenarios over the assumed ranges.

    Attributes:
        vectors: Parameter vectors played.
        per_vector: Pairs of runs of each.
        parameters: How many parameters were drawn alike on both sides.
        left_out: Parameters whose range is not the same on both sides.
        threshold: Rank correlation above which a difference goes with a parameter.
        reaches: One for each headline outcome that is not identical, as they were compared.
    """

    vectors: int
    per_vector: int
    parameters: int
    left_out: tuple[str, ...]
    threshold: float
    reaches: tuple[Reach, ...]

    def to_json(self) -> dict[str, Any]:
        """Returns all of it as one JSON object with stable keys."""
        return {
            "vectors": self.vectors,
            "per_vector": self.per_vector,
            "parameters": self.parameters,
            "left_out": list(self.left_out),
            "correlation_threshold": finite(self.threshold),
            "outcomes": [reach.to_json() for reach in self.reaches],
        }


def over_ranges(
    a: Batch, b: Batch, compared: Sequence[Difference], means: Means, vectors: int = VECTORS
) -> Ranges:
    """Returns what becomes of the headline differences of two batches over the assumed ranges.

    Plays both scenarios with drawn parameters where that has not been done, with the seed of the
    first; then, of the parameters a difference goes with, both ends.

    Args:
        a: The batch of reference.
        b: The other; neither under a condition.
        compared: Their judged differences.
        means: Where and by what to play; its seed and `force` have no meaning here.
        vectors: Parameter vectors, at least.
    """
    rows = _rows(compared)
    shared, left_out = _shared(a.resolved, b.resolved)
    if not rows or not shared:
        return Ranges(0, 0, len(shared), left_out, math.inf, ())
    per_vector = max(a.per_vector, 2) if a.per_vector else PER_VECTOR
    fewest = max(vectors, a.n // per_vector if a.per_vector else 0)
    first, second, last = (
        replace(means, progress=part(means.progress, place, 3)) for place in range(3)
    )
    drawn = [
        _drawn(batch, fewest, per_vector, a.seed, step) for batch, step in ((a, first), (b, second))
    ]
    known = {column.name: column for column in common_columns(*drawn)}
    effects = _effects(drawn, known, rows)
    spreads = [expected(effect, per_vector) for effect in effects]
    by_vector = np.array([_means_of(effect, per_vector) for effect in effects]).T
    found = screen(_values(a, shared, fewest), by_vector)
    named = [[shared[i] for i in found.passing(row)[:MOST_NAMED]] for row in range(len(rows))]
    columns = [known[name] for name in dict.fromkeys(row.outcome for row in rows)]
    names = _first(named, MOST_PLAYED)
    ends = Ends(a.resolved, b.resolved, a.seed, columns, rows, names, last)
    reaches = []
    for place, (row, spread) in enumerate(zip(rows, spreads, strict=True)):
        if spread is None:
            continue
        goes_with = dict(zip(shared, found.correlations[:, place].tolist(), strict=True))
        movers = ends.movers(row, named[place], goes_with)
        reaches.append(_reach(row, effects[place], spread, per_vector, movers))
    return Ranges(fewest, per_vector, len(shared), left_out, found.threshold, tuple(reaches))


def _rows(compared: Iterable[Difference]) -> list[Difference]:
    """Returns of each headline outcome that is not identical the class that tells most."""
    return speakers(d for d in compared if not d.identical and not math.isnan(d.difference.value))


def _shared(a: Resolved, b: Resolved) -> tuple[list[str], tuple[str, ...]]:
    """Returns the parameters that are drawn alike on both sides, and those that are drawn on one
    side alone or from another prior."""
    priors = [{n: p.prior for n, p in world.parameters.items() if p.prior} for world in (a, b)]
    names = list(dict.fromkeys([*priors[0], *priors[1]]))
    alike = [name for name in names if priors[0].get(name) == priors[1].get(name)]
    return alike, tuple(name for name in names if name not in set(alike))


def _drawn(batch: Batch, vectors: int, per_vector: int, seed: int, means: Means) -> Batch:
    """Returns the scenario of a batch played with drawn parameters."""
    return run_batch(
        batch.resolved,
        n=vectors * per_vector,
        seed=seed,
        parameters="prior",
        per_vector=per_vector,
        store=means.store,
        workers=means.workers,
        engine=means.engine,
        executor=means.executor,
        scheduler=means.scheduler,
        paths="none",
        progress=means.progress,
        note=means.note,
        waiting=means.waiting,
    )


def _effects(
    drawn: Sequence[Batch], known: Mapping[str, Column], rows: Sequence[Difference]
) -> list[Floats]:
    """Returns a - b of each row, pair by pair; NaN in pairs that do not count."""
    a, b = drawn
    pairing = pairing_of(a, b)
    for batch in drawn:
        batch.expect(row.outcome for row in rows)
    return [
        pair_differences(
            known[row.outcome], row.label, a.values[row.outcome], b.values[row.outcome], pairing
        )
        for row in rows
    ]


def _values(batch: Batch, names: Sequence[str], vectors: int) -> Floats:
    """Returns the values of parameters in each vector, shape (vectors, parameters)."""
    priors = Priors(batch.resolved)
    drawn = [priors.vector(batch.seed, vector) for vector in range(vectors)]
    return np.array([[values[name] for name in names] for values in drawn])


def _means_of(effect: Floats, per_vector: int) -> Floats:
    """Returns the mean of each vector; NaN for one without a value."""
    by_vector = effect.reshape(-1, per_vector)
    there = ~np.isnan(by_vector)
    sums = np.where(there, by_vector, 0.0).sum(axis=1)
    return np.where(there.any(axis=1), sums / np.maximum(1, there.sum(axis=1)), math.nan)


def _first(named: Sequence[Sequence[str]], most: int) -> list[str]:
    """Returns the first of every list, then the second of every list, and so on."""
    taken = [name for tier in zip_longest(*named) for name in tier if name is not None]
    return list(dict.fromkeys(taken))[:most]


def _reach(
    row: Difference, effect: Floats, spread: Expected, per_vector: int, movers: tuple[Mover, ...]
) -> Reach:
    there = ~np.isnan(effect)
    labels = intervals.vector_labels(len(effect), per_vector)
    least = SMALLEST_EFFECT * row.margin
    return Reach(
        compared=row,
        average=intervals.mean(effect[there], clusters=labels[there]),
        low=spread.quantile(TAILS[0]),
        high=spread.quantile(TAILS[1]),
        higher=spread.share(lambda values: values >= least),
        lower=spread.share(lambda values: values <= -least),
        within=spread.share(lambda values: np.abs(values) < row.margin),
        movers=movers,
    )
