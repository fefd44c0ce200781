"""Resampling in blocks: rows that sum, origins that weigh alike, neighbours that stay together."""

from __future__ import annotations

import numpy as np
import pytest

from sim.backtest.scores.blocks import block_draws, sums_by_origin


@pytest.mark.parametrize(("origins", "block"), [(12, 1), (12, 4), (13, 5), (7, 7)])
def test_a_resample_has_as_many_origins_as_there_are(origins: int, block: int) -> None:
    """The last block is cut where it would go beyond."""
    draws = block_draws(origins, block, 50)

    assert draws.shape == (50, origins)
    assert set(draws.sum(axis=1)) == {origins}


def test_the_first_and_last_origins_are_drawn_as_often_as_the_others() -> None:
    """Blocks go round: each is drawn once a resample on average, within four standard errors."""
    draws = block_draws(10, 5, 20_000)

    assert np.all(np.abs(draws.mean(axis=0) - 1.0) < 4.0 * draws.std(axis=0) / np.sqrt(20_000))


def test_origins_of_a_block_are_drawn_together() -> None:
    """With blocks half as long as the record, each resample consists of two runs of five."""
    draws = block_draws(10, 5, 200)

    runs = {tuple(np.sort(np.roll(np.arange(10) < 5, s))) for s in range(10)}
    assert len(runs) == 1
    starts = [np.roll(np.arange(10) < 5, shift).astype(np.int64) for shift in range(10)]
    pairs = {tuple(a + b) for a in starts for b in starts}
    assert {tuple(row) for row in draws} <= pairs


def test_a_seed_gives_one_set_of_draws() -> None:
    """And another seed another."""
    assert np.array_equal(block_draws(20, 3, 10), block_draws(20, 3, 10))
    assert not np.array_equal(block_draws(20, 3, 10), block_draws(20, 3, 10, seed=2))


@pytest.mark.parametrize("block", [0, 6])
def test_a_block_that_does_not_fit_is_refused(block: int) -> None:
    """Empty, or longer than the record."""
    with pytest.raises(ValueError, match="1 to 5 fit"):
        block_draws(5, block)


def test_values_are_added_up_by_origin() -> None:
    """An origin without a value has 0."""
    found = sums_by_origin(np.array([1.0, 2.0, 4.0]), np.array([2, 0, 2]), 4)

    assert found.tolist() == [2.0, 0.0, 5.0, 0.0]
