"""Outcomes of information, read from states whose values are worked out by hand."""

from __future__ import annotations

import math

from sim.model.outcomes.information import INFORMATION_OUTCOMES
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Opening
from tests.unit.model.records import TODAY

ROWS = {row.name: row for row in INFORMATION_OUTCOMES}


def read(state: State, params: Params, name: str) -> float:
    """Returns the value of an outcome."""
    return float(ROWS[name].read(state, params))


def test_beliefs_are_read_side_by_side(state: State, params: Params) -> None:
    """Each side's belief of the other's floor, its spread and how far it is off."""
    # Fails if the sides are mixed up, or variance is taken for spread.
    state.belief_mean, state.belief_var, state.reserve = [1.0, -1.0], [4.0, 9.0], [2.0, 0.5]

    assert read(state, params, "us_belief_floor") == 1.0
    assert read(state, params, "cn_belief_floor") == -1.0
    assert read(state, params, "us_belief_spread") == 2.0
    assert read(state, params, "cn_belief_spread") == 3.0
    assert read(state, params, "us_belief_error") == 0.5
    assert read(state, params, "cn_belief_error") == 3.0


def test_the_opening_bid_has_a_stage_and_a_day(state: State, params: Params) -> None:
    """No day before it is tabled; delegations are counted."""
    # Fails if a day of 0 is a number, or another count is read.
    state.opening, state.tabled_day, state.delegations = Opening.WITHHELD, 0, 2
    assert read(state, params, "opening_bid") == Opening.WITHHELD
    assert math.isnan(read(state, params, "opening_bid_day"))
    assert read(state, params, "delegations") == 2.0
    state.tabled_day = TODAY
    assert read(state, params, "opening_bid_day") == TODAY
