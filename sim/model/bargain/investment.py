"""Investment: the structure China puts on the table, and its approval in the US (A8, C8)."""

from __future__ import annotations

from typing import Final

from sim.economy.constants import WORST_UTILITY
from sim.model.bargain.table import clause_units
from sim.model.bargain.terms import investment_share
from sim.model.bargain.worth import clause_gain
from sim.model.tables.codes import (
    CLAUSE_LICENCE,
    CLAUSE_WHOLLY_OWNED,
    CN,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State

NO_STRUCTURE: Final = -1
"""In place of a structure: no investment has been signed, or it was stopped."""


def apply_structure(state: State, params: Params) -> None:
    """Puts the structure on the table from which the two sides gain most together, with or without
    a duty to hire locally (E281, E311)."""
    best = WORST_UTILITY
    structure = CLAUSE_WHOLLY_OWNED
    hiring = False
    for each in range(CLAUSE_WHOLLY_OWNED, CLAUSE_LICENCE + 1):
        for tied in range(2):  # with a duty to hire, and without
            value = apply_trial(state, params, each, tied == 1)
            if value > best:
                best = value
                structure = each
                hiring = tied == 1
    state.table_structure = structure
    state.table_hiring = hiring


def apply_trial(state: State, params: Params, structure: int, hiring: bool) -> float:
    """Puts a structure on the table and returns both sides' gains from it."""
    state.table_structure = structure
    state.table_hiring = hiring
    state.units[structure] = clause_units(state, params, structure)
    return clause_gain(state, params, US, structure) + clause_gain(state, params, CN, structure)


def is_review_over(state: State) -> bool:
    """Returns whether the review of an investment ends today."""
    return state.approval_due > 0 and state.approval_due <= state.day


def apply_approval(state: State, params: Params) -> None:
    """Records the investment that US limits on inbound capital allow, and the jobs it creates."""
    state.approval_due = 0
    size = params.structure_size[state.approval_structure - CLAUSE_WHOLLY_OWNED]
    share = size * investment_share(state, params)
    state.investment_usd_bn += params.investment_usd_bn * share
    # Without a duty to hire locally, some of the jobs go to workers who come with the firm.
    kept = 1.0 if state.approval_hiring else params.hired_locally_share
    state.jobs += params.investment_jobs * share * kept


def apply_denial(state: State, params: Params) -> None:
    """Stops an investment at home after it was signed: China trusts the US less."""
    state.approval_due = 0
    state.investments_denied += 1
    state.structure_signed = NO_STRUCTURE
    state.trust_broken[CN] += params.trust_cost_of_accusation
