"""Names of bundles: what a signed bundle is called, and what a bundle of a name holds."""

from __future__ import annotations

from sim.model.bargain.clauses import NAME, NO_NAME, REACH
from sim.model.bargain.logroll import apply_table, is_comprehensive
from sim.model.tables.codes import (
    CLAUSE_BUYER_FREEZE,
    CLAUSE_MINERALS,
    CLAUSE_PORT_FEES,
    CLAUSE_PROLONG,
    CLAUSE_RECIPROCAL_CUT,
    CLAUSE_STRUCTURAL,
    CLAUSE_TAIWAN,
    CLAUSE_TECH,
    CLAUSE_THREAT_OFF,
    LEADERS,
    N_CLAUSES,
    PACKAGE_COMPREHENSIVE,
    PACKAGE_INVESTMENT,
    PACKAGE_PURCHASES,
    PACKAGE_SWAP,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def bundle_name(state: State, params: Params) -> int:
    """Returns what the bundle on the table is called: by the furthest-reaching of its clauses.

    A bundle of clauses without a name of their own is a swap.
    """
    if is_comprehensive(state, params):
        return PACKAGE_COMPREHENSIVE
    name = NO_NAME
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0:
            other = NAME[clause]
            if other != NO_NAME and (name == NO_NAME or REACH[other] > REACH[name]):
                name = other
    return PACKAGE_SWAP if name == NO_NAME else name


def belongs(package: int, clause: int) -> bool:
    """Returns whether a bundle that is known by its name holds a clause.

    It holds the clauses of that name and what the articles pair with them, such as minerals with
    technology (E372), ends an open threat and prolongs a pause in force.
    """
    if clause == CLAUSE_PROLONG or clause == CLAUSE_THREAT_OFF:
        return True
    if package == PACKAGE_COMPREHENSIVE:
        return clause != CLAUSE_STRUCTURAL and clause != CLAUSE_TAIWAN
    if package == PACKAGE_SWAP:
        return clause == CLAUSE_MINERALS or clause == CLAUSE_TECH or clause == CLAUSE_PORT_FEES
    if clause == CLAUSE_RECIPROCAL_CUT:
        return package == PACKAGE_PURCHASES or package == PACKAGE_INVESTMENT
    if clause == CLAUSE_BUYER_FREEZE:
        return package == PACKAGE_PURCHASES
    return NAME[clause] == package


def apply_named_bundle(state: State, params: Params, package: int, forced: bool) -> None:
    """Puts on the table a bundle that is known by its name, as far as it is to be had."""
    apply_table(state, params, US, LEADERS, package == PACKAGE_COMPREHENSIVE, forced)
    for clause in range(N_CLAUSES):
        if state.units[clause] > 0.0 and belongs(package, clause):
            state.offer[clause] = 1.0
