"""A13: a Washington venue costs China face; Beijing and third countries do not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.model.diplomacy.summit import decide_venue, venue_acceptance
from sim.model.tables.codes import (
    RECIPROCAL,
    US,
    VENUE_BEIJING,
    VENUE_MAR_A_LAGO,
    VENUE_THIRD_COUNTRY,
    VENUE_WASHINGTON,
)
from sim.model.tables.state import State
from tests.mission.helpers import JANUARY
from tests.mission.plays import start

DRAWS = 4000


def humiliate(state: State) -> None:
    """A guest is scolded in public."""
    state.humiliation = 1.0


def tax(state: State) -> None:
    """US duties on China rise by a hundred points."""
    state.duty_pp[US][RECIPROCAL] += 100.0


@pytest.mark.parametrize("blow", [humiliate, tax])
def test_A13_a_blow_to_face_costs_only_us_venues(blow: Callable[[State], None]) -> None:
    """After a humiliation, as under high US duties, China accepts Washington and Mar-a-Lago less
    readily, Washington most of all, and Beijing or a third country just as before."""
    # Without face costs all four odds would stay as they are.
    state, params = start(JANUARY)
    before = {venue: venue_acceptance(state, params, venue) for venue in range(1, 5)}
    blow(state)
    after = {venue: venue_acceptance(state, params, venue) for venue in range(1, 5)}
    lost = {venue: before[venue] - after[venue] for venue in before}
    assert lost[VENUE_BEIJING] == lost[VENUE_THIRD_COUNTRY] == 0.0
    assert lost[VENUE_WASHINGTON] > lost[VENUE_MAR_A_LAGO] > 0.0
    assert lost[VENUE_WASHINGTON] > 0.1


def test_A13_humiliation_moves_meetings_off_us_soil() -> None:
    """The share of meetings set for US soil falls by half or more after a humiliation, on the same
    draws."""
    draws = np.random.default_rng(20251023).random((DRAWS, 4))
    share = []
    for blow in (0.0, 1.0):
        state, params = start(JANUARY)
        state.humiliation = blow
        venues = [decide_venue(state, params, *row) for row in draws]
        share.append(np.isin(venues, (VENUE_WASHINGTON, VENUE_MAR_A_LAGO)).mean())
    assert share[1] < 0.5 * share[0]
    assert share[0] > 0.2


def test_A13_without_a_face_cost_a_blow_changes_nothing() -> None:
    """If China does not mind its face, acceptance of Washington is unmoved by both blows."""
    state, params = start(JANUARY, (("cn.face_cost", "0"),))
    before = venue_acceptance(state, params, VENUE_WASHINGTON)
    humiliate(state)
    tax(state)
    assert venue_acceptance(state, params, VENUE_WASHINGTON) == before
