"""Outcomes of words: each row reads what it says."""

from __future__ import annotations

import math

import pytest

from sim.model.outcomes.words import WORD_OUTCOMES
from sim.model.tables.params import Params
from sim.model.tables.state import State

ROWS = {row.name: row for row in WORD_OUTCOMES}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("us_tone", 0.75),
        ("optimism", 0.5),
        ("us_warm_posts", 3.0),
        ("us_cold_posts", 4.0),
        ("cn_lines", 5.0),
        ("us_overstated", 0.25),
        ("cn_overstated", -0.125),
    ],
)
def test_rows_read_the_state(state: State, params: Params, name: str, expected: float) -> None:
    """Tone, hopes, posts by kind, lines, and by how much each side overstated on average."""
    # Fails if a row reads another side, kind or field.
    state.tone, state.optimism = [0.75, 0.25], 0.5
    state.posts, state.lines = [9, 1, 2, 4], 5
    state.statements, state.overstated = [2, 4], [0.5, -0.5]

    assert float(ROWS[name].read(state, params)) == expected


def test_a_silent_side_has_not_overstated_by_nothing(state: State, params: Params) -> None:
    """Without statements the mean is missing, not 0."""
    # Fails if silence counts as the truth.
    assert math.isnan(ROWS["us_overstated"].read(state, params))
