"""Forecasts of levels: the last one, the last one as it has changed before, and all of the past."""

from __future__ import annotations

import numpy as np

from sim.backtest.baselines.levels import changed_level, last_level, past_levels
from sim.backtest.baselines.records import LevelRecord

RECORD = LevelRecord(np.array([10.0, 10.0, 30.0, 5.0, 20.0]))


def test_nothing_changes() -> None:
    """One member: the level of the origin."""
    assert last_level(RECORD).tolist() == [20.0]


def test_changes_over_the_horizon_are_added_to_the_last_level() -> None:
    """Changes over two days: 20, -5 and -10 points."""
    assert changed_level(RECORD, 2).tolist() == [40.0, 15.0, 10.0]


def test_no_duty_falls_below_zero() -> None:
    """From 20, a fall by 25 leaves 0."""
    assert changed_level(RECORD, 1).tolist() == [20.0, 40.0, 0.0, 35.0]


def test_a_short_record_forecasts_no_change() -> None:
    """It has seen none over the horizon."""
    assert changed_level(RECORD, 5).tolist() == [20.0]


def test_the_climatology_is_every_day_on_record() -> None:
    """Each level weighs by its days."""
    assert past_levels(RECORD).tolist() == [10.0, 10.0, 30.0, 5.0, 20.0]
