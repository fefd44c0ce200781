"""Parameters of controls: rows, names, shipped values."""

from __future__ import annotations

from sim.model.tables.parameters.controls import ControlParams
from sim.model.tables.params import Params
from tests.unit.model.tables.subjects import check_rows, check_values, names, value


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(ControlParams, Params)
    check_values(ControlParams)


def test_every_instrument_but_listings_has_a_cap() -> None:
    """Each side's own words; entity lists can always be lengthened."""
    # Fails if an instrument loses its cap, or listings get one.
    assert names(ControlParams, Params, "control_cap") == [
        "us.control_cap.tech",
        "us.control_cap.inbound_limits",
        "us.control_cap.outbound_limits",
        "us.control_cap.port_fees",
        "us.control_cap.visas",
        "cn.control_cap.rare_earths",
        "cn.control_cap.probes",
        "cn.control_cap.buyer_freeze",
        "cn.control_cap.port_fees",
    ]


def test_no_cap_lies_above_the_scale() -> None:
    """What a side may reach on its own is a level there is."""
    # Fails if a cap is above the highest level.
    caps = names(ControlParams, Params, "control_cap")

    assert max(value(cap) for cap in caps) <= value("control.max_level")
