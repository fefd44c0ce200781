"""Statements: what the two sides say in public at the end of a day.

Washington speaks first: a post, its account of the day's contact; then Beijing, the same day. Both
engines run these functions, as they do those of `processes`.
"""

from __future__ import annotations

from sim.engine import sites
from sim.engine.desk import draw, draws, note
from sim.engine.happenings import Happening
from sim.engine.processes import carry_out_act, rings
from sim.engine.world import World
from sim.model.governments.menu import is_legal
from sim.model.information.words import (
    apply_line,
    apply_post,
    apply_readout,
    decide_post,
    line_hazard,
    post_hazard,
    readout_hazard,
    readout_warmth,
    rebuke_hazard,
)
from sim.model.tables.codes import CN, N_REMARKS, N_SIDES, REBUKE, REMARK_NONE, US


def speak(world: World) -> None:
    """Lets both sides say what they have to say today."""
    state, params = world.state, world.params
    if rings(world, sites.POST, post_hazard(state, params)):
        post(world)
    for side in range(N_SIDES):
        if rings(world, sites.READOUT[side], readout_hazard(state, params, side)):
            warmth = readout_warmth(state, params, side, draw(world, sites.READOUT_NOISE[side]))
            apply_readout(state, params, side, warmth)
            note(world, Happening.READOUT, side, warmth)
    if rings(world, sites.REBUKED, rebuke_hazard(state, params)) and is_legal(
        state, params, CN, REBUKE
    ):
        carry_out_act(world, CN, REBUKE)
    elif rings(world, sites.LINE, line_hazard(state, params)):
        apply_line(state, params)
        note(world, Happening.CONCILIATORY_LINE, CN, params.line_warmth)


def post(world: World) -> None:
    """Lets the US leader post what fits, if anything; the recorded size is the warmth."""
    state, params = world.state, world.params
    kind = decide_post(state, params, draws(world, sites.POST_CHOICE, N_REMARKS))
    if kind != REMARK_NONE:
        apply_post(state, params, kind)
        note(world, Happening.POST_PRAISE - 1 + kind, US, params.post_warmth[kind])
