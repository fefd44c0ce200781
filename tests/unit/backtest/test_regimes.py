"""Regimes: they cover the record without gaps."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from sim.backtest.regimes import REGIMES, regime_after
from sim.history.tariffs import LAST_DAY


def test_windows_cover_the_record_once() -> None:
    """Each window begins where the last one ended, none is longer than a leap year or empty."""
    # Fails if windows of 365 days leave leap days over, or a regime begins late.
    windows = [window for regime in REGIMES for window in regime.windows()]

    assert all(before[1] == after[0] for before, after in pairwise(windows))
    assert all(0 < last - eve <= 366 for eve, last in windows)
    assert windows[0][0] == date(2017, 4, 5).toordinal()
    assert windows[-1][1] == LAST_DAY
    assert [len(regime.windows()) for regime in REGIMES] == [4, 4, 1]


def test_an_origin_belongs_to_the_regime_of_the_next_day() -> None:
    """The eve of an inauguration looks ahead into the new administration."""
    # Fails if the eve is counted with the old one.
    eve = date(2021, 1, 19).toordinal()

    assert regime_after(eve).name == "2021-2025"
    assert regime_after(eve - 1).name == "2017-2021"
    assert regime_after(LAST_DAY).name == "2025"
