"""Parameters of the economy: domestic pressure, controlled inputs, the trade model."""

from __future__ import annotations

from collections.abc import Callable

from sim.economy.equilibrium import CN_NODES_PP, US_NODES_PP
from sim.economy.macro import QUARTERS
from sim.economy.records import MONTHS_OF_YEAR, N_REGIONS, N_RESULTS
from sim.economy.sectors import FIRST_GOOD, GOODS, N_GOODS
from sim.model.tables.fields import field
from sim.model.tables.paths import Index, side_name
from sim.model.tables.vocabulary import (
    LAYER_NAMES,
    MONTH_NAMES,
    PRESSURE_NAMES,
    Layer,
    PressurePart,
    Price,
    Side,
)

N_MINERALS_LEVELS = 4


def _pressure(i: Index) -> str | None:
    # Industrial pressure in the US has a rest of its own, because shortages come day by day.
    if i == (Side.US, PressurePart.INDUSTRY):
        return None
    return f"{side_name(i[0])}.pressure_rest.{PRESSURE_NAMES[i[0]][i[1]]}"


def _good(column: str, only: Side | None = None) -> Callable[[Index], str | None]:
    """Returns the path of a column of the sector table, for goods of both importers or one."""

    def path(index: Index) -> str | None:
        name = GOODS[index[0]]
        named = only is None or name.startswith(only.name.lower())
        return f"trade.{name}.{column}" if named else None

    return path


def _cover(i: Index) -> str | None:
    names = ("s301", "s232", "reciprocal") if i[1] < FIRST_GOOD[1] else (None, None, "partial")
    return f"trade.{GOODS[i[1]]}.cover_{names[i[0]]}" if names[i[0]] else None


def _base_duty(i: Index) -> str | None:
    name = LAYER_NAMES[i[0]][i[1]] if i[1] == Layer.S301 else None
    return f"{side_name(i[0])}.base_duty.{name}_pp" if name else None


def _reference(i: Index) -> str | None:
    picks = i[0] == Side.US and i[1] in (Layer.S301, Layer.S232, Layer.RECIPROCAL)
    return f"us.coverage_reference.{LAYER_NAMES[0][i[1]]}" if picks else None


def _minerals_level(i: Index) -> str | None:
    return f"cn.minerals_share.level_{i[0] + 1}"


def _season(i: Index) -> str | None:
    return f"trade.{side_name(i[0])}.season.{MONTH_NAMES[i[1]]}"


_MACRO = ("gdp", "prices", "unemployment", "employment")


def _macro(i: Index) -> str | None:
    return f"macro.us.{_MACRO[i[0]]}_after_{QUARTERS[i[1]]}_quarters"


def _long_run(i: Index) -> str | None:
    return f"macro.us.{_MACRO[i[0]]}_in_the_long_run"


PRICED_BY_TRADE: frozenset[Price] = frozenset(
    {
        Price.US_TARIFF_CUT,
        Price.CN_TARIFF_CUT,
        Price.US_BROAD_CUT,
        Price.PURCHASES,
        Price.TECH,
    }
)
"""Clauses whose worth to both sides the trade model calculates."""


def _clause(i: Index) -> str | None:
    clause = Price(i[1])
    if clause in PRICED_BY_TRADE or (i[0], clause) == (Side.US, Price.MINERALS):
        return None
    return f"clause.{side_name(i[0])}.{clause.name.lower()}_usd_bn"


class EconomyParams:
    """Effects of duties on trade and incomes, and of these on pressure."""

    # domestic pressure and controlled inputs -----------------------------------------
    pressure_rest: list[list[float]] = field(
        _pressure,
        unit="share",
        shape=(Side, PressurePart),
        meaning="Level of a part of pressure with trade undisturbed.",
    )
    growth_per_real_income: float = field(
        "cn.growth_per_real_income",
        unit="1",
        least=0.0,
        meaning="Growth China loses per point of real income it loses.",
    )
    cn_gdp_usd_bn: float = field(
        "cn.gdp_usd_bn", unit="usd_bn_per_year", least=1.0, meaning="China's yearly output."
    )
    pressure_per_price: float = field(
        "us.pressure_per_price", unit="1", meaning="Pressure per unit log rise in import prices."
    )
    pressure_per_export: float = field(
        "pressure_per_export",
        unit="1",
        meaning="Pressure at the loss of all sales to the other side.",
    )
    pressure_per_farm: float = field(
        "us.pressure_per_farm",
        unit="1",
        meaning="Pressure at the loss of all farm sales to China.",
    )
    pressure_per_glut: float = field(
        "cn.pressure_per_glut",
        unit="1",
        meaning="Pressure on domestic prices at the loss of all sales to the US.",
    )
    pressure_per_job: float = field(
        "cn.pressure_per_job",
        unit="1",
        meaning="Pressure if all jobs that depend on sales to the US are lost.",
    )
    pressure_per_growth: float = field(
        "cn.pressure_per_growth", unit="1", meaning="Pressure per point of growth lost."
    )
    pressure_speed_per_month: float = field(
        "pressure_speed_per_month",
        unit="share",
        meaning="Share of the distance to its target that pressure moves in a month.",
    )
    industry_rest: float = field(
        "us.industry_rest", unit="share", meaning="Industrial pressure with inputs available."
    )
    industry_speed_per_day: float = field(
        "us.industry_speed_per_day",
        unit="1/day",
        meaning="Daily rate at which a shortage is felt.",
    )
    minerals_share: list[float] = field(
        _minerals_level,
        unit="share",
        shape=(N_MINERALS_LEVELS,),
        meaning="Share of the usual tonnage of rare-earth inputs that passes a level of control.",
    )
    minerals_share_waiting: float = field(
        "cn.minerals_share.waiting",
        unit="share",
        meaning="The same until the first licences under a new control are issued.",
    )
    minerals_licence_days: int = field(
        "cn.minerals_licence_days",
        unit="days",
        meaning="Days from a new control of rare earths to its first licences.",
    )
    minerals_substitution_months: float = field(
        "us.minerals_substitution_months",
        unit="months",
        least=1.0,
        meaning="Time constant with which users replace controlled rare-earth inputs.",
    )
    minerals_refill_per_day: float = field(
        "us.minerals_refill_per_day",
        unit="months",
        meaning="Daily refill of stocks of rare-earth inputs.",
    )
    minerals_stock_max_months: float = field(
        "us.minerals_stock_max_months",
        unit="months",
        meaning="Largest stock of rare-earth inputs that industry keeps.",
    )
    delay_value_per_day: float = field(
        "cn.delay_value_per_day",
        unit="utility",
        meaning="Value to China of a day without a new hike.",
    )

    # economy -------------------------------------------------------------------------
    good_value_usd_bn: list[float] = field(
        _good("value_usd_bn"),
        unit="usd_bn_per_year",
        shape=(N_GOODS,),
        least=0.001,
        meaning="Imports of a good from the other side in 2024.",
    )
    good_partner_share: list[float] = field(
        _good("partner_share"),
        unit="share",
        shape=(N_GOODS,),
        least=0.001,
        meaning="The other side's share of all imports of a good, customs value.",
    )
    good_duty_pct: list[float] = field(
        _good("duty_pct"),
        unit="duty_pct",
        shape=(N_GOODS,),
        meaning="Duty on a good from the other side in the base year, as a share of value.",
    )
    good_rise_pp: list[float] = field(
        _good("rise_pp", Side.US),
        unit="pp",
        shape=(N_GOODS,),
        meaning="Points that yearly rises of older duties add to what the base year collected.",
    )
    good_exempt: list[float] = field(
        _good("exempt", Side.CN),
        unit="share",
        shape=(N_GOODS,),
        meaning="Part of a good's imports that is exempted in practice from duties added.",
    )
    good_rest_duty_pct: list[float] = field(
        _good("rest_duty_pct", Side.US),
        unit="duty_pct",
        shape=(N_GOODS,),
        meaning="Duty on a good from third countries in the base year.",
    )
    good_penetration: list[float] = field(
        _good("penetration"),
        unit="share",
        shape=(N_GOODS,),
        least=0.01,
        meaning="Imports as a share of what a side spends on a good.",
    )
    good_cover: list[list[float]] = field(
        _cover,
        unit="1",
        shape=(3, N_GOODS),
        meaning="Published share of a good that a layer covers; for partial replies, a multiple.",
    )
    good_homogeneous: list[float] = field(
        _good("homogeneous", Side.CN),
        unit="1",
        shape=(N_GOODS,),
        meaning="1 if suppliers are interchangeable (farm goods and energy), otherwise 0.",
    )
    good_sigma_ratio: list[float] = field(
        _good("sigma_ratio"),
        unit="1",
        shape=(N_GOODS,),
        least=0.01,
        meaning="Elasticity of a good across origins, as a multiple of the common one.",
    )
    good_consumer_share: list[float] = field(
        _good("consumer_share", Side.US),
        unit="share",
        shape=(N_GOODS,),
        meaning="Part of US imports of a good that consumers buy as it is.",
    )
    good_input_share: list[float] = field(
        _good("input_share", Side.US),
        unit="share",
        shape=(N_GOODS,),
        meaning="Part of US imports of a good that goes into other products.",
    )
    trade_base_usd_bn: list[float] = field(
        "trade.{side}.base_usd_bn",
        unit="usd_bn_per_year",
        shape=(Side,),
        least=1.0,
        meaning="Official total of a side's imports from the other in 2024.",
    )
    base_duty_pp: list[list[float]] = field(
        _base_duty,
        unit="pp",
        shape=(Side, Layer),
        meaning="Rate of a layer already contained in the base duties.",
    )
    coverage_reference: list[list[float]] = field(
        _reference,
        unit="share",
        shape=(Side, Layer),
        meaning="Published share of trade that a layer covers; coverage by good is scaled to it.",
    )
    trade_collect: list[float] = field(
        "trade.{side}.collect",
        unit="share",
        shape=(Side,),
        meaning="Share of added points that is actually paid.",
    )
    trade_collect_rest: float = field(
        "trade.us.collect_rest",
        unit="share",
        meaning="Share of the points added on other countries that is actually paid.",
    )
    trade_transit_days: float = field(
        "trade.transit_days",
        unit="days",
        least=0.0,
        meaning="Days that goods are under way; those that left before a rise pay the duty before.",
    )
    trade_rest_added_pp: list[float] = field(
        "trade.{side}.rest_added_pp",
        unit="pp",
        shape=(Side,),
        meaning="Points a side has added on all other countries since the base year.",
    )
    trade_port_fee_usd_bn: list[float] = field(
        "trade.{side}.port_fee_usd_bn",
        unit="usd_bn_per_year",
        shape=(Side,),
        least=0.0,
        meaning="Fees a side levies on the other's ships, once in force.",
    )
    trade_sigma_12m: list[float] = field(
        "trade.{side}.sigma_12m",
        unit="1",
        shape=(Side,),
        least=0.01,
        meaning="Common elasticity of substitution across origins within a year.",
    )
    trade_sigma_homogeneous: float = field(
        "trade.cn.sigma_homogeneous",
        unit="1",
        least=0.01,
        meaning="Elasticity across origins within a year for farm goods and energy.",
    )
    trade_sigma_long_ratio: float = field(
        "trade.sigma_long_ratio",
        unit="1",
        least=1.0,
        meaning="Long-run elasticity as a multiple of that within a year, also for real income.",
    )
    trade_slow_share: float = field(
        "trade.slow_share",
        unit="share",
        meaning="Share of the slow adjustment completed in a year.",
    )
    trade_eta: float = field(
        "trade.eta", unit="1", least=0.01, meaning="Elasticity between imports and domestic goods."
    )
    trade_kappa: float = field(
        "trade.kappa", unit="1", meaning="Elasticity of spending on goods to their price level."
    )
    trade_domestic_response: float = field(
        "trade.domestic_response",
        unit="share",
        meaning="Rise in domestic prices per rise in import prices and share of imports.",
    )
    trade_pass_through: list[float] = field(
        "trade.{side}.pass_through",
        unit="share",
        shape=(Side,),
        least=0.01,
        meaning="Share of a duty that reaches the duty-paid price.",
    )
    trade_yuan_response: float = field(
        "trade.cn.yuan_response",
        unit="1",
        least=0.0,
        meaning="Fall of the yuan against the dollar, per cent, per per cent of US duty collected.",
    )
    trade_exchange_share: list[float] = field(
        "trade.{side}.exchange_share",
        unit="share",
        shape=(Side,),
        meaning="Share of a fall of the yuan that reaches prices of a side's imports.",
    )
    trade_season: list[list[float]] = field(
        _season,
        unit="1",
        shape=(Side, MONTHS_OF_YEAR),
        least=0.01,
        meaning="Imports of a month of the year, relative to an average month.",
    )
    trade_trend_pct_per_year: list[float] = field(
        "trade.{side}.trend_pct_per_year",
        unit="pct_per_year",
        shape=(Side,),
        meaning="Growth of a flow with duties unchanged.",
    )
    trade_adjustment: float = field(
        "trade.adjustment",
        unit="share",
        meaning="Share of the distance to its target that a flow moves in a month.",
    )
    trade_front_loading: float = field(
        "trade.front_loading",
        unit="1",
        meaning="Trade brought forward per log point of duty announced but not in force.",
    )
    trade_value_added: list[float] = field(
        "trade.{side}.value_added",
        unit="share",
        shape=(Side,),
        meaning="Domestic income a side earns per dollar of sales to the other.",
    )
    trade_resold_share: list[float] = field(
        "trade.{side}.resold_share",
        unit="share",
        shape=(Side,),
        meaning="Share of sales lost to the other that third countries buy.",
    )
    trade_rerouted_share: float = field(
        "trade.rerouted_share",
        unit="share",
        meaning="Share of these diverted Chinese goods that third countries pass on to the US.",
    )
    trade_barrier_response: float = field(
        "trade.barrier_response",
        unit="share",
        meaning=(
            "Share of diverted goods that third countries would keep out if all US sales were "
            "diverted."
        ),
    )
    trade_barrier_pace: float = field(
        "trade.barrier_pace",
        unit="share",
        meaning="Share of the distance to that level that their barriers move in a month.",
    )
    trade_retail_share: float = field(
        "trade.retail_share",
        unit="share",
        meaning="Share of a duty that retail prices take up in the long run.",
    )
    trade_retail_months: float = field(
        "trade.retail_months",
        unit="months",
        least=1.0,
        meaning="Months until retail prices have taken up 95 per cent of that.",
    )
    trade_dollar_share: float = field(
        "trade.dollar_share",
        unit="share",
        meaning="Dollars of duty that reach consumers per dollar paid.",
    )
    trade_inputs_months: float = field(
        "trade.inputs_months",
        unit="months",
        least=1.0,
        meaning="Months until consumer prices have taken up 95 per cent of dearer inputs.",
    )
    trade_inputs_consumed_share: float = field(
        "trade.us.inputs_consumed_share",
        unit="share",
        meaning="Share of imported inputs whose products American consumers buy.",
    )
    trade_consumption_usd_bn: float = field(
        "trade.us.consumption_usd_bn",
        unit="usd_bn_per_year",
        least=1.0,
        meaning="Spending of American consumers in 2024.",
    )
    trade_households_million: float = field(
        "trade.us.households_million",
        unit="1",
        least=1.0,
        meaning="Number of American households, in millions.",
    )
    trade_freeze_share: float = field(
        "trade.cn.freeze_share",
        unit="share",
        meaning="Share of purchases of a good that state buyers withhold in a freeze.",
    )
    trade_purchase_additional: float = field(
        "trade.purchase_additional",
        unit="share",
        meaning="Share of pledged purchases that does not displace other purchases.",
    )
    trade_purchase_premium: float = field(
        "trade.cn.purchase_premium",
        unit="share",
        meaning="Additional cost of pledged goods over the usual source.",
    )
    chips_cut_per_level: float = field(
        "us.chips_cut_per_level",
        unit="share",
        meaning="Share of chip sales to China refused per level of technology control.",
    )
    chips_base_level: int = field(
        "us.chips_base_level",
        unit="level",
        meaning="Level of technology control that base-year trade already reflects.",
    )
    chips_refill_per_day: float = field(
        "cn.chips_refill_per_day", unit="months", meaning="Daily refill of stocks of chips."
    )
    chips_stock_max_months: float = field(
        "cn.chips_stock_max_months",
        unit="months",
        meaning="Largest stock of chips that industry keeps.",
    )
    trade_inputs_exposed_usd_bn: list[float] = field(
        "trade.{side}.inputs_exposed_usd_bn",
        unit="usd_bn_per_year",
        shape=(Side,),
        least=0.0,
        meaning="Yearly output that stops without the other side's controlled inputs.",
    )
    macro_response: list[list[float]] = field(
        _macro,
        unit="pct",
        shape=(4, 6),
        meaning="Published response to ten points of the average US tariff.",
    )
    macro_long_run: list[float] = field(
        _long_run,
        unit="pct",
        shape=(4,),
        meaning="Response to ten points of the average US tariff that remains in the long run.",
    )
    macro_fade_months: float = field(
        "macro.us.fade_months",
        unit="months",
        least=1.0,
        meaning=(
            "Months over which a response moves from the last published quarter to its long run, "
            "at most 60."
        ),
    )
    macro_scale: float = field(
        "macro.us.scale", unit="1", least=0.0, meaning="Factor on all published responses."
    )
    trade_opening_age_months: int = field(
        "trade.opening_age_months",
        unit="months",
        meaning="Age of the duties in force when a run begins.",
    )
    macro_employment_million: float = field(
        "macro.us.employment_million",
        unit="1",
        least=1.0,
        meaning="Number of Americans in work, in millions.",
    )
    ge_us_pp: list[float] = field(
        "",
        unit="pp",
        shape=(len(US_NODES_PP),),
        meaning="Nodes of the table of equilibria: points the US adds on China.",
    )
    ge_cn_pp: list[float] = field(
        "",
        unit="pp",
        shape=(len(CN_NODES_PP),),
        meaning="Nodes of the table of equilibria: points China adds on the US.",
    )
    ge_results: list[list[list[float]]] = field(
        "",
        unit="1",
        shape=(len(US_NODES_PP), len(CN_NODES_PP), N_RESULTS),
        meaning="Real incomes (per cent) and exports (USD bn a year) at the nodes, as changes.",
    )
    ge_gdp_usd_bn: list[float] = field(
        "",
        unit="usd_bn_per_year",
        shape=(N_REGIONS,),
        meaning="Output of a region in the base of the table.",
    )
    ge_exports_to_us_usd_bn: list[float] = field(
        "",
        unit="usd_bn_per_year",
        shape=(N_REGIONS,),
        meaning="Exports of a region to the US in the base of the table.",
    )
    clause_usd_bn: list[list[float]] = field(
        _clause,
        unit="usd_bn_per_year",
        shape=(Side, Price),
        meaning="Yearly value to a side of one unit of a clause that no tariff equation prices.",
    )
