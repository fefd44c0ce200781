"""Offers made when leaders met: for how long they bind, and to what."""

from __future__ import annotations

import pytest

from sim.model.bargain.standing_offer import (
    apply_left_standing,
    apply_offer_refused,
    apply_standing_offer,
    offer_stands,
)
from sim.model.tables.codes import (
    CLAUSE_FENTANYL_CUT,
    CLAUSE_MINERALS,
    CLAUSE_PORT_FEES,
    CLAUSE_SOYBEANS,
    CLAUSE_TECH,
    CLAUSE_THREAT_LATER,
    CLAUSE_THREAT_OFF,
    CN,
    LEADERS,
    MINISTERS,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters under which an offer binds for 14 days."""
    params.offer_stands_days = 14
    return params


@pytest.fixture
def state(state: State) -> State:
    """Returns a state in which China offered minerals for relief on technology today."""
    state.offer[CLAUSE_MINERALS] = state.offer[CLAUSE_TECH] = 1.0
    apply_left_standing(state, CN)
    state.offer[CLAUSE_MINERALS] = state.offer[CLAUSE_TECH] = 0.0
    for clause in (CLAUSE_MINERALS, CLAUSE_TECH, CLAUSE_SOYBEANS, CLAUSE_PORT_FEES):
        state.units[clause] = 1.0
    return state


def test_an_offer_binds_its_side_for_some_days(state: State, params: Params) -> None:
    """To the last day, and not the side that made none."""
    state.day = TODAY + 14
    assert offer_stands(state, params, CN)
    assert not offer_stands(state, params, US)
    state.day = TODAY + 15
    assert not offer_stands(state, params, CN)


def test_a_signature_or_a_hostile_act_ends_it(state: State, params: Params) -> None:
    """What the other side did before the meeting does not, nor does what its own side does."""
    state.day = TODAY + 2
    state.cause_day = [TODAY + 1, TODAY]
    assert offer_stands(state, params, CN)
    state.cause_day[CN] = TODAY + 1
    assert not offer_stands(state, params, CN)
    state.cause_day[CN], state.last_signed_day = 0, TODAY
    assert not offer_stands(state, params, CN)


def test_nothing_is_taken_back_and_nothing_new_is_asked(state: State, params: Params) -> None:
    """What China would give stays on the table and what it did not ask for goes; a clause that
    both would carry out is free."""
    state.offer[CLAUSE_FENTANYL_CUT] = state.offer[CLAUSE_TECH] = 1.0
    state.offer[CLAUSE_PORT_FEES], state.offer[CLAUSE_SOYBEANS] = 1.0, 1.0
    apply_standing_offer(state, params, CN)
    assert state.offer[CLAUSE_MINERALS] == 1.0
    assert state.offer[CLAUSE_FENTANYL_CUT] == 0.0
    assert state.offer[CLAUSE_TECH] == state.offer[CLAUSE_PORT_FEES] == 1.0
    assert state.offer[CLAUSE_SOYBEANS] == 1.0


def test_what_is_not_to_be_had_is_not_offered(state: State, params: Params) -> None:
    """At the rank of those who meet."""
    state.units[CLAUSE_MINERALS] = 0.0
    apply_standing_offer(state, params, CN)
    assert state.offer[CLAUSE_MINERALS] == 0.0


def test_an_offer_that_has_lapsed_binds_nobody(state: State, params: Params) -> None:
    """The bundle stays as it was composed."""
    state.day = TODAY + 15
    state.offer[CLAUSE_FENTANYL_CUT] = 1.0
    apply_standing_offer(state, params, CN)
    assert state.offer[CLAUSE_MINERALS] == 0.0
    assert state.offer[CLAUSE_FENTANYL_CUT] == 1.0


def test_ministers_put_off_the_threat_that_leaders_would_withdraw(
    state: State, params: Params
) -> None:
    """A withdrawal is not theirs to sign."""
    state.offer[CLAUSE_THREAT_OFF] = 1.0
    apply_left_standing(state, US)
    state.units[CLAUSE_THREAT_OFF], state.units[CLAUSE_THREAT_LATER] = 0.0, 1.0
    state.offer[CLAUSE_THREAT_OFF] = 0.0
    apply_standing_offer(state, params, US)
    assert state.offer[CLAUSE_THREAT_LATER] == 1.0


@pytest.mark.parametrize(("rank", "stands"), [(MINISTERS, False), (LEADERS, True)])
def test_what_leaders_turn_down_is_left_standing(
    state: State, params: Params, rank: int, stands: bool
) -> None:
    """Ministers only remember that an offer was turned down."""
    # Fails if the rank is not asked for, or the day is not kept.
    state.table_rank = rank
    apply_offer_refused(state, US)

    assert state.refused_day == TODAY
    assert offer_stands(state, params, US) is stands
