"""Trade model: updates trade once a month, and writes the table that agents read.

The order is that of the equations in `docs/economy.md`: legal layers, duties on goods, prices,
flows, accounts, the cost table, then the economy as a whole. All functions are pure functions of
state and parameters within the limits of compiled code: attribute access, no allocation, no
exceptions.
"""

from __future__ import annotations

from sim.economy.accounts import (
    apply_accounts,
    apply_content_prices,
    apply_deficit,
    apply_opening_accounts,
    apply_opening_content_prices,
    apply_opening_deficit,
    apply_real_income,
    apply_third_countries,
)
from sim.economy.arithmetic import safe_exp, safe_log
from sim.economy.constants import MONTHS_PER_YEAR
from sim.economy.costs import apply_cost_table, apply_unit_prices
from sim.economy.demand import (
    apply_constants,
    apply_exchange,
    apply_fees,
    apply_prices,
    apply_rest_prices,
)
from sim.economy.flows import apply_flows, apply_opening_flows
from sim.economy.macro import (
    apply_effective_rate,
    apply_kernel,
    apply_macro,
    apply_macro_opening,
)
from sim.economy.records import MONTHS_OF_YEAR, N_SIDES, US, TradeParams, TradeState
from sim.economy.tariffs import apply_announced, apply_good_duties


def apply_trade_constants(state: TradeState, params: TradeParams) -> None:
    """Derives all constants from the parameters; must be called when a parameter is set."""
    apply_constants(state, params)
    apply_kernel(state, params)


def apply_trade_opening(state: TradeState, params: TradeParams) -> None:
    """Initialises the trade model on the first day of a run, before any rule reads its table."""
    apply_trade_constants(state, params)
    state.trade_months = 0
    for side in range(N_SIDES):
        apply_side_prices(state, params, side)
        apply_opening_flows(state, params, side)
        apply_opening_accounts(state, params, side)
    apply_opening_content_prices(state, params)
    apply_opening_deficit(state, params)
    apply_unit_prices(state, params)
    apply_real_income(state, params)
    apply_macro_opening(state, params)


def apply_side_prices(state: TradeState, params: TradeParams, side: int) -> None:
    """Sets a side's duties and everything that depends only on them: prices, the average
    rate and the cost table.

    In most months no duty changes, and the prices of the previous month remain valid.
    """
    apply_good_duties(state, params, side)
    apply_announced(state, params, side)
    apply_fees(state, params, side)
    if side == US:
        apply_exchange(state, params)
        apply_rest_prices(state, params)
    if state.prices_due[side]:
        apply_prices(state, params, side)
        if side == US:
            apply_effective_rate(state, params)
        apply_cost_table(state, params, side)
        state.prices_due[side] = False
        state.income_due = True


def apply_trade_month(state: TradeState, params: TradeParams) -> None:
    """Moves trade, prices, revenue, incomes and the cost table by a month.

    Must be called on the first of a month, once duties, announcements and deliveries are current.
    """
    state.trade_months += 1
    state.trade_month = (state.trade_month + 1) % MONTHS_OF_YEAR
    slow_share = 1.0 - safe_exp(safe_log(1.0 - params.trade_slow_share) / MONTHS_PER_YEAR)
    for side in range(N_SIDES):
        apply_side_prices(state, params, side)
        apply_flows(state, params, side, slow_share)
        apply_accounts(state, params, side)
    apply_content_prices(state, params, 1.0)
    apply_deficit(state, params)
    apply_third_countries(state, params)
    apply_unit_prices(state, params)
    apply_real_income(state, params)
    apply_macro(state)
