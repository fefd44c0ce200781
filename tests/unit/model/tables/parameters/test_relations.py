"""Parameters of relations: rows, names, shipped values."""

from __future__ import annotations

import pytest

from sim.model.tables.parameters.relations import ONE_SIDED, RelationParams
from sim.model.tables.params import Params
from sim.model.tables.vocabulary import Side, ToneEvent
from tests.unit.model.tables.subjects import check_rising, check_rows, check_values, names, value

EVENTS = {
    "us": ("hostile", "easing", "call", "failure", "meeting"),
    "cn": ("hostile", "rebuke", "easing", "call", "round", "failure", "meeting"),
}


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(RelationParams, Params)
    check_values(RelationParams)


@pytest.mark.parametrize("what", ["target", "speed"])
def test_events_move_the_tone_of_those_they_concern(what: str) -> None:
    """Rebukes and rounds are China's; every other event has a number for each side."""
    # Fails if an event is added to a side or taken from it.
    expected = [f"{side}.tone.{e}_{what}" for side, events in EVENTS.items() for e in events]

    assert names(RelationParams, Params, f"tone_{what}") == expected
    assert ONE_SIDED == {ToneEvent.REBUKE: Side.CN, ToneEvent.ROUND: Side.CN}


@pytest.mark.parametrize("side", ["us", "cn"])
def test_hostile_events_lie_below_rest_and_warm_ones_above(side: str) -> None:
    """A side's tone at rest parts what cools it from what warms it."""
    # Fails if a target is turned.
    rest = value(f"{side}.tone_rest")

    for event in ("hostile", "failure"):
        assert value(f"{side}.tone.{event}_target") < rest
    for event in ("easing", "call", "meeting"):
        assert value(f"{side}.tone.{event}_target") > rest


@pytest.mark.parametrize(
    "order",
    [
        ("tension.floor", "tension.rest"),
        ("tension.per_incident", "tension.per_crisis"),
        ("tension.relief_per_contact", "tension.relief_per_meeting", "tension.relief_per_truce"),
        ("tension.relief_per_extension", "tension.relief_per_truce", "tension.relief_per_deal"),
        ("tension.per_hike", "tension.per_pntr"),
        ("rapport.per_float", "rapport.per_call", "rapport.per_meeting"),
        ("memory.hike_per_day", "memory.measure_per_day", "trust.memory_per_day"),
    ],
)
def test_graver_events_move_more(order: tuple[str, ...]) -> None:
    """A crisis is graver than an incident, a deal relieves more than a truce."""
    # Fails if two values are swapped.
    check_rising(*order)


@pytest.mark.parametrize(
    ("pace", "days"), [("memory.hike_per_day", 7), ("memory.measure_per_day", 30)]
)
def test_memories_halve_in_the_days_the_table_names(pace: str, days: int) -> None:
    """The meaning of the state's memories gives their half-lives: 7 and 30 days."""
    # Fails if a factor is changed without the half-life its meaning names.
    assert value(pace) ** days == pytest.approx(0.5, abs=0.005)
