"""Readings: means and differences of outcomes that some runs lack, on grids and drawn points."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import toy_engine

from sim.experiment.compare.comparison import compare
from sim.experiment.compare.difference import Pairing, differences
from sim.experiment.outcomes.targets import read_targets
from sim.experiment.runs.batch import run_batch
from sim.experiment.store.results import Store
from sim.experiment.sweep.points import row_of
from sim.experiment.sweep.readings import Readings, drawn_estimate, estimate_of
from sim.experiment.sweep.response import grid_curve, heat_map

WAIT = read_targets(["wait"], toy_engine.COLUMNS)[0]


def _patience(seed: int = 1, n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Waits on two sides: each is a day longer on the second, where the long ones are missing."""
    luck = 10.0 * np.random.default_rng(seed).random(n)
    return luck, np.where(luck < 5.0, luck + 1.0, np.nan)


@pytest.mark.parametrize("per_vector", [0, 20])
def test_a_point_has_the_numbers_of_compare(store: Store, per_vector: int) -> None:
    """Two batches of the toy, in one of which more runs wait: mean, difference, interval and counts
    of the row of a sweep are those of a comparison, for fixed and for drawn parameters."""
    named = {"parameters": "prior", "per_vector": per_vector} if per_vector else {}
    calm, moved = (
        run_batch(toy_engine.scenario(late=late), n=400, store=store, **named)
        for late in (0.0, 0.2)
    )

    found = next(d for d in compare(moved, calm).differences if d.outcome == "wait")
    a, b = (
        Readings(
            WAIT.of(batch.values["wait"], ~batch.finished)[np.newaxis],
            ~batch.finished[np.newaxis],
            batch.clusters,
        )
        for batch in (moved, calm)
    )
    row = row_of(WAIT, a, b)
    gap = found.difference
    assert (row["estimate"], row["n_valid"], row["of"]) == (found.a, found.runs[0], found.of[0])
    assert (row["difference"], row["difference_low"], row["difference_high"]) == (
        gap.value, gap.low, gap.high
    )  # fmt: skip
    assert found.runs[0] > found.runs[1]


def test_levels_and_span_agree_where_pairs_do_not() -> None:
    """The level falls from the first value to the second, so the span is positive and is what the
    levels say; within pairs the outcome rises, and the curve knows that this contradicts."""
    first, second = _patience()
    curve = grid_curve("a", ["0", "1"], WAIT, Readings(np.stack([first, second])))

    low, high = (curve.levels[place].mean.value for place in (curve.lowest, curve.highest))
    assert curve.span.value == pytest.approx(high - low)
    assert (curve.lowest, curve.highest) == (1, 0)
    assert curve.common is not None
    assert curve.common.difference.value == pytest.approx(-1.0)
    assert curve.common.contradicts(curve.span)
    assert [(level.n, level.of) for level in curve.levels] == [
        (400, 400), (int(np.sum(first < 5.0)), 400)
    ]  # fmt: skip


def test_pairs_that_agree_are_no_second_story() -> None:
    """Runs that are missing by pure luck on one side leave the difference within pairs near that of
    the means: in at most 1 in 20 sweeps is a contradiction claimed."""
    told = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        luck = rng.standard_normal(300)
        other = np.where(rng.random(300) < 0.7, luck + 0.1, np.nan)
        curve = grid_curve("a", ["0", "1"], WAIT, Readings(np.stack([luck, other])))
        assert curve.common is not None
        told += curve.common.contradicts(curve.span)

    assert told <= 100 * 0.05 + 2.6 * np.sqrt(100 * 0.05 * 0.95)


def test_a_failed_run_leaves_its_pair() -> None:
    """A replicate that failed at one point is left out of the difference at both, as in compare,
    and does not count as a run without the outcome."""
    first, second = _patience()
    failed = np.zeros((2, 400), np.bool_)
    failed[1, :40] = True
    y = np.where(failed, np.nan, np.stack([first, second]))
    a, b = (Readings(y[[place]], failed[[place]]) for place in (1, 0))

    row = row_of(WAIT, a, b)
    column = replace(WAIT.column)
    pairing = Pairing(~failed[1], ~failed[0])
    found = differences([column], {"wait": y[1]}, {"wait": y[0]}, pairing)[0]
    assert row["difference"] == found.difference.value
    assert (row["n_valid"], row["of"]) == (int(np.sum(second[40:] > 0.0)), 360)


def test_a_level_over_two_points_is_the_mean_of_all_its_runs() -> None:
    """Of two points, one of which has the outcome in half its runs, the mean is that of the 600
    numbers, with an interval that takes the two numbers of a replicate for one unit."""
    first, second = _patience()
    y = np.stack([first, second])
    runs = Readings(y)

    estimate = estimate_of(runs, WAIT)
    assert estimate.value == pytest.approx(float(np.nanmean(y)))
    cell = heat_map(("a", ["0", "0"]), ("b", ["1", "1"]), WAIT, runs)
    assert cell.means[0, 0] == estimate.value
    assert (cell.n[0, 0], cell.of[0, 0]) == (int(np.sum(~np.isnan(y))), 800)


def test_the_mean_of_drawn_points_covers_the_truth() -> None:
    """40 drawn points share 60 replicates, and long waits are often missing: over 200 designs the
    95% interval of the mean over the runs that have it holds the true mean as often as it says."""
    rng = np.random.default_rng(1)
    big = rng.standard_normal(2_000_000) + rng.standard_normal(2_000_000)
    there = rng.random(2_000_000) < 1.0 / (1.0 + np.exp(big))
    truth = float(big[there].mean())
    held = 0
    for _ in range(200):
        y = rng.standard_normal((40, 1)) + rng.standard_normal((1, 60))
        y = np.where(rng.random(y.shape) < 1.0 / (1.0 + np.exp(y)), y, np.nan)
        mean = drawn_estimate(Readings(y), WAIT)
        held += mean.low <= truth <= mean.high

    assert held >= 200 * 0.95 - 2.6 * np.sqrt(200 * 0.95 * 0.05)
