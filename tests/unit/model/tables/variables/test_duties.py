"""State of duties and controls: rows and names."""

from __future__ import annotations

import pytest

from sim.model.tables.state import State
from sim.model.tables.variables.duties import PENDING_SLOTS, DutyState
from tests.unit.model.tables.subjects import check_rows, names, rows

US_LAYERS = ("s301", "s232", "fentanyl", "reciprocal", "threatened", "pntr")
CN_LAYERS = ("s301_reply", "partial_reply", "full_reply")
US_INSTRUMENTS = ("tech", "entities", "inbound_limits", "outbound_limits", "port_fees", "visas")
CN_INSTRUMENTS = ("rare_earths", "entities", "probes", "buyer_freeze", "port_fees")


def test_rows_are_sound() -> None:
    """Every row has a name, a unit and a meaning, and stands once in the state."""
    # Fails if a name is doubled or a unit unknown.
    check_rows(DutyState, State)


@pytest.mark.parametrize(
    ("attr", "path"),
    [
        ("duty_pp", "{}.addon.{}_pp"),
        ("coverage", "{}.coverage.{}"),
        ("suspended_pp", "{}.suspended.{}_pp"),
    ],
)
def test_layers_have_each_sides_own_names(attr: str, path: str) -> None:
    """Six layers of US duty, three of Chinese; China's other places have no name."""
    # Fails if a layer is renamed, or a place without meaning can be set.
    expected = [path.format("us", layer) for layer in US_LAYERS]
    expected += [path.format("cn", layer) for layer in CN_LAYERS]

    assert names(DutyState, State, attr) == expected


def test_instruments_have_each_sides_own_names() -> None:
    """Six in Washington, five in Beijing."""
    # Fails if an instrument is renamed, or a place without meaning can be set.
    expected = [f"us.control.{instrument}" for instrument in US_INSTRUMENTS]
    expected += [f"cn.control.{instrument}" for instrument in CN_INSTRUMENTS]

    assert names(DutyState, State, "control") == expected


def test_announcements_have_one_slot_each() -> None:
    """Five fields of as many slots; none of them a scenario sets."""
    # Fails if the fields of a slot have different lengths.
    pending = {a: s for a, s in rows(DutyState, State).items() if a.startswith("pending_")}
    arrays = {attr: spec.lengths for attr, spec in pending.items() if spec.shape}

    assert arrays == {
        f"pending_{part}": (PENDING_SLOTS,) for part in ("due", "side", "layer", "pp", "coverage")
    }
    assert all(spec.path == "" for spec in pending.values())
