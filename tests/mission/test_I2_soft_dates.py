"""I2: the June birthdays draw a summit towards them, or pass without effect."""

from __future__ import annotations

import numpy as np

from tests.mission.plays import batch, day, share_error

MARCH = "march-2025-escalation"
N = 300


def near(values: np.ndarray, when: str) -> float:
    """Returns the share of all runs with a summit within three days of a date."""
    return float((np.abs(values - day(when)) <= 3).mean())


def test_I2_the_birthdays_raise_the_odds_of_a_summit_near_them() -> None:
    """With the June birthdays on the calendar a summit within three days of them is several times
    as likely as without, on the same luck."""
    drawn = near(batch(MARCH, N, until="2025-06-20")["summit_day"], "2025-06-14")
    plain = near(
        batch(MARCH, N, (("calendar.birthdays", "null"),), "2025-06-20")["summit_day"],
        "2025-06-14",
    )
    assert drawn - plain > 3.0 * share_error(drawn, plain, n=N)
    assert drawn > 2.0 * plain


def test_I2_a_window_can_lapse_without_effect() -> None:
    """Runs that never come to a date for a meeting are the same with and without the birthdays:
    the window passes and leaves no trace."""
    drawn = batch(MARCH, N, until="2025-06-20")
    plain = batch(MARCH, N, (("calendar.birthdays", "null"),), "2025-06-20")
    names = [name for name in plain if not name.startswith("path:") and "@" not in name]
    same = np.ones(N, dtype=bool)
    for name in names:
        a, b = drawn[name], plain[name]
        same &= np.isclose(a, b, rtol=0.0, atol=0.0, equal_nan=True)
    idle = ~drawn["leaders_met"] & (drawn["summit_slips"] == 0)
    assert (same & idle).mean() > 0.3
    assert not same.all()
