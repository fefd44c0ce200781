"""Differences in single outcomes between two batches whose runs are compared in pairs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.experiment.outcomes.summary import classes_of
from sim.experiment.stats import intervals, subsets
from sim.experiment.stats import pairs as paired
from sim.experiment.stats.intervals import Estimate, Flags, Floats, Labels
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.stats.subsets import CommonPairs, common_json

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.experiment.stats.distributions import Shape

TEST_LEVEL: Final = 0.90
"""Two one-sided tests at 5% are equivalent to a two-sided interval at 90%."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Pairing of the runs of two batches: pair i consists of run i of each.

    Attributes:
        counts_a: Mask of the runs of the first batch that count, shape (pairs,).
        counts_b: The same mask for the second batch.
        clusters: Parameter vector of each pair; None if pairs are independent.
        shared: Whether the two runs of a pair use the same random draws.
        conditional: Whether each side uses every run of its own that counts, even if its partner
            does not, as under `--given`. Otherwise a pair is used only if both its runs count.
    """

    counts_a: Flags
    counts_b: Flags
    clusters: Labels | None = None
    shared: bool = True
    conditional: bool = False

    def first(self, n: int) -> Pairing:
        """Returns the first n pairs."""
        clusters = None if self.clusters is None else self.clusters[:n]
        return replace(
            self, counts_a=self.counts_a[:n], counts_b=self.counts_b[:n], clusters=clusters
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """Difference of one outcome, or of one of its classes, between two batches.

    Attributes:
        outcome: Name of the column.
        label: Class whose probability differs; "" for numbers, "true" for flags.
        kind: `number`, `flag` or `class`.
        unit: Unit of the difference; `probability` for flags and classes.
        margin: Difference too small to matter in practice.
        headline: Whether it is a headline outcome; their p-values are corrected together
            for multiple testing.
        a: Mean or probability in the first batch.
        b: Mean or probability in the second batch.
        difference: a - b with its 95% interval and raw p-value.
        unpaired: The same difference computed as if the runs were independent, for reference.
        effect: Difference divided by the standard deviation across runs; infinite if runs do not
            vary.
        runs: Number of runs of each batch that `a` and `b` are computed over: fewer than were
            simulated if the outcome does not apply to every run.
        of: Number of runs of each batch that count, whether or not the outcome applies to them.
        pairs: Number of pairs in which the outcome counts on both sides.
        identical: Whether the two batches hold the same values, run by run.
        equivalent: Whether two one-sided tests place the difference inside the margin.
        p_gt_same_luck: Probability that a exceeds b within a pair, ties counting half; NaN if the
            two runs of a pair use different random draws.
        p_gt_independent: Probability that a run of a exceeds an independent run of b, ties counting
            half.
        adjusted: p-value after Holm's correction; NaN until judged.
        verdict: identical, equivalent, higher, lower or cannot tell; "" until judged.
        runs_needed: Number of runs that would settle the verdict; None unless it is `cannot tell`.
        shape: Differences of the distributions beyond their means; None if not computed.
        common: The difference over the pairs in which the outcome applies to both runs; None if it
            applies to the same runs on both sides.
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
    runs: tuple[int, int]
    of: tuple[int, int]
    pairs: int
    identical: bool
    equivalent: bool
    p_gt_same_luck: float
    p_gt_independent: float
    adjusted: float = math.nan
    verdict: str = ""
    runs_needed: int | None = None
    shape: Shape | None = None
    common: CommonPairs | None = None

    @property
    def is_partial(self) -> bool:
        """Whether the outcome does not apply to every run that counts."""
        return self.runs != self.of

    @property
    def tells_two_stories(self) -> bool:
        """Whether the difference contradicts the one within pairs, because the outcome applies to
        different runs on the two sides."""
        return self.common is not None and self.common.contradicts(self.difference)

    @property
    def size(self) -> float:
        """Absolute difference in standard deviations across runs; 0 if undefined."""
        return 0.0 if math.isnan(self.effect) else abs(self.effect)

    @property
    def family(self) -> str:
        """Name of the outcome without its day."""
        return self.outcome.partition("@")[0]

    def to_json(self) -> dict[str, Any]:
        """Returns the difference as a JSON-serialisable dict."""
        dated = self.unit == "date"
        shape = self.shape.to_json() if self.shape else dict.fromkeys(SHAPE_KEYS)
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
            "runs": list(self.runs),
            "of": list(self.of),
            "pairs": self.pairs,
            "common_pairs": common_json(self.common, self.difference),
            "p_value": finite(self.difference.p_value),
            "p_value_holm": finite(self.adjusted),
            "identical": self.identical,
            "verdict": self.verdict,
            "runs_needed": self.runs_needed,
            "p_gt_same_luck": finite(self.p_gt_same_luck),
            "p_gt_independent": finite(self.p_gt_independent),
            **shape,
        }


SHAPE_KEYS: Final = ("quantile_shifts", "ks", "energy")
"""Keys that `Shape.to_json` adds to a difference."""


def differences(
    columns: Iterable[Column], a: Mapping[str, Any], b: Mapping[str, Any], pairing: Pairing
) -> list[Difference]:
    """Returns the differences of columns, without verdicts: one for a number or a flag, otherwise
    one per class.

    Args:
        columns: Columns that both sides have and that are of the same kind.
        a: Column name -> values of the first side, at least as many as there are pairs.
        b: Column name -> values of the second side.
        pairing: The pairing of the runs, and which of them count.
    """
    n = len(pairing.counts_a)
    found = []
    for column in columns:
        x, y = a[column.name][:n], b[column.name][:n]
        if column.outcome.kind == "number":
            found.append(_of_numbers(column, x, y, pairing))
        else:
            found += _of_classes(column, x, y, pairing)
    return found


def counted(x: Floats, y: Floats, pairing: Pairing) -> tuple[Flags, Flags]:
    """Returns, for each side, a mask of the runs used for a numeric outcome.

    Without conditions, a pair is left out if either run failed. If the outcome applies to only one
    run of a pair, that run is kept on its side.
    """
    ours, theirs = _chosen(pairing)
    return ours & ~np.isnan(x), theirs & ~np.isnan(y)


def _chosen(pairing: Pairing) -> tuple[Flags, Flags]:
    """Returns masks of the runs of each side that are used."""
    if pairing.conditional:
        return pairing.counts_a, pairing.counts_b
    both = pairing.counts_a & pairing.counts_b
    return both, both


def _of_numbers(column: Column, x: Floats, y: Floats, pairing: Pairing) -> Difference:
    counts_x, counts_y = counted(x, y, pairing)
    ours, theirs = _chosen(pairing)
    chosen_x, chosen_y = x[counts_x], y[counts_y]
    both = counts_x & counts_y
    identical = _identical(x, y, pairing)
    mean_x = intervals.mean(chosen_x, clusters=_some(pairing.clusters, counts_x))
    mean_y = intervals.mean(chosen_y, clusters=_some(pairing.clusters, counts_y))
    estimate, test = (
        subsets.difference_of_means(x, y, counts_x, counts_y, level, pairing.clusters)
        for level in (intervals.LEVEL, TEST_LEVEL)
    )
    if identical:
        # The interval would be infinite for a column that applies to few runs or none.
        estimate = replace(estimate, value=0.0, low=0.0, high=0.0)
    variances = [float(np.var(chosen)) for chosen in (chosen_x, chosen_y) if len(chosen)]
    spread = math.sqrt(sum(variances) / 2.0) if len(variances) == 2 else math.nan
    return Difference(
        outcome=column.name,
        label="",
        kind="number",
        unit=column.outcome.unit,
        margin=column.outcome.margin,
        headline=_headline(column),
        a=mean_x.value,
        b=mean_y.value,
        difference=estimate,
        unpaired=paired.unpaired(mean_x, mean_y),
        effect=_ratio(estimate.value, spread),
        runs=(len(chosen_x), len(chosen_y)),
        of=(int(ours.sum()), int(theirs.sum())),
        pairs=int(both.sum()),
        identical=identical,
        equivalent=_inside(test, column.outcome.margin),
        p_gt_same_luck=paired.p_gt_same_luck(x[both], y[both]) if pairing.shared else math.nan,
        p_gt_independent=paired.p_gt_independent(chosen_x, chosen_y),
        common=subsets.common_pairs(x, y, counts_x, counts_y, pairing.clusters),
    )


def _of_classes(column: Column, x: Any, y: Any, pairing: Pairing) -> list[Difference]:
    if column.outcome.name == "failed":
        # Whether a run failed is known for every run, so all count.
        everyone = np.ones(len(x), np.bool_)
        pairing = Pairing(everyone, everyone, pairing.clusters, pairing.shared)
    identical = _identical(x, y, pairing)
    labels = classes_of(column)
    codes = [1] if column.outcome.kind == "flag" else range(len(labels))
    return [
        _of_flags(column, labels[code], x == code, y == code, pairing, identical) for code in codes
    ]


def _of_flags(
    column: Column, label: str, x: Flags, y: Flags, pairing: Pairing, identical: bool
) -> Difference:
    both = pairing.counts_a & pairing.counts_b
    counts_x, counts_y = _chosen(pairing)
    p_x = intervals.probability(x[counts_x], clusters=_some(pairing.clusters, counts_x))
    p_y = intervals.probability(y[counts_y], clusters=_some(pairing.clusters, counts_y))
    estimate, test = (
        _share_difference(x, y, counts_x, counts_y, level, pairing)
        for level in (intervals.LEVEL, TEST_LEVEL)
    )
    spread = math.sqrt((p_x.value * (1.0 - p_x.value) + p_y.value * (1.0 - p_y.value)) / 2.0)
    same_luck = math.nan
    if pairing.shared and both.any():
        # For flags, P(a > b) plus half the ties is one half plus half the difference of shares.
        same_luck = 0.5 + (float(np.mean(x[both])) - float(np.mean(y[both]))) / 2.0
    return Difference(
        outcome=column.name,
        label=label,
        kind=column.outcome.kind,
        unit="probability",
        margin=column.outcome.margin,
        headline=_headline(column),
        a=p_x.value,
        b=p_y.value,
        difference=estimate,
        unpaired=paired.unpaired(p_x, p_y),
        effect=_ratio(estimate.value, spread),
        runs=(int(counts_x.sum()), int(counts_y.sum())),
        of=(int(counts_x.sum()), int(counts_y.sum())),
        pairs=int(both.sum()),
        identical=identical,
        equivalent=_inside(test, column.outcome.margin),
        p_gt_same_luck=same_luck,
        p_gt_independent=0.5 + estimate.value / 2.0,
    )


def _share_difference(
    x: Flags, y: Flags, counts_x: Flags, counts_y: Flags, level: float, pairing: Pairing
) -> Estimate:
    if pairing.conditional:
        return subsets.share_difference(x, y, counts_x, counts_y, level, pairing.clusters)
    groups = _some(pairing.clusters, counts_x)
    return paired.paired_probability(x[counts_x], y[counts_y], level, groups)


def _identical(x: Any, y: Any, pairing: Pairing) -> bool:
    """Returns whether both sides hold the same values in every run.

    Under conditions only the runs that meet them are compared, and they must be the same runs on
    both sides.
    """
    if not pairing.conditional:
        return bool(np.array_equal(x, y, equal_nan=x.dtype.kind == "f"))
    counts = pairing.counts_a
    return bool(np.array_equal(counts, pairing.counts_b)) and bool(
        np.array_equal(x[counts], y[counts], equal_nan=x.dtype.kind == "f")
    )


def _headline(column: Column) -> bool:
    return column.outcome.headline and column.day is None


def _inside(test: Estimate, margin: float) -> bool:
    """Returns whether the interval of the two one-sided tests lies inside the margin."""
    return -margin < test.low and test.high < margin


def _some(clusters: Labels | None, counts: Flags) -> Labels | None:
    return None if clusters is None else clusters[counts]


def _ratio(difference: float, spread: float) -> float:
    if spread > 0.0:
        return difference / spread
    if difference == 0.0:
        return 0.0
    return math.copysign(math.inf, difference) if spread == 0.0 else math.nan
