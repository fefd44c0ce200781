"""Outcomes of the bargain, read from states whose values are worked out by hand."""

from __future__ import annotations

import math
from datetime import date

import pytest

from sim.model.outcomes.bargain import BARGAIN_OUTCOMES
from sim.model.tables.codes import (
    ACCORD_NEW,
    AGREEMENT_PAUSE,
    BY_S122,
    BY_S338,
    CATEGORY_SOYBEANS,
    CN,
    ENTITIES,
    ISSUE_RARE_EARTHS,
    ISSUE_TECH,
    PORT_FEES,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Clause, Issue
from tests.unit.model.records import TODAY

ROWS = {row.name: row for row in BARGAIN_OUTCOMES}


def read(state: State, params: Params, name: str) -> float:
    """Returns the value of an outcome."""
    return float(ROWS[name].read(state, params))


def test_clauses_are_counted_once_and_beside_pauses(state: State, params: Params) -> None:
    """A pause, its extension and two clauses are two clauses; each has a flag."""
    # Fails if pauses count, or a flag reads another clause.
    for clause in (Clause.PAUSE, Clause.PROLONG, Clause.MINERALS, Clause.SOYBEANS):
        state.clause_day[clause] = TODAY

    assert read(state, params, "clauses_signed") == 2.0
    signed = {name for name in ROWS if name.startswith("signed[") and read(state, params, name)}
    assert signed == {f"signed[{c}]" for c in ("pause", "prolong", "minerals", "soybeans")}


def test_a_pause_has_an_end_and_a_length(state: State, params: Params) -> None:
    """From its first day to its last; nothing without a date."""
    # Fails if the length counts from the signature, or an open end is a number.
    state.agreement, state.truce_from, state.truce_ends_on = AGREEMENT_PAUSE, TODAY - 80, TODAY + 10
    assert read(state, params, "pause_ends_on") == TODAY + 10
    assert read(state, params, "pause_length_days") == 90.0
    state.truce_ends_on = 0
    assert math.isnan(read(state, params, "pause_ends_on"))
    assert math.isnan(read(state, params, "pause_length_days"))


def test_hikes_on_china_alone_are_told_apart(state: State, params: Params) -> None:
    """Section 338 aims at China, section 122 at all countries."""
    # Fails if a statute is counted on the other side, or not at all.
    state.hikes[US] = 3
    state.statute_used[BY_S338] = state.statute_used[BY_S122] = True

    assert read(state, params, "us_china_hikes") == 4.0
    assert read(state, params, "us_hikes_on_all") == 1.0


def test_controls_are_read_by_their_own_names(state: State, params: Params) -> None:
    """Places of the two sides' instruments differ."""
    # Fails if the side or the place is another's.
    state.control[US][PORT_FEES], state.control[CN][ENTITIES] = 1, 2

    assert read(state, params, "us_port_fees_level") == 1.0
    assert read(state, params, "cn_entities_level") == 2.0
    assert read(state, params, "cn_port_fees_level") == 0.0


def test_tension_is_split_by_what_is_open(state: State, params: Params) -> None:
    """Half of an issue of weight 4 against one of weight 6: a quarter and three quarters of 0.8."""
    # Fails if settled issues weigh, weights are not sizes, or an issue off the table counts.
    state.tension, state.issue_on = 0.8, [False] * len(Issue)
    state.issue_on[ISSUE_TECH] = state.issue_on[ISSUE_RARE_EARTHS] = True
    params.issue_weight[US][ISSUE_TECH], params.issue_weight[CN][ISSUE_TECH] = -3.0, 1.0
    params.issue_weight[US][ISSUE_RARE_EARTHS] = 2.0
    params.issue_weight[CN][ISSUE_RARE_EARTHS] = -4.0
    state.issue_settled[ISSUE_TECH] = 0.5

    assert read(state, params, "tension[tech]") == pytest.approx(0.2)
    assert read(state, params, "tension[rare_earths]") == pytest.approx(0.6)
    assert read(state, params, "tension[taiwan]") == 0.0


def test_purchases_are_kept_by_what_was_due(state: State, params: Params) -> None:
    """A quarter of a year into a pledge of 40, ten are due, of which four have come."""
    # Fails if the whole pledge counts, or a share is given without one.
    assert math.isnan(read(state, params, "purchases_kept_share"))
    state.accord_signed, state.day = TODAY - 73, TODAY
    state.pledged_usd_bn[ACCORD_NEW][CATEGORY_SOYBEANS] = 50.0
    state.delivered_usd_bn[ACCORD_NEW][CATEGORY_SOYBEANS] = 4.0

    assert read(state, params, "purchases_kept_share") == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("name", "field", "value", "expected"),
    [
        ("largest_bundle", "largest_bundle", 7, 7.0),
        ("leaders_meetings", "summits", 2, 2.0),
        ("investment_usd_bn", "investment_usd_bn", 35.0, 35.0),
        ("investments_denied", "investments_denied", 1, 1.0),
        ("pledges_verified", "verified", True, 1.0),
        ("last_leaders_meeting_day", "summit_last_day", date(2025, 10, 30).toordinal(), 739554.0),
    ],
)
def test_counts_are_read_off(
    state: State, params: Params, name: str, field: str, value: float, expected: float
) -> None:
    """Each row reads its own field."""
    # Fails if a row reads another field.
    setattr(state, field, value)
    assert read(state, params, name) == expected


def test_bundles_stopped_at_home_have_a_side(state: State, params: Params) -> None:
    """Two in the US, one in China."""
    # Fails if sides are exchanged.
    state.blocked = [2, 1]
    assert read(state, params, "bundles_stopped_us") == 2.0
    assert read(state, params, "bundles_stopped_cn") == 1.0
