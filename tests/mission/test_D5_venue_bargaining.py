"""D5: the venue is bargained over: face keeps meetings off US soil."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.diplomacy.summit import decide_venue
from sim.model.tables.codes import (
    VENUE_BEIJING,
    VENUE_MAR_A_LAGO,
    VENUE_THIRD_COUNTRY,
    VENUE_WASHINGTON,
)
from sim.model.tables.vocabulary import Venue
from tests.mission.helpers import JANUARY, MARCH, between, january_to_october, paired
from tests.mission.plays import Sets, batch, start

DRAWS = 6000
ABROAD = (VENUE_BEIJING, VENUE_THIRD_COUNTRY)
NO_FACE: Sets = (("cn.face_cost", "0"),)


def shares(name: str, sets: Sets = ()) -> dict[int, np.ndarray]:
    """Returns for each venue in which draws it was settled on, from the opening of a scenario."""
    state, params = start(name, sets)
    draws = np.random.default_rng(20251023).random((DRAWS, 4))
    venues = np.array([decide_venue(state, params, *row) for row in draws])
    return {venue: venues == venue for venue in range(1, 5)}


@pytest.mark.parametrize("name", [JANUARY, MARCH])
def test_D5_beijing_and_third_countries_come_before_mar_a_lago_and_washington(name: str) -> None:
    """Beijing and a third country are each settled on more often than Mar-a-Lago, and that more
    often than Washington."""
    found = shares(name)
    for place in ABROAD:
        assert paired(found[place], found[VENUE_MAR_A_LAGO]).positive
    assert paired(found[VENUE_MAR_A_LAGO], found[VENUE_WASHINGTON]).positive
    assert found[VENUE_WASHINGTON].any()


@pytest.mark.parametrize("name", [JANUARY, MARCH])
def test_D5_the_order_reverses_only_without_a_face_cost(name: str) -> None:
    """With no face to lose Washington comes before Mar-a-Lago and both before Beijing and a third
    country; with half the usual face cost they do not."""
    found = shares(name, NO_FACE)
    assert paired(found[VENUE_WASHINGTON], found[VENUE_MAR_A_LAGO]).positive
    for place in ABROAD:
        assert paired(found[VENUE_MAR_A_LAGO], found[place]).positive
    half = shares(name, (("cn.face_cost", "0.6"),))
    for place in ABROAD:
        assert not paired(half[VENUE_WASHINGTON], half[place]).positive


def test_D5_runs_hold_their_summits_abroad_unless_face_counts_for_nothing() -> None:
    """From January 2025 most first summits are held in Beijing or a third country, Mar-a-Lago is
    not behind Washington, and without a face cost most are held on US soil."""
    usual = january_to_october()
    free = january_to_october(NO_FACE)
    usual_at = usual["summit_venue"][usual["leaders_met"]]
    free_at = free["summit_venue"][free["leaders_met"]]
    count = np.bincount(usual_at, minlength=len(Venue))
    assert (
        min(count[VENUE_BEIJING], count[VENUE_THIRD_COUNTRY])
        > count[VENUE_MAR_A_LAGO]
        > count[VENUE_WASHINGTON]
        > 0
    )
    home, away = ~np.isin(usual_at, ABROAD), ~np.isin(free_at, ABROAD)
    assert between(away, home).positive
    assert home.mean() < 0.5 < away.mean()


def test_D5_a_settled_venue_is_kept() -> None:
    """Where a scenario settles the venue beforehand, every first summit is held there."""
    for name, venue in (
        ("summit-in-beijing", VENUE_BEIJING),
        ("summit-in-washington", VENUE_WASHINGTON),
    ):
        values = batch(name, 100, until="2025-06-30")
        held = values["summit_venue"][values["leaders_met"]]
        assert held.size > 20
        assert (held == venue).all()
