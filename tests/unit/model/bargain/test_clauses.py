"""The rows of clauses: who gives, who minds, when each is to be had, and what signing it does."""

from __future__ import annotations

import pytest

from sim.model.bargain.clauses import (
    CLAUSE_ROWS,
    CLAUSES,
    DIVISIBLE,
    GIVER,
    GUARD,
    IS_NEW,
    LOWEST_RANK,
    NAME,
    REACH,
    ClauseRow,
    no_worth,
    nothing,
)
from sim.model.tables.codes import (
    ACCORD_NEW,
    ACCORD_PHASE_ONE,
    AGREEMENT_PAUSE,
    BUYER_FREEZE,
    CN,
    ENTITIES,
    FENTANYL,
    FULL_REPLY,
    INBOUND_LIMITS,
    LEADERS,
    MINISTERS,
    OUTBOUND_LIMITS,
    PARTIAL_REPLY,
    PRICE_PRECURSORS,
    PRICE_US_BROAD_CUT,
    PROBES,
    RARE_EARTHS,
    RECIPROCAL,
    TECH,
    US,
    VISAS,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Category, Clause, Issue, Package, Rank, Side
from tests.unit.model.records import TODAY, changed

CONTROLS = [
    (Clause.MINERALS, CN, RARE_EARTHS, True),
    (Clause.TECH, US, TECH, False),
    (Clause.VISAS, US, VISAS, False),
    (Clause.US_LISTINGS, US, ENTITIES, True),
    (Clause.CN_LISTINGS, CN, ENTITIES, True),
    (Clause.PROBES, CN, PROBES, False),
    (Clause.INBOUND, US, INBOUND_LIMITS, False),
    (Clause.OUTBOUND, US, OUTBOUND_LIMITS, False),
    (Clause.BUYER_FREEZE, CN, BUYER_FREEZE, False),
]
"""Clauses that ease a control: whose, which, and whether it is only suspended."""

PURCHASES = [
    (Clause.SOYBEANS, Category.SOYBEANS),
    (Clause.FARM, Category.FARM),
    (Clause.ENERGY, Category.ENERGY),
    (Clause.AIRCRAFT, Category.AIRCRAFT),
    (Clause.OTHER_GOODS, Category.OTHER),
]
STRUCTURES = {Clause.WHOLLY_OWNED, Clause.MINORITY_STAKE, Clause.LICENCE}


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of clauses in round numbers."""
    params.prohibitive_pp, params.control_max_level = 50.0, 4
    params.truce_residual_pp, params.truce_length_days = 10.0, 90
    params.pledge_usd_bn_per_year, params.pledge_share = 40.0, [0.2] * 5
    params.relief_pp = params.fentanyl_tranche_pp = 10.0
    return params


def sign(state: State, params: Params, clause: Clause, amount: float) -> set[str]:
    """Carries a clause out and returns the fields it changed."""
    return changed(state, lambda: CLAUSE_ROWS[clause].effect(state, params, amount))


def units(state: State, params: Params, clause: Clause) -> float:
    """Returns the units of a clause its row gives."""
    return CLAUSE_ROWS[clause].units(state, params)


# -------------------------------------------------------------------------------------- the table


def test_the_columns_of_rules_are_those_of_the_rows() -> None:
    """Plain numbers in the order of the codes; -1 where nobody gives or minds, or no name is."""
    # Fails if a tuple is out of order, or None is taken for side 0.
    for row in CLAUSES:
        assert GIVER[row.clause] == (-1 if row.giver is None else row.giver)
        assert GUARD[row.clause] == (-1 if row.guard is None else row.guard)
        assert NAME[row.clause] == (-1 if row.package is None else row.package)
        assert LOWEST_RANK[row.clause] == row.lowest_rank
        assert (DIVISIBLE[row.clause], IS_NEW[row.clause]) == (row.divisible, row.is_new)
    assert len(GIVER) == len(GUARD) == len(NAME) == len(CLAUSES) == len(Clause)


def test_names_reach_from_a_truce_to_everything() -> None:
    """Each name has a place of its own in the order; a purchase deal outreaches fentanyl."""
    # Fails if two names share a place, or their order is that of the codes.
    order = sorted(Package, key=lambda package: REACH[package])

    assert order == [
        Package.TRUCE, Package.EXTENSION, Package.SWAP, Package.FENTANYL, Package.PURCHASES,
        Package.INVESTMENT, Package.COMPREHENSIVE,
    ]  # fmt: skip
    assert sorted(REACH) == list(range(len(Package)))


def test_only_duties_divide() -> None:
    """Points can be split, licences and contracts cannot."""
    # Fails if a control or a pledge is split, or a cut is not.
    assert {row.clause for row in CLAUSES if row.divisible} == {
        Clause.RECIPROCAL_CUT, Clause.FENTANYL_CUT, Clause.CN_CUT,
    }  # fmt: skip


def test_what_is_new_waits_for_enforcement() -> None:
    """Pledges, investment and high politics are new; duties, controls and old debts are not."""
    # Fails if an old matter is put off, or a new one is not (A10).
    new = {Clause(row.clause).issue for row in CLAUSES if row.is_new}

    assert new == {
        Issue.PURCHASES, Issue.INVESTMENT, Issue.NUCLEAR, Issue.NORTH_KOREA, Issue.UKRAINE,
        Issue.DOLLAR, Issue.MARKETS, Issue.OVERCAPACITY,
    }  # fmt: skip
    assert not IS_NEW[Clause.CATCH_UP]
    assert not IS_NEW[Clause.BUYER_FREEZE]


def test_investment_is_given_by_china_and_contested_in_the_us() -> None:
    """Else who minds a clause is who gives it, or both give it."""
    # Fails if China's groups are made to mind its own offer of money.
    for row in CLAUSES:
        if row.clause in STRUCTURES | {Clause.UKRAINE}:
            assert (row.giver, row.guard) == (Side.CN, Side.US)
        elif row.giver is not None and row.guard is not None:
            assert row.guard == row.giver


@pytest.mark.parametrize("clause", sorted(STRUCTURES | {Clause.TAIWAN, Clause.NUCLEAR}))
def test_high_politics_and_money_need_leaders(clause: Clause) -> None:
    """Ministers cannot sign them."""
    # Fails if the rank is lowered.
    assert CLAUSE_ROWS[clause].lowest_rank == Rank.LEADERS


# ----------------------------------------------------------------------------------------- duties


def test_a_pause_and_its_prolongation_exclude_each_other(state: State, params: Params) -> None:
    """Before a pause the one is to be had, during it the other; each does what it says."""
    # Fails if rows are exchanged, or both are to be had.
    state.duty_pp[US][RECIPROCAL] = state.duty_pp[CN][FULL_REPLY] = 34.0
    state.pause_days, state.table_rank = 90, LEADERS
    assert (units(state, params, Clause.PAUSE), units(state, params, Clause.PROLONG)) == (1.0, 0.0)
    sign(state, params, Clause.PAUSE, 1.0)

    assert (state.agreement, state.truce_ends_on) == (AGREEMENT_PAUSE, TODAY + 90)
    assert state.duty_pp[US][RECIPROCAL] == state.duty_pp[CN][FULL_REPLY] == 10.0
    assert (units(state, params, Clause.PAUSE), units(state, params, Clause.PROLONG)) == (0.0, 1.0)
    sign(state, params, Clause.PROLONG, 1.0)
    assert state.truce_ends_on == TODAY + 180


def test_cuts_are_carried_out_in_tens_of_points(state: State, params: Params) -> None:
    """Half a unit is five points, off the duty of its row alone."""
    # Fails if units are taken for points, or another layer or side is cut.
    state.duty_pp[US][FENTANYL], state.duty_pp[US][RECIPROCAL] = 20.0, 30.0
    state.duty_pp[CN][FULL_REPLY] = 34.0

    sign(state, params, Clause.RECIPROCAL_CUT, 0.5)
    sign(state, params, Clause.FENTANYL_CUT, 0.2)
    sign(state, params, Clause.CN_CUT, 1.0)

    assert (state.duty_pp[US][RECIPROCAL], state.duty_pp[US][FENTANYL]) == (25.0, 18.0)
    assert state.duty_pp[CN][FULL_REPLY] == 24.0


def test_lists_are_to_be_had_while_they_cover_goods(state: State, params: Params) -> None:
    """One unit, gone once they end."""
    # Fails if coverage is not asked.
    assert units(state, params, Clause.CN_LISTS) == 0.0
    state.coverage[CN][PARTIAL_REPLY], state.duty_pp[CN][PARTIAL_REPLY] = 0.1, 15.0
    assert units(state, params, Clause.CN_LISTS) == 1.0
    sign(state, params, Clause.CN_LISTS, 1.0)
    assert units(state, params, Clause.CN_LISTS) == 0.0


@pytest.mark.parametrize(
    ("rank", "withdrawn", "later"), [(LEADERS, 1.0, 0.0), (MINISTERS, 0.0, 1.0)]
)
def test_leaders_withdraw_a_threat_and_ministers_put_it_off(
    state: State, params: Params, rank: int, withdrawn: float, later: float
) -> None:
    """One or the other, while a threat is open under a pause, without which a pause would hold it
    back; a delay is worth its share of a withdrawal."""
    # Fails if both are to be had, or a delay is worth as much.
    state.table_rank, state.agreement = rank, AGREEMENT_PAUSE
    assert units(state, params, Clause.THREAT_OFF) == units(state, params, Clause.THREAT_LATER) == 0
    state.threat_open, state.threat_pp = True, 100.0
    state.reputation_kept, state.reputation_broken = 1.0, 0.0
    state.price_usd_bn[CN][PRICE_US_BROAD_CUT], params.threat_later_share = 2.0, 0.25

    assert units(state, params, Clause.THREAT_OFF) == withdrawn
    assert units(state, params, Clause.THREAT_LATER) == later
    assert CLAUSE_ROWS[Clause.THREAT_OFF].usd_bn(state, params, CN) == 20.0
    assert CLAUSE_ROWS[Clause.THREAT_LATER].usd_bn(state, params, CN) == 5.0


def test_a_threat_put_off_stays_open_and_one_withdrawn_does_not(
    state: State, params: Params
) -> None:
    """A later deadline, or none."""
    # Fails if effects are exchanged.
    state.threat_open, state.threat_deadline = True, TODAY + 2
    sign(state, params, Clause.THREAT_LATER, 1.0)
    assert state.threat_open
    assert state.threat_deadline != TODAY + 2
    sign(state, params, Clause.THREAT_OFF, 1.0)
    assert not state.threat_open


# --------------------------------------------------------------------------------------- controls


@pytest.mark.parametrize(("clause", "side", "instrument", "suspended"), CONTROLS)
def test_a_control_is_eased_by_its_own_clause(
    state: State, params: Params, clause: Clause, side: int, instrument: int, suspended: bool
) -> None:
    """One level a time, on its side alone; only what can be switched on again is suspended."""
    # Fails if rows are exchanged, or a suspension is for good.
    row = CLAUSE_ROWS[clause]
    assert row.giver == side
    assert units(state, params, clause) == 0.0
    state.agreement, state.truce_ends_on = AGREEMENT_PAUSE, TODAY + 9
    state.control = [[3] * 6, [3] * 6]
    # A pledge that is to be had would end a halt to purchases by itself; here one is running.
    state.accord_signed = TODAY
    assert units(state, params, clause) == 1.0

    sign(state, params, clause, 1.0)

    assert state.control[side][instrument] == 2
    assert sum(map(sum, state.control)) == 35
    assert state.suspended_control[side][instrument] == int(suspended)


def test_port_fees_of_both_sides_are_one_clause(state: State, params: Params) -> None:
    """Both give, and nobody minds."""
    # Fails if it is made one side's.
    row = CLAUSE_ROWS[Clause.PORT_FEES]

    assert (row.giver, row.guard) == (None, None)


# ------------------------------------------------------------------------ purchases, investment


@pytest.mark.parametrize(("clause", "category"), PURCHASES)
def test_a_pledge_is_of_the_category_of_its_clause(
    state: State, params: Params, clause: Clause, category: Category
) -> None:
    """A fifth of 40 billion, in one column of the ledger."""
    # Fails if rows are exchanged.
    assert units(state, params, clause) == 1.0

    sign(state, params, clause, 1.0)

    expected = [8.0 if each == category else 0.0 for each in Category]
    assert state.pledged_usd_bn[ACCORD_NEW] == expected
    assert units(state, params, clause) == 0.0


@pytest.mark.parametrize("clause", sorted(STRUCTURES))
def test_a_structure_is_signed_as_itself(state: State, params: Params, clause: Clause) -> None:
    """It goes to the review under its own code."""
    # Fails if rows are exchanged.
    state.table_structure = clause
    assert units(state, params, clause) == 1.0

    sign(state, params, clause, 1.0)

    assert (state.structure_signed, state.approval_structure) == (clause, clause)


def test_catch_up_makes_up_for_2020(state: State, params: Params) -> None:
    """Ten of a hundred missing billion, asked for by those who want the accord enforced."""
    # Fails if the new ledger is filled, or nobody has to ask.
    params.catch_up_usd_bn = 10.0
    state.pledged_usd_bn[ACCORD_PHASE_ONE][0] = 100.0
    assert units(state, params, Clause.CATCH_UP) == 0.0
    state.enforcement_first = True
    assert units(state, params, Clause.CATCH_UP) == 1.0

    sign(state, params, Clause.CATCH_UP, 1.0)

    assert state.delivered_usd_bn[ACCORD_PHASE_ONE][0] == 10.0


# --------------------------------------------------------------------------------------- politics


def test_action_on_precursors_is_to_be_had_once(state: State, params: Params) -> None:
    """China acts; its price is the trade model's, which knows no amount."""
    # Fails if it can be given twice.
    state.price_usd_bn[US][PRICE_PRECURSORS] = 3.0
    assert units(state, params, Clause.PRECURSORS) == 1.0
    assert CLAUSE_ROWS[Clause.PRECURSORS].usd_bn(state, params, US) == 3.0

    assert sign(state, params, Clause.PRECURSORS, 1.0) == {"precursor_action", "softened_day"}
    assert units(state, params, Clause.PRECURSORS) == 0.0


@pytest.mark.parametrize(
    "clause",
    [
        Clause.APP, Clause.NUCLEAR, Clause.NORTH_KOREA, Clause.UKRAINE, Clause.DOLLAR,
        Clause.MARKET_OPENING, Clause.SECRETS, Clause.STRUCTURAL, Clause.TAIWAN,
    ],
)  # fmt: skip
def test_what_is_said_once_is_not_said_again(state: State, params: Params, clause: Clause) -> None:
    """Each by its own day; the trade model makes nothing of it."""
    # Fails if a row looks at another's day.
    state.clause_day = [TODAY] * len(Clause)
    assert units(state, params, clause) == 0.0
    state.clause_day[clause] = 0

    assert units(state, params, clause) == 1.0
    assert CLAUSE_ROWS[clause].usd_bn is no_worth
    assert no_worth(state, params, US) == 0.0


def test_words_alone_change_nothing(state: State, params: Params) -> None:
    """Only what every signature does follows from a promise; Taiwan moves Congress."""
    # Fails if a promise is given an effect without a test of it.
    silent = {row.clause for row in CLAUSES if row.effect is nothing}

    assert silent == {
        Clause.APP, Clause.NUCLEAR, Clause.NORTH_KOREA, Clause.UKRAINE, Clause.DOLLAR,
        Clause.MARKET_OPENING, Clause.SECRETS, Clause.STRUCTURAL,
    }  # fmt: skip
    assert changed(state, lambda: nothing(state, params, 1.0)) == set()


@pytest.mark.parametrize("row", CLAUSES, ids=lambda row: row.clause.name)
def test_what_is_refused_does_not_depend_on_who_refuses(row: ClauseRow) -> None:
    """Either side may refuse a clause, so its noun says whose duties, lists or controls are
    meant; and texts are joined by commas, so that they hold none."""
    assert not {"its", "own", "their"} & {*row.noun.split()}
    assert not {",", ":", ";"} & {*row.text.replace("{size:.0f}", ""), *row.noun}


def test_what_firms_do_is_not_told_of_a_government() -> None:
    """Beijing has its firms invest; it does not license technology itself."""
    for clause in (Clause.WHOLLY_OWNED, Clause.MINORITY_STAKE, Clause.LICENCE):
        assert CLAUSE_ROWS[clause].text.startswith("has its firms ")
