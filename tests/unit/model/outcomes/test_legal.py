"""Outcomes of the law: each row reads what it says."""

from __future__ import annotations

import math

import pytest

from sim.model.outcomes.legal import LEGAL_OUTCOMES
from sim.model.tables.codes import (
    BY_S338,
    CASE_STRUCK,
    CN,
    FENTANYL,
    FULL_REPLY,
    RECIPROCAL,
    S301,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Authority, ChinaLayer, Layer
from tests.unit.model.records import TODAY

ROWS = {row.name: row for row in LEGAL_OUTCOMES}


@pytest.fixture
def state(state: State) -> State:
    """Returns a state with three duties: the lists, fentanyl, and a reciprocal one."""
    state.duty_pp[US][S301], state.coverage[US][S301] = 26.0, 0.5
    state.duty_pp[US][FENTANYL], state.coverage[US][FENTANYL] = 20.0, 1.0
    state.duty_pp[US][RECIPROCAL], state.coverage[US][RECIPROCAL] = 10.0, 0.5
    return state


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("us_duty_pp[s301]", 26.0),
        ("us_duty_pp[fentanyl]", 20.0),
        ("us_duty_pp[reciprocal]", 10.0),
        ("us_duty_pp[threatened]", 0.0),
        ("cn_duty_pp[s301_reply]", 8.0),
        ("cn_duty_pp[partial_reply]", 0.0),
        ("cn_duty_pp[full_reply]", 12.0),
        ("us_duty_avg_pp[s301]", 13.0),
        ("us_duty_avg_pp[emergency]", 25.0),
        ("us_duty_avg_pp[s122]", 0.0),
        ("emergency_duties_in_force", 1.0),
        ("emergency_paid_usd_bn", 40.0),
        ("court_refund_usd_bn", 32.0),
        ("court_decision_day", float(TODAY)),
        ("court_case", float(CASE_STRUCK)),
        ("us_reciprocal_authority", 0.0),
    ],
)
def test_rows_read_the_state(state: State, params: Params, name: str, expected: float) -> None:
    """Rates by layer, averages by authority, and what became of the case."""
    # Fails if a row reads another layer, authority or field.
    state.emergency_paid_usd_bn, state.refund_usd_bn = 40.0, 32.0
    state.court_case, state.court_ruled = CASE_STRUCK, TODAY
    state.duty_pp[CN][S301], state.duty_pp[CN][FULL_REPLY] = 8.0, 12.0

    assert float(ROWS[name].read(state, params)) == expected


def test_an_authority_takes_its_layer_along(state: State, params: Params) -> None:
    """A reciprocal duty under section 338 counts there; fentanyl alone is in force as before."""
    # Fails if averages are read by layer.
    state.authority[RECIPROCAL] = BY_S338

    assert ROWS["us_duty_avg_pp[s338]"].read(state, params) == 5.0
    assert ROWS["us_duty_avg_pp[emergency]"].read(state, params) == 20.0
    assert ROWS["us_reciprocal_authority"].read(state, params) == BY_S338
    state.duty_pp[US][FENTANYL] = 0.0
    assert ROWS["emergency_duties_in_force"].read(state, params) == 0.0


def test_a_case_without_ruling_has_no_day(state: State, params: Params) -> None:
    """The day is missing, not 0."""
    # Fails if 0 is read as a day.
    assert math.isnan(ROWS["court_decision_day"].read(state, params))


def test_every_layer_and_every_authority_has_its_row() -> None:
    """Six of each, and China's three layers."""
    # Fails if a layer or an authority is left out.
    assert {name for name in ROWS if name.startswith("us_duty_pp")} == {
        f"us_duty_pp[{layer.name.lower()}]" for layer in Layer
    }
    assert {name for name in ROWS if name.startswith("cn_duty_pp")} == {
        f"cn_duty_pp[{layer.name.lower()}]" for layer in ChinaLayer
    }
    assert {name for name in ROWS if name.startswith("us_duty_avg_pp")} == {
        f"us_duty_avg_pp[{authority.name.lower()}]" for authority in Authority
    }
