"""Export controls as quantity limits: licences, stocks that bridge a gap, and lost output.

Equation (13): a cap on an input without short-run substitutes has no effect while the user's stock
lasts; after that, the output of the exposed industry falls by the share of licences refused
(Leontief), less and less as users find other sources. A new control stops nearly all shipments
until the first licences come; then each level lets its own share of the usual tonnage pass.
Equation (15): chip controls remove a share of sales, whatever the price. A binding cap
has a tariff equivalent, -ln(cap) / sigma, which makes its cost comparable to that of a duty.
"""

from __future__ import annotations

from typing import Final

from sim.economy.arithmetic import clamp, safe_div, safe_exp, safe_log
from sim.economy.constants import DAYS_PER_MONTH
from sim.economy.records import CN, US, TradeParams, TradeState

TECH: Final = 0
RARE_EARTHS: Final = 0


def minerals_share(params: TradeParams, level: int) -> float:
    """Returns the share of the usual tonnage of rare-earth inputs that passes at a level of control
    once licences are issued."""
    if level == 0:
        return 1.0
    shares = params.minerals_share
    return shares[min(level, len(shares)) - 1]


def minerals_approval(state: TradeState, params: TradeParams) -> float:
    """Returns the share of the usual tonnage of rare-earth inputs that China lets pass today."""
    level = state.control[CN][RARE_EARTHS]
    share = minerals_share(params, level)
    if level > 0 and state.minerals_wait_days > 0:
        return min(share, params.minerals_share_waiting)
    return share


def unreplaced(state: TradeState, params: TradeParams) -> float:
    """Returns the part of a shortage of rare-earth inputs for which users have found no other
    source or design yet; it fades with the time since controls began."""
    months = state.minerals_tight_days / DAYS_PER_MONTH
    return safe_exp(safe_div(-months, params.minerals_substitution_months))


def apply_licences_day(state: TradeState) -> None:
    """Counts a day of controls on rare earths, and of waiting for their first licences."""
    if state.minerals_wait_days > 0:
        state.minerals_wait_days -= 1
    tight = state.control[CN][RARE_EARTHS] > 0
    state.minerals_tight_days = state.minerals_tight_days + 1 if tight else 0


def chips_approval(state: TradeState, params: TradeParams) -> float:
    """Returns the chip sales to China that the US allows, as a multiple of those in the base year.

    The base year's trade already reflects the controls of 2022-24. Levels count from there, and
    easing them allows more sales than in the base year.
    """
    levels = state.control[US][TECH] - params.chips_base_level
    return max(0.0, 1.0 - params.chips_cut_per_level * levels)


def cap_tariff_equivalent(cap: float, sigma: float) -> float:
    """Returns the log tariff that would hold a flow to `cap` times its free size, equation (13).

    Args:
        cap: Allowed flow as a share of the free one; 1 or more is not binding and gives 0.
        sigma: Elasticity of demand for the flow.
    """
    if cap >= 1.0:
        return 0.0
    return safe_div(-safe_log(cap), sigma)


def stock_after_day(stock: float, approval: float, refill: float, largest: float) -> float:
    """Returns the months of stock after a day on which `approval` of the usual supply arrived.

    Args:
        stock: Stock in the morning, in months of use.
        approval: Share of the usual supply that arrives; above 1 counts as 1.
        refill: Months of use that a day of unrestricted supply adds.
        largest: Largest stock ever held, in months of use.
    """
    drawn = (1.0 - min(1.0, approval)) / DAYS_PER_MONTH
    return clamp(stock + refill - drawn, 0.0, largest)


def shortage(stock: float, approval: float) -> float:
    """Returns the share of an exposed industry's output lost today; 0 while stock lasts."""
    if stock > 0.0:
        return 0.0
    return 1.0 - min(1.0, approval)


def apply_inputs_day(state: TradeState, params: TradeParams) -> None:
    """Updates both sides' stocks of controlled inputs by a day, and records the lost output."""
    approval = minerals_approval(state, params)
    apply_licences_day(state)
    state.minerals_stock_months = stock_after_day(
        state.minerals_stock_months,
        approval,
        params.minerals_refill_per_day,
        params.minerals_stock_max_months,
    )
    short = shortage(state.minerals_stock_months, approval)
    state.input_short[US] = short * unreplaced(state, params)
    approval = chips_approval(state, params)
    state.chips_stock_months = stock_after_day(
        state.chips_stock_months,
        approval,
        params.chips_refill_per_day,
        params.chips_stock_max_months,
    )
    state.input_short[CN] = shortage(state.chips_stock_months, approval)
