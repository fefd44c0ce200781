"""Contributions of groups of pairs to the difference between two batches.

A parting is the first event at which the two runs of a pair differ. A group's contribution is the
sum of (a - b) over its pairs, divided by the number of all pairs. Contributions of disjoint groups
that cover all pairs sum to the whole difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.outcomes.summary import classes_of
from sim.experiment.stats import intervals
from sim.experiment.stats import pairs as paired
from sim.experiment.stats.intervals import Estimate, Flags
from sim.experiment.stats.json_form import finite, interval

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.experiment.compare.pair_replay import Pairs


@dataclass(frozen=True, slots=True)
class PartingEffect:
    """Contribution to the difference in one outcome.

    Attributes:
        outcome: Name of the column.
        label: Class whose probability differs; "" for numbers, "true" for flags.
        unit: Unit of the outcome; `probability` for flags and classes.
        estimate: The contribution with its 95% interval.
        of_total: Contribution as a share of the whole difference; NaN if that is 0.
    """

    outcome: str
    label: str
    unit: str
    estimate: Estimate
    of_total: float

    def to_json(self) -> dict[str, Any]:
        """Returns the contribution as a JSON-serialisable dict."""
        return {
            "outcome": self.outcome,
            "class": self.label or None,
            "unit": "days" if self.unit == "date" else self.unit,
            "difference": finite(self.estimate.value),
            "ci": interval(self.estimate),
            "of_total": finite(self.of_total),
        }


class EffectGauge:
    """Measures the contributions of groups of pairs to the differences in some columns.

    Attributes:
        totals: Differences over all pairs, the most significant first.
    """

    def __init__(self, pairs: Pairs, columns: Sequence[Column]) -> None:
        self._pairs = pairs
        self._sides: dict[tuple[str, str, str], tuple[Any, Any]] = {}
        for column in columns:
            x, y = pairs.of_a.values[column.name], pairs.of_b.values[column.name]
            if column.outcome.kind == "number":
                self._sides[column.name, "", column.outcome.unit] = x, y
                continue
            labels = classes_of(column)
            for code in [1] if column.outcome.kind == "flag" else range(len(labels)):
                self._sides[column.name, labels[code], "probability"] = x == code, y == code
        whole = {row: self._estimate(row, pairs.counts) for row in self._sides}
        self._whole = dict(sorted(whole.items(), key=lambda item: -_sureness(item[1])))
        self.totals = self.effects(pairs.counts)

    def group(self, pairs: Iterable[int]) -> Flags:
        """Returns the mask of a set of pairs, shape (n,)."""
        chosen = np.zeros(self._pairs.n, np.bool_)
        chosen[list(pairs)] = True
        return chosen

    def share(self, group: Flags) -> Estimate:
        """Returns the fraction of the counted pairs (`pairs.counts`) that are in the group.

        Args:
            group: Mask of the pairs in the group, shape (n,).
        """
        counts, clusters = self._pairs.counts, self._pairs.clusters
        return intervals.probability(
            group[counts], clusters=None if clusters is None else clusters[counts]
        )

    def effects(self, group: Flags) -> tuple[PartingEffect, ...]:
        """Returns the contribution of a group to each difference, in the order of `totals`."""
        found = []
        for row, whole in self._whole.items():
            part = self._estimate(row, group)
            of_total = part.value / whole.value if whole.value else math.nan
            found.append(PartingEffect(*row, part, of_total))
        return tuple(found)

    def _estimate(self, row: tuple[str, str, str], group: Flags) -> Estimate:
        x, y = self._sides[row]
        counts, clusters = self._pairs.counts, self._pairs.clusters
        is_number = x.dtype.kind == "f"
        if is_number:
            counts = counts & ~np.isnan(x) & ~np.isnan(y)
        labels = None if clusters is None else clusters[counts]
        ours, theirs, here = x[counts], y[counts], group[counts]
        if is_number:
            ours, theirs = np.where(here, ours, 0.0), np.where(here, theirs, 0.0)
            return paired.paired_mean(ours, theirs, clusters=labels)
        return paired.paired_probability(ours & here, theirs & here, clusters=labels)


def _sureness(whole: Estimate) -> float:
    """Returns the absolute difference in standard errors; 0 if the error is 0 or undefined."""
    return abs(whole.value) / whole.error if whole.error > 0.0 else 0.0
