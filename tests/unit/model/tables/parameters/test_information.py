"""Parameters of information: rows, names, shipped values."""

from __future__ import annotations

from sim.model.tables.parameters.information import InformationParams
from sim.model.tables.params import Params
from sim.model.tables.vocabulary import Reading
from tests.unit.model.tables.subjects import check_rising, check_rows, check_values, names


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(InformationParams, Params)
    check_values(InformationParams)


def test_every_reading_has_a_precision() -> None:
    """One for each kind of contact, in the order of their codes."""
    # Fails if a reading has no precision of its own.
    assert names(InformationParams, Params, "belief_precision") == [
        f"belief.precision.{reading.name.lower()}" for reading in Reading
    ]


def test_the_closer_the_contact_the_more_precise() -> None:
    """Leaders who meet learn more than ministers, these more than visitors or messages."""
    # Fails if a distant contact tells more than a close one.
    check_rising(
        "belief.precision.message",
        "belief.precision.delegation",
        "belief.precision.round",
        "belief.precision.meeting",
    )
    check_rising("belief.precision.message", "belief.precision.call", "belief.precision.round")
