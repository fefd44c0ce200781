"""Menu of acts: those open to a side today, and the effect of each.

The table is `acts.ACTS`. Compiled code cannot look a function up in a table, so for `is_open` and
`apply_act` the engine writes the table out as a ladder of its rows (`engine.ladders`).
"""

from __future__ import annotations

from sim.model.governments.acts import ROWS
from sim.model.tables.params import Params
from sim.model.tables.state import State


def is_legal(state: State, params: Params, side: int, act: int) -> bool:
    """Returns whether a side may choose an act today: it has a rate, is open and not forbidden."""
    if params.act_rate[side][act] <= 0.0 or state.forbidden[side][act]:
        return False
    return is_open(state, params, side, act)


def is_open(state: State, params: Params, side: int, act: int) -> bool:
    """Returns whether the row of an act opens it to a side today."""
    return ROWS[act].legal(state, params, side)


def apply_act(
    state: State, params: Params, side: int, act: int, u_one: float, u_two: float
) -> bool:
    """Carries out a chosen act; returns false if it needed consent and got none."""
    return ROWS[act].effect(state, params, side, u_one, u_two) is not False
