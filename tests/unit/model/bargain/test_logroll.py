"""Logrolling: what is laid out, what is given away for what, and when a deal is comprehensive."""

from __future__ import annotations

import pytest

from sim.model.bargain.logroll import (
    apply_aim,
    apply_proposal,
    apply_table,
    is_comprehensive,
    value_to,
)
from sim.model.tables.codes import (
    CLAUSE_APP,
    CLAUSE_CN_CUT,
    CLAUSE_FENTANYL_CUT,
    CLAUSE_MINERALS,
    CLAUSE_PAUSE,
    CLAUSE_RECIPROCAL_CUT,
    CLAUSE_STRUCTURAL,
    CLAUSE_TAIWAN,
    CLAUSE_TECH,
    CLAUSE_UKRAINE,
    CN,
    FENTANYL,
    FULL_REPLY,
    ISSUE_FENTANYL,
    ISSUE_RARE_EARTHS,
    ISSUE_RELIEF,
    ISSUE_TARIFFS,
    ISSUE_TECH,
    LEADERS,
    MINISTERS,
    N_ISSUES,
    PACKAGE_COMPREHENSIVE,
    RARE_EARTHS,
    RECIPROCAL,
    TECH,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SIGN_FIRST
from tests.unit.model.bargain.tables import calmed, demand, in_round_numbers, lay


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of a table in round numbers."""
    return in_round_numbers(params)


@pytest.fixture
def calm(state: State) -> State:
    """Returns a state in which only the clauses count."""
    return calmed(state)


# ------------------------------------------------------------------------------------ the table


def test_the_table_holds_units_gains_and_beliefs(calm: State, params: Params) -> None:
    """Both sides' true gains, and what the proposer believes of the other's; nothing is offered."""
    # Fails if gains of the two are exchanged, or an old offer stays.
    calm.issue_on[ISSUE_TECH], calm.control[US][TECH] = True, 3
    params.clause_settles[CLAUSE_TECH] = 0.25
    params.issue_weight[US][ISSUE_TECH], params.issue_weight[CN][ISSUE_TECH] = -4.0, 8.0
    calm.offer[CLAUSE_TECH] = 1.0

    apply_table(calm, params, US, LEADERS, False, forced=False)
    assert (calm.units[CLAUSE_TECH], calm.offer[CLAUSE_TECH]) == (1.0, 0.0)
    assert [calm.gain[side][CLAUSE_TECH] for side in (US, CN)] == [-1.0, 2.0]
    assert calm.believed[CLAUSE_TECH] == 2.0
    assert calm.units[CLAUSE_MINERALS] == 0.0

    apply_table(calm, params, CN, MINISTERS, True, forced=False)
    assert (calm.units[CLAUSE_TECH], calm.believed[CLAUSE_TECH]) == (3.0, -3.0)
    assert (calm.table_rank, calm.table_full) == (MINISTERS, True)


def test_the_demand_leaves_out_the_mood(calm: State, params: Params) -> None:
    """What the other gains by any signature need not come from clauses."""
    # Fails if the proposer's own mood is taken off, or it is added.
    params.gain_pressure, calm.pressure = 1.0, [9.0, 0.5]
    params.pressure_rest = [[0.0] * 4, [0.0] * 4]
    demand(calm, 2.0)

    apply_aim(calm, params, US, 1.0)
    assert calm.table_demand == pytest.approx(1.5)
    apply_aim(calm, params, US, 0.0)
    assert calm.table_demand == pytest.approx(-0.5)


# --------------------------------------------------------------------------- comprehensive deals


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        ((CLAUSE_TECH, CLAUSE_MINERALS, CLAUSE_APP), True),
        ((CLAUSE_TECH, CLAUSE_MINERALS), False),
        ((CLAUSE_TECH, CLAUSE_MINERALS, CLAUSE_STRUCTURAL, CLAUSE_TAIWAN), False),
    ],
)
def test_a_comprehensive_deal_meets_three_issues_in_four(
    calm: State, params: Params, offered: tuple[int, ...], expected: bool
) -> None:
    """Of technology, minerals, the app and markets, those that never settle aside (F7)."""
    # Fails if overcapacity or Taiwan count, or the share is not reached exactly.
    calm.table_full = True
    for clause in (
        CLAUSE_TECH, CLAUSE_MINERALS, CLAUSE_APP, CLAUSE_UKRAINE, CLAUSE_STRUCTURAL, CLAUSE_TAIWAN,
    ):  # fmt: skip
        calm.units[clause] = 1.0
    for clause in offered:
        calm.offer[clause] = 1.0

    assert is_comprehensive(calm, params) is expected
    calm.forbidden[CN][SIGN_FIRST + PACKAGE_COMPREHENSIVE] = True
    assert not is_comprehensive(calm, params)
    calm.forbidden[CN][SIGN_FIRST + PACKAGE_COMPREHENSIVE] = False
    calm.table_full = False
    assert not is_comprehensive(calm, params)


def test_several_clauses_of_an_issue_meet_it_once(calm: State, params: Params) -> None:
    """One of two clauses is enough for its issue; an empty table is no deal."""
    # Fails if clauses are counted instead of issues.
    calm.table_full = True
    assert not is_comprehensive(calm, params)
    calm.units[CLAUSE_PAUSE] = calm.units[CLAUSE_CN_CUT] = 1.0
    calm.offer[CLAUSE_CN_CUT] = 1.0

    assert is_comprehensive(calm, params)


@pytest.fixture
def grand(calm: State, params: Params) -> State:
    """Returns a state of duties and controls on both sides that leaders could all end."""
    calm.issue_on = [False] * N_ISSUES
    for issue in (ISSUE_TARIFFS, ISSUE_RELIEF, ISSUE_FENTANYL, ISSUE_TECH, ISSUE_RARE_EARTHS):
        calm.issue_on[issue] = True
    calm.threat_open = False
    calm.precursor_action = True
    calm.duty_pp[US][FENTANYL], calm.duty_pp[US][RECIPROCAL] = 20.0, 10.0
    calm.duty_pp[CN][FULL_REPLY] = 10.0
    calm.control[US][TECH] = calm.control[CN][RARE_EARTHS] = 2
    for clause in (CLAUSE_TECH, CLAUSE_MINERALS, CLAUSE_RECIPROCAL_CUT, CLAUSE_FENTANYL_CUT):
        params.clause_settles[clause] = 0.5
    params.issue_weight[US][ISSUE_RARE_EARTHS] = params.issue_weight[CN][ISSUE_TECH] = 2.0
    params.issue_weight[US][ISSUE_TECH] = params.issue_weight[CN][ISSUE_RARE_EARTHS] = -1.0
    params.issue_weight[CN][ISSUE_RELIEF] = 1.0
    demand(calm, 0.25)
    return calm


@pytest.mark.parametrize(
    ("rank", "relief", "full"),
    [
        (LEADERS, -0.1, True),  # one more level of each is worth more than the cuts cost
        (LEADERS, -1.1, False),  # it is still worth something, but less than one level of each
        (LEADERS, -2.0, False),  # the cuts cost more than all it brings
        (MINISTERS, -0.1, False),
    ],
)
def test_leaders_weigh_everything_against_less(
    grand: State, params: Params, rank: int, relief: float, full: bool
) -> None:
    """Ministers never table a comprehensive deal; leaders if it is worth more to them."""
    # Fails if the larger deal always wins, or ministers compose it.
    params.issue_weight[US][ISSUE_RELIEF] = relief

    apply_proposal(grand, params, US, rank)

    assert grand.table_full is full
    assert is_comprehensive(grand, params) is full
    assert grand.units[CLAUSE_MINERALS] == (2.0 if full else 1.0)


def test_a_bundle_is_worth_what_is_beyond_the_reserve(calm: State, params: Params) -> None:
    """Gains and prestige, less the proposer's own reservation value."""
    # Fails if a part is left out, or the other's reserve is taken.
    lay(calm, CLAUSE_APP, 1.0, 0.0)
    calm.offer[CLAUSE_APP], calm.reserve, calm.table_rank = 1.0, [0.25, 9.0], LEADERS
    params.landmark_bonus, params.landmark_share[CLAUSE_APP] = [2.0, 0.0], 0.5

    assert value_to(calm, params, US) == 1.75
