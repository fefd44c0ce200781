"""Interventions: acts forced or forbidden, numbers set, on a date or on a condition."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Final

from sim.economy.block import apply_trade_constants
from sim.engine import sites
from sim.engine.processes import ACT_KINDS, carry_out_threat, sign
from sim.engine.world import PARAM_SLOTS, STATE_SLOTS, THETA, World, fill_equilibrium
from sim.model.acts import apply_act
from sim.model.agents import apply_weights
from sim.model.duties import apply_averages
from sim.model.fields import set_slot
from sim.model.hikes import apply_hike, hike_layer
from sim.model.outcomes import outcome_index
from sim.model.purchases import apply_review
from sim.model.talks import apply_round
from sim.model.vocabulary import (
    CN,
    EXECUTE_THREAT,
    FULL_REPLY,
    HIKE,
    HOLD_ROUND,
    RECIPROCAL,
    SIGN_FIRST,
    US,
    Act,
    CalendarKind,
)
from sim.scenario.resolved import Action, Condition, Intervention

OPERATORS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}
OUTCOME: Final = outcome_index()


def open_day(world: World) -> None:
    """Runs the calendar phase: entries of the day, dated interventions, conditions in order."""
    for entry in world.plan.calendar.get(world.state.day, ()):
        if entry.kind == CalendarKind.REVIEW:
            apply_review(world.state, world.params)
            world.note("review_due")
        elif entry.kind == CalendarKind.ROUND:
            world.state.round_due = world.state.day
    for side, act in world.plan.lifts.get(world.state.day, ()):
        world.state.forbidden[side][act] = False
    for row in world.plan.dated.get(world.state.day, ()):
        carry_out(world, row)
    for row in world.plan.conditional:
        if is_due(world, row):
            world.fired[row.key] = world.state.day
            carry_out(world, row)


def is_due(world: World, row: Intervention) -> bool:
    """Tells whether a conditional row fires today: its conditions hold and it is not resting."""
    # Every condition is looked at every day, so that streaks count without gaps.
    holds = [condition_holds(world, row.key, i, c) for i, c in enumerate(row.when)]
    if not all(holds):
        return False
    last = world.fired.get(row.key)
    if last is None:
        return True
    return not row.once and world.state.day - last >= max(1, row.cooldown_days)


def condition_holds(world: World, key: str, place: int, condition: Condition) -> bool:
    """Tells whether a condition holds today, for as many days in a row as it asks."""
    value = OUTCOME[condition.observable].read(world.state, world.params)
    streak = 0
    if OPERATORS[condition.op](value, condition.value):
        streak = world.streaks.get((key, place), 0) + 1
    world.streaks[key, place] = streak
    return streak >= max(1, condition.for_days)


def carry_out(world: World, row: Intervention) -> None:
    """Carries out what a row does, in order."""
    for action in row.do:
        if action.kind == "set":
            set_number(world, action)
        elif action.kind == "forbid":
            assert action.side is not None and action.act is not None
            code = Act[action.act.upper()]
            world.state.forbidden[action.side][code] = True
        else:
            force(world, action)


def set_number(world: World, action: Action) -> None:
    """Sets a parameter or a state field, and brings what is derived from it up to date."""
    assert action.name is not None and action.value is not None
    if action.name in PARAM_SLOTS:
        set_slot(world.params, PARAM_SLOTS[action.name], action.value)
    else:
        set_slot(world.state, STATE_SLOTS[action.name], action.value)
    if action.name == THETA:
        fill_equilibrium(world.params)
    apply_weights(world.state, world.params)
    apply_trade_constants(world.state, world.params)
    apply_averages(world.state, world.params)


def force(world: World, action: Action) -> None:
    """Makes a side act today whatever it would have chosen; a forced hike takes force at once."""
    assert action.act is not None
    code = Act[action.act.upper()]
    side = action.side if action.side is not None else US
    state, params = world.state, world.params
    if code >= HOLD_ROUND:
        apply_round(state, params)
        world.note("round")
    elif code >= SIGN_FIRST:
        sign(world, code - SIGN_FIRST, at_summit=False)
    elif code >= EXECUTE_THREAT:
        if state.threat_open:
            carry_out_threat(world, code)
    elif code == HIKE:
        force_hike(world, side, action.size_pp)
    else:
        u_one, u_two = world.row[sites.ACT_ONE[side]], world.row[sites.ACT_TWO[side]]
        done = apply_act(state, params, side, code, u_one, u_two)
        world.note(ACT_KINDS[code], side, 1.0 if done else 0.0)


def force_hike(world: World, side: int, size_pp: float | None) -> None:
    """A hike on the record's layer for its size: small US steps fentanyl, large ones reciprocal."""
    params = world.params
    points = params.hike_step_pp if size_pp is None else size_pp
    if side == CN:
        apply_hike(world.state, params, CN, FULL_REPLY, points, 0)
        world.state.mirror_day = world.state.day
        world.note("hike", CN, points)
        return
    layer = hike_layer(world.state, params) if points <= params.hike_step_pp else RECIPROCAL
    apply_hike(world.state, params, US, layer, points, 0)
    world.note("hike", US, points)
