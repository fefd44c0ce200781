"""How two distributions differ beyond their means: shifts of quantiles, and two distances.

Pairs, or the parameter vectors they belong to, are the independent units. Every resample is a
number of times each unit is drawn, and every swap of labels a sign for each unit; both are drawn
once and serve all outcomes, which are then products of a sparse matrix (what a unit adds to which
step of a distribution function) with a dense one. Pairs with equal values on both sides add
nothing to a difference and cost nothing.
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
"""A p-value of 0.001 is the least there can be, and an interval's limits are known to about a
tenth of its length."""

MOST_PAIRS: Final = 100_000
"""Pairs looked at, the first so many: more would narrow intervals no reader finds wide."""

FEWEST_UNITS: Final = 20
"""Independent units that count on either side, below which resampling them tells neither the
limits of a shift of the middle nor, where the sides count runs of their own, a p-value."""

FEWEST_BEYOND: Final = 3
"""Units beyond a quantile, below which resamples too seldom lie farther out than the sample: of 20
units the limits of p05 and p95 hold in 75 to 85 of 100 batches, of 60 in 92 to 96."""

_GRID: Final = 512
"""Steps of the distribution functions that are swapped, at quantiles of the pooled sample."""

_REACH: Final = 6.0
"""Standard errors of its rank between which a quantile is looked for in a resample."""

_TOGETHER: Final = 250
"""Resamples worked on at once: 100 MB for the most pairs."""

_SEED: Final = 1
"""Fixed, so that an interval or a p-value is a function of the data alone."""

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance between two distributions.

    Attributes:
        value: The distance.
        p_value: How often swapped labels give as large a one, were the distributions one; NaN
            where that cannot be told.
    """

    value: float
    p_value: float

    def to_json(self) -> dict[str, Any]:
        """Returns the distance as JSON knows it."""
        return {"value": finite(self.value), "p_value": finite(self.p_value)}


@dataclass(frozen=True, slots=True)
class Shape:
    """How the distributions of a number differ.

    Attributes:
        shifts: p05, p50, p95 -> quantile of a less that of b, with the 95 % interval of a
            bootstrap over pairs (over vectors under drawn parameters); its limits are infinite
            where too few of them count.
        ks: Kolmogorov-Smirnov: the largest gap between the distribution functions, 0 to 1.
        energy: Energy distance, in the square root of the outcome's unit (Szekely and Rizzo 2013).
        pairs: Pairs looked at.
    """

    shifts: dict[str, Estimate]
    ks: Distance
    energy: Distance
    pairs: int

    def to_json(self) -> dict[str, Any]:
        """Returns the shape as JSON knows it."""
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
    """A number in both batches.

    Attributes:
        x: Values of the first batch, one a pair.
        y: Of the second.
        counts_x: Runs of the first that count; at least one, none of them NaN.
        counts_y: Of the second.
    """

    x: Floats
    y: Floats
    counts_x: Flags
    counts_y: Flags

    @classmethod
    def in_pairs(cls, x: Floats, y: Floats) -> Numbers:
        """Returns values that all count."""
        everyone = np.ones(len(x), np.bool_)
        return cls(x, y, everyone, everyone)


def shapes(
    numbers: Sequence[Numbers],
    clusters: Labels | None = None,
    resamples: int = RESAMPLES,
    advance: Callable[[float], None] = lambda done: None,
) -> list[Shape]:
    """Returns how the distributions of several numbers differ, over the same pairs.

    Labels are swapped within pairs, each run with what it is like; where either side counts runs
    of its own, signs are put on influence functions instead (the multiplier bootstrap: van der
    Vaart and Wellner 1996, 2.9), as a swap would then change how many runs count.

    Args:
        numbers: The numbers, all of one length.
        clusters: One label a pair if whole clusters are independent and not pairs.
        resamples: Of the bootstrap, and swaps.
        advance: Told the share that is done.
    """
    if not numbers:
        return []
    n = len(numbers[0].x)
    units = np.arange(n) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    n_units = int(units.max()) + 1
    shifting = [_Shifting(each, units, n_units) for each in numbers]
    swapping = [_Swapping(each, units, n_units) for each in numbers]
    resampling, swaps = np.random.default_rng(_SEED).spawn(2)
    # Products of matrices let other threads work meanwhile.
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
    """Returns the shape of a number that is the same in both batches, run by run."""
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
        """Takes resamples: how often each unit is drawn, shape (units, resamples)."""
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
    """Returns the independent units from which on the limits of a quantile can be told."""
    return max(FEWEST_UNITS, round(FEWEST_BEYOND / min(q, 1.0 - q)))


def _shift(value: float, draws: Floats, has_limits: bool) -> Estimate:
    """Returns a shift with its interval from resamples, NaN in those that tell none."""
    if not has_limits:
        return Estimate(value, -math.inf, math.inf)
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.nanquantile(draws, (tail, 1.0 - tail))
    return Estimate(value, float(low), float(high), float(np.nanstd(draws, ddof=1)))


class _Side:
    """One side's distribution function as the units make it, fine near the quantiles only."""

    def __init__(self, values: Floats, counts: Flags, units: Labels, n_units: int) -> None:
        self.n_units = n_units
        self.counted_units = len(np.unique(units[counts]))
        distinct, groups = np.unique(values[counts], return_inverse=True)
        n = len(groups)
        sizes = np.bincount(groups)
        ends = np.cumsum(sizes)
        # Clusters spread the rank of a quantile by more than runs would.
        effect = math.sqrt(max(1.0, n / n_units))
        keep = np.zeros(len(distinct), np.bool_)
        for q in QUANTILES.values():
            reach = _REACH * effect * math.sqrt(n * q * (1.0 - q)) + 2.0
            keep |= (ends > n * q - reach) & (ends - sizes < n * q + reach)
        keep[-1] = True
        # What lies between two values that are kept counts with the upper one.
        steps: Labels = np.cumsum(keep) - keep
        self._values = distinct[keep]
        shape = (len(self._values), n_units)
        self._steps = _sparse(steps[groups], units[counts], np.ones(n), shape)

    def quantiles(self, drawn: Matrix) -> Floats:
        """Returns the smallest value with a share q of the weight at or below it, shape
        (quantiles, resamples); NaN in a resample that draws nothing."""
        below = np.cumsum(self._steps @ drawn, axis=0, dtype=np.float64)
        total = below[-1]
        # Shares are ratios of whole numbers: the allowance is for q alone.
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
        # Where the same runs count on both sides a pair is swapped as a whole.
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
        """Takes swaps: a sign for each unit, shape (units, swaps)."""
        gaps = np.cumsum(self._steps @ signs, axis=0, dtype=np.float64) / self._scale
        if self._centred:
            (cdf_a, of_a), (cdf_b, of_b) = self._centres
            gaps += np.outer(cdf_b, of_b @ signs) - np.outer(cdf_a, of_a @ signs)
        # Sums in another order may differ in the last bits; a tie must count as one.
        least = self._observed[:, None] * (1.0 - 1e-9)
        self._at_least += np.sum(self._measure(gaps) >= least, axis=1)
        self._done += signs.shape[1]

    def distances(self) -> tuple[Distance, Distance]:
        """Returns Kolmogorov and Smirnov's distance and the energy distance."""
        p_values = (1 + self._at_least) / (1 + self._done)
        if self._centred and self._counted_units < FEWEST_UNITS:
            p_values = np.full(2, math.nan)
        ks, energy = (
            Distance(value, float(p_value))
            for value, p_value in zip(self._exact, p_values, strict=True)
        )
        return ks, energy

    def _measure(self, gaps: Floats) -> Floats:
        """Returns both distances of distribution functions that lie so far apart, shape
        (2, swaps)."""
        inner = gaps[:-1]
        energy = np.sqrt(2.0 * (self._widths @ (inner * inner)))
        return np.stack((np.max(np.abs(gaps), axis=0), energy))


def _edges(pooled: Floats) -> Floats:
    """Returns the values at which distribution functions are held against each other."""
    values = np.unique(pooled)
    if len(values) <= _GRID:
        return values
    shares = np.linspace(0.0, 1.0, _GRID)
    return np.unique(np.quantile(pooled, shares, method="inverted_cdf"))


def _sparse(rows: Labels, columns: Labels, values: Floats, shape: tuple[int, int]) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((values.astype(np.float32), (rows, columns)), shape=shape)


def _resample(rng: np.random.Generator, n_units: int, count: int) -> Matrix:
    """Returns how often each unit is drawn, shape (units, count)."""
    drawn = np.empty((count, n_units), np.float32)
    for row in drawn:
        row[:] = np.bincount(rng.integers(0, n_units, n_units), minlength=n_units)
    return np.ascontiguousarray(drawn.T)


def _signs(rng: np.random.Generator, n_units: int, count: int) -> Matrix:
    """Returns a random sign for each unit, shape (units, count)."""
    bits = rng.integers(0, 2, (n_units, count), dtype=np.int8)
    return np.float32(2.0) * bits - np.float32(1.0)


def _gaps(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Returns F_a - F_b at each value of the pooled sample, and the steps between the values."""
    values = np.unique(np.concatenate((a, b)))
    below_a, below_b = (
        np.searchsorted(np.sort(side), values, side="right") / len(side) for side in (a, b)
    )
    return np.asarray(below_a - below_b), np.diff(values)
