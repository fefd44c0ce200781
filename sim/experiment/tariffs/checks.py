"""Checks of the trade model against published figures: `detente validate economy`.

`economics/checks.csv` lists each published figure, its tolerance, whether it was used to choose a
parameter, and whether it was published after the cutoff. The model is evaluated at the central
values that scenarios use, so that the figures of 2025 test those values and not a fit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sim.economy.accounts import shelf_pace
from sim.economy.block import (
    apply_trade_month,
    apply_trade_opening,
)
from sim.economy.demand import ces_log, demand_log
from sim.economy.sectors import FIRST_GOOD, GOODS
from sim.economy.welfare_grid import apply_equilibrium
from sim.engine.world import make_params, make_state
from sim.experiment.tariffs.schedule import set_duties
from sim.model.tables.codes import CN, FENTANYL, RECIPROCAL, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.checks import Check, checks
from sim.scenario.duty_schedule import duties_of_2025
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

WORLD: Final = "january-2025-first-100-days"
"""Scenario of January 2025, before any duty was added."""

CONSUMER_SHARES: Final[Mapping[str, float]] = {
    "us.phones": 1.0,
    "us.computers": 0.5,
    "us.toys": 1.0,
    "us.apparel": 1.0,
    "us.furniture": 1.0,
    "us.consumer_electronics": 1.0,
    "us.footwear": 1.0,
    "us.appliances": 1.0,
    "us.misc_manufactures": 1.0,
}
"""Share of a sector's imports that households buy, by judgement; 0 for all other sectors."""

US_GDP_2017_USD_BN: Final = 19_500.0
CORE_CONSUMPTION_USD_BN: Final = 17_400.0
CORE_GOODS_SHARE: Final = 0.24
DAYS_TO_PASS_ON: Final = 61.0
"""Denominators published with the figures (see the notes of the checks)."""

TARGETED: Final = ((303.0, 2.6, 16.6),)
"""All imports targeted in 2018: value (USD bn a year), and duty before and after (%)."""
LISTS_OF_2018: Final = (
    (34.0, 3.0, 28.0),
    (16.0, 3.0, 28.0),
    (200.0, 3.0, 13.0),
    (24.0, 1.0, 26.0),
    (17.0, 1.0, 11.0),
)
"""Tariff lists in force in December 2018: three on China, steel, aluminium."""
CHINA_SHARE_2017: Final = 0.216
OTHERS_PP: Final = 10.0
"""Points of duty on all other countries in the comparison of 145 with 30 points on China."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A published figure and the value from the trade model, both in the check's unit."""

    check: Check
    ours: float

    @property
    def holds(self) -> bool:
        """Whether our value lies within the published tolerance."""
        return self.check.low <= self.ours <= self.check.high

    @property
    def as_known(self) -> bool:
        """Whether the result is as recorded: a success, or a failure that is known."""
        return self.holds != bool(self.check.known_miss)


@dataclass(frozen=True, slots=True)
class Bench:
    """Test bench for checks: the scenario of January 2025 and its parameters."""

    resolved: Resolved

    def world(self, changes: Mapping[str, float] | None = None) -> tuple[State, Params]:
        """Returns a state opened under the duties of January 2025, with some parameters changed."""
        params = make_params(self.resolved, changes)
        state = make_state(self.resolved, params)
        state.trade_usd_bn_per_month = [0.0, 0.0]
        apply_trade_opening(state, params)
        return state, params


def verdicts() -> tuple[Verdict, ...]:
    """Returns every published figure with the value from the trade model."""
    bench = Bench(resolve(WORLD))
    found: dict[str, float] = {}
    for work in (tranches, imports_of_2025, points_by_date, consumer_prices, truce, war, passing):
        found |= work(bench)
    return tuple(Verdict(check, found[check.key]) for check in checks())


# ----------------------------------------------------------------------- the war of 2018


def tranches(bench: Bench) -> dict[str, float]:
    """Returns trade, losses and incomes under the duties of 2018, computed list by list."""
    _, params = bench.world()
    value, spent, revenue = tranche(params, *TARGETED[0])
    triangles = [tranche(params, *row) for row in LISTS_OF_2018]
    lost = sum(spent - revenue for _, spent, revenue in triangles)
    return {
        "targeted_imports": 100.0 * (value / TARGETED[0][0] - 1.0),
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
    goods = range(FIRST_GOOD[US], FIRST_GOOD[CN])
    bought = {
        good: params.good_value_usd_bn[good] / params.good_partner_share[good] for good in goods
    }
    spent = sum(value / params.good_penetration[good] for good, value in bought.items())
    return sum(bought.values()) / spent


# ----------------------------------------------------------------------- the year 2025


def imports_of_2025(bench: Bench) -> dict[str, float]:
    """Returns the change of US imports from China since 2024 under the duties of 2025."""
    state, params = bench.world()
    base = state.trade_usd_bn_per_month[US]
    flows = [base]
    for month in range(2, 13):
        set_duties(state, params, duties_of_2025(), date(2025, month, 1))
        apply_trade_month(state, params)
        flows.append(state.trade_usd_bn_per_month[US])
    return {
        "imports_h1": _change(flows[:6], base),
        "imports_q2": _change(flows[3:6], base),
        "imports_h2": _change(flows[6:], base),
        "imports_2025": _change(flows, base),
    }


def _change(flows: list[float], base: float) -> float:
    return 100.0 * (sum(flows) / (base * len(flows)) - 1.0)


def points_by_date(bench: Bench) -> dict[str, float]:
    """Returns the average points added by date. Rates are dated as in the published file, which
    counts those of April from their announcement."""
    early = {date(2025, 4, 5): 34.0, date(2025, 4, 8): 84.0, date(2025, 4, 9): 125.0}
    found = {}
    for check in checks():
        if not check.key.startswith("added_"):
            continue
        month, day = int(check.key[6:8]), int(check.key[8:])
        when = date(2025, month, day)
        state, params = bench.world()
        set_duties(state, params, duties_of_2025(), when)
        if when in early:
            state.duty_pp[US][RECIPROCAL] = early[when]
        if when == date(2025, 5, 12):
            state.duty_pp[US][RECIPROCAL] = 10.0
        apply_trade_month(state, params)
        found[check.key] = state.added_avg_pp[US]
    return found


def consumer_prices(bench: Bench) -> dict[str, float]:
    """Returns the effect of the China duties of February and March 2025 on core prices by the end
    of March, with each step of ten points passed on evenly over two months."""
    state, params = bench.world()
    passed = (date(2025, 3, 31) - date(2025, 2, 4)).days + (
        date(2025, 3, 31) - date(2025, 3, 4)
    ).days
    state.duty_pp[US][FENTANYL] = 10.0 * passed / DAYS_TO_PASS_ON
    apply_trade_month(state, params)
    cost = 0.0
    for name, share in CONSUMER_SHARES.items():
        good = GOODS.index(name)
        cost += share * state.good_absorption_usd_bn[good] * state.good_level_log[good]
    core = 100.0 * params.trade_dollar_share * cost / CORE_CONSUMPTION_USD_BN
    return {"core_prices": core, "core_goods": core / CORE_GOODS_SHARE}


# ----------------------------------------------------------------------- truce and war


def truce(bench: Bench) -> dict[str, float]:
    """Returns the effect of the cut from 145 to 30 points on China on damage and, over ten years,
    on revenue. The response of output is linear in the average rate on all imports."""
    rates, revenues = [], []
    for points in (145.0, 30.0):
        state, params = bench.world({"trade.us.rest_added_pp": OTHERS_PP})
        state.duty_pp[US][FENTANYL] = 20.0
        state.duty_pp[US][RECIPROCAL] = points - 20.0
        revenue = 0.0
        for _ in range(120):
            apply_trade_month(state, params)
            revenue += state.revenue_usd_bn_per_year[US] / 12.0
        rates.append(sum(state.effective_rate_pp))
        revenues.append(revenue)
    return {
        "damage": 100.0 * (1.0 - rates[1] / rates[0]),
        "revenue_gain": revenues[1] - revenues[0],
    }


def war(bench: Bench) -> dict[str, float]:
    """Returns real incomes under the duties of April 2025."""
    state, params = bench.world()
    apply_equilibrium(state, params, 112.0, 125.0)
    return {"war_us": state.real_income_pct[US], "war_cn": state.real_income_pct[CN]}


def passing(bench: Bench) -> dict[str, float]:
    """Returns the shares of duties passed on to border prices and to shelf prices."""
    _, params = bench.world()
    border = 100.0 * params.trade_pass_through[US]
    pace = shelf_pace(params, 7.0)
    return {
        **dict.fromkeys(("border_share_1", "border_share_2", "border_share_3"), border),
        "shelf": 100.0 * params.trade_retail_share * pace,
    }
