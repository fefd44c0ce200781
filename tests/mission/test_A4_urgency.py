"""A4: Washington is eager in January, in no hurry in March, and less so in a strong economy."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.tables.codes import US
from sim.model.world.bookkeeping import apply_urgency_day
from tests.mission.helpers import JANUARY, MARCH, between
from tests.mission.plays import Sets, resolved, start, tapes

OFFERS = ("seek_talks", "call_leader", "float_summit")
EQUAL: Sets = (("us.attention", "1"), ("summit.stage", "none"), ("talks.stage", "none"))


def days_to_an_offer(name: str, until: str, sets: Sets = EQUAL) -> np.ndarray:
    """Returns the days to Washington's first offer, or to the end, by run."""
    scenario = resolved(name, sets, until)
    first = []
    for tape in tapes(scenario, range(250)):
        days = [note.day for note in tape.of(*OFFERS) if note.side == US]
        first.append((days[0] if days else scenario.until) - scenario.start)
    return np.array(first)


def test_A4_the_series_differ_between_january_and_march() -> None:
    """Urgency starts above the usual in January, below it in March, and drifts back."""
    january, _ = start(JANUARY)
    march, params = start(MARCH)
    assert january.urgency > 1.0 > march.urgency
    for _ in range(200):
        apply_urgency_day(march, params)
    assert march.urgency > 0.85


def test_A4_the_first_offer_comes_sooner_where_a_deal_is_urgent() -> None:
    """At equal attention and from the same world, an urgency as in January brings the first US
    offer sooner than one as in March."""
    calm: Sets = (*EQUAL, ("us.urgency.speed_per_day", "0"))
    eager = days_to_an_offer(MARCH, "2025-09-06", (*calm, ("us.urgency", "1.6")))
    slack = days_to_an_offer(MARCH, "2025-09-06", (*calm, ("us.urgency", "0.4")))
    assert between(slack, eager).positive


@pytest.mark.parametrize(("pressure", "lower"), [(0.0, True), (0.9, False)])
def test_A4_a_strong_economy_takes_the_hurry_away(pressure: float, lower: bool) -> None:
    """With nothing pressing at home urgency falls, under pressure it rises."""
    state, params = start(MARCH)
    state.urgency, state.pressure[US] = 1.0, pressure
    for _ in range(60):
        apply_urgency_day(state, params)
    assert (state.urgency < 0.97) is lower
    assert (state.urgency > 1.03) is not lower
