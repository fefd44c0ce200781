"""Standing offer: what a side offers when leaders meet binds its ministers for some days."""

from __future__ import annotations

from sim.model.bargain.clauses import GIVER
from sim.model.tables.codes import CLAUSE_THREAT_LATER, CLAUSE_THREAT_OFF, LEADERS, N_CLAUSES
from sim.model.tables.params import Params
from sim.model.tables.state import State


def apply_offer_refused(state: State, side: int) -> None:
    """Records that what `side` offers is turned down; between leaders it is left standing."""
    state.refused_day = state.day
    if state.table_rank == LEADERS:
        apply_left_standing(state, side)


def apply_left_standing(state: State, side: int) -> None:
    """Records the bundle on the table as what `side` offered its counterpart at a leaders'
    meeting."""
    state.stood_day[side] = state.day
    for clause in range(N_CLAUSES):
        state.stood[side][clause] = state.offer[clause]
    # Ministers can only put off the threat that their leader would withdraw.
    if state.offer[CLAUSE_THREAT_OFF] > 0.0:
        state.stood[side][CLAUSE_THREAT_LATER] = 1.0


def offer_stands(state: State, params: Params, side: int) -> bool:
    """Returns whether a side's offer to the other leader still binds it: it was made of late,
    nothing has been signed since, and the other has done nothing hostile since."""
    day = state.stood_day[side]
    if day <= 0 or state.day - day > params.offer_stands_days:
        return False
    return state.last_signed_day < day and state.cause_day[side] <= day


def apply_standing_offer(state: State, params: Params, side: int) -> None:
    """Holds the proposer to what it offered at the leaders' meeting, as far as it is to be had at
    this rank: it takes back nothing that it would give, and asks for nothing new."""
    if not offer_stands(state, params, side):
        return
    for clause in range(N_CLAUSES):
        stood = state.stood[side][clause]
        if state.units[clause] > 0.0 and GIVER[clause] == side:
            state.offer[clause] = max(state.offer[clause], stood)
        elif GIVER[clause] == 1 - side and stood <= 0.0:
            state.offer[clause] = 0.0
