"""J1: a guest scolded in public makes China shun an American venue."""

from __future__ import annotations

import numpy as np

from sim.model.diplomacy.summit import cancel_hazard, decide_venue, venue_acceptance
from sim.model.relations.mood import apply_mood_decay
from sim.model.tables.codes import (
    SUMMIT_DATED,
    VENUE_BEIJING,
    VENUE_MAR_A_LAGO,
    VENUE_THIRD_COUNTRY,
    VENUE_WASHINGTON,
)
from tests.mission.plays import SEED, batch, start

MARCH = "march-2025-escalation"


def acceptance(shock: float, venue: int) -> float:
    """Returns the odds that China accepts a venue after a shock."""
    state, params = start(MARCH, (("shock.humiliation", str(shock)),))
    return venue_acceptance(state, params, venue)


def test_J1_the_shock_costs_american_venues_and_no_others() -> None:
    """After the scene of 28 February China accepts Washington and Mar-a-Lago less readily, and
    Beijing and a third country as readily as before."""
    for venue in (VENUE_WASHINGTON, VENUE_MAR_A_LAGO):
        assert acceptance(1.0, venue) < 0.8 * acceptance(0.0, venue)
        assert acceptance(0.5, venue) < acceptance(0.0, venue)
    for venue in (VENUE_BEIJING, VENUE_THIRD_COUNTRY):
        assert acceptance(1.0, venue) == acceptance(0.0, venue)


def test_J1_venues_move_away_from_the_united_states() -> None:
    """On the same luck, the venue settled on is in the United States less often after the shock,
    and where it was elsewhere it stays where it was."""
    luck = np.random.default_rng(SEED).random((2000, 4))
    chosen = {}
    for shock in ("0", "1"):
        state, params = start(MARCH, (("shock.humiliation", shock),))
        chosen[shock] = np.array([decide_venue(state, params, *row) for row in luck])
    at_home = np.isin(chosen["0"], [VENUE_WASHINGTON, VENUE_MAR_A_LAGO])
    after = np.isin(chosen["1"], [VENUE_WASHINGTON, VENUE_MAR_A_LAGO])
    assert after.mean() < 0.7 * at_home.mean()
    assert (chosen["1"][~at_home] == chosen["0"][~at_home]).all()


def test_J1_the_memory_fades() -> None:
    """With every month that passes China accepts Washington more readily again, and after a year
    nearly as before."""
    before = acceptance(0.0, VENUE_WASHINGTON)
    state, params = start(MARCH, (("shock.humiliation", "1"),))
    odds = []
    for _ in range(13):
        odds.append(venue_acceptance(state, params, VENUE_WASHINGTON))
        for _ in range(30):
            apply_mood_decay(state, params)
    assert odds == sorted(odds)
    assert odds[-1] - odds[0] > 0.9 * (before - odds[0])


def test_J1_a_meeting_set_for_washington_stands_on_shakier_ground() -> None:
    """After the shock a meeting dated for Washington is put off more readily, one for Beijing as
    before."""
    hazards = {}
    for shock in ("0", "1"):
        state, params = start(MARCH, (("shock.humiliation", shock),))
        state.summit, state.summit_day = SUMMIT_DATED, state.day + 30
        for venue in (VENUE_WASHINGTON, VENUE_BEIJING):
            state.venue = venue
            hazards[venue, shock] = cancel_hazard(state, params)
    assert hazards[VENUE_WASHINGTON, "1"] > hazards[VENUE_WASHINGTON, "0"] > 0.0
    assert hazards[VENUE_BEIJING, "1"] == hazards[VENUE_BEIJING, "0"]


def test_J1_meetings_in_washington_suffer() -> None:
    """A summit set for Washington is held less often after the shock, one set for Beijing as
    often as without it."""
    met = {
        (name, shock): batch(name, 200, (("shock.humiliation", shock),), "2025-06-15")[
            "leaders_met"
        ]
        for name in ("summit-in-washington", "summit-in-beijing")
        for shock in ("0", "1")
    }
    drop = met["summit-in-washington", "0"].mean() - met["summit-in-washington", "1"].mean()
    assert drop > 0.03
    beijing = met["summit-in-beijing", "0"].mean() - met["summit-in-beijing", "1"].mean()
    assert abs(beijing) < 0.5 * drop
