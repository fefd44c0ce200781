"""What traders have heard of is current when a month's trade is worked out."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine import processes
from sim.engine.plan import make_plan
from sim.engine.simpy_loop import run_block
from sim.engine.world import World, opening
from sim.model.commitments.agreements import apply_final_deal
from sim.model.commitments.purchases import apply_compliance
from sim.model.duties.layers import addon_pp, apply_averages
from sim.model.duties.threats import apply_threat_drop
from sim.model.tables.codes import ACCORD_NEW, PNTR, THREATENED, US
from sim.model.tables.fields import copy_record
from sim.scenario.load import resolve

SCENARIO = "october-2025-apec"


def opened(**sets: str) -> tuple[Any, Any]:
    """Returns state and parameters of the October scenario on its first day."""
    named = tuple((name.replace("__", "."), value) for name, value in sets.items())
    params, state = opening(resolve(SCENARIO, sets=named), None)
    return copy_record(state), params


def test_a_threat_dropped_hurries_nobody_at_the_months_trade() -> None:
    """Points threatened count by the odds the threat is given, and are gone once it is dropped,
    whenever in the month that was."""
    state, params = opened()
    odds = state.reputation_kept / (state.reputation_kept + state.reputation_broken)
    assert state.announced_pp[US][THREATENED] == pytest.approx(100.0 * odds)

    apply_threat_drop(state, params)
    apply_averages(state, params)

    assert state.announced_pp[US][THREATENED] == 0.0


def test_announcements_are_current_in_every_month_of_a_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Right before trade moves on, working announcements out anew changes nothing."""
    months = []
    played = processes.apply_trade_month

    def looked_at(state: Any, params: Any) -> None:
        fresh = copy_record(state)
        apply_averages(fresh, params)
        months.append(fresh.announced_pp == state.announced_pp)
        played(state, params)

    monkeypatch.setattr(processes, "apply_trade_month", looked_at)
    run_block(resolve(SCENARIO), 1, 0, 20)

    assert len(months) > 100
    assert all(months)


def test_a_threat_nobody_has_a_record_of_is_given_no_odds() -> None:
    """With no deadline kept or broken on record the odds are nought and the run goes on."""
    state, _ = opened(us__reputation__kept="0", us__reputation__broken="0")

    assert state.announced_pp[US][THREATENED] == 0.0


def test_a_final_deal_ends_the_duties_of_lost_trade_relations_too() -> None:
    """Every add-on goes with a comprehensive text, those of ended normal relations among them."""
    state, params = opened()
    state.duty_pp[US][PNTR] = 32.0
    state.duty_pp[US][2] = 0.0  # the fentanyl layer goes by a clause of its own

    apply_final_deal(state, params)

    assert addon_pp(state, US) == 0.0


def test_who_pledged_nothing_breaks_nothing() -> None:
    """An accord without purchases is never in breach of them."""
    state, params = opened()
    state.accord_signed = state.day - 300
    assert sum(state.pledged_usd_bn[ACCORD_NEW]) == 0.0

    assert not apply_compliance(state, params)
    assert state.breaches == 0


def test_trade_reads_the_announcements_of_the_day() -> None:
    """The month's trade reads the announcements of the day, not those of the last change."""
    resolved = resolve(SCENARIO)
    params, state = opening(resolved, None)
    world = World(make_plan(resolved), state, params, [[0.5] * 200])
    world.state.threat_open = False

    processes.trade(world)

    assert world.state.announced_pp[US][THREATENED] == 0.0
