"""From legal layers to duties on goods: a layer covers each good in part, fully or not at all.

A path of legal layers so gives a path of duties by good and their import-weighted average. Some
layers fall on all goods alike (fentanyl, threatened, China's full reply); the lists of sections
301 and 232, the US reciprocal duty, which leaves out phones and computers, and China's partial
replies pick theirs. Duties are counted in points added since 20 January 2025 on top of what was
collected on each good in 2024.
"""

from __future__ import annotations

from sim.economy.arithmetic import safe_div
from sim.economy.constants import PERCENT
from sim.economy.records import (
    CN,
    COVER_S232,
    COVER_S301,
    COVER_SELECTIVE,
    N_LAYERS,
    PARTIAL_REPLY,
    RECIPROCAL,
    S232,
    S301,
    US,
    TradeParams,
    TradeState,
)
from sim.economy.sectors import END_GOOD, FIRST_GOOD


def cover_row(side: int, layer: int) -> int:
    """Returns the row of the coverage by good that a layer uses, -1 if it falls on all alike."""
    if side == US:
        if layer == S301:
            return COVER_S301
        if layer == S232:
            return COVER_S232
        return COVER_SELECTIVE if layer == RECIPROCAL else -1
    return COVER_SELECTIVE if layer == PARTIAL_REPLY else -1


def cover_scale(state: TradeState, params: TradeParams, side: int, layer: int) -> float:
    """Returns what a layer's published coverage of a good is multiplied with today.

    A scenario may widen or narrow a layer. Below its published share of trade all goods shrink in
    proportion, above it they grow towards full coverage: with `cover_offset` this is the line
    through none at 0, the published coverage at the published share, and all at 1. China's
    partial replies have no published share; their coverage tilts the share of the day.
    """
    if cover_row(side, layer) < 0:
        return 0.0
    share = state.coverage[side][layer]
    published = params.coverage_reference[side][layer]
    if side == CN:
        return share
    if share <= published:
        return safe_div(share, published)
    return safe_div(1.0 - share, 1.0 - published)


def cover_offset(state: TradeState, params: TradeParams, side: int, layer: int) -> float:
    """Returns what is added to a layer's scaled coverage of a good (see `cover_scale`)."""
    share = state.coverage[side][layer]
    if cover_row(side, layer) < 0:
        return share
    published = params.coverage_reference[side][layer]
    if side == CN or share <= published:
        return 0.0
    return safe_div(share - published, 1.0 - published)


def good_cover(state: TradeState, params: TradeParams, side: int, layer: int, good: int) -> float:
    """Returns the share of a good's imports that a layer covers today, 0 to 1."""
    offset = cover_offset(state, params, side, layer)
    row = cover_row(side, layer)
    if row < 0:
        return offset
    return min(1.0, offset + cover_scale(state, params, side, layer) * params.good_cover[row][good])


def apply_good_duties(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets what is added on and paid on each good a side imports, and the average points added.

    The average is weighted by imports of 2024. Where a duty has moved, prices are due.
    """
    flat = flat_points(state, params, side)
    lists = layer_points(state, params, side, S301) if side == US else 0.0
    lists *= cover_scale(state, params, side, S301)
    metals = layer_points(state, params, side, S232) if side == US else 0.0
    metals *= cover_scale(state, params, side, S232)
    picking = RECIPROCAL if side == US else PARTIAL_REPLY
    picked = layer_points(state, params, side, picking)
    scale = cover_scale(state, params, side, picking)
    offset = cover_offset(state, params, side, picking)
    collect = params.trade_collect[side]
    tilt = params.good_cover[COVER_SELECTIVE]
    listed = params.good_cover[COVER_S301]
    metal = params.good_cover[COVER_S232]
    before = params.good_duty_pct
    base = state.good_base_usd_bn
    paid = state.good_paid
    weighted = 0.0
    total = 0.0
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        share = offset + scale * tilt[good]
        share = min(share, 1.0)
        points = flat + picked * share + lists * listed[good] + metals * metal[good]
        duty = before[good] + collect * points
        state.good_selective[good] = share
        state.good_added_pp[good] = points
        duty = duty / PERCENT if duty > 0.0 else 0.0
        if duty != paid[good]:
            paid[good] = duty
            state.prices_due[side] = True
        weighted += base[good] * points
        total += base[good]
    state.added_avg_pp[side] = safe_div(weighted, total)


def layer_points(state: TradeState, params: TradeParams, side: int, layer: int) -> float:
    """Returns the points of a layer in force beyond those the base contains."""
    return state.duty_pp[side][layer] - params.base_duty_pp[side][layer]


def flat_points(state: TradeState, params: TradeParams, side: int) -> float:
    """Returns the points that fall on all goods alike: layers that do not pick theirs, and what a
    picking layer covers beyond its published reach."""
    total = 0.0
    for layer in range(N_LAYERS):
        picking = cover_row(side, layer) == COVER_SELECTIVE
        if not picking:
            share = cover_offset(state, params, side, layer)
            total += share * layer_points(state, params, side, layer)
    return total


def apply_announced(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets the points announced on each good a side imports and not yet in force."""
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        state.good_announced_pp[good] = 0.0
    for layer in range(N_LAYERS):
        announced = state.announced_pp[side][layer]
        if announced != 0.0:
            for good in range(FIRST_GOOD[side], END_GOOD[side]):
                share = good_cover(state, params, side, layer, good)
                state.good_announced_pp[good] += announced * share
    if side == CN and state.announced_cover > 0.0:
        apply_announced_reply(state, params)


def apply_announced_reply(state: TradeState, params: TradeParams) -> None:
    """Adds a partial reply announced: its rate on what it will cover beyond today."""
    tilt = params.good_cover[COVER_SELECTIVE]
    for good in range(FIRST_GOOD[CN], END_GOOD[CN]):
        covered = (state.coverage[CN][PARTIAL_REPLY] + state.announced_cover) * tilt[good]
        more = max(0.0, min(1.0, covered) - state.good_selective[good])
        state.good_announced_pp[good] += params.partial_reply_rate_pp * more


def import_avg_pct(state: TradeState, params: TradeParams, side: int) -> float:
    """Returns a side's average duty on what it buys from the other, in %, weighted by imports of
    2024 over the sectors: what was collected then plus the points added since."""
    weighted = 0.0
    total = 0.0
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        weighted += state.good_base_usd_bn[good] * params.good_duty_pct[good]
        total += state.good_base_usd_bn[good]
    return safe_div(weighted, total) + state.added_avg_pp[side]


def duty_paid(params: TradeParams, side: int, good: int, added_pp: float) -> float:
    """Returns the duty paid on a good as a fraction of customs value, at least 0.

    What was collected in the base year plus the collected part of the points added since.
    """
    return max(0.0, params.good_duty_pct[good] + params.trade_collect[side] * added_pp) / PERCENT
