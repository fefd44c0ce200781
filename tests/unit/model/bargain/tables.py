"""Tables of clauses in round numbers, for the tests of logrolling and of its search."""

from __future__ import annotations

from sim.model.tables.codes import N_CLAUSES, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY


def in_round_numbers(params: Params) -> Params:
    """Returns parameters of a table in round numbers."""
    params.prohibitive_pp, params.horizon_days, params.concession_days = 50.0, 90, 30.0
    params.truce_residual_pp, params.relief_pp = 10.0, 10.0
    params.fentanyl_tranche_pp, params.comprehensive_share, params.cut_step_pp = 10.0, 0.75, 2.5
    return params


def calmed(state: State) -> State:
    """Returns a state without tension, so that only clauses count, on the day of a deadline, so
    that the other demands nothing beyond its mood."""
    state.tension, state.belief_var, state.belief_asks = 0.0, [0.0, 0.0], [0.0, 0.0]
    state.trust_kept, state.trust_broken = [1.0, 1.0], [1.0, 1.0]
    state.threat_open, state.threat_deadline = True, TODAY
    return state


def lay(state: State, clause: int, own: float, other: float, units: float = 1.0) -> None:
    """Lays a clause out before Washington: what it is worth to itself, and, as it believes, to
    China."""
    state.units[clause] = units
    state.gain[US][clause], state.believed[clause] = own, other


def demand(state: State, amount: float) -> None:
    """Makes Washington believe that China demands so much: its deadline is far enough off."""
    state.threat_open = False
    state.belief_mean[US] = amount
    state.table_demand = amount


def bundle(state: State) -> dict[int, float]:
    """Returns the clauses of the bundle with the part offered."""
    return {c: state.offer[c] for c in range(N_CLAUSES) if state.offer[c] > 0.0}
