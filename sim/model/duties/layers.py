"""Duties in force, announced and suspended, by layer, and the three tariff scales."""

from __future__ import annotations

from sim.economy.arithmetic import clamp, safe_div
from sim.model.relations.mood import threat_reputation
from sim.model.tables.codes import (
    CN,
    FENTANYL,
    FULL_REPLY,
    N_LAYERS,
    N_SIDES,
    PARTIAL_REPLY,
    PNTR,
    RECIPROCAL,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.variables.duties import PENDING_SLOTS


def addon_pp(state: State, side: int) -> float:
    """Returns full-coverage points added since 20 January 2025 (the headline scale).

    China's partial replies cover only part of trade and do not count, as in the record.
    """
    duty = state.duty_pp[side]
    if side == CN:
        return duty[FULL_REPLY]
    return duty[FENTANYL] + duty[RECIPROCAL] + duty[THREATENED] + duty[PNTR]


def stopped_trade(state: State, params: Params) -> float:
    """Returns how far duties stop trade: 0 up to half of the prohibitive US add-on, 1 from all of
    it."""
    # 2: a straight line from 0 at half of it to 1 at all of it.
    return clamp(2.0 * safe_div(addon_pp(state, US), params.prohibitive_pp) - 1.0, 0.0, 1.0)


def has_stopped_trade(state: State, params: Params, side: int) -> bool:
    """Returns whether a side's duties stop trade, so that more of them would change nothing."""
    return addon_pp(state, side) >= params.prohibitive_pp


def avg_seed_pct(state: State, params: Params) -> float:
    """Returns the articles' average US duty on China: 14.5 plus the add-on (E028, E030), in %."""
    return params.avg_seed_base_pct + addon_pp(state, US)


def average_pct(state: State, params: Params, side: int) -> float:
    """Returns the average duty of a side on the other, in %: base plus sum of rate x coverage."""
    total = params.mfn_pct[side]
    for layer in range(N_LAYERS):
        total += state.duty_pp[side][layer] * state.coverage[side][layer]
    return total


def apply_averages(state: State, params: Params) -> None:
    """Updates the averages read by the economy from the layers and the announced duties."""
    for side in range(N_SIDES):
        state.avg_pct[side] = average_pct(state, params, side)
        for layer in range(N_LAYERS):
            state.announced_pp[side][layer] = 0.0
    state.announced_cover = 0.0
    for slot in range(PENDING_SLOTS):
        if state.pending_due[slot] > 0:
            side = state.pending_side[slot]
            layer = state.pending_layer[slot]
            state.announced_pp[side][layer] += state.pending_pp[slot]
            state.announced_cover += state.pending_coverage[slot]
    if state.threat_open:
        # Importers weight a threatened duty by their odds of it.
        state.announced_pp[US][THREATENED] += threat_reputation(state) * state.threat_pp


def apply_duty(
    state: State, params: Params, side: int, layer: int, points: float, coverage: float
) -> None:
    """Puts points of a layer in force today; partial replies add coverage at a fixed rate."""
    if side == CN and layer == PARTIAL_REPLY:
        state.duty_pp[CN][PARTIAL_REPLY] = params.partial_reply_rate_pp
        state.coverage[CN][PARTIAL_REPLY] = min(1.0, state.coverage[CN][PARTIAL_REPLY] + coverage)
    else:
        state.duty_pp[side][layer] += points
    if side == US and layer == THREATENED:
        state.threat_in_effect = True
    apply_averages(state, params)


def apply_announcement(
    state: State, params: Params, side: int, layer: int, points: float, coverage: float, lead: int
) -> None:
    """Announces points on a layer that take effect after `lead` days (0 = today), but not before
    US duties ordered earlier: those of one side come in their order, and a reply does not come
    before what it answers. An end of normal trade relations, which takes months, holds up
    nothing."""
    due = state.day + lead
    for slot in range(PENDING_SLOTS):
        if state.pending_side[slot] == US and state.pending_layer[slot] != PNTR:
            due = max(due, state.pending_due[slot])
    apply_order(state, params, side, layer, points, coverage, due)


def apply_order(
    state: State, params: Params, side: int, layer: int, points: float, coverage: float, due: int
) -> None:
    """Orders points on a layer from a day on, whatever else has been ordered."""
    if due <= state.day:
        apply_duty(state, params, side, layer, points, coverage)
        return
    for slot in range(PENDING_SLOTS):
        if state.pending_due[slot] == 0:
            state.pending_due[slot] = due
            state.pending_side[slot] = side
            state.pending_layer[slot] = layer
            state.pending_pp[slot] = points
            state.pending_coverage[slot] = coverage
            apply_averages(state, params)
            return
    state.pending_overflow = True


def apply_pending(state: State, params: Params) -> int:
    """Puts announced duties due today in force; returns how many there were."""
    done = 0
    for slot in range(PENDING_SLOTS):
        if 0 < state.pending_due[slot] <= state.day:
            state.pending_due[slot] = 0
            apply_duty(
                state,
                params,
                state.pending_side[slot],
                state.pending_layer[slot],
                state.pending_pp[slot],
                state.pending_coverage[slot],
            )
            done += 1
    return done


def apply_withdrawal(state: State, params: Params) -> None:
    """Withdraws US duties that are announced but not yet in force, because a deal was signed."""
    for slot in range(PENDING_SLOTS):
        if state.pending_due[slot] > 0 and state.pending_side[slot] == US:
            state.pending_due[slot] = 0
    apply_averages(state, params)


def apply_cut(state: State, params: Params, side: int, points: float) -> float:
    """Cuts add-on duties by up to `points`; returns the points cut.

    The newest layers are cut first (threatened, then reciprocal or full reply). The fentanyl layer
    is not cut; `apply_fentanyl_cut` does that.
    """
    left = points
    for layer in (THREATENED, RECIPROCAL):
        part = min(left, state.duty_pp[side][layer])
        state.duty_pp[side][layer] -= part
        left -= part
    if side == US:
        apply_waiver(state, points - left)
        if state.duty_pp[US][THREATENED] <= 0.0:
            state.threat_in_effect = False
    apply_cut_day(state, side, points - left)
    apply_averages(state, params)
    return points - left


def apply_cut_day(state: State, side: int, points: float) -> None:
    """Records the day on which a side cut its duties, if it cut any."""
    if points > 0.0:
        state.cut_day[side] = state.day


def can_cut(state: State, params: Params) -> bool:
    """Returns whether the US may cut duties without a deal.

    It does so only in a climb-down, at prohibitive duties and while markets are under stress, as in
    April 2025. No open threat may say the contrary (E249-E251).
    """
    high = has_stopped_trade(state, params, US)
    return high and state.market_stress >= params.cut_stress_min and not state.threat_open


def apply_waiver(state: State, points: float) -> None:
    """Gives up points that the courts struck down: once cut, they are not restored."""
    state.struck_pp = max(0.0, state.struck_pp - points)


def apply_fentanyl_cut(state: State, params: Params, points: float) -> float:
    """Cuts only the fentanyl layer by up to `points`; returns the points cut."""
    part = min(points, state.duty_pp[US][FENTANYL])
    state.duty_pp[US][FENTANYL] -= part
    apply_waiver(state, part)
    apply_cut_day(state, US, part)
    apply_averages(state, params)
    return part
