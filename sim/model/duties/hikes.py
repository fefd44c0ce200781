"""Tariff hikes by either side, and China's reply to those of the US."""

from __future__ import annotations

from sim.economy.arithmetic import logistic
from sim.model.duties.law import lawful_pp, may_raise
from sim.model.duties.layers import addon_pp, apply_announcement, has_stopped_trade
from sim.model.relations.mood import apply_hostile_act, apply_market_shock, apply_tension
from sim.model.relations.stages import contact_today, has_agreement, is_time_of_courtesy
from sim.model.tables.codes import (
    CN,
    CONTACT_NONE,
    FENTANYL,
    FULL_REPLY,
    PARTIAL_REPLY,
    PNTR,
    RECIPROCAL,
    REPLY_MIRROR,
    REPLY_PARTIAL,
    THREATENED,
    US,
    WAIT,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def apply_hike(
    state: State, params: Params, side: int, layer: int, points: float, lead: int
) -> float:
    """Announces a hike on all goods, in force after `lead` days, and its effect on the mood.

    Returns its points; a US hike goes no further than the authority of its layer allows.
    """
    if side == US:
        points = lawful_pp(state, params, layer, points)
    apply_announcement(state, params, side, layer, points, 0.0, lead)
    apply_hike_felt(state, params, side, points)
    return points


def apply_hike_felt(state: State, params: Params, side: int, points: float) -> None:
    """Applies what a hike of so many points on all goods does beside the duty itself: to moods,
    markets, a truce, and what China owes an answer to."""
    state.hikes[side] += 1
    state.hike_day[side] = state.day
    state.provoked_day[1 - side] = state.day
    state.recent_hike[side] += 1.0
    apply_hostile_act(
        state,
        params,
        side,
        params.tension_per_hike + params.tension_per_hike_pp * points,
        params.rapport_per_hike,
    )
    apply_market_shock(state, params, points)
    state.truce_strained = True
    if side == US:
        state.quiet_days = 0
        state.reply_pp += points
        state.reply_since = state.day


def hike_layer(state: State, params: Params) -> int:
    """Returns the layer of an unprompted hike: fentanyl first, then reciprocal.

    The first two steps of 2025 cited fentanyl (E027); after them that label is used up, and it
    falls with the emergency powers.
    """
    label = state.duty_pp[US][FENTANYL] < params.fentanyl_cap_pp
    return FENTANYL if label and may_raise(state, params, FENTANYL) else RECIPROCAL


def apply_us_hike(state: State, params: Params) -> None:
    """Adds the usual US step on all goods (E222, E023)."""
    layer = hike_layer(state, params)
    apply_hike(state, params, US, layer, params.hike_step_pp, params.hike_lead_days)


def is_bound(state: State, params: Params, side: int) -> bool:
    """Returns whether a side has given its word not to raise duties without notice.

    A pause or a signed text binds both: its duties were set by order until a date, and the accord
    of 2020 asks for consultations and written notice before any step. So the way up leads through
    a threat with a deadline. A cut binds the side that made it for some weeks, unless the other
    side hikes or takes a measure.
    """
    return has_agreement(state) or keeps_cut(state, params, side)


def keeps_cut(state: State, params: Params, side: int) -> bool:
    """Returns whether a side stands by a recent cut of its own, because nothing provoked it
    since."""
    fresh = state.cut_day[side] > 0 and state.day - state.cut_day[side] <= params.cut_kept_days
    return fresh and state.provoked_day[side] < state.cut_day[side]


def can_hike(state: State, params: Params, side: int) -> bool:
    """Returns whether the US may make an unprompted hike.

    Its word must not bind it, there must be no open threat, the last step must be some weeks old,
    a dropped threat some days, trade must not have stopped already, and the law must allow it. In
    days of courtesy it waits.
    """
    if is_bound(state, params, side) or is_time_of_courtesy(state, params):
        return False
    if has_stopped_trade(state, params, US):
        return False
    spaced = state.day - state.hike_day[US] >= params.hike_spacing_days
    if has_just_relented(state, params):
        return False
    allowed = may_raise(state, params, hike_layer(state, params))
    return spaced and allowed and not state.threat_open


def has_just_relented(state: State, params: Params) -> bool:
    """Returns whether the US dropped a threat so recently that a new step would make no sense."""
    return state.day - state.threat_dropped_day < params.relented_days


def can_revoke(state: State, params: Params, side: int) -> bool:
    """Returns whether the US may revoke normal trade relations: it has not, and is not bound."""
    return state.duty_pp[US][PNTR] <= 0.0 and not is_bound(state, params, side)


def apply_pntr(state: State, params: Params) -> None:
    """Revokes normal trade relations, a graver step than any hike (B8)."""
    apply_hike(state, params, US, PNTR, params.pntr_pp, params.pntr_lead_days)
    apply_tension(state, params, params.tension_per_pntr)


def apply_match(state: State, params: Params, points: float, lead: int) -> None:
    """Lets China put points on all US goods, which the US may answer in proportion."""
    apply_hike(state, params, CN, FULL_REPLY, points, lead)
    state.mirror_day = state.day
    state.mirror_pp = points


def apply_counter_hike(state: State, params: Params, points: float) -> float:
    """Answers a full Chinese match with a further US step, in force the next day; returns its
    points. Each match is answered once."""
    state.counters_made += 1
    state.mirror_day = 0
    return apply_hike(state, params, US, RECIPROCAL, points, 1)


def reply_hazard(state: State, params: Params) -> float:
    """Returns today's probability that China answers the hikes awaiting a reply (geometric); while
    the two sides meet the answer waits."""
    if state.reply_pp <= 0.0 or state.day <= state.reply_since:
        return 0.0
    if contact_today(state) != CONTACT_NONE:
        return 0.0
    return params.reply_hazard_per_day


def unmatched_pp(state: State) -> float:
    """Returns the US points on all goods that China has not matched, those over fentanyl apart: it
    answered these by lists."""
    ours = state.duty_pp[US][RECIPROCAL] + state.duty_pp[US][THREATENED]
    return max(0.0, ours - state.duty_pp[CN][FULL_REPLY])


def mirror_probability(state: State, params: Params, points: float) -> float:
    """Returns the probability that China matches a hike in full rather than giving a measured
    reply.

    It is near 0 at 10 points and near 1 at 34 and above (C1). Steps that China has left unmatched
    count in part, so that one small step after the other does not go unmatched for ever.
    """
    felt = points + params.mirror_unmatched_share * unmatched_pp(state)
    return logistic((felt - params.mirror_threshold_pp) / params.mirror_softness_pp)


def decide_reply(state: State, params: Params, u_answer: float, u_form: float) -> int:
    """Returns China's reply: WAIT (none), REPLY_PARTIAL or REPLY_MIRROR.

    Once its own duties stop trade it ignores further steps, as it said in April 2025.
    """
    if u_answer > params.reply_probability or has_stopped_trade(state, params, CN):
        return WAIT
    mirrors = u_form < mirror_probability(state, params, state.reply_pp)
    if mirrors and not state.forbidden[CN][REPLY_MIRROR]:
        return REPLY_MIRROR
    if state.forbidden[CN][REPLY_PARTIAL]:
        return WAIT
    return REPLY_PARTIAL


def apply_reply(state: State, params: Params, act: int, u_cover: float) -> float:
    """Gives China's reply, in force the next day; returns its points on China's headline scale.

    A measured reply puts a fixed rate on a small part of trade; a mirror matches the US points.
    """
    points = state.reply_pp
    state.reply_pp = 0.0
    if act == WAIT:
        return 0.0
    if act == REPLY_MIRROR:
        matched = whole_points(points * params.mirror_ratio)
        apply_match(state, params, matched, 1)
        return matched
    low = params.partial_cover_min
    cover = low + (params.partial_cover_max - low) * u_cover
    apply_partial_reply(state, params, cover, params.partial_lead_days)
    return 0.0


def apply_partial_reply(state: State, params: Params, cover: float, lead: int) -> None:
    """Lets China put its fixed rate on a further share of trade, in force after `lead` days."""
    apply_announcement(state, params, CN, PARTIAL_REPLY, 0.0, cover, lead)
    state.provoked_day[US] = state.day
    state.recent_hike[CN] += params.memory_per_partial_reply
    apply_hostile_act(state, params, CN, params.tension_per_hike, 0.0)


def whole_points(points: float) -> float:
    """Returns points rounded to a whole number of them, as duties on all goods are set."""
    # int truncates, so that adding the half rounds positive numbers to the nearest.
    return 1.0 * int(points + 0.5)


def reply_ratio(state: State, params: Params, points: float) -> float:
    """Returns the expected ratio of China's reply to a US step, both in average points."""
    share = mirror_probability(state, params, points)
    # 0.5: the mean of a uniform draw.
    cover = 0.5 * (params.partial_cover_min + params.partial_cover_max)
    partial = params.partial_reply_rate_pp * cover / points
    return params.reply_probability * (share * params.mirror_ratio + (1.0 - share) * partial)


def over_threshold(state: State, params: Params) -> bool:
    """Returns whether the US add-on is at a level that counts as conflict (design, classes)."""
    return addon_pp(state, US) >= params.conflict_addon_pp


def is_decoupled(state: State, params: Params) -> bool:
    """Returns whether the duties of both sides are so high that trade is all but cut (J6)."""
    ours = addon_pp(state, US) > params.regime_addon_pp
    return ours and addon_pp(state, CN) > params.regime_addon_pp
