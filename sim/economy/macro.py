"""Output, prices and jobs: published responses to a lasting rise of the average US tariff.

Equation (11): each month's change in the average effective rate sets off the response the Budget
Lab publishes per ten points, linear in size and added up over past changes. A duty on China moves
the average of all imports by China's share in them.
"""

from __future__ import annotations

from typing import Final

from sim.economy.arithmetic import safe_div, safe_exp
from sim.economy.constants import MONTHS_PER_QUARTER, PERCENT, UNIT
from sim.economy.records import US, TradeParams, TradeState
from sim.economy.sectors import END_GOOD, FIRST_GOOD

GDP: Final = 0
PRICES: Final = 1
UNEMPLOYMENT: Final = 2
EMPLOYMENT: Final = 3
N_MACRO: Final = 4
"""US output, consumer prices and employment in %, unemployment in points, against no change."""

QUARTERS: Final = (0, 1, 2, 4, 6, 10)
"""Quarters after a change for which responses are published; between them lines, then flat."""
N_QUARTERS: Final = 6
HORIZON_MONTHS: Final = 36


def macro_response(params: TradeParams, variable: int, months: int) -> float:
    """Returns the response of a variable to ten points of the average tariff, months after it."""
    row = params.macro_response[variable]
    quarter = months / MONTHS_PER_QUARTER
    for place in range(1, N_QUARTERS):
        if quarter <= QUARTERS[place]:
            before = QUARTERS[place - 1]
            part = (quarter - before) / (QUARTERS[place] - before)
            return row[place - 1] + part * (row[place] - row[place - 1])
    return row[N_QUARTERS - 1]


def effective_rate_pp(state: TradeState, params: TradeParams) -> float:
    """Returns the points that duties added to the average rate on all US imports since the base.

    The uniform duty that would raise import prices as much: a small duty counts with the imports
    it falls on, a prohibitive one, which nobody pays, with what buyers lose by turning elsewhere.
    Duties added on third countries count too.
    """
    passed = params.trade_pass_through[US]
    extra = 0.0
    for good in range(FIRST_GOOD[US], END_GOOD[US]):
        rise = safe_exp(safe_div(state.good_import_price_log[good], passed)) - 1.0
        extra += state.good_absorption_usd_bn[good] * params.good_penetration[good] * rise
    return PERCENT * safe_div(extra, state.us_imports_base_usd_bn)


def apply_kernel(state: TradeState, params: TradeParams) -> None:
    """Works the responses out month by month; called when a parameter may have changed."""
    for variable in range(N_MACRO):
        for age in range(HORIZON_MONTHS + 1):
            response = params.macro_scale * macro_response(params, variable, age)
            state.macro_kernel[variable][age] = response / UNIT


def apply_macro(state: TradeState, params: TradeParams) -> None:
    """Adds this month's change of the average rate and sets the responses, equation (11)."""
    rate = effective_rate_pp(state, params)
    slot = state.trade_months % HORIZON_MONTHS
    state.macro_old_pp += state.macro_step_pp[slot]
    state.macro_step_pp[slot] = rate - state.effective_rate_pp
    state.effective_rate_pp = rate
    for variable in range(N_MACRO):
        kernel = state.macro_kernel[variable]
        total = state.macro_old_pp * kernel[HORIZON_MONTHS]
        for age in range(HORIZON_MONTHS):
            step = state.macro_step_pp[(state.trade_months - age) % HORIZON_MONTHS]
            if step != 0.0:
                total += step * kernel[age]
        state.macro[variable] = total


def apply_macro_opening(state: TradeState, params: TradeParams) -> None:
    """Enters the duties in force on the first day as one change some months ago."""
    rate = effective_rate_pp(state, params)
    age = min(params.trade_opening_age_months, HORIZON_MONTHS - 1)
    state.effective_rate_pp = rate
    state.macro_step_pp[(-age) % HORIZON_MONTHS] = rate
    for variable in range(N_MACRO):
        state.macro[variable] = rate * state.macro_kernel[variable][age]
