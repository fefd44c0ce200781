"""Windows: the record read as a run would be."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.backtest.backtests.origin_forecasts import Variant
from sim.backtest.behaviour.statistics import COUNTED
from sim.backtest.behaviour.windows import paused_mornings, recorded_window, simulated_window
from sim.backtest.counts import recorded_counts
from sim.backtest.regimes import REGIMES
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType

PLACES = {kind: place for place, kind in enumerate(ActType)}


def mondays(eve: int, last: int) -> np.ndarray:
    """Returns the Mondays of a window."""
    days = range(eve + 1, last + 1)
    return np.array([day for day in days if date.fromordinal(day).weekday() == 0])


def test_the_record_has_the_counts_it_has_elsewhere() -> None:
    """Inside and outside add up to the counts of `counts`, in every window."""
    # Fails if an act on an edge is lost or counted twice.
    for regime in REGIMES:
        for eve, last in regime.windows():
            seen = recorded_window(eve, last, mondays(eve, last)).counts[0].sum(axis=1)
            known = recorded_counts(acts_on_record(), eve + 1, last)
            assert seen.tolist() == [known[PLACES[kind]] for kind in COUNTED]


def test_the_pauses_of_2025_are_those_on_record() -> None:
    """In force from 14 May on, though signed on the 12th; and 33 days after 100 points."""
    # Fails if flags are a day off, or the wait is of another window.
    first, flags = paused_mornings()
    on = [
        day for day in range(date(2025, 5, 1).toordinal(), first + len(flags)) if flags[day - first]
    ]
    (window,) = REGIMES[-1].windows()
    seen = recorded_window(*window, mondays(*window))

    assert date.fromordinal(on[0]) == date(2025, 5, 14)
    assert len(on) == first + len(flags) - on[0]
    assert seen.waits.tolist() == [33.0]
    assert seen.wars.tolist() == [1]
    assert seen.pauses.tolist() == [1]


def test_runs_start_in_the_pause_that_stood() -> None:
    """Phase One is in force on 30 January 2020: what runs do in the first days is inside it."""
    # Fails if the start of a window is not read from the replayed world.
    eve = date(2020, 1, 30).toordinal()
    seen, weeks = simulated_window(eve, eve + 10, 5, 1, Variant(), "simpy")

    assert weeks.tolist() == mondays(eve, eve + 10).tolist()
    assert seen.counts.shape == (5, len(COUNTED), 2)
    assert seen.counts[:, :, 0].sum() == 0
    assert seen.weeks.tolist() == [1] * 5
