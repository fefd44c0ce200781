"""A10: those who want the accord of 2020 enforced first put off every new deal."""

from __future__ import annotations

from sim.model.bargain.clauses import CLAUSES
from sim.model.bargain.logroll import apply_table
from sim.model.commitments.purchases import enforcement_met
from sim.model.tables.codes import LEADERS, US
from sim.model.tables.vocabulary import Clause, Opening
from tests.mission.helpers import FEBRUARY, bundles, paired, sign
from tests.mission.plays import Sets, batch, resolved, start, tapes

NEW = frozenset(row.clause.name.lower() for row in CLAUSES if row.is_new)
PUT_OFF: Sets = (("us.enforcement_first", "true"),)
WILLING: Sets = (
    ("us.enforcement_first", "false"),
    ("us.issue.purchases", "2.5"),
    ("cn.issue.purchases", "2.5"),
    ("summit.stage", "agreed"),
)
"""Both want purchases, and leaders are about to meet: only enforcement stands in the way."""


def new_on_table(sets: Sets = (), *, bought: float = 0.0) -> set[Clause]:
    """Returns the clauses of a new deal that leaders can bargain for in February 2025."""
    state, params = start(FEBRUARY, sets)
    state.catch_up_usd_bn, state.opening = bought, Opening.TABLED
    apply_table(state, params, US, LEADERS, False, forced=False)
    return {row.clause for row in CLAUSES if row.is_new and state.units[row.clause] > 0.0}


def test_A10_nothing_new_is_to_be_had_before_catch_up() -> None:
    """With enforcement first no clause of a new deal is on the table, catch-up purchases are; once
    some are bought, or with enforcement off, purchases and investment are there again."""
    assert new_on_table(PUT_OFF) == set()
    wanted = {Clause.SOYBEANS, Clause.ENERGY, Clause.STRUCTURAL, Clause.NUCLEAR}
    assert wanted <= new_on_table((("us.enforcement_first", "false"),))
    assert wanted <= new_on_table(PUT_OFF, bought=1.0)


def test_A10_agreed_catch_up_opens_the_way() -> None:
    """Catch-up purchases agreed at the table meet the demand of those who want enforcement first,
    and so does an accord of 2020 that was kept."""
    state, params = start(FEBRUARY, PUT_OFF)
    assert not enforcement_met(state, params)
    sign(state, params, Clause.CATCH_UP)
    assert state.catch_up_usd_bn > 0.0
    assert enforcement_met(state, params)
    state, params = start(FEBRUARY, PUT_OFF)
    state.delivered_usd_bn[0] = list(state.pledged_usd_bn[0])
    assert enforcement_met(state, params)


def test_A10_no_run_signs_a_new_deal_before_catch_up() -> None:
    """In February 2025 with enforcement first every bundle with a new clause comes after catch-up
    purchases; with enforcement off, on the same luck, some come before any."""
    before = {}
    for flag in ("true", "false"):
        scenario = resolved(FEBRUARY, (*WILLING[1:], ("us.enforcement_first", flag)))
        before[flag] = [
            bundle
            for tape in tapes(scenario, range(100), lambda s, p: s.catch_up_usd_bn)
            for bundle in bundles(tape)
            if bundle.clauses & NEW and bundle.seen <= 0.0
        ]
    assert before["true"] == []
    assert len(before["false"]) > 5


def test_A10_enforcement_first_costs_new_deals() -> None:
    """With enforcement first, on the same luck, fewer runs pledge new purchases."""
    on = batch(FEBRUARY, 600, (*WILLING[1:], *PUT_OFF))["signed[soybeans]"]
    off = batch(FEBRUARY, 600, WILLING)["signed[soybeans]"]
    assert paired(on, off).negative
