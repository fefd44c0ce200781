"""State of third parties: rows and names."""

from __future__ import annotations

from sim.model.tables.state import State
from sim.model.tables.variables.third_parties import ThirdPartyState, diverter_name
from sim.model.tables.vocabulary import DIVERTER_SIDE, Diverter, Side
from tests.unit.model.tables.subjects import check_rows, names, rows


def test_rows_are_sound() -> None:
    """Every row has a name, a unit and a meaning, and stands once in the state."""
    # Fails if a name is doubled or a unit unknown.
    check_rows(ThirdPartyState, State)


def test_matters_are_named_after_whom_they_divert() -> None:
    """Three are Washington's, one is Beijing's."""
    # Fails if a matter changes sides.
    assert names(ThirdPartyState, State, "diverted_until") == [
        "us.diverter.disaster_until",
        "us.diverter.front_until",
        "us.diverter.journey_until",
        "cn.diverter.session_until",
    ]
    assert diverter_name((Diverter.SESSION,)) == "cn.diverter.session"
    assert DIVERTER_SIDE == (Side.US, Side.US, Side.US, Side.CN)


def test_scenarios_set_what_is_under_way_and_no_counts() -> None:
    """They set deadlines, the thaw, Taiwan's outreach and what diverts."""
    # Fails if a scenario could write what the rules keep.
    free = [attr for attr in rows(ThirdPartyState, State) if names(ThirdPartyState, State, attr)]

    assert free == ["others_deadline", "thaw", "outreach", "diverted_until"]
