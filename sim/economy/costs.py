"""Table that agents read: each side's cost of a point of duty by layer, and values of clauses.

Slopes are taken at the duties in force, with the response within a year. The importer's cost of a
point is the extra cost to its buyers, minus the extra revenue of its treasury and its producers,
equation (9): positive = the duty hurts the side that levies it. Duty-paid prices and revenue
together already contain the importer's terms-of-trade gain; adding it would count it twice. The
exporter loses the price it concedes, and the income from sales it cannot make elsewhere.

A cut is valued by the mean over all points added since the base, not by the slope. At full duty
there is little trade left to lose, so a slope there would make the return of trade look worthless.
Below one added point the two are the same, and the slope is used.
"""

from __future__ import annotations

from typing import Final

from sim.economy.arithmetic import clamp, safe_div, safe_exp, safe_log
from sim.economy.constants import MONTHS_PER_YEAR, PERCENT, UNIT
from sim.economy.controls import RARE_EARTHS, minerals_approval, minerals_share, unreplaced
from sim.economy.demand import (
    ces_log,
    demand_log,
    exchange_demand_log,
    good_level,
    home_gain_log,
    rest_exchange_log,
)
from sim.economy.records import (
    CN,
    COVER_S232,
    COVER_S301,
    COVER_SELECTIVE,
    N_LAYERS,
    N_SIDES,
    US,
    TradeParams,
    TradeState,
)
from sim.economy.sectors import CHIPS_GOOD, END_GOOD, FIRST_GOOD
from sim.economy.tariffs import (
    collected_share,
    cover_offset,
    cover_row,
    cover_scale,
    standing_pct,
)

ALL_GOODS: Final = 3
"""Row with the sums over all goods, after the rows of the coverage by good."""

PRICE_US_TARIFF_CUT: Final = 0
PRICE_CN_TARIFF_CUT: Final = 1
PRICE_MINERALS: Final = 2
PRICE_TECH: Final = 3
PRICE_PURCHASES: Final = 4
PRICE_US_BROAD_CUT: Final = 8
N_PRICES: Final = 9
"""Clauses by number. One unit of a tariff clause cuts `UNIT` points; one unit of purchases is
`UNIT` billion USD a year."""


def income_margin(params: TradeParams, side: int) -> float:
    """Returns the income a side loses per dollar of lost sales to the other side: its value added,
    times the part it cannot sell elsewhere."""
    return params.trade_value_added[side] * (1.0 - params.trade_resold_share[side])


def apply_cost_table(state: TradeState, params: TradeParams, side: int) -> None:
    """Writes the cost to each side of one more point of each layer of a side's duty, USD bn a year,
    and the value to each of a cut of ten points."""
    if state.free_due[side]:
        apply_free_world(state, params, side)
    apply_slopes(state, params, side)
    apply_sums(state, params, side, 0)
    apply_sums(state, params, side, 1)
    for layer in range(N_LAYERS):
        apply_layer_cost(state, params, side, layer)
    apply_means(state, params, side)
    apply_cut_values(state, params, side)


def apply_slopes(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets the cost to importer and exporter of a point on each single good, USD bn a year."""
    rho = params.trade_pass_through[side]
    margin = income_margin(params, 1 - side)
    base = 1.0 + state.fee_wedge[side]
    shift = exchange_conceded_log(state, side)
    moves_yuan = side == US and params.trade_yuan_response > 0.0
    duties = state.good_duty_log
    sigmas = state.good_sigma
    flows = state.good_target_usd_bn
    paid = state.good_paid
    own_by_yuan = 0.0
    other_by_yuan = 0.0
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        d_duty = collected_share(params, side, good) / PERCENT
        x = duties[good]
        flow = flows[good]
        # Derivatives are passed up through two nests by current expenditure shares: first with
        # respect to the log price of the other side's good, below to x, which moves it by rho.
        share = partner_share(state, params, side, good)
        slope = share * level_slope(state, params, good)
        spending = spending_slope(state, params, good, share, slope)
        d_flow = flow * demand_log(params, side, sigmas[good], 1.0, rho * share, rho * slope)
        d_x = safe_div(d_duty, base + paid[good])
        conceded = (1.0 - rho) * (flow + x * d_flow) - shift * d_flow
        own = (rho * spending - paid[good] * d_flow) * d_x
        state.good_own_cost[good] = own - flow * d_duty
        # Income depends on volumes at base prices, so that the price conceded is counted once.
        volume = safe_exp((1.0 - rho) * x - shift)
        d_volume = volume * (d_flow + (1.0 - rho) * flow)
        state.good_other_cost[good] = (conceded - margin * d_volume) * d_x
        if moves_yuan:
            d_log = demand_log(params, US, sigmas[good], 0.0, share, slope)
            d_flow = flow * (d_log + exchange_demand_log(US, sigmas[good], 1.0))
            own_by_yuan += spending - paid[good] * d_flow
            other_by_yuan += ((1.0 - rho) * x - shift) * d_flow - flow
            other_by_yuan -= margin * volume * (d_flow - flow)
    if moves_yuan:
        apply_yuan_slopes(state, params, own_by_yuan, other_by_yuan)


def partner_share(state: TradeState, params: TradeParams, side: int, good: int) -> float:
    """Returns the other side's current share of spending on a good's imports."""
    price = params.trade_pass_through[side] * state.good_duty_log[good] + state.exchange_log[side]
    gap = state.good_import_price_log[good] - price
    return state.good_share[good] * safe_exp((state.good_sigma[good] - 1.0) * gap)


def level_slope(state: TradeState, params: TradeParams, good: int) -> float:
    """Returns the rise of a good's price level per rise of its import price index, both logs."""
    part = params.good_penetration[good]
    home = params.trade_domestic_response * part
    gap = state.good_level_log[good] - state.good_import_price_log[good]
    part *= safe_exp((params.trade_eta - 1.0) * gap)
    return part + (1.0 - part) * home


def spending_slope(
    state: TradeState, params: TradeParams, good: int, d_imports: float, d_level: float
) -> float:
    """Returns the rise of buyers' cost of a good, less what home producers gain by it, when its
    import price index and its price level rise by given slopes; USD bn a year."""
    # Price increases of home producers stay at home; the gain is linear in the import price.
    return state.good_absorption_usd_bn[good] * (d_level - home_gain_log(params, good, d_imports))


def apply_yuan_slopes(state: TradeState, params: TradeParams, own: float, other: float) -> None:
    """Adds to the cost of a US point on each good what it does through the yuan.

    A point on any good moves the average duty, the yuan, and the dollar price of all Chinese goods.

    Args:
        state: The state.
        params: The parameters.
        own: Rise of the importer's cost per log rise of the price of all Chinese goods.
        other: The same of the exporter's.
    """
    total = 0.0
    for good in range(FIRST_GOOD[US], END_GOOD[US]):
        total += state.good_base_usd_bn[good]
    fall = safe_div(params.trade_yuan_response, 1.0 + state.paid_avg_pp[US] / PERCENT)
    slope = -params.trade_exchange_share[US] * safe_div(fall, total)
    for good in range(FIRST_GOOD[US], END_GOOD[US]):
        d_duty = collected_share(params, US, good) / PERCENT
        d_shift = slope * state.good_base_usd_bn[good] * d_duty
        state.good_own_cost[good] += own * d_shift
        state.good_other_cost[good] += other * d_shift


def exchange_conceded_log(state: TradeState, side: int) -> float:
    """Returns the log change of the dollar price of a side's imports through the exchange rate:
    what the exporter concedes, if negative."""
    return state.exchange_log[US] if side == US else 0.0


def apply_sums(state: TradeState, params: TradeParams, side: int, who: int) -> None:
    """Adds up the slopes for the importer (0) or the exporter (1)."""
    costs = state.good_own_cost if who == 0 else state.good_other_cost
    lists = params.good_cover[COVER_S301]
    metals = params.good_cover[COVER_S232]
    selective = state.good_selective
    listed = 0.0
    metal = 0.0
    picked = 0.0
    total = 0.0
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        cost = costs[good]
        listed += cost * lists[good]
        metal += cost * metals[good]
        picked += cost * selective[good]
        total += cost
    state.slope_sum[who][COVER_S301] = listed
    state.slope_sum[who][COVER_S232] = metal
    state.slope_sum[who][COVER_SELECTIVE] = picked
    state.slope_sum[who][ALL_GOODS] = total


def apply_layer_cost(state: TradeState, params: TradeParams, side: int, layer: int) -> None:
    """Writes the cost to each side of a point of one layer, from the sums over goods."""
    row = cover_row(side, layer)
    scale = 1.0
    offset = 0.0
    if row != COVER_SELECTIVE:
        # The sums of the selective layer already use its current coverage.
        scale = cover_scale(state, params, side, layer)
        offset = cover_offset(state, params, side, layer)
    for who in range(N_SIDES):
        sums = state.slope_sum[who]
        cost = offset * sums[ALL_GOODS]
        if row >= 0:
            cost += scale * sums[row]
        if who == 0:
            state.own_cost_per_pp[side][layer] = cost
        else:
            state.other_cost_per_pp[1 - side][layer] = cost


def apply_means(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets the mean cost to both sides of the points added on each good, USD bn a year per point.

    The comparison is with the same state without these points; fees and duties on third countries
    remain.
    """
    rho = params.trade_pass_through[side]
    margin = income_margin(params, 1 - side)
    conceded_log = exchange_conceded_log(state, side)
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        added = state.good_added_pp[good]
        if added < 1.0:
            state.good_own_mean[good] = state.good_own_cost[good]
            state.good_other_mean[good] = state.good_other_cost[good]
        else:
            flow = state.good_target_usd_bn[good]
            spared = state.good_free_usd_bn[good]
            gain = home_gain_log(params, good, state.good_import_price_log[good])
            rise = state.good_level_log[good] - gain - state.good_free_level_log[good]
            duties = state.good_paid[good] * flow - standing_pct(params, good) / PERCENT * spared
            cost = state.good_absorption_usd_bn[good] * rise - duties
            x, x_free = state.good_duty_log[good], state.good_free_duty_log[good]
            loss = (1.0 - rho) * (x * flow - x_free * spared) - conceded_log * flow
            volume = flow * safe_exp((1.0 - rho) * x - conceded_log)
            loss += margin * (spared * safe_exp((1.0 - rho) * x_free) - volume)
            state.good_own_mean[good] = safe_div(cost, added)
            state.good_other_mean[good] = safe_div(loss, added)


def apply_free_world(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets two references for a side's imports: prices and trade if no points were added, to which
    cuts lead back, and prices without fees as well, from which buyers' cost is measured.

    They change with fees, duties on third countries and parameters; China's also with the yuan,
    which falls whatever China adds. The US compares with the yuan as it was.
    """
    revenue = 0.0
    exchange = 0.0 if side == US else state.exchange_log[side]
    rest_exchange = rest_exchange_log(state, side)
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        duty = standing_pct(params, good) / PERCENT
        x = safe_log(1.0 + state.fee_wedge[side] + duty) - state.good_before_log[good]
        sigma = state.good_sigma[good]
        rest = state.good_rest_price_log[good] + rest_exchange
        price = params.trade_pass_through[side] * x + exchange
        imports = ces_log(state.good_share[good], sigma, price, rest)
        level = good_level(params, good, imports)
        target = demand_log(params, side, sigma, x, imports, level)
        target += exchange_demand_log(side, sigma, exchange)
        state.good_free_duty_log[good] = x
        state.good_free_level_log[good] = level - home_gain_log(params, good, imports)
        state.good_free_usd_bn[good] = state.good_base_usd_bn[good] * safe_exp(target)
        revenue += duty * state.good_free_usd_bn[good]
        imports = ces_log(state.good_share[good], sigma, exchange, rest)
        state.good_rest_level_log[good] = good_level(params, good, imports)
        state.good_rest_gain_log[good] = home_gain_log(params, good, imports)
    state.revenue_free_usd_bn_per_year[side] = revenue
    state.free_due[side] = False


def apply_cut_values(state: TradeState, params: TradeParams, side: int) -> None:
    """Writes the value to each side of a cut of ten points, USD bn a year: of the US reciprocal
    duty and a duty on all goods, or of China's full reply."""
    own_picked = 0.0
    own_all = 0.0
    other_picked = 0.0
    other_all = 0.0
    selective = state.good_selective
    ours = state.good_own_mean
    theirs = state.good_other_mean
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        own_picked += selective[good] * ours[good]
        own_all += ours[good]
        other_picked += selective[good] * theirs[good]
        other_all += theirs[good]
    value = state.price_usd_bn
    if side == US:
        value[US][PRICE_US_TARIFF_CUT] = UNIT * own_picked
        value[CN][PRICE_US_TARIFF_CUT] = UNIT * other_picked
        value[US][PRICE_US_BROAD_CUT] = UNIT * own_all
        value[CN][PRICE_US_BROAD_CUT] = UNIT * other_all
    else:
        value[CN][PRICE_CN_TARIFF_CUT] = UNIT * own_all
        value[US][PRICE_CN_TARIFF_CUT] = UNIT * other_all


def apply_unit_prices(state: TradeState, params: TradeParams) -> None:
    """Writes the value of one unit of every other clause of a package, USD bn a year.

    To the user, a level of rare-earth or chip control is worth the output it would cost once stocks
    run out; to the seller, the income from its sales. Extra purchases earn the seller an income on
    the part not diverted from other buyers, and cost the buyer the excess over the price of its
    usual source; equations (13), (15) and (16). Clauses without an equation keep their parameter.
    """
    for side in range(N_SIDES):
        for price in range(PRICE_MINERALS, PRICE_US_BROAD_CUT):
            state.price_usd_bn[side][price] = params.clause_usd_bn[side][price]
    value = state.price_usd_bn
    regained = params.trade_inputs_exposed_usd_bn[US] * eased_share(state, params)
    value[US][PRICE_MINERALS] = regained * unbridged(state.minerals_stock_months)
    chips = params.trade_inputs_exposed_usd_bn[CN] * params.chips_cut_per_level
    value[CN][PRICE_TECH] = chips * unbridged(state.chips_stock_months)
    sales = params.chips_cut_per_level * state.good_base_usd_bn[CHIPS_GOOD]
    value[US][PRICE_TECH] = params.trade_value_added[US] * sales
    income = params.trade_value_added[US] * params.trade_purchase_additional
    value[US][PRICE_PURCHASES] = UNIT * income
    value[CN][PRICE_PURCHASES] = -UNIT * params.trade_purchase_premium


def eased_share(state: TradeState, params: TradeParams) -> float:
    """Returns the share of exposed US output that one level less of rare-earth control restores
    once stocks are gone."""
    level = state.control[CN][RARE_EARTHS]
    if level == 0:
        return 0.0
    gained = minerals_share(params, level - 1) - minerals_approval(state, params)
    return gained * unreplaced(state, params)


def unbridged(stock_months: float) -> float:
    """Returns the share of a year that a stock of a given number of months does not cover."""
    return 1.0 - clamp(stock_months / MONTHS_PER_YEAR, 0.0, 1.0)
