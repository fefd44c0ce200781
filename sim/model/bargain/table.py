"""Bargaining table: the clauses to be had today, their worth, and the effect of signing them.

The rows are `clauses.CLAUSES`. Compiled code cannot look a function up in a table, so for
`clause_units`, `clause_usd_bn` and `apply_clause` the engine writes the rows out as ladders
(`engine.ladders`).
"""

from __future__ import annotations

from sim.model.bargain.clauses import CLAUSE_ROWS, GIVER, IS_NEW, LOWEST_RANK, NAME, NO_NAME
from sim.model.commitments.purchases import enforcement_met
from sim.model.information.opening_bid import is_tabled
from sim.model.tables.codes import CN, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import CLAUSE_ISSUE, SIGN_FIRST


def units_on_table(state: State, params: Params, clause: int, forced: bool) -> float:
    """Returns the units of a clause that those at the table can bargain for; 0 if none.

    Its issue must be on the table and the rank of the negotiators high enough. A scenario may
    forbid either side to sign bundles of its name. Those who want the accord of 2020 enforced first
    put off whatever is new (A10), and what China offers of its own is to be had once its opening
    bid is tabled (C6). What a scenario forces is not asked about any of this.
    """
    if forced:
        return clause_units(state, params, clause)
    if state.table_rank < LOWEST_RANK[clause] or not state.issue_on[CLAUSE_ISSUE[clause]]:
        return 0.0
    name = NAME[clause]
    if name != NO_NAME and is_forbidden(state, name):
        return 0.0
    if IS_NEW[clause] and state.enforcement_first and not enforcement_met(state, params):
        return 0.0
    if IS_NEW[clause] and GIVER[clause] == CN and not is_tabled(state):
        return 0.0
    return clause_units(state, params, clause)


def is_forbidden(state: State, package: int) -> bool:
    """Returns whether a scenario forbids either side to sign bundles of a name."""
    act = SIGN_FIRST + package
    return state.forbidden[US][act] or state.forbidden[CN][act]


def clause_units(state: State, params: Params, clause: int) -> float:
    """Returns the units of a clause that its row says are to be had today."""
    return CLAUSE_ROWS[clause].units(state, params)


def clause_usd_bn(state: State, params: Params, side: int, clause: int) -> float:
    """Returns the yearly worth to a side of all units to be had, USD bn."""
    return CLAUSE_ROWS[clause].usd_bn(state, params, side)


def apply_clause(state: State, params: Params, clause: int, amount: float) -> None:
    """Carries out an amount of a clause, in units."""
    CLAUSE_ROWS[clause].effect(state, params, amount)
