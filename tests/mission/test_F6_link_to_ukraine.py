"""F6: help with Ukraine is no part of the bargain in January 2025, and is part of a grand one."""

from __future__ import annotations

import pytest

from sim.model.bargain.logroll import apply_table
from sim.model.tables.codes import CN, LEADERS, MINISTERS, US
from sim.model.tables.vocabulary import Clause, Issue
from tests.mission.helpers import GRAND, JANUARY, JUNE, MARCH, OCTOBER, bundles
from tests.mission.plays import batch, resolved, start, tapes

LINKED = (("us.issue.ukraine", "2"), ("cn.issue.ukraine", "1"))


@pytest.mark.parametrize("name", [JANUARY, MARCH, JUNE, OCTOBER])
def test_F6_ukraine_is_not_linked_where_talks_are_on_trade(name: str) -> None:
    """In January, as in the scenarios of 2025 about trade, Ukraine is off the agenda, and nothing
    about it is to be had."""
    state, params = start(name)
    assert not state.issue_on[Issue.UKRAINE]
    apply_table(state, params, US, LEADERS, False, forced=False)
    assert state.units[Clause.UKRAINE] == 0.0


def test_F6_ukraine_is_linked_in_a_grand_bargain() -> None:
    """In the grand bargain of February 2025 it is on the agenda with its source, and leaders can
    bargain for it, as something Washington gains by and China gives."""
    source = resolved(GRAND).sources["issue.ukraine"].source
    assert source == "E284"
    state, params = start(GRAND, (("cn.opening", "tabled"),))
    assert state.issue_on[Issue.UKRAINE]
    apply_table(state, params, US, MINISTERS, False, forced=False)
    assert state.units[Clause.UKRAINE] == 0.0
    apply_table(state, params, US, LEADERS, False, forced=False)
    assert state.units[Clause.UKRAINE] == 1.0
    assert state.gain[US][Clause.UKRAINE] > 0.0 > state.gain[CN][Clause.UKRAINE]


def test_F6_runs_close_it_only_where_it_is_linked() -> None:
    """Some runs of the grand bargain sign help with Ukraine; with the issue off, or from January
    2025, none does, however much both want it."""
    name = "signed[ukraine]"
    assert (batch(GRAND, 1000)[name] > 0).mean() > 0.005
    assert (batch(GRAND, 600, LINKED)[name] > 0).mean() > 0.02
    off = batch(GRAND, 600, (*LINKED, ("issue.ukraine", "false")))
    assert not (off[name] > 0).any()
    assert not (batch(JANUARY, 600, LINKED)[name] > 0).any()


def test_F6_the_link_trades_help_for_something() -> None:
    """Where Ukraine is signed, it is part of a bundle that gives China something."""
    gives = {"tech", "fentanyl_cut", "reciprocal_cut", "pause", "threat_off", "visas"} | {
        "wholly_owned", "minority_stake", "licence", "us_listings", "inbound", "outbound",
    }  # fmt: skip
    signed = [
        bundle.clauses
        for tape in tapes(resolved(GRAND), range(200))
        for bundle in bundles(tape)
        if "ukraine" in bundle.clauses
    ]
    assert signed
    assert all(clauses & gives for clauses in signed)
