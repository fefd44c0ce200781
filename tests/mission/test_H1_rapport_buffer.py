"""H1: rapport buffers part of a tariff shock, and Washington overestimates it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.duties.hikes import apply_us_hike
from sim.model.governments.agents import act_utility, apply_signals
from sim.model.tables.codes import HIKE, RAPPORT, THREATEN, US
from tests.mission.helpers import MARCH
from tests.mission.plays import QUIET, batch, forced, start, variant


def jump(rapport: float) -> float:
    """Returns how much a usual hike raises tension at some rapport."""
    state, params = start(MARCH, (("rapport", str(rapport)),))
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


def test_H1_a_hike_of_a_run_is_felt_less_among_friends(tmp_path: Path) -> None:
    """With nobody else acting, a hike raises the tension of a run by clearly less if the leaders
    are close, and by no less than half as much."""
    hike = forced("2025-03-20", {"side": "us", "act": "hike"})
    hiked = variant(tmp_path, MARCH, interventions={"hike": hike})
    when = "2025-03-20"
    rises = []
    for rapport in ("0.1", "0.9"):
        sets = (*QUIET, ("calendar.reviews", "null"), ("rapport", rapport))
        after = batch(hiked, 2, sets, until="2025-03-25", at=(when,))[f"tension@{when}"]
        before = batch(MARCH, 2, sets, until="2025-03-25", at=(when,))[f"tension@{when}"]
        rises.append(float((after - before).mean()))
    assert 0.5 * rises[0] < rises[1] < 0.9 * rises[0]


def test_H1_washington_decides_by_the_rapport_it_expects() -> None:
    """What Washington weighs in a hike or threat is the rapport it expects, not the real one; China
    goes by the real one."""
    state, params = start(MARCH)
    state.rapport, state.rapport_forecast = 0.4, 0.6
    wishes = []
    for expected in (0.6, 0.4):
        state.rapport_forecast = expected
        for side in (0, 1):
            apply_signals(state, params, side)
        assert state.signal[0][RAPPORT] == expected
        assert state.signal[1][RAPPORT] == 0.4
        wishes.append([act_utility(state, params, US, act) for act in (HIKE, THREATEN)])
    # The warmer the leaders seem, the more a hostile act would spoil.
    assert wishes[0][0] < wishes[1][0]
    assert wishes[0][1] < wishes[1][1]


@pytest.mark.parametrize("name", ["january-2025-first-100-days", "march-2025-escalation"])
def test_H1_washington_expects_more_rapport_than_there_is(name: str) -> None:
    """On every reported date of every run the US forecast of rapport exceeds the real thing."""
    dates = ("2025-04-01", "2025-05-01", "2025-06-01")
    values = batch(name, 100, until="2025-06-02", at=dates)
    for when in dates:
        over = values[f"us_rapport_forecast@{when}"] - values[f"rapport@{when}"]
        assert over.min() > 0.0
        assert over.mean() > 0.05
