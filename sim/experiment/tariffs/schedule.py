"""Duties of a schedule, put in force in the state of the trade model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sim.economy.block import apply_trade_constants
from sim.engine.world import cut_table
from sim.model.duties.layers import apply_averages
from sim.model.tables.codes import US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import LAYER_NAMES
from sim.scenario.duty_schedule import DutyStep

EVERYONE_ELSE: Final = "everyone_else"


def set_duties(state: State, params: Params, steps: Iterable[DutyStep], day: date) -> None:
    """Puts the duties of a schedule on a given day in force, those on third countries included.

    Args:
        state: State of the trade model.
        params: Its parameters, which hold the points on third countries.
        steps: The schedule, by day.
        day: The day.
    """
    names = {
        (side, name): (side_code, layer)
        for side_code, side in enumerate(("us", "cn"))
        for layer, name in enumerate(LAYER_NAMES[side_code])
    }
    announced = []
    for step in steps:
        if step.day > day.toordinal():
            if step.announced <= day.toordinal() and step.on != EVERYONE_ELSE:
                announced.append((*names[step.side, step.on], step.points_pp))
            continue
        if step.on == EVERYONE_ELSE:
            params.trade_rest_added_pp[US] = step.points_pp
            cut_table(params)
            apply_trade_constants(state, params)
            continue
        side, layer = names[step.side, step.on]
        state.duty_pp[side][layer] = step.points_pp
        if step.coverage is not None:
            state.coverage[side][layer] = step.coverage
    state.day = day.toordinal()
    apply_averages(state, params)
    for side, layer, points in announced:
        state.announced_pp[side][layer] = points - state.duty_pp[side][layer]
