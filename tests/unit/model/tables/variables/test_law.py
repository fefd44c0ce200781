"""State of the law: rows and names."""

from __future__ import annotations

from sim.model.tables.state import State
from sim.model.tables.variables.law import LawState
from sim.model.tables.vocabulary import Authority
from tests.unit.model.tables.subjects import check_rows, names, rows, slots


def test_rows_are_sound() -> None:
    """Every row has a name, a unit and a meaning, and stands once in the state."""
    # Fails if a name is doubled or a unit unknown.
    check_rows(LawState, State)


def test_every_layer_of_the_us_has_an_authority() -> None:
    """Lists under their sections, the duties of 2025 under the emergency powers."""
    # Fails if a layer loses its authority or starts under another.
    first = {slot.name: Authority(slot.initial).name for slot in slots(LawState, State)[:6]}

    assert first == {
        "us.authority.s301": "S301",
        "us.authority.s232": "S232",
        "us.authority.fentanyl": "EMERGENCY",
        "us.authority.reciprocal": "EMERGENCY",
        "us.authority.threatened": "EMERGENCY",
        "us.authority.pntr": "PNTR",
    }


def test_what_follows_from_a_ruling_is_not_set_by_scenarios() -> None:
    """They set the case, its dates and its verdict."""
    # Fails if a scenario could write what the rules keep.
    free = [attr for attr in rows(LawState, State) if names(LawState, State, attr)]

    assert free == [
        "authority",
        "court_case",
        "court_verdict",
        "court_argued",
        "court_term_ends",
        "emergency_paid_usd_bn",
    ]
