"""Shapes: shifts of quantiles, distances of distributions, and what chance makes of them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats as reference

from sim.experiment.stats.distributions import (
    Numbers,
    Shape,
    energy_distance,
    kolmogorov_smirnov,
    shapes,
    unchanged,
)
from sim.experiment.stats.intervals import Flags, Floats, Labels

RNG = np.random.default_rng(11)
COMMON = RNG.normal(size=400)
X = np.round(COMMON + 0.5 * RNG.normal(size=400), 1)
Y = np.round(COMMON + 0.5 * RNG.normal(size=400), 1)
VECTORS = np.arange(400) // 5


def shape_of(x: Floats, y: Floats, clusters: Labels | None = None) -> Shape:
    """The shape of one number that always counts."""
    (shape,) = shapes([Numbers.in_pairs(x, y)], clusters)
    return shape


def test_distances_are_those_of_scipy() -> None:
    """Kolmogorov-Smirnov and energy distance agree with the library, ties included."""
    assert kolmogorov_smirnov(X, Y) == pytest.approx(reference.ks_2samp(X, Y).statistic)
    assert energy_distance(X, Y) == pytest.approx(reference.energy_distance(X, Y))
    assert shape_of(X, Y).ks.value == kolmogorov_smirnov(X, Y)
    assert shape_of(X, Y).energy.value == energy_distance(X, Y)


def test_swapping_labels_of_equal_samples_moves_nothing() -> None:
    """For identical pairs every swap ties, nothing shifts, and the p-value is 1."""
    same = shape_of(X, X)

    assert same == unchanged(400)


def test_swapping_finds_a_shift_in_pairs() -> None:
    """A shift that pairs show is found, by vectors as well, where unpaired runs show nothing."""
    moved = shape_of(X, X + 0.03)

    assert moved.ks.p_value == 0.001
    assert shape_of(X, X + 0.03, VECTORS).energy.p_value == 0.001
    assert reference.ks_2samp(X, X + 0.03).pvalue > 0.1


def test_swaps_are_those_of_whole_pairs() -> None:
    """With three pairs the p-value is the share of the eight swaps that part the sides as far."""
    x, y = np.array([1.0, 2.0, 3.0]), np.array([1.5, 2.5, 0.0])
    as_far = 0
    for swap in range(8):
        flags = np.array([swap & 1, swap & 2, swap & 4], dtype=bool)
        a, b = np.where(flags, y, x), np.where(flags, x, y)
        as_far += energy_distance(a, b) >= energy_distance(x, y) - 1e-12

    assert shape_of(x, y).energy.p_value == pytest.approx(as_far / 8, abs=0.05)


@pytest.mark.parametrize("clusters", [None, VECTORS])
@pytest.mark.parametrize("values", [COMMON, np.floor(2.0 * COMMON), np.zeros(400)])
def test_resampled_quantiles_are_exact(values: Floats, clusters: Labels | None) -> None:
    """The limits are those of resampling pairs, or vectors, one by one: nothing is lost where
    values far from a quantile are taken together."""
    other = values * 0.5
    units = np.arange(400) if clusters is None else clusters
    rng, _ = np.random.default_rng(1).spawn(2)
    shifts = []
    for _ in range(250):
        drawn = rng.integers(0, units.max() + 1, units.max() + 1)
        rows = np.concatenate([np.flatnonzero(units == unit) for unit in drawn])
        shifts.append(
            np.quantile(values[rows], [0.05, 0.5, 0.95], method="inverted_cdf")
            - np.quantile(other[rows], [0.05, 0.5, 0.95], method="inverted_cdf")
        )
    limits = np.quantile(np.array(shifts), [0.025, 0.975], axis=0)

    (shape,) = shapes([Numbers.in_pairs(values, other)], clusters, resamples=250)

    assert [shift.low for shift in shape.shifts.values()] == pytest.approx(limits[0])
    assert [shift.high for shift in shape.shifts.values()] == pytest.approx(limits[1])


def test_a_shape_is_a_function_of_the_data() -> None:
    """Draws are seeded, and other numbers beside it change nothing."""
    alone = shape_of(X + 1.0, X)

    assert shapes([Numbers.in_pairs(Y, X), Numbers.in_pairs(X + 1.0, X)])[1] == alone
    assert alone.shifts["p50"].value == pytest.approx(1.0)


def test_sides_may_count_runs_of_their_own() -> None:
    """Under a condition quantiles and distances are those of the runs that count on either side;
    what differs only in runs that do not count does not differ."""
    count: Flags = COMMON > 0.0
    other: Flags = COMMON > -0.5
    (shape,) = shapes([Numbers(X, Y, count, other)])
    blind = np.where(count, X, 99.0)

    assert shape.ks.value == kolmogorov_smirnov(X[count], Y[other])
    assert shape.shifts["p50"].value == pytest.approx(
        np.quantile(X[count], 0.5, method="inverted_cdf")
        - np.quantile(Y[other], 0.5, method="inverted_cdf")
    )
    assert shape.ks.p_value == 0.001
    assert shapes([Numbers(blind, X, count, count)])[0] == unchanged(400)


def test_few_units_give_neither_limits_nor_p_values() -> None:
    """Nineteen vectors, or nineteen runs that count, are too few to resample; whole pairs may be
    swapped however few they are."""
    (of_vectors,) = shapes([Numbers.in_pairs(X, Y)], np.arange(400) // 22)
    count = np.arange(400) < 19
    (of_runs,) = shapes([Numbers(X, Y, count, ~count)])

    for shape in (of_vectors, of_runs):
        assert {s.low for s in shape.shifts.values()} == {-np.inf}
    assert 0.0 < of_vectors.ks.p_value <= 1.0
    assert np.isnan(of_runs.ks.p_value)
    assert of_runs.to_json()["ks"]["p_value"] is None
    assert of_runs.to_json()["quantile_shifts"]["p50"]["ci"] == [None, None]


def test_the_ends_of_a_distribution_take_more_units_than_its_middle() -> None:
    """Of fifty-nine vectors the middle has limits and the ends have none; of sixty all have."""
    few, enough = (
        shape_of(X[: 5 * vectors], Y[: 5 * vectors], VECTORS[: 5 * vectors]).shifts
        for vectors in (59, 60)
    )

    assert [np.isfinite(s.low) for s in few.values()] == [False, True, False]
    assert [np.isfinite(s.high) for s in few.values()] == [False, True, False]
    assert all(np.isfinite(s.half_width) for s in enough.values())


def test_a_shape_is_json() -> None:
    """Shifts at three ranks with their intervals, and two distances with p-values."""
    told = shape_of(X + 1.0, X).to_json()

    assert list(told) == ["quantile_shifts", "ks", "energy"]
    assert list(told["quantile_shifts"]) == ["p05", "p50", "p95"]
    assert told["quantile_shifts"]["p50"]["shift"] == pytest.approx(1.0)
    assert len(told["quantile_shifts"]["p50"]["ci"]) == 2
    assert set(told["ks"]) == {"value", "p_value"}
