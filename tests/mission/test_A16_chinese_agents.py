"""A16: Chinese acts are the acts of fitting people, and no envoy ever closes a deal."""

from __future__ import annotations

import pytest

from sim.engine.chronicle import Event, trace
from sim.engine.speakers import SIGNED
from sim.model.bargain.signature import sign_probability
from sim.model.tables.codes import (
    CN,
    LEADERS,
    MINISTERS,
    POST_COMMERCE,
    POST_ENVOY,
    POST_LEAD_NEGOTIATOR,
    POST_TRADE_REPRESENTATIVE,
    US,
)
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Clause, Post, Side
from sim.scenario.people import holder, people
from sim.scenario.resolved_scenario import Tenure
from tests.mission.helpers import JANUARY, JUNE, MARCH, lay_out
from tests.mission.plays import SEED, batch, day, resolved, start, tapes

FITTING = {
    "rebuke": "Foreign Minister Wang Yi",
    "list_entities": "Commerce Minister Wang Wentao",
    "tighten_rare_earths": "Commerce Minister Wang Wentao",
    "ease_rare_earths": "Commerce Minister Wang Wentao",
    "seek_talks": "Commerce Minister Wang Wentao",
    "confirm_cn": "Foreign Minister Wang Yi",
}
NO_LEAD = (("cn.post.lead_negotiator", "false"), ("cn.post.commerce", "false"))
"""The envoys are left to talk for China."""


def acts_of(name: str, runs: int) -> list[Event]:
    """Returns the events of some runs."""
    scenario = resolved(name)
    return [event for run in range(runs) for event in trace(scenario, SEED, run).events]


def test_A16_chinese_acts_are_attributed_to_the_fitting_person() -> None:
    """Rebukes are the foreign minister's, controls and conciliatory lines the commerce minister's,
    rounds the vice-premier's, each with a fact that says so."""
    # Fails if an act loses its speaker, gets another's, or the source is lost.
    events = acts_of(MARCH, 12)
    seen = set()
    for event in events:
        if event.side == "cn" and event.act in FITTING:
            assert [name for name, _ in event.actors] == [FITTING[event.act]]
            assert f"({FITTING[event.act]})" in event.text
            seen.add(event.act)
        if event.act == "ministers_round":
            names = dict(event.actors)
            assert "E188" in names["Vice-Premier He Lifeng"].split()
            assert "Vice-Premier He Lifeng" in event.text
            seen.add(event.act)
    assert len(seen) >= 6
    assert all(source for event in events for _, source in event.actors)


def test_A16_only_ministers_and_leaders_sign() -> None:
    """Over some hundred runs every bundle signed is signed by people who may: leaders, or ministers
    with a mandate; never by an envoy, of whom there are two in post."""
    # Fails if an envoy is given a mandate or a signature names him.
    signers = {
        (term.signs, term.name)
        for name in (JANUARY, JUNE)
        for tape in tapes(resolved(name), range(100), lambda s, p: (s.table_rank, holders(s)))
        for note in tape.of(*SIGNED)
        for term in (note.seen[1] if note.seen[0] == MINISTERS else ())
    }
    assert signers
    assert {signs for signs, _ in signers} == {"ministers"}
    assert {"Li Chenggang", "Han Zheng"} & {name for _, name in signers} == set()


def holders(state: State) -> list[Tenure]:
    """Returns the terms of those who have a mandate in a state."""
    found = []
    for side in Side:
        for post in Post:
            term = holder(people(), state.day, side, post)
            if state.mandate_part[side][post] > 0.0:
                assert term is not None
                found.append(term)
    return found


@pytest.mark.parametrize("post", [POST_ENVOY, POST_TRADE_REPRESENTATIVE])
def test_A16_an_envoy_has_a_voice_and_no_mandate(post: int) -> None:
    """In the table and in the state of a run."""
    state, _ = start(JUNE)
    term = holder(people(), day("2025-06-05"), CN, post)

    assert term is not None
    assert term.signs == "none"
    assert state.voice[CN][post] > 0.0
    assert state.mandate_part[CN][post] == 0.0


def test_A16_envoys_alone_close_nothing() -> None:
    """With the vice-premier and the commerce minister away, ministers neither meet nor sign in any
    of 500 runs, except by the leaders' own hand; with them they do in most."""
    # Fails if an envoy leads a round or signs.
    alone = batch(JUNE, 500, NO_LEAD, until="2025-09-20")
    usual = batch(JUNE, 500, until="2025-09-20")
    assert alone["rounds"].max() == 0
    assert (usual["rounds"] > 0).mean() > 0.9
    signed = [
        note.seen
        for tape in tapes(
            resolved(JUNE, NO_LEAD, "2025-09-20"), range(100), lambda s, p: s.table_rank
        )
        for note in tape.notes
        if note.kind in SIGNED and note.kind != "sign_extension"
    ]
    # A pause is prolonged by telephone, on terms of its own.
    assert set(signed) <= {LEADERS}


def test_A16_an_envoy_at_the_table_has_no_odds_of_signing() -> None:
    """Whatever is on it."""
    state, params = start(JUNE, NO_LEAD)
    lay_out(state, params, Clause.MINERALS, Clause.TECH, rank=MINISTERS)
    assert state.mandate_part[CN][POST_LEAD_NEGOTIATOR] > 0.0
    assert state.mandate_part[CN][POST_COMMERCE] > 0.0
    assert state.mandate[CN] == 0.0
    assert sign_probability(state, params, CN) == 0.0
    assert sign_probability(state, params, US) > 0.0
