"""Checks of behaviour: ends of bands belong to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.backtest.behaviour.checks import BehaviourChecks, compared
from sim.backtest.behaviour.statistics import COUNTED, SIZED, STATISTICS, Behaviour
from sim.backtest.regimes import REGIMES

RUNS = 100


def behaviour(counts: np.ndarray) -> Behaviour:
    """Returns behaviour in which every count of a run is one number, and nothing else applies."""
    runs, none = len(counts), np.zeros(len(counts), int)
    return Behaviour(
        np.broadcast_to(counts[:, None, None], (runs, len(COUNTED), 2)).copy(),
        np.zeros((runs, len(SIZED))),
        np.zeros((runs, len(SIZED)), int),
        none,
        none,
        np.zeros(runs),
        none,
    )


@pytest.mark.parametrize(
    ("recorded", "held", "place"),
    [(3, False, 0.035), (4, True, 0.045), (94, True, 0.945), (95, False, 0.955)],
)
def test_a_record_at_the_end_of_the_band_is_in_it(recorded: int, held: bool, place: float) -> None:
    """Of a hundred runs 0 to 99 the 5th smallest, 4, and the 95th, 94, are the ends."""
    # Fails if ends do not belong to the band, quantiles are interpolated, or half of the equal runs
    # are not below.
    found = compared(REGIMES[0], behaviour(np.arange(RUNS)), behaviour(np.array([recorded])))
    counts = [each for each in found if each.statistic.is_count]

    assert len(counts) == 2 * len(COUNTED)
    for check in counts:
        assert (check.low, check.high) == (4.0, 94.0)
        assert check.in_band == held
        assert check.place == pytest.approx(place)


def test_what_does_not_apply_is_left_out() -> None:
    """Without a hike, a pause or a war on record only counts and the days in a pause remain."""
    # Fails if a missing value is compared.
    found = compared(REGIMES[0], behaviour(np.arange(RUNS)), behaviour(np.array([0])))
    names = {each.statistic.name for each in found}

    assert names == {each.name for each in STATISTICS if each.is_count} | {"pause.days"}


def test_idle_counts_are_told_apart() -> None:
    """A count at which nobody did anything is in its band, and may be left out of the tally."""
    # Fails if idle counts make a share look better than it is without saying so.
    idle = compared(REGIMES[0], behaviour(np.zeros(RUNS, int)), behaviour(np.array([0])))
    busy = compared(REGIMES[1], behaviour(np.arange(RUNS)), behaviour(np.array([99])))
    found = BehaviourChecks((*idle, *busy), RUNS, 1)

    assert found.tally() == (26, 52)
    assert found.tally(idle=False) == (0, 26)
    assert found.tally(REGIMES[0], idle=False) == (0, 0)
    assert replace(found, checks=tuple(busy)).tally(REGIMES[1]) == (0, 26)
