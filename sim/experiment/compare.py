"""What differs between two batches whose runs share their luck pair by pair.

Replicate i of either batch met the same draws on the same days, so the difference within a pair
is the scenarios' doing, and its interval is narrower than that of runs that share nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.errors import UsageError
from sim.experiment import paired, stats
from sim.experiment.changes import changed_inputs
from sim.experiment.shards import MOST_RUNS, SHARD
from sim.experiment.stats import Estimate, Flags, Floats, Labels
from sim.experiment.summary import classes_of, finite, interval

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.experiment.batch import Batch

SMALLEST_EFFECT: Final = 0.25
"""Share of an outcome's margin below which no difference is called one."""

_TEST_LEVEL: Final = 0.90
"""Two one-sided tests at 5 % are a two-sided interval at 90 %."""

_POWER_CRITICAL: Final = 0.8416
"""Normal quantile of a power of 0.8."""


class NotPaired(UsageError):
    """Two batches whose runs do not share their luck."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How one outcome, or one class of it, differs between two batches.

    Attributes:
        outcome: Name of the column.
        label: Class the difference of probability is about; "" for numbers, "true" for flags.
        kind: `number`, `flag` or `class`.
        unit: Unit of the difference; `probability` for flags and classes.
        margin: Difference that does not matter in practice.
        headline: Whether verdicts are corrected over it.
        a: Mean or probability in the first batch.
        b: In the second.
        difference: a - b, paired, with its 95 % interval.
        unpaired: The same from runs that share nothing, for reference.
        effect: Difference in standard deviations of a run; infinite if runs do not vary.
        pairs: Pairs to which the outcome applies on both sides.
        identical: Whether the two batches hold the same values, run by run.
        verdict: identical, equivalent, higher, lower or cannot tell.
        runs_needed: Runs that would settle it; None unless it cannot be told.
        p_gt_same_luck: Probability that a exceeds b under the same luck, half the ties.
        p_gt_independent: Probability that a exceeds b under separate luck, half the ties.
    """

    outcome: str
    label: str
    kind: str
    unit: str
    margin: float
    headline: bool
    a: float
    b: float
    difference: Estimate
    unpaired: Estimate
    effect: float
    pairs: int
    identical: bool
    verdict: str
    runs_needed: int | None
    p_gt_same_luck: float
    p_gt_independent: float

    def to_json(self) -> dict[str, Any]:
        """Returns the difference as JSON knows it."""
        dated = self.unit == "date"
        return {
            "outcome": self.outcome,
            "class": self.label or None,
            "kind": self.kind,
            "unit": "days" if dated else self.unit,
            "margin": self.margin,
            "headline": self.headline,
            "a": finite(self.a, dated=dated),
            "b": finite(self.b, dated=dated),
            "difference": finite(self.difference.value),
            "ci": interval(self.difference),
            "unpaired_ci": interval(self.unpaired),
            "effect": finite(self.effect),
            "pairs": self.pairs,
            "identical": self.identical,
            "verdict": self.verdict,
            "runs_needed": self.runs_needed,
            "p_gt_same_luck": finite(self.p_gt_same_luck),
            "p_gt_independent": finite(self.p_gt_independent),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two batches side by side.

    Attributes:
        a: The first batch.
        b: The second.
        pairs: Replicates compared: the first so many of either.
        changed: Inputs that differ, as (section, key, value in a, value in b).
        differences: By what differs most.
    """

    a: Batch
    b: Batch
    pairs: int
    changed: tuple[tuple[str, str, str, str], ...]
    differences: tuple[Difference, ...]

    def to_json(self) -> dict[str, Any]:
        """Returns the comparison as one JSON object with stable keys."""
        return {
            "a": _side(self.a),
            "b": _side(self.b),
            "seed": self.a.seed,
            "pairs": self.pairs,
            "parameters": self.a.parameters,
            "changed": [
                dict(zip(("section", "key", "a", "b"), row, strict=True)) for row in self.changed
            ],
            "differences": [difference.to_json() for difference in self.differences],
        }


def compare(a: Batch, b: Batch) -> Comparison:
    """Compares two batches outcome by outcome, over the replicates both have.

    Raises:
        NotPaired: Their runs do not share their luck.
    """
    _check_paired(a, b)
    n = min(a.n, b.n)
    finished = a.finished[:n] & b.finished[:n]
    clusters = stats.vector_labels(n, a.per_vector) if a.per_vector else None
    theirs = {column.name: column for column in b.columns}
    found = []
    for column in a.columns:
        if column.name in theirs and column.outcome.kind == theirs[column.name].outcome.kind:
            x, y = a.values[column.name][:n], b.values[column.name][:n]
            found += _differences(column, x, y, finished, clusters)
    changed = tuple(changed_inputs(a.resolved, b.resolved))
    return Comparison(a, b, n, changed, _ordered(_judge(found, n)))


def _check_paired(a: Batch, b: Batch) -> None:
    for what, of_a, of_b in (
        ("seed", a.seed, b.seed),
        ("parameters", a.parameters, b.parameters),
        ("runs per vector", a.per_vector, b.per_vector),
    ):
        if of_a != of_b:
            raise NotPaired(
                f"cannot compare {a.resolved.name} and {b.resolved.name} run by run: {what} is "
                f"{of_a} in one and {of_b} in the other; play both with the same"
            )


def _differences(
    column: Column, x: Any, y: Any, finished: Flags, clusters: Labels | None
) -> list[Difference]:
    """Returns the differences of a column: one for a number or a flag, one a class else."""
    if column.outcome.kind == "number":
        both = finished & ~np.isnan(x) & ~np.isnan(y)
        identical = bool(np.array_equal(x, y, equal_nan=True))
        groups = None if clusters is None else clusters[both]
        return [_of_numbers(column, x[both], y[both], groups, identical)]
    valid = np.ones_like(finished) if column.outcome.name == "failed" else finished
    identical = bool(np.array_equal(x, y))
    groups = None if clusters is None else clusters[valid]
    labels = classes_of(column)
    codes = [1] if column.outcome.kind == "flag" else range(len(labels))
    return [
        _of_flags(column, labels[code], (x == code)[valid], (y == code)[valid], groups, identical)
        for code in codes
    ]


def _of_numbers(
    column: Column, x: Floats, y: Floats, clusters: Labels | None, identical: bool
) -> Difference:
    mean_x, mean_y = stats.mean(x, clusters=clusters), stats.mean(y, clusters=clusters)
    spread = math.sqrt((float(np.var(x)) + float(np.var(y))) / 2.0) if len(x) else math.nan
    # A column that applies to no run is no less the same in both batches.
    same = identical and not len(x)
    estimate = Estimate(0.0, 0.0, 0.0) if same else paired.paired_mean(x, y, clusters=clusters)
    test = paired.paired_mean(x, y, _TEST_LEVEL, clusters)
    return Difference(
        outcome=column.name,
        label="",
        kind="number",
        unit=column.outcome.unit,
        margin=column.outcome.margin,
        headline=column.outcome.headline and column.day is None,
        a=mean_x.value,
        b=mean_y.value,
        difference=estimate,
        unpaired=paired.unpaired_mean(mean_x, mean_y),
        effect=_ratio(estimate.value, spread),
        pairs=len(x),
        identical=identical,
        verdict=_first_verdict(identical, test, column.outcome.margin),
        runs_needed=None,
        p_gt_same_luck=paired.p_gt_same_luck(x, y),
        p_gt_independent=paired.p_gt_independent(x, y),
    )


def _of_flags(
    column: Column, label: str, x: Flags, y: Flags, clusters: Labels | None, identical: bool
) -> Difference:
    p_x, p_y = stats.probability(x, clusters=clusters), stats.probability(y, clusters=clusters)
    spread = math.sqrt((p_x.value * (1.0 - p_x.value) + p_y.value * (1.0 - p_y.value)) / 2.0)
    estimate = paired.paired_probability(x, y, clusters=clusters)
    test = paired.paired_probability(x, y, _TEST_LEVEL, clusters)
    return Difference(
        outcome=column.name,
        label=label,
        kind=column.outcome.kind,
        unit="probability",
        margin=column.outcome.margin,
        headline=column.outcome.headline and column.day is None,
        a=p_x.value,
        b=p_y.value,
        difference=estimate,
        unpaired=paired.unpaired_probability(p_x, p_y),
        effect=_ratio(estimate.value, spread),
        pairs=len(x),
        identical=identical,
        verdict=_first_verdict(identical, test, column.outcome.margin),
        runs_needed=None,
        # Of two flags either share is one half plus half the difference of probabilities.
        p_gt_same_luck=0.5 + estimate.value / 2.0,
        p_gt_independent=0.5 + estimate.value / 2.0,
    )


def _first_verdict(identical: bool, test: Estimate, margin: float) -> str:
    """Returns identical, equivalent (the test interval lies inside the margin) or nothing yet."""
    if identical:
        return "identical"
    return "equivalent" if -margin < test.low and test.high < margin else ""


def _judge(found: Sequence[Difference], n: int) -> list[Difference]:
    """Gives every difference its verdict.

    Holm's correction is made over the statements about headline outcomes, and apart from them
    over those about all others.
    """
    judged: dict[int, Difference] = {}
    for family in (True, False):
        places = [i for i, d in enumerate(found) if d.headline is family]
        tested = [i for i in places if not math.isnan(found[i].difference.p_value)]
        adjusted = stats.holm([found[i].difference.p_value for i in tested])
        corrected = dict(zip(tested, adjusted, strict=True))
        judged |= {i: _with_verdict(found[i], corrected.get(i, 1.0), n) for i in places}
    return [judged[i] for i in range(len(found))]


def _with_verdict(d: Difference, p_value: float, n: int) -> Difference:
    if d.verdict:
        return d
    size = abs(d.difference.value)
    if p_value <= 1.0 - stats.LEVEL and size >= SMALLEST_EFFECT * d.margin:
        return replace(d, verdict="higher" if d.difference.value > 0.0 else "lower")
    return replace(d, verdict="cannot tell", runs_needed=_runs_needed(d, p_value, n))


def _runs_needed(d: Difference, p_value: float, n: int) -> int | None:
    """Returns how many runs would settle a difference with a power of 0.8, were it as estimated."""
    size, error = abs(d.difference.value), d.difference.error
    if not error > 0.0:
        return None
    # What Holm multiplied the p-value by tells how strict the test is.
    strictness = p_value / d.difference.p_value if d.difference.p_value > 0.0 else 1.0
    critical = stats.normal_critical(1.0 - (1.0 - stats.LEVEL) / max(1.0, strictness))
    ways = []
    if size < d.margin:
        ways.append((stats.normal_critical(_TEST_LEVEL) + _POWER_CRITICAL) / (d.margin - size))
    if size > 0.0 and size >= SMALLEST_EFFECT * d.margin:
        ways.append((critical + _POWER_CRITICAL) / size)
    if not ways:
        return None
    needed = n * (error * min(ways)) ** 2
    if needed > MOST_RUNS:
        return None
    return max(n // SHARD + 1, math.ceil(needed / SHARD)) * SHARD


def _ordered(judged: Sequence[Difference]) -> tuple[Difference, ...]:
    """Returns differences by what differs most; the classes of an outcome stay together."""
    largest: dict[str, float] = {}
    for d in judged:
        size = 0.0 if math.isnan(d.effect) else abs(d.effect)
        largest[d.outcome] = max(size, largest.get(d.outcome, 0.0))
    return tuple(sorted(judged, key=lambda d: -largest[d.outcome]))


def _ratio(difference: float, spread: float) -> float:
    if spread > 0.0:
        return difference / spread
    if difference == 0.0:
        return 0.0
    return math.copysign(math.inf, difference) if spread == 0.0 else math.nan


def _side(batch: Batch) -> dict[str, Any]:
    return {
        "scenario": batch.resolved.name,
        "question": batch.resolved.question,
        "scenario_hash": batch.resolved.hash,
        "id": batch.id,
        "n": batch.n,
        "failed": len(batch.failures),
        "results_dir": str(batch.directory),
    }
