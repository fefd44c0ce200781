"""State of diplomacy: rows and names."""

from __future__ import annotations

import pytest

from sim.model.tables.state import State
from sim.model.tables.variables.diplomacy import DiplomacyState
from sim.model.tables.vocabulary import (
    Agreement,
    Clause,
    DealStatus,
    Expiry,
    Issue,
    Rank,
    Side,
    SummitResult,
    SummitStage,
    TalksStage,
    Venue,
)
from tests.unit.model.tables.subjects import check_rows, names, rows

CATEGORIES = ("soybeans", "farm", "energy", "aircraft", "other")


def test_rows_are_sound() -> None:
    """Every row has a name, a unit and a meaning, and stands once in the state."""
    # Fails if a name is doubled or a unit unknown.
    check_rows(DiplomacyState, State)


@pytest.mark.parametrize(
    ("attr", "expected"),
    [
        ("confirmed", [f"summit.confirmed.{party}" for party in ("us", "host", "cn")]),
        ("issue_on", [f"issue.{issue.name.lower()}" for issue in Issue]),
        (
            "pledged_usd_bn",
            [f"ledger.{a}.pledged.{c}_usd_bn" for a in ("phase_one", "new") for c in CATEGORIES],
        ),
        (
            "delivered_usd_bn",
            [f"ledger.{a}.delivered.{c}_usd_bn" for a in ("phase_one", "new") for c in CATEGORIES],
        ),
        ("package_day", []),
    ],
)
def test_arrays_are_named_by_their_codes(attr: str, expected: list[str]) -> None:
    """Parties, issues, accords and categories have names."""
    # Fails if codes are renamed or reordered.
    assert names(DiplomacyState, State, attr) == expected


def test_codes_carry_their_vocabulary() -> None:
    """A scenario writes a name from the enum of the field."""
    # Fails if a code has another enum, or none.
    codes = {a: s.type for a, s in rows(DiplomacyState, State).items() if s.unit == "code"}

    assert codes == {
        "agreement": Agreement,
        "expiry": Expiry,
        "deal_status": DealStatus,
        "talks": TalksStage,
        "call_by": Side,
        "summit": SummitStage,
        "venue": Venue,
        "summit_result": SummitResult,
        "summit_venue_held": Venue,
        "table_rank": Rank,
        "table_structure": Clause,
        "tabled_clause": Clause,
        "step_clause": Clause,
        "ranked_clause": Clause,
        "approval_structure": Clause,
        "structure_signed": Clause,
    }


def test_a_blank_state_has_no_past() -> None:
    """Every date is never and every count zero; the gap to a summit has its sign for none."""
    # Fails if an initial value stands for something that did not happen.
    past = [s for s in rows(DiplomacyState, State).values() if s.unit in {"date", "count"}]

    assert all(spec.init == 0 for spec in past)
    assert rows(DiplomacyState, State)["summit_round_gap"].init == -1
