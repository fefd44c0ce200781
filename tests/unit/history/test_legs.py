"""Legs of the record: the words of the model, and only those."""

from __future__ import annotations

from sim.history.acts import ActType
from sim.history.legs import LAYERS, LEGS, NONE, UNMAPPED, is_duty, may_end, may_start_later
from sim.model.tables.vocabulary import ACT_CODES, INSTRUMENT_NAMES, LAYER_NAMES, Side


def test_every_type_of_act_has_its_legs() -> None:
    """No type is forgotten, and only China's threats have none."""
    # Fails if a type is added without legs.
    assert set(LEGS) == {(kind.side, kind.act) for kind in ActType}
    assert [key for key, legs in LEGS.items() if not legs] == [("cn", "threat")]
    assert all(NONE not in legs and len(set(legs)) == len(legs) for legs in LEGS.values())


def test_legs_are_words_of_the_model() -> None:
    """Layers, instruments, and acts."""
    # Fails if a leg is called otherwise than in the model.
    for side, name in ((Side.US, "us"), (Side.CN, "cn")):
        assert set(LAYERS[name]) <= set(LAYER_NAMES[side])
        instruments = {each for each in INSTRUMENT_NAMES[side] if each}
        assert set(LEGS[name, "control"]) == set(LEGS[name, "ease"]) == instruments
    assert {"threaten", "postpone_threat", "drop_threat"} <= set(ACT_CODES)
    assert {f"sign_{leg}" for leg in LEGS["both", "truce"]} <= set(ACT_CODES)


def test_a_layer_is_a_duty_of_its_own_side() -> None:
    """A package has the name of a layer."""
    # Fails if the package `fentanyl` is taken for a duty.
    assert is_duty("us", "fentanyl")
    assert not is_duty("both", "fentanyl")
    assert not is_duty("cn", "reciprocal")
    assert not is_duty("us", NONE)


def test_what_lasts_and_what_starts_later() -> None:
    """Deadlines are of threats and truces; days of force of duties, controls and truces."""
    # Fails if a dropped threat could have a deadline, or a delay a start.
    assert not may_end("cut", "drop_threat")
    assert not may_end("hike", "fentanyl")
    assert may_end("truce", "fentanyl")
    assert may_end("cut", "postpone_threat")
    assert may_end("threat", "threaten")
    assert not may_end("threat", NONE)
    assert may_start_later("cut", "reciprocal")
    assert not may_start_later("cut", "drop_threat")
    assert not may_start_later("contact", "call")
    assert not may_start_later("hike", NONE)


def test_reasons_say_what_they_stand_for() -> None:
    """They are printed beside the acts."""
    # Fails if a reason has no words.
    assert all(len(words.split()) > 3 for words in UNMAPPED.values())
