"""State of relations: rows and names."""

from __future__ import annotations

import pytest

from sim.model.tables.state import State
from sim.model.tables.variables.relations import RelationState
from sim.model.tables.vocabulary import N_ACT_CODES, Feature
from tests.unit.model.tables.subjects import check_rows, names, rows


def test_rows_are_sound() -> None:
    """Every row has a name, a unit and a meaning, and stands once in the state."""
    # Fails if a name is doubled or a unit unknown.
    check_rows(RelationState, State)


@pytest.mark.parametrize(
    ("attr", "expected"),
    [
        (
            "pressure_part",
            [f"us.pressure.{part}" for part in ("prices", "markets", "farm", "industry")]
            + [f"cn.pressure.{part}" for part in ("growth", "exports", "prices", "jobs")],
        ),
        (
            "influence",
            [f"us.{faction}.influence" for faction in ("doves", "hawks", "congress", "lobby")]
            + [f"cn.{faction}.influence" for faction in ("planners", "sceptics")],
        ),
        ("trust_kept", ["us.trust.kept", "cn.trust.kept"]),
        ("tone", ["us.tone", "cn.tone"]),
        ("weight", []),
        ("forbidden", []),
    ],
)
def test_arrays_are_named_by_their_codes(attr: str, expected: list[str]) -> None:
    """Each side has words of its own; what is derived cannot be set."""
    # Fails if codes are renamed or reordered, or a place without meaning can be set.
    assert names(RelationState, State, attr) == expected


def test_every_act_and_signature_can_be_forbidden() -> None:
    """A flag for each code below the happenings, on each side."""
    # Fails if the array is too short for a code.
    assert rows(RelationState, State)["forbidden"].lengths == (2, N_ACT_CODES)
    assert rows(RelationState, State)["signal"].lengths == (2, len(Feature))


def test_shares_begin_as_shares() -> None:
    """Every mood starts between zero and one; influences add up to one on each side."""
    # Fails if an initial value lies outside its unit.
    moods = [s for s in rows(RelationState, State).values() if s.unit == "share" and not s.shape]

    assert all(0.0 <= spec.init <= 1.0 for spec in moods)
    influence = rows(RelationState, State)["influence"].init
    assert [sum(side) for side in influence] == pytest.approx([1.0, 1.0])
