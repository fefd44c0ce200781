"""Why an offer failed, in words and in numbers."""

from __future__ import annotations

import pytest

from sim.engine.refusals import reasons
from sim.model.tables.codes import (
    CLAUSE_AIRCRAFT,
    CLAUSE_ENERGY,
    CLAUSE_MINERALS,
    CLAUSE_SOYBEANS,
    CLAUSE_TECH,
    CN,
    LEADERS,
    MINISTERS,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


@pytest.fixture
def params() -> Params:
    """Parameters under which neither side asks for more than its floor, which is sharp."""
    params = Params()
    params.horizon_days, params.concession_days, params.reserve_softness = 90, 1e9, 0.01
    params.noise = [1.0, 1.0]
    return params


@pytest.fixture
def state() -> State:
    """An offer of four clauses that China gives for one."""
    state = State()
    state.table_rank, state.mandate = LEADERS, [1.0, 1.0]
    losses = {
        CLAUSE_SOYBEANS: -0.1, CLAUSE_ENERGY: -0.4, CLAUSE_AIRCRAFT: -0.2, CLAUSE_MINERALS: -0.3,
        CLAUSE_TECH: 0.5,
    }  # fmt: skip
    for clause, gain in losses.items():
        state.offer[clause], state.gain[CN][clause], state.gain[US][clause] = 1.0, gain, -gain
    return state


def test_a_bundle_below_the_floor_names_the_clauses_that_cost_most(
    state: State, params: Params
) -> None:
    """Three of them, the worst first; the worth is counted from the least that each accepts."""
    # Fails if gains are listed, the order turned, or a reserve left out.
    state.reserve = [0.25, -0.1]
    lines = reasons(state, params, CN)

    assert lines[0].startswith(
        "worth -0.40 to Beijing and +0.25 to Washington: less than Beijing accepts (odds of a yes 0"
    )
    assert lines[1] == (
        "too dear to Beijing: a pledge to buy energy -0.40, more rare-earth licences -0.30, "
        "a pledge to buy aircraft -0.20"
    )


def test_a_side_that_gains_may_hold_out_for_more(state: State, params: Params) -> None:
    """Or lack the mandate, or say no against the odds."""
    state.reserve, state.threat_open, state.threat_deadline = [0.0, -1.0], True, state.day + 30
    params.concession_days, params.aspiration = 30.0, [0.0, 9.0]
    assert "Beijing holds out for +" in reasons(state, params, CN)[0]
    params.aspiration = [0.0, 0.0]
    assert "no to what it would mostly take" in reasons(state, params, CN)[0]
    state.table_rank, state.mandate = MINISTERS, [1.0, 0.5]
    assert "more than its ministers have a mandate to sign" in reasons(state, params, CN)[0]


def test_what_costs_next_to_nothing_is_not_called_dear(state: State, params: Params) -> None:
    """There is then one line."""
    state.offer = [0.0] * len(state.offer)
    state.offer[CLAUSE_SOYBEANS], state.gain[US][CLAUSE_SOYBEANS] = 1.0, -0.04

    assert len(reasons(state, params, US)) == 1
