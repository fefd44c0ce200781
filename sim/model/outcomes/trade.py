"""Outcomes of the trade model: duties, revenue, prices, incomes and industries.

Neither side observes them when it decides. Prices and incomes are changes since January 2025.
Sector rows are read at the ends of quarters.
"""

from __future__ import annotations

from typing import Final

from sim.economy.accounts import (
    goods_lost_pct,
    household_cost_usd_per_year,
    month_usd_bn,
    prices_with_inputs_pct,
    rerouted_usd_bn_per_month,
    resold_usd_bn_per_month,
    rest_real_income_pct,
    us_imports_long_run_pct,
)
from sim.economy.arithmetic import safe_div, safe_exp
from sim.economy.constants import PERCENT, THOUSAND_JOBS_PER_PERCENT_OF_A_MILLION
from sim.economy.controls import cap_tariff_equivalent, chips_approval, minerals_approval
from sim.economy.demand import yuan_fall_log
from sim.economy.macro import (
    EMPLOYMENT,
    GDP,
    ON_CHINA,
    ON_OTHERS,
    PRICES,
    UNEMPLOYMENT,
)
from sim.economy.records import DIRECT, FIRST_OTHER, REGIONS
from sim.economy.sectors import (
    APPAREL,
    CHIPS_GOOD,
    FIRST_GOOD,
    GOODS,
    LAST_FARM_GOOD,
    SOYBEANS_GOOD,
    TOYS,
    VEHICLES,
)
from sim.economy.tariffs import good_tariff_pct, import_avg_pct
from sim.model.outcomes.outcome import DUTY_STEP, At, Outcome, Reader, row
from sim.model.tables.codes import CN, RECIPROCAL, US
from sim.model.tables.params import Params
from sim.model.tables.state import State


def per_cent(log: float) -> float:
    """Returns the change in % that corresponds to a log change."""
    return PERCENT * (safe_exp(log) - 1.0)


def border_price_pct(state: State, params: Params, good: int) -> float:
    """Returns the change of a good's duty-paid price at the border, in %."""
    side = US if good < FIRST_GOOD[CN] else CN
    duty = params.trade_pass_through[side] * state.good_duty_log[good]
    return per_cent(duty + state.exchange_log[side])


def yuan_fall_pct(state: State, params: Params) -> float:
    """Returns the fall of the yuan against the dollar that US duties bring about, in %."""
    return -per_cent(-yuan_fall_log(state, params))


def jobs_thousand(params: Params, employment_pct: float) -> float:
    """Returns thousands of American jobs gained (negative: lost), from a change of employment."""
    return THOUSAND_JOBS_PER_PERCENT_OF_A_MILLION * employment_pct * params.macro_employment_million


def due_to_china(state: State, params: Params, variable: int) -> float:
    """Returns what duties on China do to US output, prices or unemployment, or to jobs in
    thousands."""
    response = state.macro[ON_CHINA][variable]
    return jobs_thousand(params, response) if variable == EMPLOYMENT else response


def due_to_others(state: State, params: Params, variable: int) -> float:
    """Returns what duties on other countries add to that."""
    response = state.macro[ON_OTHERS][variable]
    return jobs_thousand(params, response) if variable == EMPLOYMENT else response


def due_to_all(state: State, params: Params, variable: int) -> float:
    """Returns what all added duties do, and for output what missing magnets cost besides."""
    duties = due_to_china(state, params, variable) + due_to_others(state, params, variable)
    return duties + magnets_output_pct(state, params) if variable == GDP else duties


def magnet_output_lost_usd_bn(state: State, params: Params) -> float:
    """Returns the yearly output that US industries lose for lack of rare-earth magnets, USD bn."""
    return params.trade_inputs_exposed_usd_bn[US] * state.input_short[US]


def magnets_output_pct(state: State, params: Params) -> float:
    """Returns what missing magnets do to US output, in %; negative for a loss."""
    return -PERCENT * safe_div(magnet_output_lost_usd_bn(state, params), params.ge_gdp_usd_bn[US])


def chip_tariff_equivalent_pct(state: State, params: Params) -> float:
    """Returns the duty that would reduce chip sales to China as much as licences do, in %."""
    cap = chips_approval(state, params)
    return per_cent(cap_tariff_equivalent(cap, state.good_sigma[CHIPS_GOOD]))


def _account(
    name: str, unit: str, margin: float, meaning: str, read: Reader, step: float = 0.0
) -> Outcome:
    return row(name, unit, margin, meaning, read, step=step)


def _macro_rows(
    stem: str, ending: str, unit: str, margin: float, what: str, variable: int
) -> tuple[Outcome, ...]:
    """Returns the rows of a variable: the total, and the parts due to duties on China and on other
    countries."""
    besides = " and missing magnets" if variable == GDP else ""
    return tuple(
        _account(
            f"{stem}{part}_{ending}",
            unit,
            margin,
            f"Change of {what} {cause}, from published responses to the average tariff.",
            At(rule, variable),
        )
        for part, cause, rule in (
            ("", f"due to all added duties{besides}", due_to_all),
            ("_china", "due to duties on China", due_to_china),
            ("_others", "due to duties on other countries", due_to_others),
        )
    )


MACRO_OUTCOMES: Final[tuple[Outcome, ...]] = (
    *_macro_rows("us_output", "pct", "pct", 0.03, "US output", GDP),
    *_macro_rows("us_consumer_prices", "pct", "pct", 0.05, "US consumer prices", PRICES),
    *_macro_rows(
        "us_unemployment", "pp", "pp_change", 0.03, "US unemployment, in points,", UNEMPLOYMENT
    ),
    *_macro_rows(
        "us_jobs", "thousand", "thousand_jobs", 20.0, "US jobs, in thousands,", EMPLOYMENT
    ),
)
"""What the duties do to the US economy as a whole, each split by whom the duties are on."""


def region_real_income_pct(state: State, params: Params, region: int) -> float:
    """Returns the long-run change of a region's real income, in %."""
    return state.real_income_pct[region]


def exports_to_us_change_usd_bn(state: State, params: Params, region: int) -> float:
    """Returns the long-run change of a region's exports to the US, USD bn a year."""
    return state.exports_to_us_change_usd_bn[region]


REGION_OUTCOMES: Final[tuple[Outcome, ...]] = (
    *(
        row(
            f"real_income_pct[{REGIONS[region]}]",
            "pct",
            0.02,
            "Change of the real income of a region in the long run; the region is in brackets.",
            At(region_real_income_pct, region),
            dated=False,
        )
        for region in range(FIRST_OTHER, len(REGIONS))
    ),
    *(
        row(
            f"exports_to_us_change_usd_bn_per_year[{REGIONS[region]}]",
            "usd_bn_per_year",
            1.0,
            "Change of a region's exports to the US in the long run; the region is in brackets.",
            At(exports_to_us_change_usd_bn, region),
            dated=False,
        )
        for region in range(CN, len(REGIONS))
    ),
)
"""Real incomes of the regions but the US and China, which have names of their own, and exports to
the US of all others: who gains the trade that China loses. They are read at the end of a run."""

TRADE_OUTCOMES: Final[tuple[Outcome, ...]] = (
    _account(
        "us_import_avg_pct",
        "pct",
        2.0,
        "US average duty over 26 sectors, weighted by imports of 2024.",
        lambda s, p: import_avg_pct(s, p, US),
        DUTY_STEP,
    ),
    _account(
        "cn_import_avg_pct",
        "pct",
        2.0,
        "Chinese average duty over 17 sectors, weighted by imports of 2024.",
        lambda s, p: import_avg_pct(s, p, CN),
        DUTY_STEP,
    ),
    _account(
        "us_revenue_usd_bn_per_year",
        "usd_bn_per_year",
        3.0,
        "US duties collected on Chinese goods.",
        lambda s, p: s.revenue_usd_bn_per_year[US],
    ),
    _account(
        "cn_revenue_usd_bn_per_year",
        "usd_bn_per_year",
        1.0,
        "Chinese duties collected on US goods.",
        lambda s, p: s.revenue_usd_bn_per_year[CN],
        1.0,
    ),
    _account(
        "us_imports_unadjusted_usd_bn_per_month",
        "usd_bn_per_month",
        1.0,
        "US imports from China as customs count them, with the season of the month.",
        At(month_usd_bn, US),
    ),
    _account(
        "cn_imports_unadjusted_usd_bn_per_month",
        "usd_bn_per_month",
        0.5,
        "Chinese imports from the US as customs count them, with the season of the month.",
        At(month_usd_bn, CN),
    ),
    _account(
        "yuan_fall_pct",
        "pct",
        0.5,
        "Fall of the yuan against the dollar that US duties on China bring about.",
        yuan_fall_pct,
    ),
    _account(
        "cn_minerals_share",
        "share",
        0.05,
        "Share of the usual tonnage of rare-earth inputs that China lets pass to the US.",
        minerals_approval,
    ),
    _account(
        "us_border_price_pct",
        "pct",
        1.0,
        "Change of the duty-paid price of Chinese goods at the US border, at the weights of 2024.",
        lambda s, p: per_cent(s.border_price_log[US]),
    ),
    _account(
        "cn_border_price_pct",
        "pct",
        1.0,
        "Change of the duty-paid price of US goods at China's border, at the weights of 2024.",
        lambda s, p: per_cent(s.border_price_log[CN]),
    ),
    _account(
        "us_shelf_price_pct",
        "pct",
        0.5,
        "Change of the retail price of Chinese goods in the US, at the weights of 2024.",
        lambda s, p: per_cent(s.retail_price_log[US]),
    ),
    _account(
        "us_prices_direct_pct",
        "pct",
        0.05,
        "Change of US consumer prices by duties on China, through Chinese goods consumers buy.",
        lambda s, p: s.content_price_pct[DIRECT],
    ),
    _account(
        "us_prices_with_inputs_pct",
        "pct",
        0.05,
        "The same, with Chinese inputs in what consumers buy.",
        prices_with_inputs_pct,
    ),
    _account(
        "us_household_cost_usd_per_year",
        "usd_per_year",
        25.0,
        "Cost of US duties on China to an American household.",
        household_cost_usd_per_year,
    ),
    _account(
        "us_static_gain_usd_bn_per_year",
        "usd_bn_per_year",
        2.0,
        "Additional US revenue and fees, minus the additional cost to US buyers.",
        lambda s, p: s.static_gain_usd_bn_per_year[US],
    ),
    _account(
        "cn_static_gain_usd_bn_per_year",
        "usd_bn_per_year",
        1.0,
        "Additional Chinese revenue and fees, minus the additional cost to Chinese buyers.",
        lambda s, p: s.static_gain_usd_bn_per_year[CN],
        1.0,
    ),
    _account(
        "us_real_income_pct",
        "pct",
        0.02,
        "Change of US real income by all added duties, in the long run.",
        lambda s, p: s.real_income_pct[US],
    ),
    _account(
        "cn_real_income_pct",
        "pct",
        0.02,
        "Change of China's real income by all added duties, in the long run.",
        lambda s, p: s.real_income_pct[CN],
    ),
    _account(
        "rest_real_income_pct",
        "pct",
        0.005,
        "Change of the real income of all other countries together, in the long run.",
        rest_real_income_pct,
    ),
    _account(
        "us_imports_long_run_pct",
        "pct",
        1.0,
        "Change of US imports from China in the equilibrium of the real incomes (long run).",
        us_imports_long_run_pct,
    ),
    _account(
        "cn_exports_change_usd_bn_per_year",
        "usd_bn_per_year",
        2.0,
        "Change of China's exports to all countries in that equilibrium (long run).",
        lambda s, p: s.cn_exports_change_usd_bn,
    ),
    *MACRO_OUTCOMES,
    _account(
        "us_farm_exports_lost_pct",
        "pct",
        3.0,
        "Share of US farm sales to China lost since 2024.",
        lambda s, p: goods_lost_pct(s, SOYBEANS_GOOD, LAST_FARM_GOOD + 1),
    ),
    _account(
        "us_magnet_output_lost_usd_bn_per_year",
        "usd_bn_per_year",
        1.0,
        "Output lost in US industries that need magnets (autos among them).",
        magnet_output_lost_usd_bn,
    ),
    _account(
        "us_output_magnets_pct",
        "pct",
        0.03,
        "Change of US output for lack of rare-earth magnets.",
        magnets_output_pct,
    ),
    _account(
        "cn_chip_output_lost_usd_bn_per_year",
        "usd_bn_per_year",
        1.0,
        "Output lost in Chinese industries that need foreign chips.",
        lambda s, p: p.trade_inputs_exposed_usd_bn[CN] * s.input_short[CN],
    ),
    _account(
        "us_toys_price_pct",
        "pct",
        1.0,
        "Change of the duty-paid price of Chinese toys.",
        lambda s, p: border_price_pct(s, p, TOYS),
    ),
    _account(
        "us_apparel_price_pct",
        "pct",
        1.0,
        "Change of the duty-paid price of Chinese apparel.",
        lambda s, p: border_price_pct(s, p, APPAREL),
    ),
    _account(
        "us_vehicles_price_pct",
        "pct",
        1.0,
        "Change of the duty-paid price of Chinese vehicles and parts.",
        lambda s, p: border_price_pct(s, p, VEHICLES),
    ),
    _account(
        "us_cost_of_us_point_usd_bn_per_year",
        "usd_bn_per_year",
        0.1,
        "Cost to the US of one more reciprocal point of US duty; negative for a gain.",
        lambda s, p: s.own_cost_per_pp[US][RECIPROCAL],
    ),
    _account(
        "cn_cost_of_us_point_usd_bn_per_year",
        "usd_bn_per_year",
        0.1,
        "Cost to China of one more reciprocal point of US duty.",
        lambda s, p: s.other_cost_per_pp[CN][RECIPROCAL],
    ),
    _account(
        "cn_chip_tariff_equivalent_pct",
        "pct",
        1.0,
        "Duty that would reduce US chip sales to China as much as licences do.",
        chip_tariff_equivalent_pct,
    ),
    _account(
        "cn_resold_usd_bn_per_month",
        "usd_bn_per_month",
        0.5,
        "Chinese goods no longer sold to the US that third countries buy.",
        lambda s, p: resold_usd_bn_per_month(s, p, CN),
    ),
    _account(
        "third_country_barriers",
        "share",
        0.03,
        "Share of diverted Chinese goods that third countries keep out by barriers.",
        lambda s, p: s.third_barrier,
    ),
    _account(
        "us_rerouted_usd_bn_per_month",
        "usd_bn_per_month",
        0.2,
        "Chinese goods that reach the US through third countries.",
        rerouted_usd_bn_per_month,
    ),
    *REGION_OUTCOMES,
)


def quarter_tariff_pct(state: State, params: Params, good: int) -> float:
    """Returns the mean of the legal duty on a good over the days of the quarter so far, in %."""
    return safe_div(state.good_tariff_sum_pct[good], float(state.quarter_days))


def good_trade_usd_bn(state: State, params: Params, good: int) -> float:
    """Returns the month's trade in a good, USD bn."""
    return state.good_usd_bn_per_month[good]


SECTOR_OUTCOMES: Final[tuple[Outcome, ...]] = tuple(
    row(name, unit, margin, meaning, At(rule, good), quarterly=True, step=step)
    for stem, unit, margin, step, meaning, rule in (
        (
            "tariff_pct",
            "pct",
            2.0,
            DUTY_STEP,
            "Duty on a sector; importer and sector are in brackets.",
            good_tariff_pct,
        ),
        (
            "tariff_mean_pct",
            "pct",
            2.0,
            DUTY_STEP,
            "Mean duty on a sector over the simulated days of the quarter so far.",
            quarter_tariff_pct,
        ),
        (
            "trade_usd_bn_per_month",
            "usd_bn_per_month",
            0.1,
            0.01,
            "Monthly imports of a sector; importer and sector are in brackets.",
            good_trade_usd_bn,
        ),
    )
    for good, name in ((good, f"{stem}[{name}]") for good, name in enumerate(GOODS))
)
"""Duty and trade by sector: `tariff_pct[us.toys]@2025Q4` is the duty on 31 December 2025,
`tariff_mean_pct[us.toys]@2025Q4` the mean of its quarter."""
