"""Effect of duties on prices, and on the trade they imply within a year, good by good.

Every importer buys a good from the other side, from the rest of the world and at home (nested
CES). Prices and flows are logs of the ratio to the base, the trade of 2024 under the duties of
20 January 2025. Elasticities hold within a year; `sim.economy.flows` moves trade over time.

    (1)  x = ln(T1 / T0) with T = 1 + duty paid + fees; the duty-paid price moves by p = rho x + e,
         e = what the exchange rate does to the price before duty
    (2)  ln PM = ln[sum over sources of w exp((1 - sigma) p)] / (1 - sigma)
    (3)  ln P = ln[m exp((1 - eta) ln PM) + (1 - m) exp((1 - eta) ln PD)] / (1 - eta),
         ln PD = response m ln PM
    (4)  ln q = -sigma p + (sigma - eta) ln PM + (eta - kappa) ln P + trend
    (5)  customs value V* = V exp(ln q - (1 - rho) x), in the US also times exp(e)

Duties are counted as paid, so that prices, revenue and welfare use the same wedge, and every duty
paid is also received. Fajgelbaum et al. 2020 (nests), Amiti, Redding and Weinstein 2019
(pass-through, domestic prices).
"""

from __future__ import annotations

from typing import Final

from sim.economy.arithmetic import safe_div, safe_exp, safe_log
from sim.economy.constants import LOWEST_SIGMA, PERCENT, UNIT_ELASTICITY_BAND
from sim.economy.records import CN, N_CATEGORIES, N_SIDES, US, TradeParams, TradeState
from sim.economy.sectors import CATEGORY_OF_GOOD, END_GOOD, FIRST_GOOD

PORT_FEES: Final = 4
"""Number of port fees among the controls."""


def ces_log(share: float, elasticity: float, first: float, second: float) -> float:
    """Returns the log price index of two goods, equations (2) and (3).

    Args:
        share: Base-year expenditure share of the first good.
        elasticity: Elasticity of substitution; near 1 the Cobb-Douglas index is used.
        first: Log price change of the first good.
        second: Log price change of the second.
    """
    gap = 1.0 - elasticity
    if -UNIT_ELASTICITY_BAND < gap < UNIT_ELASTICITY_BAND:
        return share * first + (1.0 - share) * second
    total = share * safe_exp(gap * first)
    # In the usual case the second price has not moved, and no exponential is needed.
    total += 1.0 - share if second == 0.0 else (1.0 - share) * safe_exp(gap * second)
    # The gap is at least 1e-6 away from 0, so this division needs no guard.
    return safe_log(total) / gap


def rest_price_log(state: TradeState, params: TradeParams, side: int, good: int) -> float:
    """Returns the log change of a good's duty-paid price from third countries by added duties:
    those of the scenario, and in the US those that Washington has added since the start."""
    points = params.trade_rest_added_pp[side]
    if side == US:
        points += state.others_added_pp
    added = rest_collected(params, side) * points
    if added == 0.0:
        return 0.0
    before = 1.0 + params.good_rest_duty_pct[good] / PERCENT
    return params.trade_pass_through[side] * safe_log(safe_div(before + added / PERCENT, before))


def rest_collected(params: TradeParams, side: int) -> float:
    """Returns the part of the points a side has added on third countries that is collected."""
    return params.trade_collect_rest if side == US else params.trade_collect[side]


def apply_exchange(state: TradeState, params: TradeParams) -> None:
    """Sets what the exchange rate does to the price of each side's imports from the other.

    The yuan falls with the average duty the US collects on Chinese goods. Part of that makes
    Chinese goods cheaper in dollars; and as most of what China imports is invoiced in dollars, part
    makes its imports from anywhere dearer in yuan.
    """
    fall = yuan_fall_log(state, params)
    for side in range(N_SIDES):
        shift = params.trade_exchange_share[side] * fall
        if side == US:
            shift = -shift
        if shift != state.exchange_log[side]:
            state.exchange_log[side] = shift
            state.prices_due[side] = True
            if side == CN:
                state.free_due[CN] = True


def yuan_fall_log(state: TradeState, params: TradeParams) -> float:
    """Returns the log fall of the yuan against the dollar that US duties on China bring about."""
    added = state.paid_avg_pp[US] / PERCENT
    return params.trade_yuan_response * safe_log(1.0 + added)


def rest_exchange_log(state: TradeState, side: int) -> float:
    """Returns what the exchange rate does to the price of a side's imports from third countries:
    nothing in the US, where they do not sell in yuan, and the same as to US goods in China."""
    return 0.0 if side == US else state.exchange_log[side]


def apply_fees(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets port fees on the other side's ships as a fraction of imports, equation (14)."""
    wedge = 0.0
    if state.control[side][PORT_FEES] > 0:
        wedge = safe_div(params.trade_port_fee_usd_bn[side], params.trade_base_usd_bn[side])
    if wedge != state.fee_wedge[side]:
        state.fee_wedge[side] = wedge
        state.prices_due[side] = True
        state.free_due[side] = True


def good_level(params: TradeParams, good: int, imports: float) -> float:
    """Returns the log price level of a good from all sources, equation (3)."""
    penetration = params.good_penetration[good]
    home = params.trade_domestic_response * penetration * imports
    return ces_log(penetration, params.trade_eta, imports, home)


def home_gain_log(params: TradeParams, good: int, imports: float) -> float:
    """Returns the gain of home producers from a good's import price, as a share of spending on it:
    their price increase on what is bought at home."""
    penetration = params.good_penetration[good]
    return (1.0 - penetration) * params.trade_domestic_response * penetration * imports


def demand_log(
    params: TradeParams, side: int, sigma: float, x: float, imports: float, level: float
) -> float:
    """Returns the log change of a side's imports at customs value within a year, (4) and (5).

    It is linear in the last three arguments, so it also applies to their derivatives.

    Args:
        params: The parameters.
        side: The importer.
        sigma: Elasticity across origins within a year.
        x: Log change of one plus the duty, equation (1).
        imports: Log import price index, equation (2).
        level: Log price level of the good from all sources, equation (3).
    """
    rho = params.trade_pass_through[side]
    quantity = -sigma * rho * x + (sigma - params.trade_eta) * imports
    quantity += (params.trade_eta - params.trade_kappa) * level
    return quantity - (1.0 - rho) * x


def exchange_demand_log(side: int, sigma: float, exchange: float) -> float:
    """Returns what the exchange rate adds to the log change of imports at customs value, through
    the price of the other side's goods alone.

    Customs values are in dollars. The yuan's fall lowers the dollar price of Chinese goods; that of
    US goods does not change.
    """
    return (1.0 - sigma) * exchange if side == US else -sigma * exchange


def apply_constants(state: TradeState, params: TradeParams) -> None:
    """Derives from the parameters the constants of equations (1) to (5).

    Base flows sum to the official totals, shares include duties, and the elasticity of each good is
    proportional to the common one.
    """
    for category in range(N_CATEGORIES):
        apply_category_shares(state, params, category)
    for side in range(N_SIDES):
        state.prices_due[side] = True
        state.free_due[side] = True
        listed = 0.0
        for good in range(FIRST_GOOD[side], END_GOOD[side]):
            listed += params.good_value_usd_bn[good]
        scale = safe_div(params.trade_base_usd_bn[side], listed)
        everyone = 0.0
        for good in range(FIRST_GOOD[side], END_GOOD[side]):
            base = scale * params.good_value_usd_bn[good]
            paid = base * (1.0 + params.good_duty_pct[good] / PERCENT)
            others = base * (safe_div(1.0, params.good_partner_share[good]) - 1.0)
            imports = paid + others * (1.0 + params.good_rest_duty_pct[good] / PERCENT)
            state.good_base_usd_bn[good] = base
            state.good_before_log[good] = safe_log(1.0 + params.good_duty_pct[good] / PERCENT)
            state.good_share[good] = safe_div(paid, imports)
            state.good_absorption_usd_bn[good] = safe_div(imports, params.good_penetration[good])
            state.good_sigma[good] = good_sigma(params, side, good)
            state.good_rest_price_log[good] = rest_price_log(state, params, side, good)
            everyone += base + others
        if side == US:
            state.us_imports_base_usd_bn = everyone
    state.others_priced_pp = state.others_added_pp


def apply_rest_prices(state: TradeState, params: TradeParams) -> None:
    """Sets the prices of US imports from third countries anew if duties on them have changed."""
    if state.others_added_pp == state.others_priced_pp:
        return
    state.others_priced_pp = state.others_added_pp
    for good in range(FIRST_GOOD[US], END_GOOD[US]):
        state.good_rest_price_log[good] = rest_price_log(state, params, US, good)
    state.prices_due[US] = True
    state.free_due[US] = True


def good_sigma(params: TradeParams, side: int, good: int) -> float:
    """Returns a good's elasticity across origins within a year: common, times its own ratio.

    Homogeneous farm goods and energy have a common elasticity of their own.
    """
    common = params.trade_sigma_12m[side]
    if params.good_homogeneous[good] > 0.0:
        common = params.trade_sigma_homogeneous
    return max(LOWEST_SIGMA, common * params.good_sigma_ratio[good])


def apply_category_shares(state: TradeState, params: TradeParams, category: int) -> None:
    """Sets the weight of each good in its category of pledged purchases, by base-year trade."""
    total = 0.0
    for good in range(FIRST_GOOD[1], END_GOOD[1]):
        if CATEGORY_OF_GOOD[good] == category:
            total += params.good_value_usd_bn[good]
    for good in range(FIRST_GOOD[1], END_GOOD[1]):
        if CATEGORY_OF_GOOD[good] == category:
            state.good_category_share[good] = safe_div(params.good_value_usd_bn[good], total)


def apply_prices(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets prices of all goods a side imports and the trade they imply, equations (1) to (5)."""
    rho = params.trade_pass_through[side]
    base = 1.0 + state.fee_wedge[side]
    exchange = state.exchange_log[side]
    rest_exchange = rest_exchange_log(state, side)
    # Lists are fetched from the records once, because this is the innermost loop.
    paid = state.good_paid
    before = state.good_before_log
    sigmas = state.good_sigma
    shares = state.good_share
    penetration = params.good_penetration
    response = params.trade_domestic_response
    eta = params.trade_eta
    rest = state.good_rest_price_log
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        x = safe_log(base + paid[good]) - before[good]
        sigma = sigmas[good]
        imports = ces_log(shares[good], sigma, rho * x + exchange, rest[good] + rest_exchange)
        home = response * penetration[good] * imports
        level = ces_log(penetration[good], eta, imports, home)
        target = demand_log(params, side, sigma, x, imports, level)
        target += exchange_demand_log(side, sigma, exchange)
        state.good_duty_log[good] = x
        state.good_import_price_log[good] = imports
        state.good_level_log[good] = level
        state.good_target_log[good] = target
        state.good_target_usd_bn[good] = state.good_base_usd_bn[good] * safe_exp(target)
