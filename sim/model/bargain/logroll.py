"""Bundles by logrolling: issues are traded that the two sides weigh differently (Raiffa 1982).

The proposer wants the bundle worth most to itself among those it believes meet the other side's
demand. This lays out what is to be had and what the proposer means to leave to the other;
`bundle_search` then composes the bundle.
"""

from __future__ import annotations

from sim.model.bargain.bundle_search import apply_bundle_search
from sim.model.bargain.investment import apply_structure
from sim.model.bargain.standing_offer import apply_standing_offer
from sim.model.bargain.table import is_forbidden, units_on_table
from sim.model.bargain.worth import (
    believed_demand,
    believed_gain,
    bundle_gain,
    clause_gain,
    landmark_gain,
    mood_gain,
)
from sim.model.information.beliefs import usual_weight_of
from sim.model.tables.codes import (
    CLAUSE_FENTANYL_CUT,
    CLAUSE_OTHER_GOODS,
    CLAUSE_PRECURSORS,
    CLAUSE_SOYBEANS,
    CN,
    ISSUE_INVESTMENT,
    ISSUE_OVERCAPACITY,
    ISSUE_TAIWAN,
    LEADERS,
    N_CLAUSES,
    N_ISSUES,
    N_SIDES,
    PACKAGE_COMPREHENSIVE,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import CLAUSE_ISSUE


def apply_table(
    state: State, params: Params, side: int, rank: int, full: bool, forced: bool
) -> None:
    """Lays out what can be bargained for: units, true gains, and what `side` believes of the
    other's.

    Args:
        state: The state.
        params: The parameters.
        side: The proposer.
        rank: Rank of those at the table.
        full: Whether all levels and points are to be had, as in a comprehensive deal.
        forced: Whether a scenario forces the bundle, whatever is on the table.
    """
    state.table_rank = rank
    state.table_full = full
    for each in (US, CN):
        state.usual_weight[each] = usual_weight_of(state, params, each)
    if forced or state.issue_on[ISSUE_INVESTMENT]:
        apply_structure(state, params)
    for clause in range(N_CLAUSES):
        units = units_on_table(state, params, clause, forced)
        state.units[clause] = units
        state.offer[clause] = 0.0
        if units > 0.0:
            for each in (US, CN):
                state.gain[each][clause] = clause_gain(state, params, each, clause)
            state.believed[clause] = believed_gain(state, params, side, clause)


def first_proposer(state: State, rank: int) -> int:
    """Returns the side that tables the first text: ministers take turns from round to round, and
    when leaders meet it is Washington (E231)."""
    if rank == LEADERS or state.rounds % N_SIDES == 0:
        return US
    return CN


def apply_proposal(state: State, params: Params, side: int, rank: int) -> None:
    """Composes the bundle that `side` proposes, in `state.offer`.

    Leaders weigh a comprehensive deal, which ends every added duty and touches most issues, against
    a bundle of less. Ministers are held to what was offered when leaders met.
    """
    comprehensive = 0.0
    if rank == LEADERS:
        apply_table(state, params, side, rank, True, False)
        apply_aim(state, params, side, 1.0)
        meets = apply_bundle_search(state, params, side)
        if meets and is_comprehensive(state, params):
            comprehensive = value_to(state, params, side)
    apply_table(state, params, side, rank, False, False)
    apply_aim(state, params, side, 1.0)
    apply_bundle_search(state, params, side)
    if value_to(state, params, side) < 0.0:
        # What the other demands would cost the proposer more than it gains: it tries with less.
        apply_aim(state, params, side, 0.0)
        apply_bundle_search(state, params, side)
    if comprehensive > max(0.0, value_to(state, params, side)):
        apply_table(state, params, side, rank, True, False)
        apply_aim(state, params, side, 1.0)
        apply_bundle_search(state, params, side)
    if rank < LEADERS:
        apply_standing_offer(state, params, side)
    apply_fentanyl_tie(state)
    apply_soybean_tie(state)


def apply_soybean_tie(state: State) -> None:
    """Adds soybeans to any other pledge to buy: they come first in what China offers, and are what
    is asked of it first (C7)."""
    if state.units[CLAUSE_SOYBEANS] == 0.0:
        return
    for clause in range(CLAUSE_SOYBEANS + 1, CLAUSE_OTHER_GOODS + 1):
        if state.offer[clause] > 0.0:
            state.offer[CLAUSE_SOYBEANS] = 1.0


def apply_fentanyl_tie(state: State) -> None:
    """Ties a cut of the fentanyl duty to action on precursors, for which it was laid (F3): without
    the one there is not the other."""
    if state.precursor_action or state.offer[CLAUSE_FENTANYL_CUT] == 0.0:
        return
    if state.units[CLAUSE_PRECURSORS] > 0.0:
        state.offer[CLAUSE_PRECURSORS] = 1.0
    else:
        state.offer[CLAUSE_FENTANYL_CUT] = 0.0


def apply_aim(state: State, params: Params, side: int, share: float) -> None:
    """Sets the gain from clauses that `side` means to leave to the other: a share of what it
    believes the other demands, the mood apart."""
    demand = share * believed_demand(state, params, side)
    state.table_demand = demand - mood_gain(state, params, 1 - side)


def value_to(state: State, params: Params, side: int) -> float:
    """Returns what the bundle on the table is worth to a side beyond its reserve, prestige
    included."""
    return (
        bundle_gain(state, params, side) + landmark_gain(state, params, side) - state.reserve[side]
    )


def is_comprehensive(state: State, params: Params) -> bool:
    """Returns whether the bundle is composed as a comprehensive deal and addresses enough of the
    issues on which something is to be had; those that never settle do not count (F7)."""
    if not state.table_full or is_forbidden(state, PACKAGE_COMPREHENSIVE):
        return False
    open_issues = 0
    met = 0
    for issue in range(N_ISSUES):
        to_be_had = False
        had = False
        for clause in range(N_CLAUSES):
            if CLAUSE_ISSUE[clause] == issue and state.units[clause] > 0.0:
                to_be_had = True
                had = had or state.offer[clause] > 0.0
        if to_be_had and issue != ISSUE_OVERCAPACITY and issue != ISSUE_TAIWAN:
            open_issues += 1
            met += 1 if had else 0
    return open_issues > 0 and met >= params.comprehensive_share * open_issues
