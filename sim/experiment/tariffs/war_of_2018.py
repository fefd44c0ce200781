"""Replay of the tariffs of 2018 to 2020 on the trade of 2017, for the checks.

The lists of Section 301 and China's replies (`economics/lists_of_2018.csv`) fall on the trade of
2017. The US buys five groups of goods, one a list, all with China's share and the duty collected in
that year and the average penetration of the base; China buys its goods of 2024, scaled to the total
of 2017. All else is the trade model with the parameters of 2025, which owe nothing to these years.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import fmean
from typing import Final, NamedTuple

from sim.economy.block import apply_trade_month
from sim.economy.demand import ces_log, demand_log
from sim.economy.sectors import END_GOOD, FIRST_GOOD, SOYBEANS_GOOD
from sim.engine.clocks import next_month
from sim.experiment.tariffs.bench import Bench
from sim.history.csv_table import csv_rows
from sim.history.places import data_root
from sim.model.tables.codes import CN, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.duty_schedule import REQUIRED, DutyStep

LISTS: Final = "economics/lists_of_2018.csv"

LISTED_USD_BN: Final = {
    "list_1": 34.0,
    "list_2": 16.0,
    "list_3": 200.0,
    "list_4a": 120.0,
    "list_4b": 180.0,
}
"""Imports from China by list, at the value in its notice; duties on the last never applied. All are
scaled to the total of 2017."""
US_IMPORTS_2017_USD_BN: Final = 505.2
US_EXPORTS_2017_USD_BN: Final = 130.0
CHINA_SHARE_2017: Final = 0.216
DUTY_ON_CHINA_2017_PCT: Final = 2.68
DUTY_ON_OTHERS_2017_PCT: Final = 1.07
"""China's share of US imports, and duty collected on imports for consumption (Census)."""
US_GDP_2017_USD_BN: Final = 19_500.0

TARGETED: Final = (303.0, 2.6, 16.6)
"""All imports targeted in 2018: value (USD bn a year), and duty before and after (%)."""
LISTS_IN_DECEMBER_2018: Final = (
    (34.0, 3.0, 28.0),
    (16.0, 3.0, 28.0),
    (200.0, 3.0, 13.0),
    (24.0, 1.0, 26.0),
    (17.0, 1.0, 11.0),
)
"""The same for each list in force then: three on China, steel, aluminium."""

FIRST_MONTH: Final = date(2018, 7, 1)
LAST_MONTH: Final = date(2022, 12, 1)


class WarMonth(NamedTuple):
    """A month of the replay; ratios are to the trade of 2017.

    Attributes:
        imports_usd_bn: US imports from China.
        duty_usd_bn: US duty collected on them.
        exports: Ratio of US exports to China.
        soybeans: Ratio of US exports of soybeans to China.
        china_share: China's share of US imports, customs value.
        imports_within_a_year: Ratio of US imports from China within a year at the month's duties.
        exports_within_a_year: The same of US exports to China.
    """

    imports_usd_bn: float
    duty_usd_bn: float
    exports: float
    soybeans: float
    china_share: float
    imports_within_a_year: float
    exports_within_a_year: float


def war_of_2018(bench: Bench) -> dict[str, float]:
    """Returns trade, duty, losses and incomes under the duties of 2018 to 2020."""
    months = replay(bench)
    at_end_of_2018 = months[date(2018, 12, 1)]
    first_year = span(months, date(2018, 7, 1), 12)
    after_list_3 = span(months, date(2018, 10, 1), 12)
    of_2022 = span(months, date(2022, 1, 1), 12)
    return {
        **tranches(bench),
        "collected_2018": collected_pct(span(months, date(2018, 10, 1), 3)),
        "collected_2019": collected_pct(span(months, date(2019, 10, 1), 3)),
        "collected_2021": collected_pct(span(months, date(2021, 1, 1), 6)),
        "china_share_2022": 100.0 * fmean(m.china_share for m in of_2022),
        "soybeans_2018": 100.0 * (fmean(m.soybeans for m in first_year) - 1.0),
        "us_exports_2019": 100.0 * (fmean(m.exports for m in after_list_3) - 1.0),
        "cn_exports_2018": 100.0 * (at_end_of_2018.imports_within_a_year - 1.0),
        "us_imports_2018": US_IMPORTS_2017_USD_BN * (at_end_of_2018.imports_within_a_year - 1.0),
        "us_exports_2018": US_EXPORTS_2017_USD_BN * (at_end_of_2018.exports_within_a_year - 1.0),
    }


# ----------------------------------------------------------------------- month by month


def replay(bench: Bench) -> dict[date, WarMonth]:
    """Returns the months of the war by their first day."""
    params = params_of_2017(bench)
    state = bench.opened(params)
    steps = list_steps()
    months = {}
    day = FIRST_MONTH
    while day <= LAST_MONTH:
        apply_lists(params, steps, day)
        apply_trade_month(state, params)
        months[day] = reading(state, params)
        day = date.fromordinal(next_month(day.toordinal()))
    return months


def list_steps() -> list[DutyStep]:
    """Returns the duties on the lists, by day."""
    found = []
    for _, row in csv_rows(data_root() / LISTS, REQUIRED):
        day = date.fromisoformat(row["date"]).toordinal()
        found.append(DutyStep(day, day, row["side"], row["on"], float(row["points_pp"]), None))
    return sorted(found, key=lambda step: step.day)


def params_of_2017(bench: Bench) -> Params:
    """Returns the parameters, with the trade and the duties of 2017 in place of those of 2024."""
    params = bench.params()
    penetration = overall_penetration(params)
    values = [*LISTED_USD_BN.values()]
    for good in range(FIRST_GOOD[US], END_GOOD[US]):
        params.good_value_usd_bn[good] = values[good] if good < len(values) else 0.0
        params.good_partner_share[good] = CHINA_SHARE_2017
        params.good_duty_pct[good] = DUTY_ON_CHINA_2017_PCT
        params.good_rest_duty_pct[good] = DUTY_ON_OTHERS_2017_PCT
        params.good_penetration[good] = penetration
        params.good_sigma_ratio[good] = 1.0
    for good in range(END_GOOD[CN]):
        params.good_rise_pp[good] = params.good_exempt[good] = 0.0
    params.trade_base_usd_bn = [US_IMPORTS_2017_USD_BN, US_EXPORTS_2017_USD_BN]
    # These duties applied to goods that arrived, whenever they had left.
    params.trade_transit_days = 0.0
    return params


def apply_lists(params: Params, steps: Iterable[DutyStep], day: date) -> None:
    """Puts the points of the lists in force on a day on their goods, as far as they are paid."""
    for step in steps:
        if step.day <= day.toordinal():
            paid = step.points_pp * params.trade_collect[US if step.side == "us" else CN]
            for good in goods_on(step.on):
                params.good_rise_pp[good] = paid


def goods_on(name: str) -> Sequence[int]:
    """Returns the goods of a list."""
    if name == "soybeans":
        return (SOYBEANS_GOOD,)
    if name == "other_goods":
        return range(SOYBEANS_GOOD + 1, END_GOOD[CN])
    return ([*LISTED_USD_BN].index(name),)


def reading(state: State, params: Params) -> WarMonth:
    """Returns the trade and the duty of this month."""
    ours, theirs = (range(FIRST_GOOD[side], END_GOOD[side]) for side in (US, CN))
    imports, exports = state.trade_usd_bn_per_month
    base, targets = state.good_base_usd_bn, state.good_target_usd_bn
    others = sum(
        base[good] * (1.0 / CHINA_SHARE_2017 - 1.0) * math.exp(others_log(state, params, good))
        for good in ours
    )
    return WarMonth(
        imports,
        state.revenue_usd_bn_per_year[US] / 12.0,
        12.0 * exports / params.trade_base_usd_bn[CN],
        12.0 * state.good_usd_bn_per_month[SOYBEANS_GOOD] / base[SOYBEANS_GOOD],
        12.0 * imports / (12.0 * imports + others),
        sum(targets[good] for good in ours) / params.trade_base_usd_bn[US],
        sum(targets[good] for good in theirs) / params.trade_base_usd_bn[CN],
    )


def others_log(state: State, params: Params, good: int) -> float:
    """Returns the log change of US imports of a good from all others, whose duties do not change.

    It is the demand of equations (4) and (5) at their relative price, minus the price index, of
    which as much has taken effect as of China's.
    """
    sigma, index = state.good_sigma[good], state.good_import_price_log[good]
    within_a_year = demand_log(params, US, sigma, 0.0, index, state.good_level_log[good])
    gap = params.trade_pass_through[US] * state.good_duty_log[good] - index
    moved = state.good_slow[good] / gap if gap > 0.0 else 0.0
    return within_a_year + (params.trade_sigma_long_ratio - 1.0) * sigma * moved * index


def span(months: dict[date, WarMonth], first: date, count: int) -> list[WarMonth]:
    """Returns some months in a row."""
    return [months[day] for day in sorted(months) if day >= first][:count]


def collected_pct(months: Sequence[WarMonth]) -> float:
    """Returns the duty collected on imports from China over some months, in % of their value."""
    return 100.0 * sum(m.duty_usd_bn for m in months) / sum(m.imports_usd_bn for m in months)


# ----------------------------------------------------------------------- list by list


def tranches(bench: Bench) -> dict[str, float]:
    """Returns trade, losses and incomes under the duties of December 2018, each list by itself."""
    params = bench.params()
    value, spent, revenue = tranche(params, *TARGETED)
    triangles = [tranche(params, *row) for row in LISTS_IN_DECEMBER_2018]
    lost = sum(spent - revenue for _, spent, revenue in triangles)
    return {
        "targeted_imports": 100.0 * (value / TARGETED[0] - 1.0),
        "buyers_loss": 100.0 * spent / US_GDP_2017_USD_BN,
        "net_income": 100.0 * (revenue - spent) / US_GDP_2017_USD_BN,
        "deadweight": lost / 12.0,
    }


def tranche(
    params: Params, base: float, before_pct: float, after_pct: float
) -> tuple[float, float, float]:
    """Returns imports after a duty, the extra cost to buyers and the extra revenue, USD bn a year.

    The imports are treated as one good, with China's share of 2017 and the average penetration of
    the 26 sectors.
    """
    sigma, rho = params.trade_sigma_12m[US], params.trade_pass_through[US]
    x = math.log((1.0 + after_pct / 100.0) / (1.0 + before_pct / 100.0))
    imports = ces_log(CHINA_SHARE_2017, sigma, rho * x, 0.0)
    penetration = overall_penetration(params)
    level = ces_log(penetration, params.trade_eta, imports, 0.0)
    value = base * math.exp(demand_log(params, US, sigma, x, imports, level))
    absorption = base * (1.0 + before_pct / 100.0) / CHINA_SHARE_2017 / penetration
    revenue = (value * after_pct - base * before_pct) / 100.0
    return value, absorption * level, revenue


def overall_penetration(params: Params) -> float:
    """Returns imports divided by spending on goods, over all 26 sectors."""
    goods = range(FIRST_GOOD[US], END_GOOD[US])
    bought = {
        good: params.good_value_usd_bn[good] / params.good_partner_share[good] for good in goods
    }
    spent = sum(value / params.good_penetration[good] for good, value in bought.items())
    return sum(bought.values()) / spent
