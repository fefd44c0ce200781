"""J6: three-digit duties of both sides without talks for a quarter are flagged, and are rare."""

from __future__ import annotations

import pytest

from sim.model.outcomes.politics import OUTCOMES
from sim.model.tables.codes import CN, FULL_REPLY, RECIPROCAL, TALKS_ACTIVE, TALKS_STALLED, US
from sim.model.world.bookkeeping import apply_day_end
from tests.mission.helpers import MARCH, OCTOBER
from tests.mission.plays import batch, start

FLAG = next(outcome for outcome in OUTCOMES if outcome.name == "confrontation")


@pytest.mark.parametrize(
    ("ours", "theirs", "talks", "days", "expected"),
    [
        (101.0, 101.0, TALKS_STALLED, 90, True),
        (101.0, 101.0, TALKS_STALLED, 89, False),
        (101.0, 100.0, TALKS_STALLED, 200, False),
        (100.0, 101.0, TALKS_STALLED, 200, False),
        (140.0, 140.0, TALKS_ACTIVE, 200, False),
    ],
)
def test_J6_the_flag_follows_duties_and_silence(
    ours: float, theirs: float, talks: int, days: int, expected: bool
) -> None:
    """Both add-ons above 100 points, no talks, ninety days in a row."""
    state, params = start(MARCH)
    state.duty_pp[US] = [0.0] * len(state.duty_pp[US])
    state.duty_pp[US][RECIPROCAL], state.duty_pp[CN][FULL_REPLY] = ours, theirs
    state.talks = talks
    for _ in range(days):
        apply_day_end(state, params)
    assert bool(FLAG.read(state, params)) is expected


def test_J6_confrontation_is_rare_in_the_baseline() -> None:
    """In less than one run in twenty from March or October 2025 does it come to that, and from
    March in some."""
    assert batch(OCTOBER, 1000)["confrontation"].mean() < 0.05
    march = batch(MARCH, 4000, until="2026-03-10")["confrontation"]
    assert 0.0 < march.mean() < 0.05
