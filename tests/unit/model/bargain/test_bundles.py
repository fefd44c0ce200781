"""Names of bundles: by the furthest-reaching clause, and what a bundle of a name holds."""

from __future__ import annotations

import pytest

from sim.model.bargain.bundles import apply_named_bundle, belongs, bundle_name
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    CN,
    FENTANYL,
    FULL_REPLY,
    LEADERS,
    N_CLAUSES,
    N_ISSUES,
    PORT_FEES,
    RARE_EARTHS,
    RECIPROCAL,
    TECH,
    US,
    VISAS,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SIGN_FIRST, Clause, Package
from tests.unit.model.records import TODAY

C = Clause
EVERY = {C.PROLONG, C.THREAT_OFF}
"""What every bundle known by its name holds, if it is to be had."""


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of a table in round numbers."""
    params.prohibitive_pp, params.horizon_days, params.concession_days = 50.0, 90, 30.0
    params.truce_residual_pp, params.truce_length_days = 10.0, 90
    params.relief_pp = params.fentanyl_tranche_pp = 10.0
    params.pledge_usd_bn_per_year, params.pledge_share = 40.0, [0.2] * 5
    params.strain_full_measures, params.comprehensive_share = 4.0, 0.75
    return params


@pytest.fixture
def table(state: State) -> State:
    """Returns a state in which every issue is on the table, with duties and controls on it."""
    state.issue_on = [True] * N_ISSUES
    state.duty_pp[US][RECIPROCAL] = state.duty_pp[CN][FULL_REPLY] = 34.0
    state.duty_pp[US][FENTANYL] = 20.0
    for side, instrument in ((US, TECH), (US, VISAS), (US, PORT_FEES), (CN, RARE_EARTHS)):
        state.control[side][instrument] = 2
    return state


def held(state: State) -> set[Clause]:
    """Returns the clauses in the bundle."""
    return {Clause(c) for c in range(N_CLAUSES) if state.offer[c] > 0.0}


@pytest.mark.parametrize(
    ("clauses", "name"),
    [
        ((C.PAUSE,), Package.TRUCE),
        ((C.PROLONG,), Package.EXTENSION),
        ((C.PROLONG, C.TECH), Package.SWAP),
        ((C.PAUSE, C.APP), Package.SWAP),
        ((C.TECH, C.FENTANYL_CUT, C.PRECURSORS), Package.FENTANYL),
        ((C.PRECURSORS, C.SOYBEANS), Package.PURCHASES),
        ((C.SOYBEANS, C.LICENCE, C.MINERALS), Package.INVESTMENT),
        ((C.RECIPROCAL_CUT, C.CN_CUT), Package.SWAP),
        ((C.RECIPROCAL_CUT, C.PAUSE), Package.TRUCE),
        ((C.CATCH_UP,), Package.PURCHASES),
    ],
)
def test_a_bundle_is_named_by_what_reaches_furthest(
    state: State, params: Params, clauses: tuple[Clause, ...], name: Package
) -> None:
    """Whatever else it holds; without any clause of a name it is a swap."""
    # Fails if the first or the last clause names it, or the order of codes is taken for reach.
    for clause in clauses:
        state.units[clause], state.offer[clause] = 1.0, 0.5

    assert bundle_name(state, params) == name


@pytest.mark.parametrize(("full", "name"), [(True, Package.COMPREHENSIVE), (False, Package.SWAP)])
def test_only_what_is_composed_as_one_is_comprehensive(
    state: State, params: Params, full: bool, name: Package
) -> None:
    """A bundle that meets every issue there is, from a full table."""
    # Fails if breadth alone makes a comprehensive deal.
    params.comprehensive_share, state.table_full = 0.75, full
    state.units[C.TECH] = state.offer[C.TECH] = 1.0

    assert bundle_name(state, params) == name


@pytest.mark.parametrize(
    ("package", "own"),
    [
        (Package.TRUCE, {C.PAUSE}),
        (Package.EXTENSION, set()),
        (Package.SWAP, {C.MINERALS, C.TECH, C.PORT_FEES}),
        (
            Package.PURCHASES,
            {
                C.SOYBEANS, C.FARM, C.ENERGY, C.AIRCRAFT, C.OTHER_GOODS, C.CATCH_UP,
                C.RECIPROCAL_CUT, C.BUYER_FREEZE,
            },
        ),
        (Package.FENTANYL, {C.FENTANYL_CUT, C.PRECURSORS}),
        (
            Package.INVESTMENT,
            {C.WHOLLY_OWNED, C.MINORITY_STAKE, C.LICENCE, C.RECIPROCAL_CUT},
        ),
        (Package.COMPREHENSIVE, set(Clause) - EVERY - {C.STRUCTURAL, C.TAIWAN}),
    ],
)  # fmt: skip
def test_a_name_stands_for_its_clauses(package: Package, own: set[Clause]) -> None:
    """Those of the name, what the articles pair with them, and what every bundle does."""
    # Fails if a clause is left out, or one that nobody gives is in a comprehensive deal.
    assert {clause for clause in Clause if belongs(package, clause)} == own | EVERY


def test_a_named_bundle_holds_what_is_to_be_had(table: State, params: Params) -> None:
    """A swap of what there is: one level of each control, and port fees; no pause is prolonged
    that is not in force."""
    # Fails if what is not to be had is offered, or something is left out.
    apply_named_bundle(table, params, Package.SWAP, forced=False)

    assert held(table) == {C.MINERALS, C.TECH, C.PORT_FEES}
    assert (table.units[C.TECH], table.table_rank, table.table_full) == (1.0, LEADERS, False)
    assert bundle_name(table, params) == Package.SWAP


def test_a_named_bundle_prolongs_a_pause_in_force(table: State, params: Params) -> None:
    """A swap during a pause keeps its name and prolongs it."""
    # Fails if only an extension prolongs.
    table.agreement, table.truce_ends_on = AGREEMENT_PAUSE, TODAY + 9
    apply_named_bundle(table, params, Package.SWAP, forced=False)

    assert held(table) == {C.PROLONG, C.MINERALS, C.TECH, C.PORT_FEES}
    assert bundle_name(table, params) == Package.SWAP


def test_a_named_comprehensive_deal_takes_all_levels(table: State, params: Params) -> None:
    """From a full table, which needs no pause; overcapacity and Taiwan stay out."""
    # Fails if one level is taken, or the table is not a full one.
    apply_named_bundle(table, params, Package.COMPREHENSIVE, forced=False)

    assert table.table_full
    assert (table.units[C.TECH], table.units[C.RECIPROCAL_CUT]) == (2.0, pytest.approx(3.4))
    assert not held(table) & {C.PAUSE, C.STRUCTURAL, C.TAIWAN}
    assert bundle_name(table, params) == Package.COMPREHENSIVE


def test_an_earlier_bundle_is_cleared_away(table: State, params: Params) -> None:
    """What was offered before is not on the table any more."""
    # Fails if offers pile up.
    table.offer[C.VISAS] = 1.0

    apply_named_bundle(table, params, Package.TRUCE, forced=False)

    assert held(table) == {C.PAUSE}


def test_a_forbidden_name_leaves_nothing_of_it(table: State, params: Params) -> None:
    """A ban takes the clauses off before they are offered."""
    # Fails if a ban does not reach named bundles.
    table.forbidden[CN][SIGN_FIRST + Package.TRUCE] = True

    apply_named_bundle(table, params, Package.TRUCE, forced=False)

    assert held(table) == set()
