"""The rows of packages: when each can be tabled, what it holds, and what signing it does."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.bargain import clauses
from sim.model.bargain.packages import PACKAGE_ROWS, PACKAGES, nothing
from sim.model.commitments.agreements import apply_truce
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    CN,
    FENTANYL,
    FULL_REPLY,
    INBOUND_LIMITS,
    ISSUE_INVESTMENT,
    ISSUE_PURCHASES,
    PACKAGE_PURCHASES,
    PORT_FEES,
    RARE_EARTHS,
    RECIPROCAL,
    TECH,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Clause, Package, Rank
from tests.unit.model.records import TODAY, changed

MINISTERIAL = {Package.TRUCE, Package.EXTENSION, Package.SWAP}
EFFECTS: dict[Package, Any] = {
    Package.TRUCE: apply_truce,
    Package.EXTENSION: nothing,
    Package.SWAP: clauses.apply_swap,
    Package.PURCHASES: clauses.apply_purchase_deal,
    Package.FENTANYL: clauses.apply_fentanyl_deal,
    Package.INVESTMENT: clauses.apply_investment_deal,
    Package.COMPREHENSIVE: clauses.apply_comprehensive,
}


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of packages in round numbers."""
    params.truce_residual_pp, params.truce_length_days = 10.0, 90
    params.relief_pp, params.fentanyl_tranche_pp = 45.0, 12.5
    params.inbound_loss_per_level = 0.25
    params.investment_usd_bn, params.pledge_usd_bn_per_year = 200.0, 40.0
    params.full_pledge_times = 2.0
    return params


@pytest.fixture
def duel(state: State) -> State:
    """Returns a state in which every package holds something."""
    state.duty_pp[US] = [0.0, 0.0, 20.0, 30.0, 40.0, 5.0]
    state.duty_pp[CN][FULL_REPLY] = 35.0
    state.control[US][TECH], state.control[CN][RARE_EARTHS] = 3, 2
    state.control[US][PORT_FEES] = state.control[CN][PORT_FEES] = 1
    state.control[US][INBOUND_LIMITS] = 1
    state.issue_on = [True] * 12
    return state


AMOUNTS: dict[Package, dict[Clause, float]] = {
    # 40 threatened points beat a common cut of 25; all of them lie on all goods.
    Package.TRUCE: {Clause.US_BROAD_CUT: 4.0, Clause.CN_TARIFF_CUT: 2.5},
    Package.EXTENSION: {},
    Package.SWAP: {Clause.MINERALS: 1.0, Clause.TECH: 1.0, Clause.PORT_FEES: 1.0},
    # 45 points of relief: 40 threatened and 5 reciprocal.
    Package.PURCHASES: {
        Clause.US_BROAD_CUT: 4.0,
        Clause.US_TARIFF_CUT: 0.5,
        Clause.PURCHASES: 4.0,
    },
    Package.FENTANYL: {Clause.US_BROAD_CUT: 1.25, Clause.PRECURSORS: 1.0},
    # Inbound limits of one level leave three quarters of 200 billion.
    Package.INVESTMENT: {
        Clause.US_BROAD_CUT: 4.0,
        Clause.US_TARIFF_CUT: 0.5,
        Clause.INVESTMENT: 15.0,
    },
    Package.COMPREHENSIVE: {
        Clause.US_TARIFF_CUT: 3.0,
        Clause.US_BROAD_CUT: 6.5,
        Clause.CN_TARIFF_CUT: 3.5,
        Clause.MINERALS: 2.0,
        Clause.TECH: 3.0,
        Clause.PURCHASES: 8.0,
        Clause.PORT_FEES: 1.0,
        Clause.INVESTMENT: 15.0,
        Clause.PRECURSORS: 1.0,
    },
}


@pytest.mark.parametrize("package", Package)
def test_a_package_holds_what_its_clauses_say(
    duel: State, params: Params, package: Package
) -> None:
    """Tariffs and money in tens, controls in levels; nothing beyond what is named."""
    # Fails if an amount is another's, a unit is not ten, or a clause is added or left out.
    units = PACKAGE_ROWS[package].units
    found = {clause: rule(duel, params) for clause, rule in units.items()}

    assert {clause: amount for clause, amount in found.items() if amount} == AMOUNTS[package]


def test_a_truce_cuts_narrow_duties_where_no_threat_was_executed(
    duel: State, params: Params
) -> None:
    """Without threatened points the common cut of 20 lies on the reciprocal layer."""
    # Fails if the narrow part is left out.
    duel.duty_pp[US][THREATENED] = 0.0
    units = PACKAGE_ROWS[Package.TRUCE].units

    assert units[Clause.US_TARIFF_CUT](duel, params) == 2.0
    assert units[Clause.US_BROAD_CUT](duel, params) == 0.0
    assert units[Clause.CN_TARIFF_CUT](duel, params) == 2.0


def test_the_last_tranche_is_what_is_left_of_the_fentanyl_duty(duel: State, params: Params) -> None:
    """A layer smaller than the tranche is cut whole."""
    # Fails if the tranche is counted in full.
    duel.duty_pp[US][FENTANYL] = 7.5

    assert PACKAGE_ROWS[Package.FENTANYL].units[Clause.US_BROAD_CUT](duel, params) == 0.75


FEASIBLE: list[tuple[Package, dict[str, Any], bool]] = [
    (Package.TRUCE, {"agreement": AGREEMENT_NONE}, True),
    (Package.TRUCE, {"agreement": AGREEMENT_PAUSE}, False),
    (Package.EXTENSION, {"agreement": AGREEMENT_PAUSE, "truce_ends_on": TODAY + 9}, True),
    (Package.EXTENSION, {"agreement": AGREEMENT_NONE}, False),
    (Package.SWAP, {}, True),
    (Package.SWAP, {"control": [[0] * 6, [1] * 6]}, False),
    (Package.SWAP, {"control": [[1] * 6, [0] * 6]}, False),
    (Package.PURCHASES, {}, True),
    (Package.PURCHASES, {"issue_on": [i != ISSUE_PURCHASES for i in range(12)]}, False),
    (Package.PURCHASES, {"package_day": [9 * (p == PACKAGE_PURCHASES) for p in range(7)]}, False),
    (Package.PURCHASES, {"package_day": [9 * (p != PACKAGE_PURCHASES) for p in range(7)]}, True),
    (Package.FENTANYL, {}, True),
    (Package.FENTANYL, {"duty_pp": [[9.0, 9.0, 0.0, 9.0, 9.0, 9.0], [9.0] * 6]}, False),
    (Package.FENTANYL, {"precursor_action": True}, False),
    (Package.INVESTMENT, {}, True),
    (Package.INVESTMENT, {"issue_on": [i != ISSUE_INVESTMENT for i in range(12)]}, False),
    (Package.INVESTMENT, {"control": [[0, 0, 4, 0, 0, 0], [0] * 6]}, False),
    (Package.COMPREHENSIVE, {"agreement": AGREEMENT_PAUSE}, True),
    (Package.COMPREHENSIVE, {"agreement": AGREEMENT_SIGNED}, False),
]


@pytest.mark.parametrize(("package", "values", "expected"), FEASIBLE)
def test_a_package_can_be_tabled_while_there_is_something_in_it(
    duel: State, params: Params, package: Package, values: dict[str, Any], expected: bool
) -> None:
    """Each row asks for what its clauses need and for nothing that was signed before."""
    # Fails if a condition is left out or turned.
    for name, value in values.items():
        setattr(duel, name, value)

    assert bool(PACKAGE_ROWS[package].feasible(duel, params)) is expected


@pytest.mark.parametrize("package", Package)
def test_what_gives_revenue_or_access_away_takes_the_leaders(package: Package) -> None:
    """Ministers sign truces, extensions and swaps; the rest waits for a summit."""
    # Fails if a rank is lowered or raised.
    expected = Rank.MINISTERS if package in MINISTERIAL else Rank.LEADERS

    assert PACKAGE_ROWS[package].lowest_rank == expected


@pytest.mark.parametrize("package", Package)
def test_a_row_carries_out_its_own_package(package: Package) -> None:
    """The effect of a row is the rule of its package."""
    # Fails if two rows swap effects.
    assert PACKAGE_ROWS[package].effect is EFFECTS[package]


def test_there_is_one_row_a_package() -> None:
    """Rows are found by code, in the order of the vocabulary."""
    # Fails if a row is missing, doubled or out of order.
    assert [row.package for row in PACKAGES] == list(Package)
    assert [row.package for row in PACKAGE_ROWS.values()] == list(PACKAGE_ROWS)


def test_nothing_changes_nothing(duel: State, params: Params) -> None:
    """The effect of an extension is what every signature during a pause does."""
    # Fails if the empty effect writes anything.
    assert changed(duel, lambda: nothing(duel, params)) == set()
    assert duel.duty_pp[US][RECIPROCAL] == 30.0
