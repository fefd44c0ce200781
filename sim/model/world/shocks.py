"""Shocks between the two sides: incidents and, rarely, a crisis over Taiwan (E123).

Taiwan's own contacts with the US are a matter of `third_parties`.
"""

from __future__ import annotations

from sim.model.diplomacy.talks import apply_stage
from sim.model.relations.mood import apply_market_shock, apply_tension
from sim.model.relations.stages import talks_running
from sim.model.tables.codes import TALKS_STALLED
from sim.model.tables.params import Params
from sim.model.tables.state import State


def incident_hazard(state: State, params: Params) -> float:
    """Returns today's probability of an incident between the two sides: at sea, in the air,
    over Taiwan."""
    return params.incident_per_day * (params.incident_calm_factor + state.tension)


def apply_incident(state: State, params: Params, u_severity: float) -> bool:
    """Applies an incident, which raises tension; a crisis freezes relations. Returns
    whether it is a crisis."""
    if u_severity >= params.crisis_share:
        apply_tension(state, params, params.tension_per_incident)
        return False
    apply_crisis(state, params)
    return True


def apply_crisis(state: State, params: Params) -> None:
    """Freezes relations for a time: tension leaps, markets fall, and China breaks off all talks."""
    apply_tension(state, params, params.tension_per_crisis)
    apply_market_shock(state, params, params.crisis_market_pp)
    state.frozen_until = state.day + params.freeze_days
    state.round_due = 0
    if talks_running(state):
        apply_stage(state, TALKS_STALLED)


def apply_force_majeure(state: State, params: Params, u_strength: float) -> None:
    """Lets a disaster strike that excuses part of what China does not deliver (J3, E256)."""
    span = 1.0 - params.force_majeure_least
    strength = params.force_majeure_least + span * u_strength
    state.force_majeure = max(state.force_majeure, strength)
