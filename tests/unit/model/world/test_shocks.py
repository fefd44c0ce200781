"""Incidents: how often they come and what they do."""

from __future__ import annotations

import pytest

from sim.model.tables.codes import (
    TALKS_ACTIVE,
    TALKS_PREPARING,
    TALKS_RESUMED,
    TALKS_STALLED,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.world.shocks import apply_force_majeure, apply_incident, incident_hazard
from tests.unit.model.records import changed


@pytest.mark.parametrize(("tension", "expected"), [(0.0, 0.03125), (0.5, 0.0625), (1.0, 0.09375)])
def test_incidents_are_likelier_the_tenser_it_is(
    state: State, params: Params, tension: float, expected: float
) -> None:
    """The pace at half tension, with a factor of one half in calm."""
    # Fails if tension dampens the pace, or the calm factor is left out.
    params.incident_per_day, params.incident_calm_factor = 0.0625, 0.5
    state.tension = tension

    assert incident_hazard(state, params) == expected


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of incidents in round numbers; one in four is a crisis."""
    params.crisis_share = 0.25
    params.tension_per_incident, params.tension_per_crisis = 0.125, 0.5
    params.crisis_market_pp, params.market_stress_per_pp = 50.0, 0.01
    return params


def test_an_incident_only_chills(state: State, params: Params) -> None:
    """From the share of crises on it is an incident: tension rises, talks go on."""
    # Fails if the comparison is strict, or markets or talks are hit.
    state.talks = TALKS_ACTIVE
    crisis: list[bool] = []

    fields = changed(state, lambda: crisis.append(apply_incident(state, params, 0.25)))

    assert (fields, crisis) == ({"tension"}, [False])
    assert state.tension == 0.5625


@pytest.mark.parametrize("talks", [TALKS_ACTIVE, TALKS_RESUMED])
def test_a_crisis_freezes_running_talks_and_frightens_markets(
    state: State, params: Params, talks: int
) -> None:
    """Below the share of crises tension jumps, markets take it for a hike, talks stall."""
    # Fails if the jumps are swapped, or talks go on.
    state.talks = talks
    crisis: list[bool] = []

    fields = changed(state, lambda: crisis.append(apply_incident(state, params, 0.249)))

    assert fields == {
        "tension", "market_stress", "market_shocks", "talks", "stalls", "stall_day", "frozen_until",
    }  # fmt: skip
    assert (crisis, state.tension, state.market_stress) == ([True], 0.75, 0.5)
    assert (state.talks, state.stalls) == (TALKS_STALLED, 1)


def test_a_crisis_cannot_freeze_what_does_not_run(state: State, params: Params) -> None:
    """Talks still being prepared stay where they are."""
    # Fails if any stage stalls.
    state.talks = TALKS_PREPARING

    apply_incident(state, params, 0.0)

    assert (state.talks, state.stalls) == (TALKS_PREPARING, 0)


@pytest.mark.parametrize(("before", "u", "after"), [(0.0, 0.5, 0.75), (0.9, 0.5, 0.9)])
def test_a_disaster_is_as_strong_as_it_is_drawn(
    state: State, params: Params, before: float, u: float, after: float
) -> None:
    """Half way from its least strength of a half to 1; a stronger one stays."""
    # Fails if the span is left out, or a weaker disaster takes a stronger one's place.
    params.force_majeure_least, state.force_majeure = 0.5, before

    apply_force_majeure(state, params, u)

    assert state.force_majeure == after
