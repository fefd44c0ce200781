"""Accounts of trade: totals, revenue, prices, losses, the deficit, and trade with third countries.

(7)  revenue = duty paid x V, where goods already under way when a duty rises pay the one before
(8)  shelf prices absorb a share of the duty, with a lag
(17) consumer prices rise by their content of Chinese goods, of Chinese inputs later
(9)  buyers' cost = sum of spending x ln P; static gain = extra revenue and fees - buyers' cost +
     price increases of home producers
(10) real incomes and exports in the long run, interpolated from the general equilibrium
(12) bilateral deficit = US imports - Chinese imports, over twelve months, each with its season
"""

from __future__ import annotations

from sim.economy.arithmetic import clamp, safe_div, safe_exp
from sim.economy.constants import (
    MONTHS_PER_YEAR,
    PERCENT,
    THOUSAND,
    TIME_CONSTANTS_TO_95_PERCENT,
)
from sim.economy.demand import home_gain_log
from sim.economy.records import (
    CN,
    DIRECT,
    FIRST_OTHER,
    MONTHS_OF_YEAR,
    N_CONTENTS,
    N_REGIONS,
    THROUGH_INPUTS,
    US,
    TradeParams,
    TradeState,
)
from sim.economy.sectors import END_GOOD, FIRST_GOOD
from sim.economy.tariffs import afloat_share
from sim.economy.welfare_grid import apply_equilibrium


def apply_accounts(state: TradeState, params: TradeParams, side: int) -> None:
    """Adds up a side's imports of this month: revenue, prices, buyers' cost, lost sales.

    Revenue and costs are at annual rates. Prices are logs of the change since the base, weighted by
    the trade of the base year: with the weights of the month they would fall as buyers turn away
    from what has become dear. Buyers' cost counts only duties and fees on the other side, because
    duties on third countries would exist without them.
    """
    revenue = 0.0
    duty = 0.0
    cost = 0.0
    kept = 0.0
    lost = 0.0
    afloat = afloat_share(params)
    imports = state.good_import_price_log
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        flow = state.good_usd_bn_per_month[good]
        paid = state.good_paid[good]
        revenue += flow * (paid - afloat * max(0.0, paid - state.good_paid_before[good]))
        state.good_paid_before[good] = paid
        duty += state.good_base_usd_bn[good] * state.good_duty_log[good]
        spending = state.good_absorption_usd_bn[good]
        cost += spending * (state.good_level_log[good] - state.good_rest_level_log[good])
        gain = home_gain_log(params, good, imports[good]) - state.good_rest_gain_log[good]
        kept += spending * gain
        gap = state.good_base_usd_bn[good] / MONTHS_PER_YEAR - flow
        if gap > 0.0:
            lost += gap
    total = state.trade_usd_bn_per_month[side]
    state.revenue_usd_bn_per_year[side] = MONTHS_PER_YEAR * revenue
    state.buyers_cost_usd_bn_per_year[side] = cost
    extra = state.revenue_usd_bn_per_year[side] - state.revenue_free_usd_bn_per_year[side]
    # Port fees are income; so are price increases of home producers, if they raise prices at all.
    extra += MONTHS_PER_YEAR * state.fee_wedge[side] * total
    state.static_gain_usd_bn_per_year[side] = extra - cost + kept
    duty = safe_div(duty, params.trade_base_usd_bn[side])
    state.duty_avg_log[side] = duty
    state.border_price_log[side] = params.trade_pass_through[side] * duty + state.exchange_log[side]
    state.lost_sales_usd_bn_per_month[1 - side] = lost
    apply_shelf_price(state, params, side, 1.0)


def apply_shelf_price(state: TradeState, params: TradeParams, side: int, months: float) -> None:
    """Moves shelf prices by some months towards their share of the duty."""
    shelf = params.trade_retail_share * state.duty_avg_log[side]
    pace = share_complete(months, params.trade_retail_months)
    state.retail_price_log[side] += (shelf - state.retail_price_log[side]) * pace


def share_complete(months: float, until_95_percent: float) -> float:
    """Returns the share of an adjustment of prices that is complete after some months.

    Args:
        months: Months since it began.
        until_95_percent: Months until 95% of it is complete; fewer than one count as one.
    """
    return 1.0 - safe_exp(
        safe_div(-TIME_CONSTANTS_TO_95_PERCENT * months, max(1.0, until_95_percent))
    )


def apply_content_prices(state: TradeState, params: TradeParams, months: float) -> None:
    """Moves US consumer prices by some months towards what duties and fees on China add to them,
    by their content of Chinese goods, equation (17).

    Buyers' cost of a good falls on consumers as far as they buy it themselves, or buy what it goes
    into; firms pass it on dollar for dollar but for a small part. What consumers buy themselves
    becomes dearer within months, what is made of Chinese inputs a year later.
    """
    bought = 0.0
    used = 0.0
    for good in range(FIRST_GOOD[US], END_GOOD[US]):
        rise = state.good_level_log[good] - state.good_rest_level_log[good]
        cost = state.good_absorption_usd_bn[good] * rise
        bought += params.good_consumer_share[good] * cost
        used += params.good_input_share[good] * cost
    used *= params.trade_inputs_consumed_share
    per_dollar = PERCENT * safe_div(params.trade_dollar_share, params.trade_consumption_usd_bn)
    prices = state.content_price_pct
    soon = share_complete(months, params.trade_retail_months)
    late = share_complete(months, params.trade_inputs_months)
    prices[DIRECT] += (per_dollar * bought - prices[DIRECT]) * soon
    prices[THROUGH_INPUTS] += (per_dollar * used - prices[THROUGH_INPUTS]) * late


def apply_opening_content_prices(state: TradeState, params: TradeParams) -> None:
    """Sets the same on the first day, adjusted for as long as the duties have existed."""
    for content in range(N_CONTENTS):
        state.content_price_pct[content] = 0.0
    apply_content_prices(state, params, 1.0 * params.trade_opening_age_months)


def prices_with_inputs_pct(state: TradeState, params: TradeParams) -> float:
    """Returns what duties on China add to US consumer prices, inputs included, in %."""
    return state.content_price_pct[DIRECT] + state.content_price_pct[THROUGH_INPUTS]


def apply_opening_accounts(state: TradeState, params: TradeParams, side: int) -> None:
    """Adds up the first day, with shelf prices adjusted for as long as the duties have existed, and
    no goods under way from before them."""
    for good in range(FIRST_GOOD[side], END_GOOD[side]):
        state.good_paid_before[good] = state.good_paid[good]
    apply_accounts(state, params, side)
    state.retail_price_log[side] = 0.0
    apply_shelf_price(state, params, side, 1.0 * params.trade_opening_age_months)


def apply_real_income(state: TradeState, params: TradeParams) -> None:
    """Sets the long-run changes of real incomes and exports, relative to the base.

    Duties count as paid, as everywhere, and those of the US on all other countries are included.
    Nothing is computed if no duty has changed since last time.
    """
    if not state.income_due:
        return
    state.income_due = False
    us = state.paid_avg_pp[US]
    cn = state.paid_avg_pp[CN]
    apply_equilibrium(state, params, us, cn)


def rest_real_income_pct(state: TradeState, params: TradeParams) -> float:
    """Returns the change of the real income of all regions but the US and China together, %."""
    change = 0.0
    total = 0.0
    for region in range(FIRST_OTHER, N_REGIONS):
        change += params.ge_gdp_usd_bn[region] * state.real_income_pct[region]
        total += params.ge_gdp_usd_bn[region]
    return safe_div(change, total)


def us_imports_long_run_pct(state: TradeState, params: TradeParams) -> float:
    """Returns the long-run change of US imports from China, % of those of the base."""
    change = state.exports_to_us_change_usd_bn[CN]
    return PERCENT * safe_div(change, params.ge_exports_to_us_usd_bn[CN])


def month_usd_bn(state: TradeState, params: TradeParams, side: int) -> float:
    """Returns a side's imports of this month as customs count them, with the season, USD bn."""
    return params.trade_season[side][state.trade_month] * state.trade_usd_bn_per_month[side]


def apply_deficit(state: TradeState, params: TradeParams) -> None:
    """Updates the US bilateral goods deficit of the last twelve months, equation (12)."""
    slot = (state.trade_months - 1) % MONTHS_OF_YEAR
    gap = month_usd_bn(state, params, US) - month_usd_bn(state, params, CN)
    state.deficit_usd_bn_per_year += gap - state.deficit_month_usd_bn[slot]
    state.deficit_month_usd_bn[slot] = gap


def apply_opening_deficit(state: TradeState, params: TradeParams) -> None:
    """Sets the deficit of the twelve months before a run; 0 means that of the base year.

    Each of those months has its season, so that the sum stays right as new months replace them.
    """
    if state.deficit_usd_bn_per_year == 0.0:
        state.deficit_usd_bn_per_year = params.trade_base_usd_bn[US] - params.trade_base_usd_bn[CN]
    for slot in range(MONTHS_OF_YEAR):
        # The first slot is filled anew by the next step, which is that of the next month.
        month = (state.trade_month + 1 + slot) % MONTHS_OF_YEAR
        gap = state.deficit_usd_bn_per_year
        gap += params.trade_base_usd_bn[US] * (params.trade_season[US][month] - 1.0)
        gap -= params.trade_base_usd_bn[CN] * (params.trade_season[CN][month] - 1.0)
        state.deficit_month_usd_bn[slot] = gap / MONTHS_PER_YEAR


def resold_share(state: TradeState, params: TradeParams, side: int) -> float:
    """Returns the share of a side's lost sales that third countries buy, given their barriers.

    Only Chinese goods arrive in such quantities that third countries raise barriers.
    """
    open_share = 1.0 - state.third_barrier if side == CN else 1.0
    return params.trade_resold_share[side] * open_share


def resold_usd_bn_per_month(state: TradeState, params: TradeParams, side: int) -> float:
    """Returns the lost sales of a side that third countries buy instead, USD bn a month."""
    return resold_share(state, params, side) * state.lost_sales_usd_bn_per_month[side]


def apply_third_countries(state: TradeState, params: TradeParams) -> None:
    """Moves third countries' barriers by a month, in response to diverted goods.

    The barrier is the share of diverted Chinese goods that is kept out. It moves towards the share
    of its US sales that China has diverted to third countries, times their response.
    """
    usual = params.trade_base_usd_bn[US] / MONTHS_PER_YEAR
    flood = safe_div(params.trade_resold_share[CN] * state.lost_sales_usd_bn_per_month[CN], usual)
    target = clamp(params.trade_barrier_response * flood, 0.0, 1.0)
    state.third_barrier += params.trade_barrier_pace * (target - state.third_barrier)


def rerouted_usd_bn_per_month(state: TradeState, params: TradeParams) -> float:
    """Returns diverted Chinese goods that reach the US through third countries, USD bn a month."""
    return params.trade_rerouted_share * resold_usd_bn_per_month(state, params, CN)


def household_cost_usd_per_year(state: TradeState, params: TradeParams) -> float:
    """Returns the cost of US duties on China per American household and year, in 2024 USD.

    It is the buyers' cost, nearly all of which firms pass on dollar for dollar, divided by the
    number of households.
    """
    passed = params.trade_dollar_share * state.buyers_cost_usd_bn_per_year[US]
    return THOUSAND * safe_div(passed, params.trade_households_million)


def goods_lost_pct(state: TradeState, first: int, end: int) -> float:
    """Returns the fall in trade since the base year for a range of goods, % (negative = rise)."""
    base = 0.0
    now = 0.0
    for good in range(first, end):
        base += state.good_base_usd_bn[good]
        now += MONTHS_PER_YEAR * state.good_usd_bn_per_month[good]
    return PERCENT * (1.0 - safe_div(now, base))
