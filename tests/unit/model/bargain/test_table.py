"""The bargaining table: issues, ranks, bans and enforcement decide what is to be had."""

from __future__ import annotations

import pytest

from sim.model.bargain.table import (
    apply_clause,
    clause_units,
    clause_usd_bn,
    is_forbidden,
    units_on_table,
)
from sim.model.tables.codes import (
    ACCORD_PHASE_ONE,
    CLAUSE_APP,
    CLAUSE_CN_CUT,
    CLAUSE_NORTH_KOREA,
    CLAUSE_SOYBEANS,
    CLAUSE_TECH,
    CN,
    FULL_REPLY,
    ISSUE_TECH,
    LEADERS,
    MINISTERS,
    N_ISSUES,
    PACKAGE_PURCHASES,
    PACKAGE_SWAP,
    PRICE_TECH,
    TECH,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SIGN_FIRST


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of a table in round numbers."""
    params.prohibitive_pp, params.catch_up_gap_min = 50.0, 0.25
    params.pledge_usd_bn_per_year, params.pledge_share = 40.0, [0.2] * 5
    return params


@pytest.fixture
def table(state: State) -> State:
    """Returns a state in which every issue is on the table, and leaders sit at it."""
    state.issue_on, state.table_rank = [True] * N_ISSUES, LEADERS
    state.control[US][TECH] = 2
    return state


def test_a_clause_is_looked_up_by_its_code(table: State, params: Params) -> None:
    """Units, price and effect are those of its row."""
    # Fails if another row is looked up.
    table.price_usd_bn[CN][PRICE_TECH] = 8.0

    assert clause_units(table, params, CLAUSE_TECH) == 1.0
    assert clause_usd_bn(table, params, CN, CLAUSE_TECH) == 8.0
    apply_clause(table, params, CLAUSE_TECH, 1.0)
    assert table.control[US][TECH] == 1


def test_an_issue_that_is_off_the_table_is_not_bargained_for(table: State, params: Params) -> None:
    """Technology is had while its own issue is on."""
    # Fails if the issue is not asked, or another's is.
    assert units_on_table(table, params, CLAUSE_TECH, forced=False) == 1.0
    table.issue_on[ISSUE_TECH] = False

    assert units_on_table(table, params, CLAUSE_TECH, forced=False) == 0.0
    assert units_on_table(table, params, CLAUSE_APP, forced=False) == 1.0


def test_ministers_leave_to_leaders_what_is_theirs(table: State, params: Params) -> None:
    """Help with North Korea waits for leaders, technology does not."""
    # Fails if the rank is not asked, or the comparison is turned.
    assert units_on_table(table, params, CLAUSE_NORTH_KOREA, forced=False) == 1.0
    table.table_rank = MINISTERS

    assert units_on_table(table, params, CLAUSE_NORTH_KOREA, forced=False) == 0.0
    assert units_on_table(table, params, CLAUSE_TECH, forced=False) == 1.0


@pytest.mark.parametrize("side", [US, CN])
def test_a_forbidden_name_takes_its_clauses_off(table: State, params: Params, side: int) -> None:
    """A ban on either side is enough; clauses of other names and of none stay."""
    # Fails if one side's ban does not count, or nameless clauses are barred too.
    table.duty_pp[CN][FULL_REPLY] = 34.0
    table.forbidden[side][SIGN_FIRST + PACKAGE_SWAP] = True

    assert is_forbidden(table, PACKAGE_SWAP)
    assert not is_forbidden(table, PACKAGE_PURCHASES)
    assert units_on_table(table, params, CLAUSE_TECH, forced=False) == 0.0
    assert units_on_table(table, params, CLAUSE_SOYBEANS, forced=False) == 1.0
    assert units_on_table(table, params, CLAUSE_CN_CUT, forced=False) == pytest.approx(3.4)


def test_those_who_want_2020_enforced_put_off_what_is_new(table: State, params: Params) -> None:
    """No pledge before China has caught up, or the gap is small; what is not new goes on (A10)."""
    # Fails if enforcement is not asked, bars old matters too, or never ends.
    table.enforcement_first = True
    table.pledged_usd_bn[ACCORD_PHASE_ONE][0] = 100.0
    assert units_on_table(table, params, CLAUSE_SOYBEANS, forced=False) == 0.0
    assert units_on_table(table, params, CLAUSE_NORTH_KOREA, forced=False) == 0.0
    assert units_on_table(table, params, CLAUSE_TECH, forced=False) == 1.0

    table.catch_up_usd_bn = 10.0
    assert units_on_table(table, params, CLAUSE_SOYBEANS, forced=False) == 1.0
    table.catch_up_usd_bn = 0.0
    table.delivered_usd_bn[ACCORD_PHASE_ONE][0] = 80.0
    assert units_on_table(table, params, CLAUSE_SOYBEANS, forced=False) == 1.0
    table.delivered_usd_bn[ACCORD_PHASE_ONE][0] = 0.0
    table.enforcement_first = False
    assert units_on_table(table, params, CLAUSE_SOYBEANS, forced=False) == 1.0
