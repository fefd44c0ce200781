"""H1: rapport buffers part of a tariff shock, and Washington overestimates it."""

from __future__ import annotations

import pytest

from sim.model.duties.hikes import apply_us_hike
from tests.mission.plays import batch, start


def jump(rapport: float) -> float:
    """Returns how much a usual hike raises tension at some rapport."""
    state, params = start("march-2025-escalation", (("rapport", str(rapport)),))
    before = state.tension
    apply_us_hike(state, params)
    return state.tension - before


def test_H1_the_jump_shrinks_with_rapport_but_never_vanishes() -> None:
    """The warmer the leaders, the smaller the rise of tension after a hike; at full warmth a good
    part of it is left."""
    jumps = [jump(level) for level in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert jumps == sorted(jumps, reverse=True)
    assert len(set(jumps)) == len(jumps)
    assert 0.3 * jumps[0] < jumps[-1] < 0.9 * jumps[0]


@pytest.mark.parametrize("name", ["january-2025-first-100-days", "march-2025-escalation"])
def test_H1_washington_expects_more_rapport_than_there_is(name: str) -> None:
    """On every reported date of every run the US forecast of rapport exceeds the real thing."""
    dates = ("2025-04-01", "2025-05-01", "2025-06-01")
    values = batch(name, 100, until="2025-06-02", at=dates)
    for when in dates:
        over = values[f"us_rapport_forecast@{when}"] - values[f"rapport@{when}"]
        assert over.min() > 0.0
        assert over.mean() > 0.05
