"""One outcome at some points of a design: its mean, and its difference from other points.

An outcome may not apply to every run. Its mean is then taken over the runs to which it applies, and
a difference is that of two such means, exactly as `compare` takes it: a single point has the same
numbers and intervals in both. On a grid, points are averaged run by run; points that are drawn are
a sample of their own, like the replicates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.experiment.stats import intervals, subsets
from sim.experiment.stats.intervals import LEVEL, Estimate, Flags, Floats, Labels
from sim.experiment.stats.pairs import paired_probability

if TYPE_CHECKING:
    from sim.experiment.outcomes.targets import Target


@dataclass(frozen=True, slots=True)
class Readings:
    """One number per run at some points; all points use the same replicates.

    Attributes:
        y: The numbers, shape (points, runs); NaN if the run failed or the outcome does not apply.
        failed: Mask of the runs that failed, same shape; None if none did.
        clusters: Parameter vector of each replicate, shape (runs,); None if they are independent.
    """

    y: Floats
    failed: Flags | None = None
    clusters: Labels | None = None

    def at(self, places: Sequence[bool] | Sequence[int] | npt.NDArray[Any]) -> Readings:
        """Returns the readings at some of the points, given by a mask or by their numbers."""
        chosen = np.asarray(places)
        failed = None if self.failed is None else self.failed[chosen]
        return replace(self, y=self.y[chosen], failed=failed)

    @property
    def n(self) -> int:
        """Number of runs to which the outcome applies."""
        return int((~np.isnan(self.y)).sum())

    @property
    def of(self) -> int:
        """Number of runs that finished."""
        return self.y.size - (0 if self.failed is None else int(self.failed.sum()))

    @property
    def is_partial(self) -> bool:
        """Whether the outcome does not apply to every run that finished."""
        return self.n != self.of

    @property
    def failed_anywhere(self) -> Flags:
        """Mask of the replicates that failed at any of the points, shape (runs,)."""
        if self.failed is None:
            return np.zeros(self.y.shape[1], np.bool_)
        return np.asarray(self.failed.any(axis=0))

    def without(self, replicates: Flags) -> Readings:
        """Returns the readings without some replicates.

        Args:
            replicates: Mask of the replicates to leave out, shape (runs,).
        """
        if not replicates.any():
            return self
        kept = ~replicates
        return Readings(
            self.y[:, kept],
            None if self.failed is None else self.failed[:, kept],
            None if self.clusters is None else self.clusters[kept],
        )


def estimate_of(runs: Readings, target: Target, level: float = LEVEL) -> Estimate:
    """Returns the mean over runs, or the probability of a condition, at points of a grid."""
    whole, even = _run_by_run(runs.y)
    known = ~np.isnan(whole)
    labels = None if runs.clusters is None else runs.clusters[known]
    if target.is_share and _is_yes_or_no(whole[known]):
        return intervals.probability(whole[known] > 0.5, level, labels)
    if even:
        return intervals.mean(whole[known], level, labels)
    flat, labels = _flat(runs)
    known = ~np.isnan(flat)
    return intervals.mean(flat[known], level, labels[known])


def difference_of(a: Readings, b: Readings, target: Target, level: float = LEVEL) -> Estimate:
    """Returns the mean at some points of a grid minus the mean at as many others.

    A replicate that failed on either side is left out of both.
    """
    lost = a.failed_anywhere | b.failed_anywhere
    a, b = a.without(lost), b.without(lost)
    (x, even_x), (y, even_y) = _run_by_run(a.y), _run_by_run(b.y)
    if target.is_share and _is_yes_or_no(x) and _is_yes_or_no(y):
        return paired_probability(x > 0.5, y > 0.5, level, a.clusters)
    labels = a.clusters
    if not (even_x and even_y):
        (x, labels), (y, _) = _flat(a), _flat(b)
    return subsets.difference_of_means(x, y, ~np.isnan(x), ~np.isnan(y), level, labels)


def common_of(a: Readings, b: Readings) -> subsets.CommonPairs | None:
    """Returns the difference of `difference_of` over the pairs of runs in which the outcome applies
    to both; None if it applies to the same runs on both sides."""
    lost = a.failed_anywhere | b.failed_anywhere
    (x, labels), (y, _) = _flat(a.without(lost)), _flat(b.without(lost))
    return subsets.common_pairs(x, y, ~np.isnan(x), ~np.isnan(y), labels)


def drawn_estimate(runs: Readings, target: Target) -> Estimate:
    """Returns the mean of runs that differ by point and by replicate, both random.

    All points use the same replicates, so the mean is no more precise than the number of replicates
    allows, however many points there are. Its variance is the variance of the point means divided
    by their number, plus that of the replicate means divided by theirs, minus the interaction,
    which both contain (Owen 2007).
    """
    mean, z = _influence(runs.y)
    points, luck = z.mean(axis=1), z.mean(axis=0)
    variance = _joined(_of_mean(points), _of_mean(luck), _interaction(z))
    return _bounded(_normal(mean, variance, _units(runs.y), LEVEL), target, runs.y)


def drawn_difference(a: Readings, b: Readings, level: float) -> Estimate:
    """Returns the mean at some drawn points minus the mean at others, with the same replicates."""
    (mean_a, z_a), (mean_b, z_b) = _influence(a.y), _influence(b.y)
    if math.isnan(mean_a - mean_b):
        return Estimate(math.nan, -math.inf, math.inf)
    points = _of_mean(z_a.mean(axis=1)) + _of_mean(z_b.mean(axis=1))
    luck = _of_mean(z_a.mean(axis=0) - z_b.mean(axis=0))
    variance = _joined(points, luck, _interaction(z_a) + _interaction(z_b))
    return _normal(mean_a - mean_b, variance, min(_units(a.y), _units(b.y)), level)


def _run_by_run(y: Floats) -> tuple[Floats, bool]:
    """Returns the mean over points of each run, NaN if the outcome applies at no point, and whether
    every other run has it at equally many points, so that their mean is that of all numbers."""
    known = ~np.isnan(y)
    counts = known.sum(axis=0)
    sums = np.where(known, y, 0.0).sum(axis=0)
    whole = np.divide(sums, counts, out=np.full(y.shape[1], np.nan), where=counts > 0)
    return whole, bool(np.ptp(counts[counts > 0]) == 0) if counts.any() else True


def _flat(runs: Readings) -> tuple[Floats, Labels]:
    """Returns all numbers, point after point, each with its replicate or parameter vector."""
    points, replicates = runs.y.shape
    labels = np.arange(replicates) if runs.clusters is None else runs.clusters
    return runs.y.ravel(), np.tile(labels, points)


def _is_yes_or_no(values: Floats) -> bool:
    """Returns whether all values are 0 or 1, and so from single runs, not means over points."""
    return bool(np.all((values == 0.0) | (values == 1.0)))


def _influence(y: Floats) -> tuple[float, Floats]:
    """Returns the mean of the known numbers, and the part of each number in its error, shape
    (points, runs), as if the mean were one over all of them: 0 where the outcome does not apply."""
    known = ~np.isnan(y)
    if not known.any():
        return math.nan, np.zeros_like(y)
    share = float(known.mean())
    mean = float(np.where(known, y, 0.0).sum()) / int(known.sum())
    return mean, np.where(known, y - mean, 0.0) / share


def _units(y: Floats) -> int:
    """Returns the number of points or of replicates with a number, whichever are fewer."""
    known = ~np.isnan(y)
    return int(min(known.any(axis=1).sum(), known.any(axis=0).sum()))


def _bounded(estimate: Estimate, target: Target, y: Floats) -> Estimate:
    """Returns the mean of a level with its interval confined to the range of a share.

    An outcome that occurs in no run, or in every run, has no variance from which to judge how rare
    it may be. Its interval is Wilson's for as many runs as there are points or replicates,
    whichever are fewer.
    """
    if not target.is_share:
        return estimate
    if estimate.value in (0.0, 1.0):
        units = min(y.shape)
        low, high = intervals.wilson(estimate.value * units, units)
    else:
        low, high = max(0.0, estimate.low), min(1.0, estimate.high)
    return replace(estimate, low=low, high=high)


def _joined(points: float, luck: float, both: float) -> float:
    """Returns the variance of a mean from the parts due to points, due to luck (replicates), and
    contained in both; NaN if any part is.

    The sum minus the common part is unbiased, but if the parts contain little else it is negative
    about half the time. The true variance is at least that of the points and that of luck alone.
    """
    return float(np.max((points, luck, points + luck - both)))


def _normal(value: float, variance: float, units: int, level: float) -> Estimate:
    if units < 2 or math.isnan(variance):
        return Estimate(value, -math.inf, math.inf)
    error = math.sqrt(variance)
    half = intervals.student_critical(level, units - 1) * error
    return Estimate(value, value - half, value + half, error)


def _of_mean(values: Floats) -> float:
    """Returns the variance of the mean of values; NaN for a single one."""
    return float(np.var(values, ddof=1)) / len(values) if len(values) > 1 else math.nan


def _interaction(z: Floats) -> float:
    """Returns the contribution of the interaction of points and luck to the variance of a mean."""
    points, runs = z.shape
    if min(points, runs) < 2:
        return 0.0
    rest = z - z.mean(axis=1, keepdims=True) - z.mean(axis=0) + z.mean()
    square = float(np.sum(rest * rest)) / ((points - 1) * (runs - 1))
    return float(square / (points * runs))
