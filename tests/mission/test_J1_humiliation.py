"""J1: a guest scolded in public makes China shun an American venue."""

from __future__ import annotations

import numpy as np

from sim.model.diplomacy.summit import decide_venue, venue_acceptance
from sim.model.tables.codes import (
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


def test_J1_the_memory_fades_and_meetings_in_washington_suffer() -> None:
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
