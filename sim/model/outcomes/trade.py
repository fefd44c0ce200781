"""Outcomes of the trade block: what tariffs do to duties, revenue, prices, incomes, industries.

They are accounts of a run: neither side decides by watching them. Prices and incomes are changes
against January 2025. Sector rows are read at the ends of quarters.
"""

from __future__ import annotations

from typing import Final

from sim.economy.accounts import (
    goods_lost_pct,
    household_cost_usd_per_year,
    rerouted_usd_bn_per_month,
    resold_usd_bn_per_month,
)
from sim.economy.arithmetic import safe_exp
from sim.economy.constants import JOBS_PER_PERCENT_OF_A_MILLION
from sim.economy.controls import cap_tariff_equivalent, chips_approval
from sim.economy.macro import EMPLOYMENT, GDP, PRICES, UNEMPLOYMENT
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
from sim.economy.tariffs import import_avg_pct
from sim.model.outcomes.outcome import At, Outcome, Reader, row
from sim.model.tables.codes import CN, RECIPROCAL, US
from sim.model.tables.params import Params
from sim.model.tables.state import State

REST: Final = 2


def per_cent(log: float) -> float:
    """Returns the change in % that a log change stands for."""
    return 100.0 * (safe_exp(log) - 1.0)


def border_price_pct(state: State, params: Params, good: int) -> float:
    """Returns the change of a good's duty-paid price at the border, in %."""
    side = US if good < FIRST_GOOD[CN] else CN
    return per_cent(params.trade_pass_through[side] * state.good_duty_log[good])


def jobs(state: State, params: Params) -> float:
    """Returns American jobs gained (lost: negative) by the response of employment."""
    return JOBS_PER_PERCENT_OF_A_MILLION * state.macro[EMPLOYMENT] * params.macro_employment_million


def chip_tariff_equivalent_pct(state: State, params: Params) -> float:
    """Returns the duty that would hold chip sales to China where licences hold them, in %."""
    cap = chips_approval(state, params)
    return per_cent(cap_tariff_equivalent(cap, state.good_sigma[CHIPS_GOOD]))


def _account(name: str, unit: str, margin: float, meaning: str, read: Reader) -> Outcome:
    return row(name, unit, margin, meaning, read, watched=False)


TRADE_OUTCOMES: Final[tuple[Outcome, ...]] = (
    _account(
        "us_import_avg_pct",
        "pct",
        2.0,
        "US average duty over 26 sectors at imports of 2024.",
        lambda s, p: import_avg_pct(s, p, US),
    ),
    _account(
        "cn_import_avg_pct",
        "pct",
        2.0,
        "Chinese average duty over 17 sectors at imports of 2024.",
        lambda s, p: import_avg_pct(s, p, CN),
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
    ),
    _account(
        "us_border_price_pct",
        "pct",
        1.0,
        "Duty-paid price of Chinese goods at the US border, change.",
        lambda s, p: per_cent(s.border_price_log[US]),
    ),
    _account(
        "cn_border_price_pct",
        "pct",
        1.0,
        "Duty-paid price of US goods at China's border, change.",
        lambda s, p: per_cent(s.border_price_log[CN]),
    ),
    _account(
        "us_shelf_price_pct",
        "pct",
        0.5,
        "Shelf price of Chinese goods in the US, change.",
        lambda s, p: per_cent(s.retail_price_log[US]),
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
        "US extra revenue and fees less what buyers pay foreigners more.",
        lambda s, p: s.static_gain_usd_bn_per_year[US],
    ),
    _account(
        "cn_static_gain_usd_bn_per_year",
        "usd_bn_per_year",
        1.0,
        "The same for China.",
        lambda s, p: s.static_gain_usd_bn_per_year[CN],
    ),
    _account(
        "us_real_income_pct",
        "pct",
        0.02,
        "US real income in general equilibrium, change.",
        lambda s, p: s.real_income_pct[US],
    ),
    _account(
        "cn_real_income_pct",
        "pct",
        0.02,
        "China's real income in general equilibrium, change.",
        lambda s, p: s.real_income_pct[CN],
    ),
    _account(
        "rest_real_income_pct",
        "pct",
        0.005,
        "Real income of the rest of the world, change.",
        lambda s, p: s.real_income_pct[REST],
    ),
    _account(
        "us_output_pct",
        "pct",
        0.03,
        "US output, published response to the average tariff.",
        lambda s, p: s.macro[GDP],
    ),
    _account(
        "us_consumer_prices_pct",
        "pct",
        0.05,
        "US consumer prices, published response.",
        lambda s, p: s.macro[PRICES],
    ),
    _account(
        "us_unemployment_pp",
        "pp_change",
        0.03,
        "US unemployment, published response, points.",
        lambda s, p: s.macro[UNEMPLOYMENT],
    ),
    _account("us_jobs", "jobs", 20000.0, "American jobs, published response.", jobs),
    _account(
        "us_farm_exports_lost_pct",
        "pct",
        3.0,
        "US farm sales to China lost against 2024.",
        lambda s, p: goods_lost_pct(s, SOYBEANS_GOOD, LAST_FARM_GOOD + 1),
    ),
    _account(
        "us_magnet_output_lost_pct",
        "pct",
        2.0,
        "Output of US lines that need magnets (autos among them) lost.",
        lambda s, p: 100.0 * s.input_short[US],
    ),
    _account(
        "cn_chip_output_lost_pct",
        "pct",
        2.0,
        "Output of Chinese lines that need foreign chips lost.",
        lambda s, p: 100.0 * s.input_short[CN],
    ),
    _account(
        "us_toys_price_pct",
        "pct",
        1.0,
        "Duty-paid price of Chinese toys, change.",
        lambda s, p: border_price_pct(s, p, TOYS),
    ),
    _account(
        "us_apparel_price_pct",
        "pct",
        1.0,
        "Duty-paid price of Chinese apparel, change.",
        lambda s, p: border_price_pct(s, p, APPAREL),
    ),
    _account(
        "us_vehicles_price_pct",
        "pct",
        1.0,
        "Duty-paid price of Chinese vehicles and parts, change.",
        lambda s, p: border_price_pct(s, p, VEHICLES),
    ),
    _account(
        "us_cost_of_us_point_usd_bn_per_year",
        "usd_bn_per_year",
        0.1,
        "What one more reciprocal point of US duty costs the US; below 0 it gains.",
        lambda s, p: s.own_cost_per_pp[US][RECIPROCAL],
    ),
    _account(
        "cn_cost_of_us_point_usd_bn_per_year",
        "usd_bn_per_year",
        0.1,
        "What one more reciprocal point of US duty costs China.",
        lambda s, p: s.other_cost_per_pp[CN][RECIPROCAL],
    ),
    _account(
        "cn_chip_tariff_equivalent_pct",
        "pct",
        1.0,
        "Duty that would keep as many US chips out of China as licences do.",
        chip_tariff_equivalent_pct,
    ),
    _account(
        "cn_resold_usd_bn_per_month",
        "usd_bn_per_month",
        0.5,
        "Chinese goods lost to the US that third countries buy.",
        lambda s, p: resold_usd_bn_per_month(s, p, CN),
    ),
    _account(
        "third_country_barriers",
        "share",
        0.03,
        "Share of diverted Chinese goods that third countries keep out.",
        lambda s, p: s.third_barrier,
    ),
    _account(
        "us_rerouted_usd_bn_per_month",
        "usd_bn_per_month",
        0.2,
        "Chinese goods that reach the US through third countries.",
        rerouted_usd_bn_per_month,
    ),
)


def good_tariff_pct(state: State, params: Params, good: int) -> float:
    """Returns the legal duty on a good, in %."""
    return max(0.0, params.good_duty_pct[good] + state.good_added_pp[good])


def good_trade_usd_bn(state: State, params: Params, good: int) -> float:
    """Returns the month's trade in a good, USD bn."""
    return state.good_usd_bn_per_month[good]


SECTOR_OUTCOMES: Final[tuple[Outcome, ...]] = tuple(
    row(name, unit, margin, meaning, At(rule, good), watched=False, quarterly=True)
    for stem, unit, margin, meaning, rule in (
        (
            "tariff_pct",
            "pct",
            2.0,
            "Duty on a sector, importer and sector in brackets.",
            good_tariff_pct,
        ),
        (
            "trade_usd_bn_per_month",
            "usd_bn_per_month",
            0.1,
            "Imports of a sector.",
            good_trade_usd_bn,
        ),
    )
    for good, name in ((good, f"{stem}[{name}]") for good, name in enumerate(GOODS))
)
"""Duty and trade by sector: `tariff_pct[us.toys]@2025Q4` is the duty on 31 December 2025."""
