"""Differences between two distributions beyond their means: quantile shifts and two distances.

The independent units are pairs, or the parameter vectors that pairs belong to. A resample is a
count of how often each unit is drawn; a swap of labels is a sign for each unit. Both are drawn once
and used for all outcomes: each outcome is the product of a sparse matrix (the contribution of each
unit to each step of a distribution function) with a dense one. Pairs with equal values on both
sides contribute nothing to a difference and cost nothing.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.experiment.stats.intervals import LEVEL, Estimate, Flags, Floats, Labels
from sim.experiment.stats.json_form import finite, interval

QUANTILES: Final = {"p05": 0.05, "p50": 0.5, "p95": 0.95}

RESAMPLES: Final = 999
"""Number of bootstrap resamples and of label swaps. The smallest possible p-value is 0.001, and the
ends of an interval are accurate to about a tenth of its length."""

MOST_PAIRS: Final = 100_000
"""Pairs used at most, counted from the first: more would only narrow intervals that are narrow
already."""

FEWEST_UNITS: Final = 20
"""Counted independent units needed on each side. With fewer, resampling gives no valid interval for
the shift of the median, and no valid p-value if the two sides count different runs."""

FEWEST_BEYOND: Final = 3
"""Units needed beyond a quantile. With fewer, resamples too rarely reach beyond the sample: the
intervals of p05 and p95 cover the true value in 75 to 85 of 100 batches with 20 units, and in 92 to
96 with 60 units."""

_GRID: Final = 512
"""Steps of the distribution functions used for label swaps, at quantiles of the pooled sample."""

_REACH: Final = 6.0
"""Half-width of the rank window searched for a quantile of a resample, in standard errors of the
rank."""

_TOGETHER: Final = 250
"""Resamples processed at once; they take 100 MB for the largest number of pairs."""

_SEED: Final = 1
"""Fixed, so that an interval or a p-value is a function of the data alone."""

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance between two distributions.

    Attributes:
        value: The distance.
        p_value: Probability of a distance at least this large if the distributions were equal,
            estimated by swapping labels; NaN if there are too few units.
    """

    value: float
    p_value: float

    def to_json(self) -> dict[str, Any]:
        """Returns the distance as a JSON-serialisable dict."""
        return {"value": finite(self.value), "p_value": finite(self.p_value)}


@dataclass(frozen=True, slots=True)
class Shape:
    """Differences between the two distributions of a numeric outcome.

    Attributes:
        shifts: p05, p50, p95 -> quantile of a minus quantile of b, with a 95% bootstrap interval
            over pairs (over parameter vectors if parameters are drawn); the interval is infinite
            if too few units count.
        ks: Kolmogorov-Smirnov distance: the largest gap between the distribution functions, 0 to 1.
        energy: Energy distance, in the square root of the outcome's unit (Szekely and Rizzo 2013).
        pairs: Number of pairs used.
    """

    shifts: dict[str, Estimate]
    ks: Distance
    energy: Distance
    pairs: int

    def to_json(self) -> dict[str, Any]:
        """Returns the shape as a JSON-serialisable dict."""
        return {
            "quantile_shifts": {
                name: {"shift": finite(shift.value), "ci": interval(shift)}
                for name, shift in self.shifts.items()
            },
            "ks": self.ks.to_json(),
            "energy": self.energy.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Numbers:
    """Values of a numeric outcome in both batches.

    Attributes:
        x: Values of the first batch, one per pair.
        y: Values of the second batch.
        counts_x: Mask of the first batch's runs that count: at least one, and none is NaN.
        counts_y: The same mask for the second batch.
    """

    x: Floats
    y: Floats
    counts_x: Flags
    counts_y: Flags

    @classmethod
    def in_pairs(cls, x: Floats, y: Floats) -> Numbers:
        """Builds numbers of which every value counts."""
        everyone = np.ones(len(x), np.bool_)
        return cls(x, y, everyone, everyone)


def shapes(
    numbers: Sequence[Numbers],
    clusters: Labels | None = None,
    resamples: int = RESAMPLES,
    advance: Callable[[float], None] = lambda done: None,
) -> list[Shape]:
    """Returns the differences between the distributions of several numbers over the same pairs.

    Labels are swapped within pairs, and a run takes its counting flag along. If the two sides
    count different runs, a swap would change how many count; random signs are then applied to the
    influence functions instead (the multiplier bootstrap: van der Vaart and Wellner 1996, 2.9).

    Args:
        numbers: The numbers, all of the same length.
        clusters: One label per pair if clusters, not pairs, are the independent units.
        resamples: Number of bootstrap resamples, and of swaps.
        advance: Called with the share of the work that is done.
    """
    if not numbers:
        return []
    n = len(numbers[0].x)
    units = np.arange(n) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    n_units = int(units.max()) + 1
    shifting = [_Shifting(each, units, n_units) for each in numbers]
    swapping = [_Swapping(each, units, n_units) for each in numbers]
    resampling, swaps = np.random.default_rng(_SEED).spawn(2)
    # Matrix products release the interpreter lock, so threads run in parallel.
    with ThreadPoolExecutor(os.cpu_count()) as crew:
        for done in range(0, resamples, _TOGETHER):
            count = min(_TOGETHER, resamples - done)
            drawn, signs = _resample(resampling, n_units, count), _signs(swaps, n_units, count)
            jobs = [crew.submit(shift.add, drawn) for shift in shifting]
            jobs += [crew.submit(swap.add, signs) for swap in swapping]
            for job in jobs:
                job.result()
            advance((done + count) / resamples)
    return [
        Shape(shift.estimates(), *swap.distances(), pairs=n)
        for shift, swap in zip(shifting, swapping, strict=True)
    ]


def unchanged(pairs: int) -> Shape:
    """Returns the shape of a number that is equal in both runs of every pair."""
    return Shape(
        dict.fromkeys(QUANTILES, Estimate(0.0, 0.0, 0.0, 0.0)),
        Distance(0.0, 1.0),
        Distance(0.0, 1.0),
        pairs,
    )


def kolmogorov_smirnov(a: Floats, b: Floats) -> float:
    """Returns the largest distance between two distribution functions, 0 to 1."""
    gaps, _ = _gaps(a, b)
    return float(np.max(np.abs(gaps)))


def energy_distance(a: Floats, b: Floats) -> float:
    """Returns the energy distance of two samples, in the square root of their unit."""
    gaps, widths = _gaps(a, b)
    return float(math.sqrt(2.0 * np.sum(gaps[:-1] ** 2 * widths)))


class _Shifting:
    """Collects the shifts of quantiles from one resample after another."""

    def __init__(self, numbers: Numbers, units: Labels, n_units: int) -> None:
        self._a = _Side(numbers.x, numbers.counts_x, units, n_units)
        self._b = _Side(numbers.y, numbers.counts_y, units, n_units)
        self._found: list[Floats] = []

    def add(self, drawn: Matrix) -> None:
        """Adds resamples: the count of each unit's draws, shape (units, resamples)."""
        self._found.append(self._a.quantiles(drawn) - self._b.quantiles(drawn))

    def estimates(self) -> dict[str, Estimate]:
        """Returns the shifts with their intervals."""
        once = np.ones((self._a.n_units, 1), np.float32)
        values = (self._a.quantiles(once) - self._b.quantiles(once))[:, 0]
        units = min(self._a.counted_units, self._b.counted_units)
        found = np.concatenate(self._found, axis=1)
        return {
            name: _shift(float(value), draws, units >= _fewest(q))
            for (name, q), value, draws in zip(QUANTILES.items(), values, found, strict=True)
        }


def _fewest(q: float) -> int:
    """Returns the number of independent units needed for a valid interval of a quantile."""
    return max(FEWEST_UNITS, round(FEWEST_BEYOND / min(q, 1.0 - q)))


def _shift(value: float, draws: Floats, has_limits: bool) -> Estimate:
    """Returns a shift with its interval from resamples; a resample without a shift holds NaN."""
    if not has_limits:
        return Estimate(value, -math.inf, math.inf)
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.nanquantile(draws, (tail, 1.0 - tail))
    return Estimate(value, float(low), float(high), float(np.nanstd(draws, ddof=1)))


class _Side:
    """Distribution function of one side by unit, with full resolution only near the quantiles."""

    def __init__(self, values: Floats, counts: Flags, units: Labels, n_units: int) -> None:
        self.n_units = n_units
        self.counted_units = len(np.unique(units[counts]))
        distinct, groups = np.unique(values[counts], return_inverse=True)
        n = len(groups)
        sizes = np.bincount(groups)
        ends = np.cumsum(sizes)
        # The rank of a quantile varies more when clusters are drawn than when runs are.
        effect = math.sqrt(max(1.0, n / n_units))
        keep = np.zeros(len(distinct), np.bool_)
        for q in QUANTILES.values():
            reach = _REACH * effect * math.sqrt(n * q * (1.0 - q)) + 2.0
            keep |= (ends > n * q - reach) & (ends - sizes < n * q + reach)
        keep[-1] = True
        # Values between two kept values are counted with the upper one.
        steps: Labels = np.cumsum(keep) - keep
        self._values = distinct[keep]
        shape = (len(self._values), n_units)
        self._steps = _sparse(steps[groups], units[counts], np.ones(n), shape)

    def quantiles(self, drawn: Matrix) -> Floats:
        """Returns the smallest value with a share q of the weight at or below it, shape
        (quantiles, resamples); NaN for a resample without a counted run."""
        below = np.cumsum(self._steps @ drawn, axis=0, dtype=np.float64)
        total = below[-1]
        # Shares are ratios of whole numbers, so the tolerance covers only the rounding of q.
        places = [np.argmax(below >= q * total - 1e-6, axis=0) for q in QUANTILES.values()]
        return np.where(total > 0.0, self._values[np.stack(places)], math.nan)


class _Swapping:
    """Collects distances from one swap of labels after another."""

    def __init__(self, numbers: Numbers, units: Labels, n_units: int) -> None:
        a, b = numbers.x[numbers.counts_x], numbers.y[numbers.counts_y]
        self._exact = (kolmogorov_smirnov(a, b), energy_distance(a, b))
        edges = _edges(np.concatenate((a, b)))
        self._widths = np.diff(edges)
        of_a, of_b = np.searchsorted(edges, a), np.searchsorted(edges, b)
        units_a, units_b = units[numbers.counts_x], units[numbers.counts_y]
        self._counted_units = min(len(np.unique(units_a)), len(np.unique(units_b)))
        cdf_a, cdf_b = (
            np.cumsum(np.bincount(places, minlength=len(edges))) / len(places)
            for places in (of_a, of_b)
        )
        self._observed = self._measure((cdf_a - cdf_b)[:, None])[:, 0]
        self._at_least = np.zeros(2, np.int64)
        self._done = 0
        # If the same runs count on both sides, whole pairs are swapped.
        self._centred = not np.array_equal(numbers.counts_x, numbers.counts_y)
        if self._centred:
            self._centres = (
                (cdf_a, np.bincount(units_a, minlength=n_units) / len(a)),
                (cdf_b, np.bincount(units_b, minlength=n_units) / len(b)),
            )
        else:
            moved = of_a != of_b
            of_a, of_b, units_a, units_b = (v[moved] for v in (of_a, of_b, units_a, units_b))
        self._scale = 1.0 if self._centred else float(len(a))
        weights = (1.0 / len(a), -1.0 / len(b)) if self._centred else (1.0, -1.0)
        self._steps = _sparse(
            np.concatenate((of_a, of_b)),
            np.concatenate((units_a, units_b)),
            np.repeat(weights, (len(of_a), len(of_b))),
            (len(edges), n_units),
        )

    def add(self, signs: Matrix) -> None:
        """Adds swaps: a sign for each unit, shape (units, swaps)."""
        gaps = np.cumsum(self._steps @ signs, axis=0, dtype=np.float64) / self._scale
        if self._centred:
            (cdf_a, of_a), (cdf_b, of_b) = self._centres
            gaps += np.outer(cdf_b, of_b @ signs) - np.outer(cdf_a, of_a @ signs)
        # Sums in a different order may differ in the last bits; ties must still count as ties.
        least = self._observed[:, None] * (1.0 - 1e-9)
        self._at_least += np.sum(self._measure(gaps) >= least, axis=1)
        self._done += signs.shape[1]

    def distances(self) -> tuple[Distance, Distance]:
        """Returns the Kolmogorov-Smirnov distance and the energy distance."""
        p_values = (1 + self._at_least) / (1 + self._done)
        if self._centred and self._counted_units < FEWEST_UNITS:
            p_values = np.full(2, math.nan)
        ks, energy = (
            Distance(value, float(p_value))
            for value, p_value in zip(self._exact, p_values, strict=True)
        )
        return ks, energy

    def _measure(self, gaps: Floats) -> Floats:
        """Returns both distances for given gaps between the distribution functions, shape
        (2, swaps)."""
        inner = gaps[:-1]
        energy = np.sqrt(2.0 * (self._widths @ (inner * inner)))
        return np.stack((np.max(np.abs(gaps), axis=0), energy))


def _edges(pooled: Floats) -> Floats:
    """Returns the values at which the distribution functions are compared."""
    values = np.unique(pooled)
    if len(values) <= _GRID:
        return values
    shares = np.linspace(0.0, 1.0, _GRID)
    return np.unique(np.quantile(pooled, shares, method="inverted_cdf"))


def _sparse(rows: Labels, columns: Labels, values: Floats, shape: tuple[int, int]) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((values.astype(np.float32), (rows, columns)), shape=shape)


def _resample(rng: np.random.Generator, n_units: int, count: int) -> Matrix:
    """Returns how often each unit is drawn in each resample, shape (units, count)."""
    drawn = np.empty((count, n_units), np.float32)
    for row in drawn:
        row[:] = np.bincount(rng.integers(0, n_units, n_units), minlength=n_units)
    return np.ascontiguousarray(drawn.T)


def _signs(rng: np.random.Generator, n_units: int, count: int) -> Matrix:
    """Returns a random sign for each unit, shape (units, count)."""
    bits = rng.integers(0, 2, (n_units, count), dtype=np.int8)
    return np.float32(2.0) * bits - np.float32(1.0)


def _gaps(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Returns F_a - F_b at each value of the pooled sample, and the gaps between the values."""
    values = np.unique(np.concatenate((a, b)))
    below_a, below_b = (
        np.searchsorted(np.sort(side), values, side="right") / len(side) for side in (a, b)
    )
    return np.asarray(below_a - below_b), np.diff(values)
