"""A12: pressure at home makes China seek talks while its public tone stays tough."""

from __future__ import annotations

import numpy as np

from tests.mission.helpers import MARCH, paired
from tests.mission.plays import QUIET, Sets, batch, resolved, tapes

UNTIL = "2025-06-10"
DATES = ("2025-04-10", "2025-05-10")
PARTS = ("growth", "exports", "prices", "jobs")


def pressed(level: str) -> Sets:
    """Returns settings that put every part of China's pressure at a level, now and later."""
    return tuple(
        (f"cn.{kind}.{part}", level) for kind in ("pressure", "pressure_rest") for part in PARTS
    )


EASY, HARD = pressed("0.05"), pressed("0.8")


def test_A12_china_seeks_talks_when_pressed() -> None:
    """From March 2025, on the same luck, a China pressed at home proposes talks in clearly more
    runs."""
    # Without the pressure feature the two sets of runs would propose alike.
    easy, hard = (
        [
            any(note.side == 1 for note in tape.of("seek_talks"))
            for tape in tapes(scenario, range(500))
        ]
        for scenario in (resolved(MARCH, EASY, UNTIL), resolved(MARCH, HARD, UNTIL))
    )
    gap = paired(hard, easy)
    assert gap.positive
    assert gap.mean > 0.1


def test_A12_private_eagerness_follows_pressure_and_public_tone_does_not() -> None:
    """Pressure lifts China's private readiness to talk by a wide margin; its public tone hardly
    moves and stays on the tough side."""
    easy = batch(MARCH, 150, EASY, until=UNTIL, at=DATES)
    hard = batch(MARCH, 150, HARD, until=UNTIL, at=DATES)
    for when in DATES:
        assert paired(hard[f"cn_eagerness@{when}"], easy[f"cn_eagerness@{when}"]).mean > 0.2
        assert abs(paired(hard[f"cn_tone@{when}"], easy[f"cn_tone@{when}"]).mean) < 0.05
        assert hard[f"cn_tone@{when}"].mean() < 0.5


def test_A12_tone_and_eagerness_are_two_series() -> None:
    """With nobody acting, pressure moves private readiness and leaves public tone untouched to
    the last digit."""
    sets = (*QUIET, ("calendar.reviews", "null"))
    easy = batch(MARCH, 2, (*sets, *EASY), until=UNTIL, at=DATES)
    hard = batch(MARCH, 2, (*sets, *HARD), until=UNTIL, at=DATES)
    for when in DATES:
        np.testing.assert_array_equal(easy[f"cn_tone@{when}"], hard[f"cn_tone@{when}"])
        assert (hard[f"cn_eagerness@{when}"] > easy[f"cn_eagerness@{when}"]).all()
