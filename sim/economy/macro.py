"""Output, prices and jobs, from published responses to a lasting rise of the average US tariff.

Equation (11): each change of the average effective rate triggers the response that the Budget Lab
publishes per ten points, linear in size and summed over past changes. After the last published
quarter the response fades, in a straight line, to the long run of the same study, and stays there.
A duty on China moves the average rate on all imports in proportion to China's share. Changes due to
duties on China and changes due to duties on other countries are summed apart.
"""

from __future__ import annotations

from typing import Final

from sim.economy.arithmetic import safe_div, safe_exp
from sim.economy.constants import MONTHS_PER_QUARTER, PERCENT, UNIT
from sim.economy.demand import ces_log
from sim.economy.records import US, TradeParams, TradeState
from sim.economy.sectors import END_GOOD, FIRST_GOOD

GDP: Final = 0
PRICES: Final = 1
UNEMPLOYMENT: Final = 2
EMPLOYMENT: Final = 3
N_MACRO: Final = 4
"""Variables: US output, consumer prices and employment in %, unemployment in percentage points,
relative to no change in tariffs."""

ON_CHINA: Final = 0
ON_OTHERS: Final = 1
N_CAUSES: Final = 2
"""Causes of a change of the average rate: duties on China, and what duties on other countries add
to them."""

QUARTERS: Final = (0, 1, 2, 4, 6, 10)
"""Quarters after a change for which responses are published; linear in between."""
N_QUARTERS: Final = 6
PUBLISHED_MONTHS: Final = 30
"""Months after a change up to the last published quarter."""
LONGEST_FADE_MONTHS: Final = 60
HORIZON_MONTHS: Final = 90
"""Months for which changes are remembered one by one: the published ones, and the longest fade."""


def macro_response(params: TradeParams, variable: int, months: int) -> float:
    """Returns the response of a variable, months after ten points on the average tariff.

    Up to the last published quarter it follows the published ones; then it fades to the long run.
    """
    row = params.macro_response[variable]
    quarter = months / MONTHS_PER_QUARTER
    for place in range(1, N_QUARTERS):
        if quarter <= QUARTERS[place]:
            before = QUARTERS[place - 1]
            part = (quarter - before) / (QUARTERS[place] - before)
            return row[place - 1] + part * (row[place] - row[place - 1])
    last = row[N_QUARTERS - 1]
    part = safe_div(months - PUBLISHED_MONTHS, fade_months(params))
    return last + min(1.0, part) * (params.macro_long_run[variable] - last)


def fade_months(params: TradeParams) -> float:
    """Returns the months from the last published quarter to the long run, at most 60."""
    return min(params.macro_fade_months, 1.0 * LONGEST_FADE_MONTHS)


def apply_effective_rate(state: TradeState, params: TradeParams) -> None:
    """Sets the points that duties have added to the average rate on all US imports since the base.

    This is the uniform duty that would raise import prices by as much. A small duty is weighted by
    the imports it falls on; a prohibitive one, which nobody pays, by what buyers lose from turning
    elsewhere. Duties on China count as if they stood alone; those on third countries count with
    what they add to that. The exchange rate does not count, as the published responses hold it.
    """
    passed = params.trade_pass_through[US]
    total = 0.0
    china = 0.0
    for good in range(FIRST_GOOD[US], END_GOOD[US]):
        weight = state.good_absorption_usd_bn[good] * params.good_penetration[good]
        share, sigma = state.good_share[good], state.good_sigma[good]
        duty = passed * state.good_duty_log[good]
        rest = state.good_rest_price_log[good]
        price = ces_log(share, sigma, duty, 0.0)
        rise = weight * (safe_exp(safe_div(price, passed)) - 1.0)
        china += rise
        if rest != 0.0:
            price = ces_log(share, sigma, duty, rest)
            rise = weight * (safe_exp(safe_div(price, passed)) - 1.0)
        total += rise
    everyone = state.us_imports_base_usd_bn
    state.effective_rate_pp[ON_CHINA] = PERCENT * safe_div(china, everyone)
    state.effective_rate_pp[ON_OTHERS] = PERCENT * safe_div(total - china, everyone)


def apply_kernel(state: TradeState, params: TradeParams) -> None:
    """Computes the responses month by month; called when a parameter may have changed."""
    for variable in range(N_MACRO):
        for age in range(HORIZON_MONTHS + 1):
            response = params.macro_scale * macro_response(params, variable, age)
            state.macro_kernel[variable][age] = response / UNIT


def apply_macro(state: TradeState) -> None:
    """Adds this month's change of the average rate and updates the responses, equation (11)."""
    slot = state.trade_months % HORIZON_MONTHS
    for cause in range(N_CAUSES):
        steps = state.macro_step_pp[cause]
        state.macro_old_pp[cause] += steps[slot]
        steps[slot] = state.effective_rate_pp[cause] - state.macro_known_pp[cause]
        state.macro_known_pp[cause] = state.effective_rate_pp[cause]
        apply_responses(state, cause, slot)


def apply_responses(state: TradeState, cause: int, slot: int) -> None:
    """Sums the responses to past changes of one cause, from this month's slot backwards."""
    steps = state.macro_step_pp[cause]
    kernel = state.macro_kernel
    macro = state.macro[cause]
    for variable in range(N_MACRO):
        macro[variable] = state.macro_old_pp[cause] * kernel[variable][HORIZON_MONTHS]
    place = slot
    for age in range(HORIZON_MONTHS):
        step = steps[place]
        if step != 0.0:
            for variable in range(N_MACRO):
                macro[variable] += step * kernel[variable][age]
        place = place - 1 if place > 0 else HORIZON_MONTHS - 1


def apply_macro_opening(state: TradeState, params: TradeParams) -> None:
    """Enters the duties in force on the first day as a single change some months earlier."""
    age = min(params.trade_opening_age_months, HORIZON_MONTHS - 1)
    for cause in range(N_CAUSES):
        rate = state.effective_rate_pp[cause]
        state.macro_known_pp[cause] = rate
        state.macro_step_pp[cause][(-age) % HORIZON_MONTHS] = rate
        for variable in range(N_MACRO):
            state.macro[cause][variable] = rate * state.macro_kernel[variable][age]
