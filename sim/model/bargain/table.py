"""Bargaining table: the packages available today, their clauses and the effect of signing.

The rows are `packages.PACKAGES`. Compiled code cannot look a function up in a table, so for
`is_open`, `clause_amount` and `apply_terms` the engine writes the rows out as ladders
(`engine.ladders`).
"""

from __future__ import annotations

from sim.model.bargain.packages import PACKAGE_ROWS
from sim.model.commitments.pauses import can_extend
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    CN,
    PACKAGE_COMPREHENSIVE,
    PACKAGE_EXTENSION,
    PACKAGE_TRUCE,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SIGN_FIRST, Clause


def is_feasible(state: State, params: Params, package: int, rank: int) -> bool:
    """Returns whether negotiators of the given rank can propose a package today.

    Ministers can agree truces, late extensions and the minerals-for-technology swap. Packages that
    cost revenue or admit foreign capital need the leaders. A scenario may forbid either side to
    sign.
    """
    if state.forbidden[US][SIGN_FIRST + package] or state.forbidden[CN][SIGN_FIRST + package]:
        return False
    if package == PACKAGE_EXTENSION and not can_extend(state, params, rank):
        return False
    return is_open(state, params, package, rank)


def is_open(state: State, params: Params, package: int, rank: int) -> bool:
    """Returns whether the row of a package lets negotiators of that rank propose it today."""
    row = PACKAGE_ROWS[package]
    return rank >= row.lowest_rank and row.feasible(state, params)


def clause_amount(state: State, params: Params, package: int, clause: int) -> float:
    """Returns how many units of a clause a package contains (tariffs and money in tens)."""
    units = PACKAGE_ROWS[package].units.get(Clause(clause))
    return units(state, params) if units else 0.0


def apply_terms(state: State, params: Params, package: int) -> None:
    """Applies the effect in the row of a package."""
    PACKAGE_ROWS[package].effect(state, params)


def makes_headlines(package: int) -> bool:
    """Returns whether a package is more than a truce; such a deal is attacked at home."""
    return package != PACKAGE_TRUCE and package != PACKAGE_EXTENSION


def prolongs(state: State, package: int) -> bool:
    """Returns whether signing a package also extends the truce in force."""
    return state.agreement == AGREEMENT_PAUSE and package != PACKAGE_COMPREHENSIVE
