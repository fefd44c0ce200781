"""Outcomes of third parties: each row reads what it says."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.outcomes.third_parties import THIRD_PARTY_OUTCOMES
from sim.model.tables.params import Params
from sim.model.tables.state import State

READS: list[tuple[str, str, Any, float]] = [
    ("others_threatened", "others_threatened", 3, 3.0),
    ("others_executed", "others_executed", 2, 2.0),
    ("others_spared", "others_spared", 4, 4.0),
    ("others_added_pp", "others_added_pp", 1.5, 1.5),
    ("third_country_barriers_told", "barriers_raised", True, 1.0),
    ("russia_thaw", "thaw", 0.25, 0.25),
    ("taiwan_contacts", "taiwan_contacts", 5, 5.0),
    ("us_attention", "attention", [0.25, 0.75], 0.25),
    ("cn_attention", "attention", [0.25, 0.75], 0.75),
]


@pytest.mark.parametrize(("name", "attr", "value", "expected"), READS)
def test_rows_read_the_state(
    state: State, params: Params, name: str, attr: str, value: Any, expected: float
) -> None:
    """Counts, points, strengths and shares."""
    # Fails if a row reads another field, or the other side.
    rows = {row.name: row for row in THIRD_PARTY_OUTCOMES}
    setattr(state, attr, value)

    assert float(rows[name].read(state, params)) == expected


def test_every_row_is_read_above() -> None:
    """A row added to the table wants a case of its own."""
    # Fails if a row has no case.
    assert [row.name for row in THIRD_PARTY_OUTCOMES] == [name for name, *_ in READS]
