"""Statistics of behaviour: what counts as inside a pause, and sums over windows."""

from __future__ import annotations

import numpy as np
import pytest

from sim.backtest.behaviour.statistics import (
    COUNTED,
    INSIDE,
    OUTSIDE,
    STATISTICS,
    Behaviour,
    Deeds,
    measured,
)
from sim.history.acts import ActType

HIKE = COUNTED.index(ActType.US_HIKE)
READ = {statistic.name: statistic.read for statistic in STATISTICS}
MONDAYS = np.array([7, 14, 21, 28])


def behaviour(days: list[int], paused: list[bool], *, at_start: bool = False) -> Behaviour:
    """Returns the behaviour of one run with a US increase of 10 points on each day."""
    acts = len(days)
    return measured(
        Deeds(np.zeros(acts, int), np.array(days, int), np.full(acts, HIKE), np.full(acts, 10.0)),
        MONDAYS,
        np.array([paused]),
        np.array([at_start]),
        np.array([np.nan]),
    )


def test_an_act_is_inside_the_pause_of_the_monday_before_it() -> None:
    """On a Monday that of the week before counts, before the first one the start."""
    # Fails if a Monday's own evening is read, or the start is forgotten.
    seen = behaviour([3, 7, 8, 14, 15], [True, False, False, False], at_start=False)
    started = behaviour([3, 7, 8], [False] * 4, at_start=True)

    assert seen.counts[0, HIKE].tolist() == [3, 2]
    assert started.counts[0, HIKE].tolist() == [1, 2]
    assert (OUTSIDE, INSIDE) == (0, 1)


def test_a_day_counts_once_but_all_its_points_do() -> None:
    """Two steps on a day are one act of twice the size."""
    # Fails if acts are counted instead of days, or points of the second are lost.
    seen = behaviour([3, 3, 9], [False] * 4)

    assert seen.counts[0, HIKE].tolist() == [2, 0]
    assert READ["us_hike.points"](seen)[0] == pytest.approx(15.0)
    assert np.isnan(READ["cn_hike.points"](seen)[0])


def test_pauses_are_counted_by_their_beginnings() -> None:
    """Two pauses of three Mondays in all last ten and a half days on average; windows add up."""
    # Fails if weeks are counted as pauses, or sums are averages of averages.
    seen = behaviour([], [True, True, False, True])
    both = seen + behaviour([], [True, False, False, False])

    assert READ["pause.days"](seen)[0] == 21.0
    assert READ["pause.length"](seen)[0] == 10.5
    assert READ["pause.length"](both)[0] == pytest.approx(28.0 / 3.0)
    assert np.isnan(READ["pause.length"](behaviour([], [False] * 4))[0])


def test_a_wait_without_end_is_infinite_and_no_war_is_none() -> None:
    """Over windows, waits are averaged over wars."""

    # Fails if a window without a war shortens the wait.
    def waited(days: float) -> Behaviour:
        none = np.array([], int)
        deeds = Deeds(none, none, none, np.array([]))
        paused = np.zeros((1, 4), np.bool_)
        return measured(deeds, MONDAYS, paused, np.array([False]), np.array([days]))

    wait = READ["truce.wait"]
    assert wait(waited(30.0) + waited(np.nan))[0] == 30.0
    assert wait(waited(30.0) + waited(50.0))[0] == 40.0
    assert np.isinf(wait(waited(np.inf))[0])
    assert np.isnan(wait(waited(np.nan))[0])
