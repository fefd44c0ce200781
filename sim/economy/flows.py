"""Monthly trade flows: partial adjustment, slow substitution, front-loading and quantity limits.

    (5)  the one-year sigma acts on the relative price p - ln PM, the rest of the long-run sigma
         on its slow part, which closes a fixed share of the gap each month
    (6)  ln V(t) = (1 - a) ln V(t-1) + a ln V* + front-loading, paid back over four months
    (13) chips are limited by licences, (16) pledged purchases are a minimum for a category

State buyers of soybeans and energy are frozen, pledged or free; a freeze is a quantity that does
not respond to prices. The form of the slow part follows Boehm et al. 2023.
"""

from __future__ import annotations

from typing import Final

from sim.economy.arithmetic import safe_div, safe_exp, safe_log
from sim.economy.constants import MONTHS_PER_YEAR, PERCENT
from sim.economy.controls import chips_approval
from sim.economy.records import CN, N_CATEGORIES, PAYBACK_MONTHS, TradeParams, TradeState
from sim.economy.sectors import (
    CATEGORY_OF_GOOD,
    CHIPS_GOOD,
    END_GOOD,
    ENERGY_GOOD,
    FIRST_GOOD,
    SOYBEANS_GOOD,
)
from sim.economy.tariffs import afloat_share, duty_paid

BUYER_FREEZE: Final = 3

BUYER_FREE: Final = 0
BUYER_PLEDGED: Final = 1
BUYER_FROZEN: Final = 2


def buyer_mode(state: TradeState, good: int) -> int:
    """Returns the mode in which China buys a good: frozen, pledged or free.

    Only goods bought by state firms are frozen: soybeans at the first level of a buyer freeze,
    which is as far as China goes on its own, and energy at the second, which a scenario may set. A
    freeze takes precedence over a pledge.
    """
    level = state.control[CN][BUYER_FREEZE]
    # Level 2 stops the second of the two goods that state firms buy.
    if (good == SOYBEANS_GOOD and level >= 1) or (good == ENERGY_GOOD and level >= 2):
        return BUYER_FROZEN
    category = CATEGORY_OF_GOOD[good]
    if category >= 0 and state.pledge_quality[category] > 0.0:
        return BUYER_PLEDGED
    return BUYER_FREE


def allowed_share(state: TradeState, params: TradeParams, good: int) -> float:
    """Returns the share of a good's flow that limits allow: 1 unless frozen or under licence."""
    if good == CHIPS_GOOD:
        return chips_approval(state, params)
    if buyer_mode(state, good) == BUYER_FROZEN:
        return 1.0 - params.trade_freeze_share
    return 1.0


def purchase_floor(state: TradeState, good: int) -> float:
    """Returns the minimum China buys of a good this month under a pledge, USD bn, equation (16).

    A pledge covers the purchases of the base year plus an addition; the same part of both is kept.
    """
    if buyer_mode(state, good) != BUYER_PLEDGED:
        return 0.0
    category = CATEGORY_OF_GOOD[good]
    usual = state.pledge_quality[category] * state.good_base_usd_bn[good] / MONTHS_PER_YEAR
    more = state.deliveries_usd_bn_per_month[category] * state.good_category_share[good]
    return usual + more


def any_pledge(state: TradeState) -> bool:
    """Returns whether China buys anything under a pledge this month."""
    best = 0.0
    for category in range(N_CATEGORIES):
        best = max(best, state.pledge_quality[category])
    return best > 0.0


def front_loading(state: TradeState, params: TradeParams, side: int, good: int) -> float:
    """Returns the log of a good's trade brought forward by points announced since last month.

    Points announced but not in force make buyers hurry once, when they hear of them. News of fewer
    points does not delay anyone, so the result is never below 0.
    """
    added = state.good_added_pp[good]
    before = 1.0 + duty_paid(params, side, good, added + state.good_known_pp[good])
    after = 1.0 + duty_paid(params, side, good, added + state.good_announced_pp[good])
    if after <= before:
        return 0.0
    return params.trade_front_loading * safe_log(safe_div(after, before))


def apply_flows(state: TradeState, params: TradeParams, side: int, slow_share: float) -> None:
    """Moves the trade in every good a side imports by a month, equations (5), (6), (16).

    Args:
        state: The state; its `trade_months` already counts this month.
        params: The parameters.
        side: The importer.
        slow_share: Share of its gap that the slow relative price closes in a month.
    """
    rho = params.trade_pass_through[side]
    exchange = state.exchange_log[side]
    speed = params.trade_adjustment
    longer = params.trade_sigma_long_ratio - 1.0
    trend = params.trade_trend_pct_per_year[side] / PERCENT * state.trade_months / MONTHS_PER_YEAR
    slot = state.trade_months % PAYBACK_MONTHS
    hurry = state.good_hurry[slot]
    duties = state.good_duty_log
    imports = state.good_import_price_log
    targets = state.good_target_log
    sigmas = state.good_sigma
    owed = state.good_owed
    waiting = state.good_waiting
    afloat = afloat_share(params)
    announced = state.good_announced_pp
    known = state.good_known_pp
    pledged = side == CN and any_pledge(state)
    total = 0.0
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        relative = rho * duties[good] + exchange - imports[good]
        slow = state.good_slow[good]
        slow += (relative - slow) * slow_share
        state.good_slow[good] = slow
        target = targets[good] - longer * sigmas[good] * slow + trend
        # Trade brought forward in each of the last four months is missing now, in equal parts.
        moved = -owed[good] / PAYBACK_MONTHS
        ahead = 0.0
        if announced[good] > known[good]:
            ahead = front_loading(state, params, side, good)
        # Goods ordered in a hurry arrive as late as all others.
        arrived = waiting[good] + (1.0 - afloat) * ahead
        waiting[good] = afloat * ahead
        owed[good] += arrived - hurry[good]
        hurry[good] = arrived
        known[good] = announced[good]
        log = (1.0 - speed) * state.good_log[good] + speed * target + moved + arrived
        state.good_log[good] = log
        flow = state.good_base_usd_bn[good] / MONTHS_PER_YEAR * safe_exp(log)
        if side == CN:
            if pledged:
                flow = max(flow, purchase_floor(state, good))
            # A pledge raises purchases, but never above what may be sold.
            if good == SOYBEANS_GOOD or good == ENERGY_GOOD or good == CHIPS_GOOD:
                flow *= allowed_share(state, params, good)
        state.good_usd_bn_per_month[good] = flow
        total += flow
    state.trade_usd_bn_per_month[side] = total


def apply_opening_flows(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets trade in every good on the first day of a run.

    A total that the scenario leaves at 0 starts at the level that the duties of that day imply
    within a year. A total that the scenario sets is distributed over the goods as those duties
    imply. Buyers have already hurried before acts announced before the run, and the slow part of
    prices has adjusted for as long as the duties have existed.
    """
    rho = params.trade_pass_through[side]
    years = params.trade_opening_age_months / MONTHS_PER_YEAR
    moved = 1.0 - safe_exp(safe_log(1.0 - params.trade_slow_share) * years)
    longer = params.trade_sigma_long_ratio - 1.0
    given = state.trade_usd_bn_per_month[side]
    implied = 0.0
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        price = rho * state.good_duty_log[good] + state.exchange_log[side]
        relative = price - state.good_import_price_log[good]
        state.good_slow[good] = moved * relative
        log = state.good_target_log[good] - longer * state.good_sigma[good] * moved * relative
        state.good_log[good] = log
        flow = state.good_base_usd_bn[good] / MONTHS_PER_YEAR * safe_exp(log)
        implied += flow * allowed_share(state, params, good)
    shift = safe_log(safe_div(given, implied)) if given > 0.0 else 0.0
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        log = state.good_log[good] + shift
        flow = state.good_base_usd_bn[good] / MONTHS_PER_YEAR * safe_exp(log)
        state.good_log[good] = log
        state.good_known_pp[good] = state.good_announced_pp[good]
        state.good_usd_bn_per_month[good] = flow * allowed_share(state, params, good)
    state.trade_usd_bn_per_month[side] = given if given > 0.0 else implied
