"""State of words: rows and names."""

from __future__ import annotations

from sim.model.tables.state import State
from sim.model.tables.variables.words import WordState
from tests.unit.model.tables.subjects import check_rows, slots


def test_rows_are_sound() -> None:
    """Every row has a unit and a meaning, and stands once in the state."""
    # Fails if a unit is unknown or a row is doubled.
    rows = vars(WordState)
    assert "readout" in rows
    check_rows(WordState, State)


def test_what_was_said_is_not_set_by_scenarios() -> None:
    """A run keeps it from its first day on."""
    # Fails if a scenario could put words into a mouth.
    assert slots(WordState, State) == []
