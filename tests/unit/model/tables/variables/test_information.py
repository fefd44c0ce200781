"""State of information: rows and names."""

from __future__ import annotations

from sim.model.tables.state import State
from sim.model.tables.variables.information import InformationState
from tests.unit.model.tables.subjects import check_rows, slots


def test_rows_are_sound() -> None:
    """Every row has a unit and a meaning, and stands once in the state."""
    # Fails if a unit is unknown or a row is doubled.
    assert "belief_mean" in vars(InformationState)
    check_rows(InformationState, State)


def test_scenarios_set_what_is_known_at_the_start() -> None:
    """Beliefs and doubts of both sides, channels, the bid and the aims; not what a run adds."""
    # Fails if a scenario could set what only a run may, or a side has no belief.
    found = {slot.name for slot in slots(InformationState, State)}
    for side in ("us", "cn"):
        assert {f"{side}.belief.{what}" for what in ("mean", "var", "asks")} <= found
    assert {"channel.back", "cn.opening", "us.aims_fixed", "cn.last_delegation"} <= found
    assert not any("emphasis" in name or "tabled" in name for name in found)
