"""Factions: by how much more than usual each is heard."""

from __future__ import annotations

import pytest

from sim.model.governments.factions import extra_share
from sim.model.tables.codes import CN, N_FACTIONS
from sim.model.tables.params import Params
from sim.model.tables.state import State


def test_a_share_is_held_against_the_usual_one(state: State, params: Params) -> None:
    """A faction with three of six voices instead of one of four gains a quarter."""
    # Fails if voices are not divided by their sum, or the usual share is left out.
    others = [0.0] * (N_FACTIONS - 2)
    state.influence[CN] = [3.0, 3.0, *others]
    params.influence_base[CN] = [1.0, 3.0, *others]

    assert extra_share(state, params, CN, 0) == pytest.approx(0.5 - 0.25)
    assert extra_share(state, params, CN, 1) == pytest.approx(0.5 - 0.75)
