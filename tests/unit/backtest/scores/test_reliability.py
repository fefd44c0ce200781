"""Reliability tables: bins that are large enough, and bands that hold what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from sim.backtest.scores.reliability import (
    consistency_bands,
    pooled_bins,
    reliability_table,
    transform_table,
)
from sim.experiment.stats.intervals import Flags, Floats, Labels

HORIZON = 3


def test_a_forecast_on_an_edge_belongs_to_the_bin_above() -> None:
    """Tenths, and 1 in the last."""
    found = pooled_bins(np.array([0.0, 0.0999, 0.1, 0.3, 0.95, 1.0]), fewest=1)

    assert found.tolist() == [0, 0, 1, 2, 3, 3]


@pytest.mark.parametrize("fewest", [1, 5, 10, 37])
def test_each_bin_holds_enough(fewest: int) -> None:
    """Bins are numbered without gaps, in order of the forecasts."""
    p = np.sort(np.random.default_rng(2).beta(1.0, 4.0, 100))

    found = pooled_bins(p, fewest)

    assert np.bincount(found).min() >= fewest
    assert np.all(np.diff(found) >= 0)


def test_a_remainder_joins_the_last_bin() -> None:
    """Three large forecasts after ten small ones are no bin of their own."""
    p = np.repeat([0.05, 0.95], (10, 3))

    assert set(pooled_bins(p, 10)) == {0}
    assert set(pooled_bins(p, 3)) == {0, 1}


def test_too_few_forecasts_are_one_bin() -> None:
    """Rather than none."""
    assert pooled_bins(np.array([0.1, 0.9]), 10).tolist() == [0, 0]


def test_a_bin_tells_its_forecasts_and_its_events() -> None:
    """Two bins by hand."""
    p = np.repeat([0.15, 0.85], 10)
    came = np.arange(20) % 2 == 0

    low, high = reliability_table(p, came, np.arange(20), 1)

    assert (low.count, low.observed, high.count) == (10, 0.5, 10)
    assert (low.forecast, high.forecast) == pytest.approx((0.15, 0.85))
    assert low.simultaneous[0] < 0.5 < low.simultaneous[1]


def test_consistency_bands_are_binomial_for_equal_forecasts() -> None:
    """100 forecasts of 0.3: the middle 95% of the binomial distribution, 0.21 to 0.39."""
    found = consistency_bands(np.full(100, 0.3), np.zeros(100, np.int64))

    assert found[:, 0] == pytest.approx([0.21, 0.39], abs=0.015)


def test_consistency_bands_hold_reliable_forecasts() -> None:
    """In 400 sets of 150 independent forecasts, a bin lies in its band 95 times in 100, give or
    take the Monte Carlo error and the steps of a share of few."""
    rng = np.random.default_rng(8)
    inside = []
    for _ in range(400):
        p = rng.beta(1.0, 2.0, 150)
        bins = pooled_bins(p, 15)
        came = rng.random(150) < p
        low, high = consistency_bands(p, bins, 300)
        share = np.bincount(bins, came) / np.bincount(bins)
        inside.append(np.mean((share >= low) & (share <= high)))

    assert 0.93 <= np.mean(inside) <= 0.985


def overlapping(rng: np.random.Generator, origins: int) -> tuple[Floats, Flags, Labels]:
    """Returns reliable forecasts of an event within three months, from every month: the rate of
    each month is known beforehand, so forecasts overlap and their outcomes hang together."""
    rate = np.where(rng.random(origins + HORIZON) < 0.5, 0.05, 0.45)
    event = rng.random(len(rate)) < rate
    ahead = np.arange(origins)[:, None] + np.arange(HORIZON)
    return 1.0 - np.prod(1.0 - rate[ahead], axis=1), event[ahead].any(axis=1), np.arange(origins)


def held(block: int, distortion: float = 0.0, trials: int = 300) -> float:
    """Returns how often every bin of a table is reliable by its simultaneous band."""
    rng = np.random.default_rng(13)
    hits = 0
    for _ in range(trials):
        p, came, days = overlapping(rng, 120)
        p = p + distortion * (1.0 - p)
        hits += all(b.is_reliable for b in reliability_table(p, came, days, block, 12, 300))
    return hits / trials


def test_simultaneous_bands_hold_reliable_forecasts_that_overlap() -> None:
    """All bins at once: in 92 of 100 tables, with 1.6 of Monte Carlo error."""
    assert 0.89 <= held(2 * HORIZON) <= 0.97


def test_the_band_of_all_bins_is_wider_than_that_of_one() -> None:
    """With four bins, bands of 1.96 standard errors each would lose one in many tables."""
    rng = np.random.default_rng(13)
    p, came, days = overlapping(rng, 400)

    for found in reliability_table(p, came, days, HORIZON, 12):
        error = np.sqrt(found.forecast * (1.0 - found.forecast) / found.count)
        half = found.observed - found.simultaneous[0]
        assert half > 2.2 * error


def test_forecasts_that_are_too_high_leave_the_band() -> None:
    """Half of the way to 1 is noticed most of the time."""
    assert held(2 * HORIZON, distortion=0.5, trials=100) < 0.25


def test_a_bin_in_which_nothing_varies_has_a_band() -> None:
    """Ten forecasts of 0.05 without an event are no proof of unreliability."""
    p = np.repeat([0.05, 0.5], 10)
    came = np.concatenate((np.zeros(10, np.bool_), np.arange(10) % 2 == 0))

    assert reliability_table(p, came, np.arange(20), 2)[0].is_reliable


def test_even_transforms_are_in_their_bands_and_low_ones_are_not() -> None:
    """A fifth of even transforms falls into each bin; of squares, more than a third into the
    lowest."""
    # Fails if the top end falls out of the last bin, or shares are of a bin instead of all.
    origins = np.repeat(np.arange(100), 2)
    even = (np.arange(200) * 77 % 200 + 0.5) / 200.0
    table = transform_table(even, origins, 1)
    low = transform_table(even**2, origins, 1)

    assert [each.observed for each in table] == pytest.approx([0.2] * 5)
    assert all(each.is_reliable for each in table)
    assert low[0].observed == pytest.approx(np.mean(even**2 < 0.2))
    assert not low[0].is_reliable
    assert transform_table(np.ones(200), origins, 1)[4].observed == 1.0
