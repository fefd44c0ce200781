"""Duties on goods from legal layers: a layer covers each good partly, fully or not at all.

A path of legal layers thus gives a path of duties by good, and their import-weighted average. Some
layers apply equally to all goods (fentanyl, threatened, China's full reply). Others select goods:
the lists of sections 301 and 232, the US reciprocal duty, which exempts phones and computers, and
China's partial replies. Duties are counted in points added since 20 January 2025, on top of what
was collected on each good in 2024. The tariff calculator can also put points on a good by itself,
on top of its layers; no rule of the negotiation does.
"""

from __future__ import annotations

from sim.economy.arithmetic import safe_div
from sim.economy.constants import DAYS_PER_MONTH, PERCENT
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
from sim.economy.sectors import END_GOOD, FIRST_GOOD, N_GOODS


def cover_row(side: int, layer: int) -> int:
    """Returns the row of the coverage by good that a layer uses; -1 if it covers all alike."""
    if side == US:
        if layer == S301:
            return COVER_S301
        if layer == S232:
            return COVER_S232
        return COVER_SELECTIVE if layer == RECIPROCAL else -1
    return COVER_SELECTIVE if layer == PARTIAL_REPLY else -1


def cover_scale(state: TradeState, params: TradeParams, side: int, layer: int) -> float:
    """Returns the current factor on a layer's published coverage of a good.

    A scenario may widen or narrow a layer. Below its published share of trade, the coverage of all
    goods shrinks in proportion; above it, it grows towards full coverage. Together with
    `cover_offset` this is the line through no coverage at a share of 0, the published coverage at
    the published share, and full coverage at 1. China's partial replies have no published share;
    their coverage by good scales with the current share.
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
    """Returns the addition to a layer's scaled coverage of a good (see `cover_scale`)."""
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
    """Sets the points added and the duty paid on each good a side imports, and their averages.

    The averages are weighted by imports of 2024. If any duty has changed, prices must be updated.
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
    tilt = params.good_cover[COVER_SELECTIVE]
    listed = params.good_cover[COVER_S301]
    metal = params.good_cover[COVER_S232]
    base = state.good_base_usd_bn
    extra = state.good_extra_pp
    paid = state.good_paid
    weighted = 0.0
    charged = 0.0
    total = 0.0
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        share = offset + scale * tilt[good]
        share = min(share, 1.0)
        points = flat + picked * share + lists * listed[good] + metals * metal[good] + extra[good]
        paid_pp = collected_share(params, side, good) * points
        duty = standing_pct(params, good) + paid_pp
        state.good_selective[good] = share
        state.good_added_pp[good] = points
        duty = duty / PERCENT if duty > 0.0 else 0.0
        if duty != paid[good]:
            paid[good] = duty
            state.prices_due[side] = True
        weighted += base[good] * points
        charged += base[good] * paid_pp
        total += base[good]
    state.added_avg_pp[side] = safe_div(weighted, total)
    state.paid_avg_pp[side] = safe_div(charged, total)


def good_tariff_pct(state: TradeState, params: TradeParams, good: int) -> float:
    """Returns the legal duty on a good, in %."""
    return max(0.0, standing_pct(params, good) + state.good_added_pp[good])


def apply_duty_day(state: TradeState, params: TradeParams) -> None:
    """Counts a day of the quarter, with the duties in force on its evening."""
    for good in range(N_GOODS):
        state.good_tariff_sum_pct[good] += good_tariff_pct(state, params, good)
    state.quarter_days += 1


def apply_quarter_end(state: TradeState) -> None:
    """Ends a quarter: the sums behind its means begin anew."""
    for good in range(N_GOODS):
        state.good_tariff_sum_pct[good] = 0.0
    state.quarter_days = 0


def layer_points(state: TradeState, params: TradeParams, side: int, layer: int) -> float:
    """Returns the points of a layer in force in excess of those in the base."""
    return state.duty_pp[side][layer] - params.base_duty_pp[side][layer]


def flat_points(state: TradeState, params: TradeParams, side: int) -> float:
    """Returns the points that apply equally to all goods: those of layers that do not select goods,
    and the coverage of the section lists in excess of their published share."""
    total = 0.0
    for layer in range(N_LAYERS):
        picking = cover_row(side, layer) == COVER_SELECTIVE
        if not picking:
            share = cover_offset(state, params, side, layer)
            total += share * layer_points(state, params, side, layer)
    return total


def apply_announced(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets the points announced but not yet in force on each good a side imports."""
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        state.good_announced_pp[good] = state.good_extra_announced_pp[good]
    for layer in range(N_LAYERS):
        announced = state.announced_pp[side][layer]
        if announced != 0.0:
            for good in range(FIRST_GOOD[side], END_GOOD[side]):
                share = good_cover(state, params, side, layer, good)
                state.good_announced_pp[good] += announced * share
    if side == CN and state.announced_cover > 0.0:
        apply_announced_reply(state, params)


def apply_announced_reply(state: TradeState, params: TradeParams) -> None:
    """Adds an announced partial reply: its rate on the coverage it will add."""
    tilt = params.good_cover[COVER_SELECTIVE]
    for good in range(FIRST_GOOD[CN], END_GOOD[CN]):
        covered = (state.coverage[CN][PARTIAL_REPLY] + state.announced_cover) * tilt[good]
        more = max(0.0, min(1.0, covered) - state.good_selective[good])
        state.good_announced_pp[good] += params.partial_reply_rate_pp * more


def import_avg_pct(state: TradeState, params: TradeParams, side: int) -> float:
    """Returns a side's average duty on imports from the other side, in %, weighted by imports of
    2024 over the sectors: the duty collected then plus the points added since."""
    weighted = 0.0
    total = 0.0
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        weighted += state.good_base_usd_bn[good] * standing_pct(params, good)
        total += state.good_base_usd_bn[good]
    return safe_div(weighted, total) + state.added_avg_pp[side]


def duty_paid(params: TradeParams, side: int, good: int, added_pp: float) -> float:
    """Returns the duty paid on a good as a fraction of customs value, at least 0.

    It is the duty without points added, plus the collected part of those.
    """
    added = collected_share(params, side, good) * added_pp
    return max(0.0, standing_pct(params, good) + added) / PERCENT


def standing_pct(params: TradeParams, good: int) -> float:
    """Returns the duty on a good without points added, in %: what was collected in the base year,
    and the yearly rises of older duties by 20 January 2025 that it does not hold."""
    return params.good_duty_pct[good] + params.good_rise_pp[good]


def collected_share(params: TradeParams, side: int, good: int) -> float:
    """Returns the part of the points added on a good that is collected: less what is avoided, and
    less the part of its imports that the importer exempts in practice."""
    return params.trade_collect[side] * (1.0 - params.good_exempt[good])


def afloat_share(params: TradeParams) -> float:
    """Returns the share of a month's arrivals that left before a duty rose, or before news of it
    came, on any day of the month before.

    If the news is s days old on the first of the month, goods that are T days under way are from
    before it for another T - s days. The mean over s, from 0 to a month of M days, is T^2 / 2 M^2.
    """
    months = min(1.0, params.trade_transit_days / DAYS_PER_MONTH)
    # The half is that of the integral.
    return 0.5 * months * months
