"""Robustness of a comparison: both scenarios played over the assumed ranges of the parameters.

Both scenarios are played with the same parameter vectors, so each vector gives one difference. The
distribution of these differences shows in what share of the ranges the verdict would change. A
screening finds the parameters associated with the differences. A parameter counts as the cause of a
changed verdict only if playing both scenarios at the two ends of its range, with all other
parameters at their central values, confirms it.
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
from sim.experiment.compare.range_ends import Ends, Mover, pair_differences
from sim.experiment.compare.verdicts import SMALLEST_EFFECT
from sim.experiment.inputs.priors import Priors
from sim.experiment.runs.companion import run_drawn
from sim.experiment.runs.ends import TAILS
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
"""Parameter vectors: enough to find a parameter that explains an eighth of the variance."""

PER_VECTOR: Final = 20
"""Pairs of runs per vector, unless the comparison itself used drawn parameters."""

MOST_NAMED: Final = 3
"""Parameters named for each difference, at most."""

MOST_PLAYED: Final = 6
"""Parameters played at the ends of their ranges, at most: a second each."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Variation of one difference over the assumed ranges.

    The attributes `low` to `within` refer to the expected difference of a parameter vector, with
    random variation between runs removed.

    Attributes:
        compared: The difference and its verdict from the comparison.
        average: Mean difference over the ranges, with its 95% interval.
        low: The expected difference lies above this in 95% of the ranges.
        high: The expected difference lies below this in 95% of the ranges.
        higher: Share of the ranges in which it is at least a quarter of the margin.
        lower: Share of the ranges in which it is at most minus a quarter of the margin.
        within: Share of the ranges in which it is inside the margin.
        movers: Parameters it is associated with; those that change the verdict first, then by
            strength.
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
        """Share of the ranges with the same verdict; None if the verdict is cannot tell."""
        shares = {"higher": self.higher, "lower": self.lower, "equivalent": self.within}
        return shares.get(self.compared.verdict)

    @property
    def reversed(self) -> Estimate | None:
        """Share of the ranges with the opposite verdict; None unless it is higher or lower."""
        return {"higher": self.lower, "lower": self.higher}.get(self.compared.verdict)

    def to_json(self) -> dict[str, Any]:
        """Returns the reach as a JSON-serialisable dict."""
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
    """Variation of the differences between two scenarios over the assumed ranges.

    Attributes:
        vectors: Number of parameter vectors played.
        per_vector: Number of pairs per vector.
        parameters: Number of parameters drawn with the same values on both sides.
        left_out: Parameters whose prior differs between the two sides.
        threshold: Rank correlation above which a difference is associated with a parameter.
        reaches: One for each headline outcome that is not identical, in the order compared.
    """

    vectors: int
    per_vector: int
    parameters: int
    left_out: tuple[str, ...]
    threshold: float
    reaches: tuple[Reach, ...]

    def to_json(self) -> dict[str, Any]:
        """Returns one JSON object with stable keys."""
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
    """Returns the variation of the headline differences of two batches over the assumed ranges.

    Plays both scenarios with drawn parameters, unless that is stored already, with the seed of the
    first; then plays both ends of the parameters associated with a difference.

    Args:
        a: The first batch.
        b: The second batch; neither may have conditions.
        compared: Their differences, with verdicts.
        means: Store, workers and engine; its seed and `force` are ignored.
        vectors: Minimum number of parameter vectors.
    """
    rows = _rows(compared)
    shared, left_out = _shared(a.resolved, b.resolved)
    if not rows or not shared:
        return Ranges(0, 0, len(shared), left_out, math.inf, ())
    per_vector = max(a.per_vector, 2) if a.per_vector else PER_VECTOR
    fewest = max(vectors, a.n // per_vector if a.per_vector else 0)
    first, second, last = (
        replace(means, seed=a.seed, progress=part(means.progress, place, 3)) for place in range(3)
    )
    drawn = [
        run_drawn(batch.resolved, fewest, per_vector, step)
        for batch, step in ((a, first), (b, second))
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
    """Returns one class of each headline outcome that is not identical: see `speakers`."""
    return speakers(d for d in compared if not d.identical and not math.isnan(d.difference.value))


def _shared(a: Resolved, b: Resolved) -> tuple[list[str], tuple[str, ...]]:
    """Returns the parameters with the same prior on both sides, and those drawn on one side only or
    from different priors."""
    priors = [{n: p.prior for n, p in world.parameters.items() if p.prior} for world in (a, b)]
    names = list(dict.fromkeys([*priors[0], *priors[1]]))
    alike = [name for name in names if priors[0].get(name) == priors[1].get(name)]
    return alike, tuple(name for name in names if name not in set(alike))


def _effects(
    drawn: Sequence[Batch], known: Mapping[str, Column], rows: Sequence[Difference]
) -> list[Floats]:
    """Returns a - b of each row, pair by pair; NaN for pairs that do not count."""
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
    """Returns the values of the parameters in each vector, shape (vectors, parameters)."""
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
