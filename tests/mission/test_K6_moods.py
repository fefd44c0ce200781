"""K6: tension, rapport, trust, pressures and the decoupling index, with the events behind them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.engine.chronicle import trace
from sim.model.outcomes.politics import outcome_index
from tests.mission.plays import SEED, batch, resolved

MOODS = (
    "tension",
    "rapport",
    "us_trust",
    "cn_trust",
    "us_pressure",
    "cn_pressure",
    "decoupling",
)
CASES = ("october-2025-apec", "truce-lapses", "hawks-prevail", "january-2025-first-100-days")


@pytest.mark.parametrize("name", CASES)
def test_K6_every_index_stays_within_its_bounds(name: str) -> None:
    """At the end and week by week each index lies between 0 and 1, and differs between runs."""
    values = batch(name, 200)
    for mood in MOODS:
        assert outcome_index()[mood].unit == "share"
        assert values[mood].min() >= 0.0
        assert values[mood].max() <= 1.0
        assert values[mood].std() > 0.001
    for mood in ("tension", "rapport", "us_pressure", "cn_pressure"):
        path = values[f"path:{mood}"]
        assert np.isfinite(path).all()
        assert path.min() >= 0.0
        assert path.max() <= 1.0


def test_K6_duties_drive_decoupling_and_pressure() -> None:
    """Where hawks set policy trade is lost and China's pressure is higher than from October."""
    hawks, calm = batch("hawks-prevail", 200), batch("october-2025-apec", 200)
    assert hawks["decoupling"].mean() > calm["decoupling"].mean()
    assert hawks["tension"].mean() > calm["tension"].mean()
    assert hawks["rapport"].mean() < calm["rapport"].mean()


def test_K6_events_carry_the_levels_after_them() -> None:
    """Each line of a chronicle states tension, rapport and duties after it, and hostile and
    friendly acts move tension apart."""
    events = [
        event
        for replicate in range(20)
        for event in trace(resolved("october-2025-apec", (), "2025-12-31"), SEED, replicate).events
    ]
    assert all({"tension", "rapport", "us_addon_pp"} <= set(event.levels) for event in events)
    assert len({event.levels["tension"] for event in events}) > 50
    moves: dict[str, list[float]] = {}
    for before, after in pairwise(events):
        if before.day == after.day:
            change = after.levels["tension"] - before.levels["tension"]
            moves.setdefault(after.act, []).append(change)
    assert np.mean(moves["sign_extension"]) < 0.0
    hostile = [m for act in ("hike", "list_entities", "counter_hike") for m in moves.get(act, [])]
    assert hostile
    assert min(hostile) > 0.0
