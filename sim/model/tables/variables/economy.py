"""State of the economy, computed by the trade model."""

from __future__ import annotations

from typing import Any

from sim.economy.costs import ALL_GOODS
from sim.economy.macro import HORIZON_MONTHS, N_CAUSES, N_MACRO
from sim.economy.records import N_CONTENTS, N_REGIONS, PAYBACK_MONTHS
from sim.economy.sectors import N_GOODS
from sim.model.tables.fields import field
from sim.model.tables.paths import per_side
from sim.model.tables.vocabulary import (
    Category,
    Layer,
    Price,
    Side,
)


def _per_good(unit: str, meaning: str) -> Any:
    """Declares a number that the trade model keeps for every good."""
    return field("", unit=unit, shape=(N_GOODS,), meaning=meaning)


class EconomyState:
    """Trade, prices, revenue and incomes."""

    good_base_usd_bn: list[float] = _per_good(
        "usd_bn_per_year", "Imports of a good in the base year, scaled to the official totals."
    )
    good_share: list[float] = _per_good(
        "share", "The other side's share in imports of a good, duties included."
    )
    good_absorption_usd_bn: list[float] = _per_good(
        "usd_bn_per_year", "Spending of a side on a good from all sources in the base year."
    )
    good_sigma: list[float] = _per_good("1", "Elasticity of a good across origins within a year.")
    good_category_share: list[float] = _per_good(
        "share", "Weight of a good in its category of pledged purchases."
    )
    prices_due: list[bool] = field(
        "",
        unit="flag",
        init=True,
        shape=(Side,),
        meaning="A duty or fee has changed since prices were last calculated.",
    )
    free_due: list[bool] = field(
        "",
        unit="flag",
        init=True,
        shape=(Side,),
        meaning="Fees or third countries' duties have changed since the last no-points case.",
    )
    income_due: bool = field(
        "",
        unit="flag",
        init=True,
        meaning="Prices have changed since real incomes were last read.",
    )
    exchange_log: list[float] = per_side(
        "1", "What the exchange rate does to the log price of a side's imports from the other."
    )
    fee_wedge: list[float] = per_side("1", "Port fees as a fraction of a side's imports.")
    good_before_log: list[float] = _per_good(
        "1", ("Log of one plus the duty on a good in the base year.")
    )
    good_selective: list[float] = _per_good(
        "share", "Share of a good under the layer that covers only some goods."
    )
    good_paid: list[float] = _per_good("1", "Duty paid on a good, a fraction of customs value.")
    good_paid_before: list[float] = _per_good(
        "1", "Duty paid on a good in the month before, a fraction of customs value."
    )
    good_extra_pp: list[float] = _per_good(
        "pp", "Points added on a good by itself, on top of its layers; 0 in every scenario."
    )
    good_extra_announced_pp: list[float] = _per_good(
        "pp", "Such points announced but not yet in force."
    )
    good_added_pp: list[float] = _per_good(
        "pp", "Points added on a good since 20 January 2025, all layers and its own."
    )
    good_tariff_sum_pct: list[float] = _per_good(
        "pct", "Sum of the legal duty on a good over the days of the quarter so far."
    )
    quarter_days: int = field(
        "", unit="days", meaning="Days of the quarter so far, those before the run left out."
    )
    good_announced_pp: list[float] = _per_good(
        "pp", "Points announced on a good but not yet in force."
    )
    good_known_pp: list[float] = _per_good(
        "pp",
        ("Points announced on a good at the previous monthly step, which buyers already knew."),
    )
    good_rest_price_log: list[float] = _per_good(
        "1", "Log change of a good's price from third countries, from duties on them."
    )
    others_priced_pp: float = field(
        "", unit="pp", meaning="Points added on other countries that these prices include."
    )
    good_duty_log: list[float] = _per_good(
        "1", "Log change of one plus the duty paid on a good, since the base year."
    )
    good_import_price_log: list[float] = _per_good(
        "1", "Log change of a good's import price index over all origins."
    )
    good_level_log: list[float] = _per_good(
        "1", "Log change of a good's price level, domestic goods included."
    )
    good_target_log: list[float] = _per_good(
        "1", "Log change of a good's flow that prices imply within a year."
    )
    good_target_usd_bn: list[float] = _per_good(
        "usd_bn_per_year", ("A good's flow that prices imply within a year, in dollars a year.")
    )
    good_log: list[float] = _per_good(
        "1",
        ("Log of a good's flow relative to the base year, before freezes, licences and pledges."),
    )
    good_slow: list[float] = _per_good(
        "1", "Slow part of a good's log price relative to all imports of the good."
    )
    good_hurry: list[list[float]] = field(
        "",
        unit="1",
        shape=(PAYBACK_MONTHS, N_GOODS),
        meaning="Log of trade brought forward in each of the last four months.",
    )
    good_waiting: list[float] = _per_good(
        "1", "Log of trade brought forward that is still under way."
    )
    good_owed: list[float] = _per_good(
        "1", ("Sum of trade brought forward, to be paid back in equal parts.")
    )
    good_usd_bn_per_month: list[float] = _per_good(
        "usd_bn_per_month", "Trade in a good this month, seasonally adjusted."
    )
    slope_sum: list[list[float]] = field(
        "",
        unit="usd_bn_per_year",
        shape=(Side, ALL_GOODS + 1),
        meaning=(
            "Cost of a point to importer and exporter: on the layer that covers only some goods; "
            "on all."
        ),
    )
    good_free_duty_log: list[float] = _per_good(
        "1", "No-points case: log change of one plus duty and fee on a good."
    )
    good_free_level_log: list[float] = _per_good(
        "1", "No-points case: log price level of a good, net of domestic producers' gain."
    )
    good_rest_level_log: list[float] = _per_good(
        "1", "Log price level of a good from duties on third countries only."
    )
    good_rest_gain_log: list[float] = _per_good(
        "1", "Domestic producers' gain in that case, as a share of spending."
    )
    good_free_usd_bn: list[float] = _per_good(
        "usd_bn_per_year", "No-points case: trade in a good that prices imply within a year."
    )
    good_own_cost: list[float] = _per_good(
        "usd_bn_per_year", "Cost to the importer of one more point on a good."
    )
    good_other_cost: list[float] = _per_good(
        "usd_bn_per_year", "Cost to the exporter of one more point on a good."
    )
    good_own_mean: list[float] = _per_good(
        "usd_bn_per_year", "Mean cost to the importer of the points added on a good."
    )
    good_other_mean: list[float] = _per_good(
        "usd_bn_per_year", "Mean cost to the exporter of the points added on a good."
    )
    trade_months: int = field("", unit="count", meaning="Number of monthly trade steps made.")
    trade_month: int = field(
        "", unit="count", meaning="Month of the year of the last trade step, January is 0."
    )
    trade_usd_bn_per_month: list[float] = field(
        "trade.{side}.imports_usd_bn_per_month",
        unit="usd_bn_per_month",
        shape=(Side,),
        meaning=(
            "Imports of a side from the other, seasonally adjusted; 0 at the start = as implied by "
            "the duties."
        ),
    )
    added_avg_pp: list[float] = per_side(
        "pp", "Points added since 20 January 2025, weighted by imports of 2024."
    )
    paid_avg_pp: list[float] = per_side(
        "pp", "Collected part of the points added, weighted by imports of 2024."
    )
    revenue_usd_bn_per_year: list[float] = per_side(
        "usd_bn_per_year", "Duties a side collects on the other's goods, at this month's rate."
    )
    revenue_free_usd_bn_per_year: list[float] = per_side(
        "usd_bn_per_year", "No-points case: duties a side collects on the other's goods."
    )
    buyers_cost_usd_bn_per_year: list[float] = per_side(
        "usd_bn_per_year",
        "Additional cost to buyers from duties and fees on the other side (a loss is positive).",
    )
    static_gain_usd_bn_per_year: list[float] = per_side(
        "usd_bn_per_year",
        ("Additional revenue minus buyers' additional cost: an importer's gain within a year."),
    )
    duty_avg_log: list[float] = per_side(
        "1", "Log change of one plus the duty, weighted by the trade of the base year."
    )
    border_price_log: list[float] = per_side(
        "1", "Log change of duty-paid prices of the other's goods at the border."
    )
    retail_price_log: list[float] = per_side(
        "1", "Log change of retail prices of the other's goods."
    )
    content_price_pct: list[float] = field(
        "",
        unit="pct",
        shape=(N_CONTENTS,),
        meaning="Rise of US consumer prices by duties on China: goods bought, goods made of them.",
    )
    lost_sales_usd_bn_per_month: list[float] = per_side(
        "usd_bn_per_month",
        ("Sales to the other that an exporter has lost, over goods with a loss."),
    )
    third_barrier: float = field(
        "trade.third_barrier",
        unit="share",
        meaning="Share of diverted Chinese goods that third countries keep out.",
    )
    real_income_pct: list[float] = field(
        "",
        unit="pct",
        shape=(N_REGIONS,),
        meaning="Change of the real income of a region, after trade has adjusted.",
    )
    exports_to_us_change_usd_bn: list[float] = field(
        "",
        unit="usd_bn_per_year",
        shape=(N_REGIONS,),
        meaning="Change of a region's exports to the US, after trade has adjusted.",
    )
    cn_exports_change_usd_bn: float = field(
        "",
        unit="usd_bn_per_year",
        meaning="Change of China's exports to all others, after trade has adjusted.",
    )
    us_imports_base_usd_bn: float = field(
        "",
        unit="usd_bn_per_year",
        meaning="US imports from everyone in the base year, customs value.",
    )
    effective_rate_pp: list[float] = field(
        "",
        unit="pp",
        shape=(N_CAUSES,),
        meaning="Points that duties on China and on others add to the average rate on US imports.",
    )
    macro_known_pp: list[float] = field(
        "", unit="pp", shape=(N_CAUSES,), meaning="That average at the last monthly step."
    )
    macro_step_pp: list[list[float]] = field(
        "",
        unit="pp",
        shape=(N_CAUSES, HORIZON_MONTHS),
        meaning="Change of that average in each of the last 90 months.",
    )
    macro_old_pp: list[float] = field(
        "", unit="pp", shape=(N_CAUSES,), meaning="Sum of its changes before that."
    )
    macro_kernel: list[list[float]] = field(
        "",
        unit="pct",
        shape=(N_MACRO, HORIZON_MONTHS + 1),
        meaning="Response a month after ten points of the average rate, by variable and month.",
    )
    macro: list[list[float]] = field(
        "",
        unit="pct",
        shape=(N_CAUSES, N_MACRO),
        meaning=(
            "Response of US output, consumer prices, unemployment (points) and employment, to "
            "duties on China and on others."
        ),
    )
    deficit_usd_bn_per_year: float = field(
        "trade.deficit_usd_bn_per_year",
        unit="usd_bn_per_year",
        meaning="US goods deficit with China over twelve months; 0 at the start = the base year's.",
    )
    deficit_month_usd_bn: list[float] = field(
        "", unit="usd_bn", shape=(12,), meaning="The twelve monthly deficits in that sum."
    )
    pledge_quality: list[float] = field(
        "",
        unit="1",
        shape=(Category,),
        meaning="Share of a pledge delivered this month; 0 without a pledge.",
    )
    deliveries_usd_bn_per_month: list[float] = field(
        "",
        unit="usd_bn_per_month",
        shape=(Category,),
        meaning="Purchases delivered this month under pledges.",
    )
    input_short: list[float] = per_side(
        "share", "Output lost in industries that need the other side's controlled inputs."
    )
    own_cost_per_pp: list[list[float]] = field(
        "",
        unit="usd_bn_per_year",
        shape=(Side, Layer),
        meaning="Cost to a side of one more point on a layer of its own duty.",
    )
    other_cost_per_pp: list[list[float]] = field(
        "",
        unit="usd_bn_per_year",
        shape=(Side, Layer),
        meaning="Cost to a side of one more point on a layer of the other side's duty.",
    )
    price_usd_bn: list[list[float]] = field(
        "",
        unit="usd_bn_per_year",
        shape=(Side, Price),
        meaning="Value to a side of one unit of a package clause (tariffs: ten points cut).",
    )
