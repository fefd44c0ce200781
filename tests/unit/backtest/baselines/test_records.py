"""Records as known at an origin: nothing later is in them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.backtest.baselines.records import EventRecord, LevelRecord


def test_events_outside_the_record_are_left_out() -> None:
    """Before its first day and after the origin; the ends count, and a day counts once."""
    record = EventRecord.known(np.array([20, 4, 5, 9, 9, 10, 11]), 5, 10)

    assert record.days.tolist() == [5, 9, 10]
    assert record.span == 6
    assert record.daily().tolist() == [True, False, False, False, True, True]


def test_windows_end_at_the_origin() -> None:
    """Three of three days in a record of eleven; two days at its beginning are left over."""
    record = EventRecord.known(np.array([1, 5, 11]), 1, 11)

    assert record.windows(3).tolist() == [True, False, True]


def test_a_level_holds_until_the_next() -> None:
    """From the first level to the origin, day by day; a later level is not known."""
    record = LevelRecord.known(np.array([3, 5, 8]), np.array([1.0, 2.0, 9.0]), 7)

    assert record.values.tolist() == [1.0, 1.0, 2.0, 2.0, 2.0]


def test_an_origin_before_the_record_is_refused() -> None:
    """There is nothing to learn from."""
    with pytest.raises(ValueError, match="before the first day"):
        EventRecord.known(np.array([5]), 5, 4)
    with pytest.raises(ValueError, match="before the first level"):
        LevelRecord.known(np.array([5]), np.array([1.0]), 4)
