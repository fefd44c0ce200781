"""A18: third parties appear in the log and shift the documented variable only."""

from __future__ import annotations

import pytest

from sim.engine.happenings import CODES, NOBODY, event_text
from sim.model.tables.codes import PARTNER_EUROPE, US
from sim.model.tables.fields import copy_record, fields_of
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.world.third_parties import (
    apply_contact,
    apply_others_deadline,
    apply_thaw,
)
from tests.mission.helpers import MARCH, RUNS, paired
from tests.mission.plays import Sets, batch, resolved, start, tapes

PARTIES = {
    "threaten_neighbours": "Mexico and Canada",
    "spare_neighbours": "Mexico and Canada",
    "hit_europe": "the European Union",
    "hit_further": "Vietnam",
    "thaw": "Moscow",
    "taiwan_contact": "Taiwan",
    "crisis": "Taiwan",
    "confirm_host": "host",
    "barriers": "Third countries",
    "front": "another country",
}
"""Events of third parties, and how the log calls the party."""

MOVED: Sets = (("us.others.execute_share", "1"),)
SPARED: Sets = (("us.others.execute_share", "0"),)


def test_A18_third_parties_are_named_in_the_log() -> None:
    """Over eighty runs each of them has its line."""
    seen = {note.kind for tape in tapes(resolved(MARCH), range(80)) for note in tape.notes}

    assert set(PARTIES) <= seen
    for kind, party in PARTIES.items():
        side = US if kind.startswith(("threaten", "spare", "hit", "front")) else NOBODY
        assert kind in CODES
        assert party in event_text(kind, side, 10.0)


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("Mexico, Canada or the EU", {"others_added_pp", "others_executed", "others_deadline"}),
        ("Russia", {"thaw"}),
        ("Taiwan", {"tension", "taiwan_contacts"}),
    ],
)
def test_A18_a_third_party_moves_its_variable_alone(name: str, moved: set[str]) -> None:
    """Of everything that the two governments look at, nothing else changes on the day."""
    state, params = start(MARCH)
    before = copy_record(state)

    act(name, state, params)

    after = {
        spec.attr
        for spec in fields_of(State)
        if getattr(before, spec.attr) != getattr(state, spec.attr)
    }
    assert after == moved


def act(name: str, state: State, params: Params) -> None:
    """Lets a third party do what it does."""
    if name == "Russia":
        apply_thaw(state, params)
    elif name == "Taiwan":
        apply_contact(state, params)
    else:
        apply_others_deadline(state, params, PARTNER_EUROPE, 0.0)


def test_A18_what_others_pay_raises_prices_and_turns_buyers_to_china() -> None:
    """On the same luck, if all threats against others are carried out rather than none, consumer
    prices in the US are higher and more is bought from China."""
    hit, spared = batch(MARCH, RUNS, MOVED), batch(MARCH, RUNS, SPARED)

    assert (spared["us_consumer_prices_others_pct"] == 0.0).all()
    for name in ("us_consumer_prices_others_pct", "us_imports_usd_bn_per_month"):
        assert paired(hit[name], spared[name]).positive
