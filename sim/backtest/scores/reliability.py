"""Reliability of probabilities: of the events forecast with about 30%, did about 30% come?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.scores.blocks import RESAMPLES, SEED, block_draws, sums_by_origin
from sim.backtest.scores.events import check_probabilities
from sim.experiment.stats.intervals import LEVEL, Flags, Floats, Labels, normal_critical

TENTHS: Final = tuple(tenth / 10.0 for tenth in range(1, 10))
"""Inner edges of bins, each of which belongs to the bin above it."""

FEWEST: Final = 10
"""Forecasts a bin holds at least: with fewer, the share of events cannot be told from any forecast
within 30 points of it."""


TRANSFORM_BINS: Final = 5
"""Bins of probability integral transforms: of 91 forecasts, 18 fall into each."""


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Forecasts of about the same probability. All but the count are shares, 0 to 1.

    Attributes:
        count: Number of forecasts.
        forecast: Their mean.
        observed: Share of their events that came.
        consistent: Middle 95% of the shares that reliable and independent forecasts would show
            (Broecker and Smith 2007).
        simultaneous: Confidence band around the observed share, for all bins at once, from blocks
            of consecutive origins. If the mean forecast lies outside in any bin, the forecasts are
            not reliable at about the 5% level, dependence and the number of bins allowed for: of
            reliable forecasts that overlap, 8 in 100 tables are outside somewhere.
    """

    count: int
    forecast: float
    observed: float
    consistent: tuple[float, float]
    simultaneous: tuple[float, float]

    @property
    def is_reliable(self) -> bool:
        """Whether the mean forecast lies in the simultaneous band."""
        low, high = self.simultaneous
        return low <= self.forecast <= high


def reliability_table(
    probabilities: Floats,
    outcomes: Flags,
    origins: Labels,
    block: int,
    fewest: int = FEWEST,
    resamples: int = RESAMPLES,
) -> tuple[ReliabilityBin, ...]:
    """Returns the bins of the forecasts, from small to large probabilities.

    Args:
        probabilities: The forecasts, shape (n,).
        outcomes: Whether each event came.
        origins: Day of the origin of each forecast, an ordinal.
        block: Consecutive origins that are resampled together: the horizon, in origins.
        fewest: Forecasts a bin holds at least; see `pooled_bins`.
        resamples: Number of resamples for either band.

    Raises:
        ValueError: A probability lies outside 0 to 1, the shapes differ, or there are fewer origins
            than a block has.
    """
    check_probabilities(probabilities, outcomes)
    bins = pooled_bins(probabilities, fewest)
    return _table(probabilities, outcomes, bins, origins, block, resamples)


def transform_table(
    transforms: Floats, origins: Labels, block: int, resamples: int = RESAMPLES
) -> tuple[ReliabilityBin, ...]:
    """Returns the shares of probability integral transforms in bins of equal width, as a table of
    reliability: that one falls into a bin is an event of the same probability for each.

    Args:
        transforms: The transforms, 0 to 1, shape (n,).
        origins: Day of the origin of each, an ordinal.
        block: Consecutive origins that are resampled together.
        resamples: Number of resamples for either band.

    Raises:
        ValueError: There are fewer origins than a block has.
    """
    places = np.minimum((transforms * TRANSFORM_BINS).astype(np.int64), TRANSFORM_BINS - 1)
    bins = np.repeat(np.arange(TRANSFORM_BINS), len(transforms))
    fell = np.tile(places, TRANSFORM_BINS) == bins
    even = np.full(len(bins), 1.0 / TRANSFORM_BINS)
    return _table(even, fell, bins, np.tile(origins, TRANSFORM_BINS), block, resamples)


def _table(
    probabilities: Floats,
    outcomes: Flags,
    bins: Labels,
    origins: Labels,
    block: int,
    resamples: int,
) -> tuple[ReliabilityBin, ...]:
    """Returns the bins of forecasts, numbered from 0 without gaps."""
    counts = np.bincount(bins)
    forecast = np.bincount(bins, probabilities) / counts
    observed = np.bincount(bins, outcomes) / counts
    consistent = consistency_bands(probabilities, bins, resamples)
    half = _half_widths(probabilities, outcomes, bins, origins, block, resamples)
    return tuple(
        ReliabilityBin(
            int(counts[k]),
            float(forecast[k]),
            float(observed[k]),
            (float(consistent[0, k]), float(consistent[1, k])),
            (float(max(0.0, observed[k] - half[k])), float(min(1.0, observed[k] + half[k]))),
        )
        for k in range(len(counts))
    )


def pooled_bins(probabilities: Floats, fewest: int = FEWEST) -> Labels:
    """Returns the bin of each forecast, numbered from 0 from small to large probabilities: tenths,
    of which neighbours are pooled, from the smallest on, until each bin holds enough forecasts. The
    last bin takes in a remainder that is too small.

    Args:
        probabilities: The forecasts.
        fewest: Forecasts a bin holds at least; if there are fewer in all, they are one bin.
    """
    tenths = np.searchsorted(TENTHS, probabilities, side="right")
    counts = np.bincount(tenths, minlength=len(TENTHS) + 1)
    pooled = np.zeros(len(counts), dtype=np.int64)
    bin_, held = 0, 0
    for tenth, count in enumerate(counts):
        pooled[tenth] = bin_
        held += count
        if held >= fewest:
            bin_, held = bin_ + 1, 0
    last = max(0, bin_ - 1)
    return np.minimum(pooled, last)[tenths]


def consistency_bands(probabilities: Floats, bins: Labels, resamples: int = RESAMPLES) -> Floats:
    """Returns the ends of the middle 95% of the share of events in each bin if the forecasts were
    reliable, shape (2, bins): forecasts are resampled, and their events drawn with the forecast
    probabilities (consistency resampling: Broecker and Smith 2007).

    Events are drawn independently, so for overlapping forecasts the bands are too narrow. A bin
    that a resample leaves empty is left out of it.

    Args:
        probabilities: The forecasts.
        bins: Bin of each, numbered from 0 without gaps.
        resamples: Number of resamples.
    """
    rng = np.random.default_rng(SEED)
    n, width = len(probabilities), int(bins.max()) + 1
    shares = np.full((resamples, width), np.nan)
    for row in shares:
        drawn = rng.integers(0, n, n)
        counts = np.bincount(bins[drawn], minlength=width)
        came = rng.random(n) < probabilities[drawn]
        np.divide(np.bincount(bins[drawn], came, width), counts, out=row, where=counts > 0)
    tail = (1.0 - LEVEL) / 2.0
    return np.asarray(np.nanquantile(shares, (tail, 1.0 - tail), axis=0))


def _half_widths(
    probabilities: Floats,
    outcomes: Flags,
    bins: Labels,
    origins: Labels,
    block: int,
    resamples: int,
) -> Floats:
    """Returns the half-width of a simultaneous band for the gap between the observed share and the
    mean forecast of each bin: as many standard errors for every bin, so many that in 95% of the
    resamples no bin is farther from its gap (the sup-t band: Montiel Olea and Plagborg-Moller
    2019).

    A standard error is at least that of independent and reliable forecasts, since a bin in which
    all events came, or none, does not vary in resamples; and the band of all bins is no narrower
    than that of one.
    """
    days, places = np.unique(origins, return_inverse=True)
    draws = block_draws(len(days), block, resamples)
    gaps = outcomes - probabilities
    apart, errors, least = [], [], []
    for k in range(int(bins.max()) + 1):
        here = bins == k
        count = draws @ sums_by_origin(np.ones(here.sum()), places[here], len(days))
        total = draws @ sums_by_origin(gaps[here], places[here], len(days))
        drawn = np.divide(total, count, out=np.full(resamples, np.nan), where=count > 0.0)
        apart.append(drawn - np.mean(gaps[here]))
        errors.append(float(np.nanstd(drawn, ddof=1)))
        variance = probabilities[here] * (1.0 - probabilities[here])
        least.append(float(np.sqrt(np.sum(variance))) / here.sum())
    steady = np.array(errors)
    ratios = np.abs(np.stack(apart)) / np.where(steady > 0.0, steady, np.inf)[:, None]
    critical = max(float(np.quantile(np.nanmax(ratios, axis=0), LEVEL)), normal_critical())
    return np.asarray(critical * np.maximum(steady, least))
