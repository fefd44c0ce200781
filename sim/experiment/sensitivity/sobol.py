"""Shares of variance: the part of an outcome's variance that is due to each parameter.

First-order and total indices (Sobol 1993) of E[Y | parameters] are computed from the design of
Saltelli et al. (2010), with every point played with the same R replicates. A mean over R runs still
contains the interaction of luck (the random variation between runs) and parameters, which would be
mistaken for an effect of the parameters. Products of different replicates do not contain it, so
every square and product here is the mean over pairs of different replicates. The variance is then
that of a two-way analysis of variance, Var(row means) - s2/R, where s2 is the mean square of the
interaction. The first-order numerator is Saltelli's, the total one Jansen's (1999). Without luck
the results agree with SALib's to the last digits.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.errors import needs
from sim.experiment.inputs.sequence import SAMPLING_SEED, check_points
from sim.experiment.stats.intervals import LEVEL, Estimate, Floats

_RESAMPLES: Final = 999
_AT_A_TIME: Final = 111
_RESAMPLING_SEED: Final = 2


@dataclass(frozen=True, slots=True)
class Indices:
    """Decomposition of a variance.

    Attributes:
        first: For each factor, the share of the variance due to the factor alone.
        total: For each factor, the share including its interactions; at least `first`, except for
            sampling error.
        together: 1 minus the sum of the first-order shares: the part due to interactions.
        variance: Variance of E[Y | parameters], in the outcome's unit squared.
        luck: Share of the variance between single runs that is due to luck.
    """

    first: tuple[Estimate, ...]
    total: tuple[Estimate, ...]
    together: Estimate
    variance: Estimate
    luck: Estimate

    @property
    def is_significant(self) -> bool:
        """Whether the factors have a significant effect on the outcome; if not, the shares are
        meaningless."""
        return self.variance.low > 0.0


def saltelli(n: int, factors: int) -> Floats:
    """Returns the points of a design for indices, as quantile levels of the factors' distributions.

    Args:
        n: Number of base points of the sequence, a power of two.
        factors: Number of factors.

    Returns:
        Shape (n * (factors + 2), factors): for each base point first A, then A with each factor in
        turn replaced by that of B, then B.

    Raises:
        UsageError: `n` is not a power of two, or SALib is not installed.
    """
    check_points(n, "-n")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from SALib.sample.sobol import sample
    except ImportError as error:
        raise needs("explore") from error
    problem = {
        "num_vars": factors,
        "names": [f"x{place}" for place in range(factors)],
        "bounds": [[0.0, 1.0]] * factors,
    }
    drawn = sample(problem, n, calc_second_order=False, scramble=True, seed=SAMPLING_SEED)
    return np.asarray(drawn, dtype=np.float64)


def base_rows(n: int, factors: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Returns the rows of a design that are A or B: independent points that vary all factors."""
    first = np.arange(n, dtype=np.int64) * (factors + 2)
    return np.sort(np.concatenate((first, first + factors + 1)))


def indices(y: Floats, factors: int, level: float = LEVEL) -> Indices:
    """Returns the shares of the variance of an outcome.

    Args:
        y: One number per run, shape (points, R), in the order of `saltelli`, with the same R
            replicates at each point; R is at least two.
        factors: Number of factors.
        level: Confidence level. Intervals come from a bootstrap over both points and replicates.
    """
    table = y.reshape(-1, factors + 2, y.shape[1])
    n, _, runs = table.shape
    found = _VarianceParts.of(table, np.full((1, n), 1.0 / n), np.ones((1, runs)))
    rng = np.random.default_rng(_RESAMPLING_SEED)
    resampled = []
    for _ in range(_RESAMPLES // _AT_A_TIME):
        rows = rng.multinomial(n, np.full(n, 1.0 / n), _AT_A_TIME) / n
        weights = rng.multinomial(runs, np.full(runs, 1.0 / runs), _AT_A_TIME).astype(np.float64)
        resampled.append(_VarianceParts.of(table, rows, weights))
    drawn = _VarianceParts.joined(resampled)

    def estimate(value: Floats, draws: Floats) -> Estimate:
        return _estimate(float(value[0]), draws, level)

    first, total = found.shares(found.first), found.shares(found.total)
    firsts, totals = drawn.shares(drawn.first), drawn.shares(drawn.total)
    return Indices(
        tuple(estimate(first[:, j], firsts[:, j]) for j in range(factors)),
        tuple(estimate(total[:, j], totals[:, j]) for j in range(factors)),
        estimate(1.0 - first.sum(axis=1), 1.0 - firsts.sum(axis=1)),
        estimate(found.variance, drawn.variance),
        estimate(found.luck_share, drawn.luck_share),
    )


@dataclass(frozen=True, slots=True)
class _VarianceParts:
    """Numerators and denominators of the indices, one row per resample.

    Attributes:
        variance: Variance of E[Y | parameters], shape (resamples,).
        luck: Variance between runs of one point, shape (resamples,).
        first: First-order numerators, shape (resamples, factors).
        total: Total numerators, shape (resamples, factors).
    """

    variance: Floats
    luck: Floats
    first: Floats
    total: Floats

    @classmethod
    def of(cls, table: Floats, rows: Floats, weights: Floats) -> _VarianceParts:
        """Computes the parts from a table of runs.

        Args:
            table: One number per run, shape (n, factors + 2, replicates).
            rows: Weight of each base point, shape (resamples, n); each row sums to 1.
            weights: Number of times each replicate counts, shape (resamples, replicates).
        """
        w, w2 = weights.T, (weights * weights).T
        counts = weights.sum(axis=1)
        pairs = counts * counts - w2.sum(axis=0)

        def apart(x: Floats, z: Floats) -> Floats:
            """Returns the mean of x times z over pairs of different replicates, (n, resamples);
            a replicate drawn twice does not form a pair with itself."""
            # A resample with a single replicate has no pairs, and gives NaN.
            return _over((x @ w) * (z @ w) - (x * z) @ w2, pairs)

        def over_rows(x: Floats) -> Floats:
            return np.asarray((rows.T * x).sum(axis=0))

        def squares(x: Floats) -> Floats:
            """Returns the mean square over the independent points, luck excluded."""
            return over_rows(apart(x[:, 0], x[:, 0]) + apart(x[:, -1], x[:, -1])) / 2.0

        runs = _centred(table, (0, 1, 2))
        every = over_rows((runs[:, 0] ** 2 + runs[:, -1] ** 2) @ w) / (2.0 * counts)
        # The part of a replicate that is the same at every point says nothing about parameters.
        table = _centred(table, (0, 1))
        a, b = table[:, 0], table[:, -1]
        common = (rows @ ((a + b) / 2.0)) * weights
        offset = common.sum(axis=1) ** 2 - (common * common).sum(axis=1)
        steps = [table[:, j] - a for j in range(1, table.shape[1] - 1)]
        return cls(
            squares(table) - _over(offset, pairs),
            every - squares(runs),
            np.stack([over_rows(apart(b, step)) for step in steps], axis=1),
            np.stack([over_rows(apart(step, step)) / 2.0 for step in steps], axis=1),
        )

    @classmethod
    def joined(cls, parts: Sequence[_VarianceParts]) -> _VarianceParts:
        """Concatenates several sets of resamples."""
        return cls(
            np.concatenate([part.variance for part in parts]),
            np.concatenate([part.luck for part in parts]),
            np.concatenate([part.first for part in parts]),
            np.concatenate([part.total for part in parts]),
        )

    @property
    def luck_share(self) -> Floats:
        """Luck's share of the variance of a run; NaN if nothing varies."""
        ignorance = np.maximum(0.0, self.variance)
        return _over(self.luck, ignorance + self.luck)

    def shares(self, numerators: Floats) -> Floats:
        """Returns numerators as shares of the variance; NaN if the variance is not positive."""
        return _over(numerators, self.variance[:, np.newaxis])


def _centred(table: Floats, axes: tuple[int, ...]) -> Floats:
    """Returns a table minus its mean. The first value is subtracted beforehand, so that a quantity
    that does not vary becomes exactly zero."""
    first = table[:1, :1] if len(axes) == 2 else table[:1, :1, :1]
    table = table - first
    return np.asarray(table - table.mean(axis=axes, keepdims=True))


def _over(above: Floats, below: Floats) -> Floats:
    """Returns a quotient; NaN if the divisor is not positive."""
    shape = np.broadcast_shapes(above.shape, below.shape)
    return np.asarray(np.divide(above, below, out=np.full(shape, np.nan), where=below > 0.0))


def _estimate(value: float, draws: Floats, level: float) -> Estimate:
    known = draws[~np.isnan(draws)]
    if math.isnan(value) or len(known) < 2:
        return Estimate(value, math.nan, math.nan)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(known, (tail, 1.0 - tail))
    return Estimate(value, float(low), float(high), float(np.std(known, ddof=1)))
