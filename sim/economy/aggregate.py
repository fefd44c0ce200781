"""Trade between the two sides as one sector each way: the one-sector form of the trade block.

Every importer (the US from China, China from the US) buys from the other side, from the rest of
the world and at home. Values are in USD bn; prices and flows are logs of the ratio to the base,
the trade of 2024 under the duties of 20 January 2025.

    (1)  x = ln(T1 / T0) with T = 1 + duty paid; the duty-paid price moves by p = rho x
    (2)  ln PM = ln[sum over sources of w exp((1 - sigma) p)] / (1 - sigma)
    (3)  ln P = ln[m exp((1 - eta) ln PM) + (1 - m) exp((1 - eta) ln PD)] / (1 - eta),
         ln PD = response m ln PM
    (4)  ln q = -sigma p + (sigma - eta) ln PM + (eta - kappa) ln P + trend
    (5)  customs value V* = V exp(ln q - (1 - rho) x); in time the one-year sigma acts on p and
         the rest of the long-run sigma on the slow part of the relative price p - ln PM
    (6)  ln V(t) = (1 - a) ln V(t-1) + a ln V* + front-loading, paid back over four months
    (7)  revenue = duty paid x V
    (9)  cost to the importer = what its buyers pay more - what its treasury takes in more
    (12) bilateral deficit = US imports - Chinese imports
    (13) mineral controls act by quantity; (16) pledged purchases are mostly diverted

Duties are counted as paid: what customs collected in the base year plus the collected part of
the points added since. The same wedge drives prices, revenue and welfare, so no duty is paid
that nobody receives. Duty-paid prices and revenue together already contain the terms-of-trade
gain of the importer; adding it once more to (9) would count it twice.

The rules obey the limits of compiled code: plain functions, attribute access, no allocation.
Elasticities: Fajgelbaum et al. 2020; Amiti, Redding and Weinstein 2019; Boehm et al. 2023.
"""

from __future__ import annotations

from typing import Final, Protocol

from sim.economy.arithmetic import clamp, safe_div, safe_exp, safe_log

US: Final = 0
CN: Final = 1
FREEZE: Final = 3

CLAUSE_US_TARIFF_CUT: Final = 0
CLAUSE_CN_TARIFF_CUT: Final = 1
CLAUSE_MINERALS: Final = 2
CLAUSE_PURCHASES: Final = 4
N_CLAUSES: Final = 8

_PAYBACK_MONTHS: Final = 4
_MONTHS: Final = 12
_UNIT_ELASTICITY_BAND: Final = 1.0e-6


class TradeState(Protocol):
    """The fields of the state the trade block reads and writes (units: `sim.model.state`)."""

    avg_pct: list[float]
    announced_pp: list[float]
    control: list[list[int]]
    minerals_stock_months: float
    purchases_usd_bn_per_month: float
    trade_usd_bn_per_month: list[float]
    trade_log: list[float]
    trade_months: int
    price_slow: list[float]
    payback: list[list[float]]
    announced_last: list[float]
    revenue_usd_bn_per_year: list[float]
    duty_log: list[float]
    flow_target_log: list[float]
    import_price_log: list[float]
    price_level_log: list[float]
    deficit_usd_bn_per_year: float
    deficit_month_usd_bn: list[float]
    own_cost_per_pp: list[float]
    other_cost_per_pp: list[float]
    clause_value_usd_bn: list[list[float]]


class TradeParams(Protocol):
    """The parameters the trade block reads (units and sources: `sim.model.params`)."""

    trade_base_usd_bn: list[float]
    trade_rest_usd_bn: list[float]
    trade_penetration: list[float]
    trade_avg_base_pct: list[float]
    trade_collected_base_pct: list[float]
    trade_collect: list[float]
    trade_sigma_12m: list[float]
    trade_sigma_long_ratio: float
    trade_slow_share: float
    trade_eta: float
    trade_kappa: float
    trade_domestic_response: float
    trade_pass_through: list[float]
    trade_rest_added_pp: list[float]
    trade_trend_pct_per_year: list[float]
    trade_adjustment: float
    trade_front_loading: float
    trade_export_margin: list[float]
    trade_freeze_share: float
    trade_purchase_additional: float
    trade_purchase_premium: float
    clause_usd_bn: list[list[float]]


def duty_paid(params: TradeParams, side: int, avg_pct: float) -> float:
    """Returns the duty paid on the other's goods as a fraction of customs value, at least 0.

    Args:
        params: The parameters.
        side: The importer, who levies it.
        avg_pct: Average duty on the statutory (PIIE) scale, in %.
    """
    added = avg_pct - params.trade_avg_base_pct[side]
    rate = params.trade_collected_base_pct[side] + params.trade_collect[side] * added
    return max(0.0, rate / 100.0)


def duty_log(params: TradeParams, side: int, avg_pct: float) -> float:
    """Returns x of equation (1): the log change of one plus the duty paid, against the base."""
    base = 1.0 + params.trade_collected_base_pct[side] / 100.0
    return safe_log(safe_div(1.0 + duty_paid(params, side, avg_pct), base))


def rest_price_log(params: TradeParams, side: int) -> float:
    """Returns the log change of duty-paid prices of third countries, from duties added on them."""
    added = params.trade_collect[side] * params.trade_rest_added_pp[side] / 100.0
    return params.trade_pass_through[side] * safe_log(1.0 + added)


def partner_share(params: TradeParams, side: int) -> float:
    """Returns the other's share of a side's imports in the base year, duty included."""
    value = params.trade_base_usd_bn[side] * (1.0 + params.trade_collected_base_pct[side] / 100.0)
    return safe_div(value, value + params.trade_rest_usd_bn[side])


def absorption(params: TradeParams, side: int) -> float:
    """Returns what a side spends on goods in a year, imported or not, in USD bn."""
    value = params.trade_base_usd_bn[side] * (1.0 + params.trade_collected_base_pct[side] / 100.0)
    return safe_div(value + params.trade_rest_usd_bn[side], params.trade_penetration[side])


def ces_log(share: float, elasticity: float, first: float, second: float) -> float:
    """Returns the log price index of two goods, equations (2) and (3).

    Args:
        share: Base-year expenditure share of the first good.
        elasticity: Elasticity of substitution; near 1 the Cobb-Douglas index is used.
        first: Log price change of the first good.
        second: Log price change of the second.
    """
    gap = 1.0 - elasticity
    if -_UNIT_ELASTICITY_BAND < gap < _UNIT_ELASTICITY_BAND:
        return share * first + (1.0 - share) * second
    total = share * safe_exp(gap * first) + (1.0 - share) * safe_exp(gap * second)
    if gap < 0.0:
        return -safe_div(safe_log(total), -gap)
    return safe_div(safe_log(total), gap)


def demand_log(params: TradeParams, side: int, x: float, imports: float, level: float) -> float:
    """Returns the log change of the customs value a side imports within a year, (4) and (5).

    Linear in its three arguments, so it also maps their derivatives.

    Args:
        params: The parameters.
        side: The importer.
        x: Log change of one plus the duty, equation (1).
        imports: Log import price index, equation (2).
        level: Log price level of all goods, equation (3).
    """
    sigma = params.trade_sigma_12m[side]
    rho = params.trade_pass_through[side]
    quantity = -sigma * rho * x + (sigma - params.trade_eta) * imports
    quantity += (params.trade_eta - params.trade_kappa) * level
    return quantity - (1.0 - rho) * x


def apply_trade_opening(state: TradeState, params: TradeParams) -> None:
    """Sets the trade block up on the first day of a run, before any rule reads its table.

    A monthly flow the scenario leaves at 0 starts where the duties of that day take it within a
    year; a deficit left at 0 starts at the base year's. Acts announced before count as hedged.
    """
    state.trade_months = 0
    for side in range(2):
        apply_opening_flow(state, params, side)
        apply_costs(state, params, side)
        apply_cut_values(state, params, side)
    if state.deficit_usd_bn_per_year == 0.0:
        state.deficit_usd_bn_per_year = params.trade_base_usd_bn[US] - params.trade_base_usd_bn[CN]
    for month in range(_MONTHS):
        state.deficit_month_usd_bn[month] = state.deficit_usd_bn_per_year / 12.0
    apply_clause_values(state, params)


def apply_opening_flow(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets one direction of trade up on the first day of a run."""
    apply_prices(state, params, side)
    open_flow = params.trade_base_usd_bn[side] / 12.0 * (1.0 - frozen_share(state, params, side))
    if state.trade_usd_bn_per_month[side] > 0.0:
        private = safe_div(state.trade_usd_bn_per_month[side], open_flow)
        state.trade_log[side] = safe_log(private)
    else:
        state.trade_log[side] = state.flow_target_log[side]
        state.trade_usd_bn_per_month[side] = open_flow * safe_exp(state.trade_log[side])
    state.announced_last[side] = state.announced_pp[side]
    apply_revenue(state, params, side)


def apply_trade_month(state: TradeState, params: TradeParams) -> None:
    """Moves trade, prices, revenue and the deficit on by a month and renews the table of costs.

    To be called on the first of a month, after duties, announcements and deliveries are current.
    """
    state.trade_months += 1
    slow_share = 1.0 - safe_exp(safe_log(1.0 - params.trade_slow_share) / 12.0)
    for side in range(2):
        apply_prices(state, params, side)
        apply_flow(state, params, side, slow_share)
        apply_revenue(state, params, side)
        apply_costs(state, params, side)
        apply_cut_values(state, params, side)
    apply_deficit(state)
    apply_clause_values(state, params)


def apply_prices(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets what duties do to prices and, within a year, to the flow, equations (1) to (5)."""
    x = duty_log(params, side, state.avg_pct[side])
    price = params.trade_pass_through[side] * x
    share = partner_share(params, side)
    rest = rest_price_log(params, side)
    imports = ces_log(share, params.trade_sigma_12m[side], price, rest)
    level = price_level_log(params, side, imports)
    state.duty_log[side] = x
    state.import_price_log[side] = imports
    state.price_level_log[side] = level
    state.flow_target_log[side] = demand_log(params, side, x, imports, level)


def price_level_log(params: TradeParams, side: int, imports: float) -> float:
    """Returns the log price level of all goods a side buys, equation (3)."""
    penetration = params.trade_penetration[side]
    domestic = params.trade_domestic_response * penetration * imports
    return ces_log(penetration, params.trade_eta, imports, domestic)


def apply_flow(state: TradeState, params: TradeParams, side: int, slow_share: float) -> None:
    """Moves a flow part of the way to its target, with front-loading and payback, equation (6).

    Buyers hurry before points that are newly announced and not in force; what they bring forward
    is missing in equal parts over the four months after, so log trade is only moved in time. The
    long-run part of the elasticity acts on the slow part of the relative price.
    """
    relative = params.trade_pass_through[side] * state.duty_log[side] - state.import_price_log[side]
    state.price_slow[side] += (relative - state.price_slow[side]) * slow_share
    extra = params.trade_sigma_12m[side] * (params.trade_sigma_long_ratio - 1.0)
    target = state.flow_target_log[side] - extra * state.price_slow[side]
    target += params.trade_trend_pct_per_year[side] / 100.0 * state.trade_months / 12.0

    hurry = front_loading(state, params, side)
    owed = hurry / _PAYBACK_MONTHS
    moved = hurry + state.payback[side][0]
    for month in range(_PAYBACK_MONTHS - 1):
        state.payback[side][month] = state.payback[side][month + 1] - owed
    state.payback[side][_PAYBACK_MONTHS - 1] = -owed
    state.announced_last[side] = state.announced_pp[side]

    speed = params.trade_adjustment
    state.trade_log[side] = (1.0 - speed) * state.trade_log[side] + speed * target + moved
    private = params.trade_base_usd_bn[side] / 12.0 * safe_exp(state.trade_log[side])
    total = private * (1.0 - frozen_share(state, params, side))
    if side == CN:
        total += params.trade_purchase_additional * state.purchases_usd_bn_per_month
    state.trade_usd_bn_per_month[side] = total


def front_loading(state: TradeState, params: TradeParams, side: int) -> float:
    """Returns the log of trade brought forward by points announced since last month, >= 0."""
    known = state.announced_last[side]
    now = state.announced_pp[side]
    if now <= known:
        return 0.0
    avg = state.avg_pct[side]
    news = duty_log(params, side, avg + now) - duty_log(params, side, avg + known)
    return params.trade_front_loading * news


def frozen_share(state: TradeState, params: TradeParams, side: int) -> float:
    """Returns the share of a flow state buyers hold back: a freeze is a quantity, not a price."""
    if side == CN and state.control[CN][FREEZE] > 0:
        return clamp(params.trade_freeze_share, 0.0, 0.99)
    return 0.0


def apply_revenue(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets the duties a side collects on the other's goods, at an annual rate, equation (7)."""
    rate = duty_paid(params, side, state.avg_pct[side])
    state.revenue_usd_bn_per_year[side] = 12.0 * state.trade_usd_bn_per_month[side] * rate


def apply_deficit(state: TradeState) -> None:
    """Rolls the US bilateral goods deficit of the last twelve months on, equation (12)."""
    slot = (state.trade_months - 1) % _MONTHS
    gap = state.trade_usd_bn_per_month[US] - state.trade_usd_bn_per_month[CN]
    state.deficit_usd_bn_per_year += gap - state.deficit_month_usd_bn[slot]
    state.deficit_month_usd_bn[slot] = gap


def apply_costs(state: TradeState, params: TradeParams, side: int) -> None:
    """Writes what one more point of a side's tariff costs each side, USD bn a year.

    The slope at the duty in force, at the 12-month response: the importer's is equation (9) per
    point (positive = the tariff hurts its own side), the exporter's what it loses by it.
    """
    rho = params.trade_pass_through[side]
    x = state.duty_log[side]
    imports = state.import_price_log[side]
    level = state.price_level_log[side]
    duty = duty_paid(params, side, state.avg_pct[side])
    flow = params.trade_base_usd_bn[side] * safe_exp(state.flow_target_log[side])

    # Derivatives by x: expenditure shares at today's prices carry it up through the two nests.
    relative = rho * x - imports
    share = partner_share(params, side)
    share *= safe_exp((1.0 - params.trade_sigma_12m[side]) * relative)
    penetration = params.trade_penetration[side]
    response = params.trade_domestic_response * penetration
    penetration *= safe_exp((1.0 - params.trade_eta) * (imports - level))
    d_imports = rho * share
    d_level = d_imports * (penetration + (1.0 - penetration) * response)
    d_flow = flow * demand_log(params, side, 1.0, d_imports, d_level)

    d_duty = params.trade_collect[side] / 100.0
    d_x = safe_div(d_duty, 1.0 + duty)
    d_spending = absorption(params, side) * d_level * d_x
    state.own_cost_per_pp[side] = d_spending - flow * d_duty - duty * d_flow * d_x
    exporter = 1 - side
    d_loss = (1.0 - rho) * (flow + x * d_flow) - params.trade_export_margin[exporter] * d_flow
    state.other_cost_per_pp[exporter] = d_loss * d_x


def apply_cut_values(state: TradeState, params: TradeParams, side: int) -> None:
    """Writes what a cut of ten points in a side's tariff is worth to each side, USD bn a year.

    The mean over all points added since the base, not the slope: at full duty there is little
    trade left to lose, and a slope there would make the return of trade look worthless. Below
    one added point the two are the same and the slope is taken.
    """
    exporter = 1 - side
    clause = CLAUSE_US_TARIFF_CUT + side
    added = state.avg_pct[side] - params.trade_avg_base_pct[side]
    if added < 1.0:
        state.clause_value_usd_bn[side][clause] = 10.0 * state.own_cost_per_pp[side]
        state.clause_value_usd_bn[exporter][clause] = 10.0 * state.other_cost_per_pp[exporter]
        return
    level_before = 0.0
    flow_before = params.trade_base_usd_bn[side]
    if params.trade_rest_added_pp[side] != 0.0:
        share = partner_share(params, side)
        rest = rest_price_log(params, side)
        imports = ces_log(share, params.trade_sigma_12m[side], 0.0, rest)
        level_before = price_level_log(params, side, imports)
        flow_before *= safe_exp(demand_log(params, side, 0.0, imports, level_before))
    x = state.duty_log[side]
    flow = params.trade_base_usd_bn[side] * safe_exp(state.flow_target_log[side])
    duty = duty_paid(params, side, state.avg_pct[side])
    duty_before = params.trade_collected_base_pct[side] / 100.0
    cost = absorption(params, side) * (state.price_level_log[side] - level_before)
    cost -= duty * flow - duty_before * flow_before
    loss = (1.0 - params.trade_pass_through[side]) * x * flow
    loss += params.trade_export_margin[exporter] * (flow_before - flow)
    state.clause_value_usd_bn[side][clause] = 10.0 * cost / added
    state.clause_value_usd_bn[exporter][clause] = 10.0 * loss / added


def apply_clause_values(state: TradeState, params: TradeParams) -> None:
    """Writes the yearly value of one unit of every other clause of a package, USD bn a year.

    Rare earths are worth most once stocks run out; extra purchases earn the seller the margin of
    an export and cost the buyer what it pays above its usual source, equations (13) and (16).
    """
    for side in range(2):
        for clause in range(CLAUSE_MINERALS, N_CLAUSES):
            state.clause_value_usd_bn[side][clause] = params.clause_usd_bn[side][clause]
    bridged = clamp(state.minerals_stock_months / 12.0, 0.0, 1.0)
    state.clause_value_usd_bn[US][CLAUSE_MINERALS] *= 1.0 - bridged
    state.clause_value_usd_bn[US][CLAUSE_PURCHASES] = 10.0 * params.trade_export_margin[US]
    state.clause_value_usd_bn[CN][CLAUSE_PURCHASES] = -10.0 * params.trade_purchase_premium
