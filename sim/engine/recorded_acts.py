"""Acts on record, carried out by the rules of the acts they are: what each leg does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sim.economy.arithmetic import safe_div
from sim.engine.world import World
from sim.history.acts import ActType, RecordedAct
from sim.model.commitments.agreements import apply_deal_mood, apply_pause
from sim.model.controls.measures import apply_easing, apply_measure
from sim.model.diplomacy.summit import apply_kick_start, apply_meeting
from sim.model.diplomacy.talks import apply_call, apply_round
from sim.model.duties.hikes import apply_hike_felt, apply_partial_reply
from sim.model.duties.layers import apply_cut_day, apply_order
from sim.model.duties.threats import (
    apply_break,
    apply_threat_drop,
    apply_threat_kept,
    apply_threat_made,
    apply_threat_put_off,
    threat_lead,
)
from sim.model.information.beliefs import apply_observation
from sim.model.relations.stages import has_agreement
from sim.model.tables.codes import (
    AGREEMENT_SIGNED,
    CN,
    DEAL_PACKAGE,
    FENTANYL,
    FULL_REPLY,
    N_SIDES,
    PARTIAL_REPLY,
    READING_CALL,
    READING_MEETING,
    READING_ROUND,
    RECIPROCAL,
    US,
)
from sim.model.tables.vocabulary import INSTRUMENT_NAMES, LAYER_NAMES

HEADLINE: Final = ((FENTANYL, RECIPROCAL), (FULL_REPLY,))
"""Layers of each side whose points are counted on all goods, whatever was left out of them."""

SIDES: Final = {"us": US, "cn": CN, "both": US}
"""Side of an act; of one that both take, the side that is named first."""

MIDDLE_LEAD: Final = 0.25
"""Share of the longest notice that is given to a threat without a date: the mean of the square of a
uniform is a third, its median a quarter."""


def carry_out_recorded(world: World, act: RecordedAct) -> None:
    """Carries out an act on record today. An act without a leg in the model does nothing."""
    if act.leg != "none":
        CARRY[act.type.act](world, act)


def hike(world: World, act: RecordedAct) -> None:
    """Orders a duty: on all goods, or on lists of goods, which raise the average as they did. A
    duty on the goods of all countries is felt by nobody as a step against him."""
    state, params = world.state, world.params
    side = SIDES[act.type.side]
    layer = LAYER_NAMES[side].index(act.leg)
    points = act.points_pp or 0.0
    if not act.bilateral:
        apply_order(state, params, side, layer, rate_of(world, act), 0.0, act.starts)
        return
    if side == US and act.executes and state.threat_open:
        apply_threat_kept(state)
    elif side == US and has_agreement(state):
        apply_break(state)
    if side == CN:
        state.reply_pp = 0.0
        if layer == PARTIAL_REPLY:
            cover = safe_div(points, params.partial_reply_rate_pp)
            apply_partial_reply(state, params, cover, act.starts - act.day)
            return
    apply_order(state, params, side, layer, rate_of(world, act), 0.0, act.starts)
    apply_hike_felt(state, params, side, points)


def cut(world: World, act: RecordedAct) -> None:
    """Lowers a duty in force, or puts off or drops a threat."""
    state, params = world.state, world.params
    if act.leg == "postpone_threat":
        if state.threat_open:
            apply_threat_put_off(state, params, deadline_of(world, act))
    elif act.leg == "drop_threat":
        if state.threat_open:
            apply_threat_drop(state, params)
    else:
        side = SIDES[act.type.side]
        layer = LAYER_NAMES[side].index(act.leg)
        apply_order(state, params, side, layer, rate_of(world, act), 0.0, act.starts)
        if act.bilateral:
            apply_cut_day(state, side, 1.0)
        if side == CN:
            state.softened_day = state.day
        if layer in HEADLINE[side] and state.truce_signed == state.day:
            # Of what a pause cuts the first points are only suspended.
            suspended = min(params.truce_suspended_pp, -(act.points_pp or 0.0))
            state.suspended_pp[side][layer] += suspended


def rate_of(world: World, act: RecordedAct) -> float:
    """Returns by how many points an act moves the rate of its layer: the points on all goods, over
    the share of trade that the layer covers."""
    side = SIDES[act.type.side]
    layer = LAYER_NAMES[side].index(act.leg)
    points = act.points_pp or 0.0
    if layer in HEADLINE[side]:
        return points
    return safe_div(points, world.state.coverage[side][layer])


def threaten(world: World, act: RecordedAct) -> None:
    """Makes or renews a threat of its points on all goods."""
    points = act.points_pp or act.size_pp or world.params.hike_step_pp
    apply_threat_made(world.state, world.params, points, deadline_of(world, act))


def deadline_of(world: World, act: RecordedAct) -> int:
    """Returns the day of a threat; without one, a day after the usual notice."""
    return act.until or act.day + threat_lead(world.params, MIDDLE_LEAD)


def control(world: World, act: RecordedAct) -> None:
    """Raises a non-tariff instrument."""
    side = SIDES[act.type.side]
    apply_measure(world.state, world.params, side, INSTRUMENT_NAMES[side].index(act.leg))


def ease(world: World, act: RecordedAct) -> None:
    """Eases a non-tariff instrument."""
    side = SIDES[act.type.side]
    apply_easing(world.state, world.params, side, INSTRUMENT_NAMES[side].index(act.leg))


def hold_round(world: World, act: RecordedAct) -> None:
    """Holds a round of the ministers."""
    apply_round(world.state, world.params)
    narrow(world, READING_ROUND)


def contact(world: World, act: RecordedAct) -> None:
    """Holds a call of the leaders, or their meeting, none of which failed in public."""
    state, params = world.state, world.params
    if act.leg == "call":
        apply_call(state, params, US)
        narrow(world, READING_CALL)
    else:
        apply_meeting(state, params)
        apply_kick_start(state, params)
        narrow(world, READING_MEETING)


def narrow(world: World, reading: int) -> None:
    """Lets both sides know each other's floor better after a contact. What they read is not on
    record, so what they take it to be stays the same."""
    state, precision = world.state, world.params.belief_precision[reading]
    for side in range(N_SIDES):
        if precision > 0.0:
            apply_observation(state, side, state.belief_mean[side], precision)
            state.belief_asks[side] *= safe_div(1.0, 1.0 + precision)


def truce(world: World, act: RecordedAct) -> None:
    """Signs what was signed. What a pause cuts or eases has rows of its own."""
    state, params = world.state, world.params
    if act.leg == "truce":
        state.pause_days = act.until - act.day if act.until else 0
        apply_pause(state, params)
        state.truce_from = act.starts
    elif act.leg == "extension":
        state.truce_ends_on = act.until or 0
        state.truce_strained = False
        state.extensions += 1
    elif act.leg in {"purchases", "investment", "comprehensive"}:
        state.agreement = AGREEMENT_SIGNED
        state.truce_signed = state.truce_from = act.day
        state.truce_ends_on = 0
        state.truce_strained = False
        state.deal_status = max(state.deal_status, DEAL_PACKAGE)
        apply_deal_mood(state, params, params.relief_per_deal)


def pledge(world: World, act: RecordedAct) -> None:
    """Records nothing: amounts are part of what a scenario says beside acts."""


CARRY: Final[Mapping[str, Callable[[World, RecordedAct], None]]] = {
    "hike": hike,
    "threat": threaten,
    "cut": cut,
    "control": control,
    "ease": ease,
    "round": hold_round,
    "contact": contact,
    "truce": truce,
    "pledge": pledge,
}
"""What carries out the acts of each kind (`ActType.act`)."""

assert set(CARRY) == {kind.act for kind in ActType}
