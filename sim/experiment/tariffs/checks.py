"""Checks of the trade model against published figures: `detente validate economy`.

`economics/checks.csv` lists each published figure with its class, its tolerance and its source. The
model is evaluated at the central values that scenarios use. A figure is added by a row there and an
entry under its key in one of the functions below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sim.economy.accounts import prices_with_inputs_pct, share_complete
from sim.economy.block import apply_trade_month
from sim.economy.equilibrium import Array, solve, war_tariffs
from sim.economy.macro import GDP, PRICES
from sim.economy.records import FIRST_OTHER, N_REGIONS
from sim.economy.welfare_grid import trade_elasticity
from sim.experiment.tariffs.bench import WORLD, Bench
from sim.experiment.tariffs.replay import quarters, replay
from sim.experiment.tariffs.schedule import set_duties
from sim.experiment.tariffs.war_of_2018 import war_of_2018
from sim.model.tables.codes import CN, FENTANYL, RECIPROCAL, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.checks import Check, FigureClass, checks
from sim.scenario.duty_schedule import duties_of_2025
from sim.scenario.equilibrium_table import eight_region_world
from sim.scenario.load import resolve

CORE_CONSUMPTION_USD_BN: Final = 17_400.0
CORE_GOODS_SHARE: Final = 0.24
"""Consumption without food and energy, and the part of it that is goods."""

OTHERS_PP: Final = 10.0
"""Points of duty on all other countries in the comparison of 145 with 30 points on China."""
WAR_PP: Final = (54.0, 108.0)
AMONG_OTHERS_PP: Final = 10.0
"""Points of the US and China on each other in two published wars, and of the US and all others."""
AVERAGE_ADDED_PP: Final = 15.6
"""Points added to the average US duty in the issue of 9 July 2025 of `budget-lab-state`."""
MONTHS_SUMMED: Final = {3: "q1", 4: "feb_apr", 6: "q2", 7: "may_jul", 9: "q3"}
"""Names of three months in a row in keys of figures, by the last of them."""
MAGNETS_LEVEL: Final = 2
"""Place of the third level of control, in force from April 2025."""


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

    @property
    def counts(self) -> bool:
        """Whether the figure tests the model: whether it is out of sample."""
        return self.check.kind == FigureClass.OUT_OF_SAMPLE


def verdicts(changes: Mapping[str, float] | None = None) -> tuple[Verdict, ...]:
    """Returns every published figure with the value from the trade model.

    Args:
        changes: Parameters to give another value than the scenarios', by dotted name.
    """
    ours = our_figures(Bench(resolve(WORLD), changes or {}))
    return tuple(Verdict(check, ours[check.key]) for check in checks())


def our_figures(bench: Bench) -> dict[str, float]:
    """Returns the model's own value of every figure, by key."""
    found: dict[str, float] = {}
    for work in (
        war_of_2018,
        trade_of_2025,
        sums_of_2025,
        points_by_date,
        consumer_prices,
        truce,
        war,
        inputs,
        passing,
    ):
        found |= work(bench)
    return found


# ----------------------------------------------------------------------- the year 2025


def trade_of_2025(bench: Bench) -> dict[str, float]:
    """Returns the change of imports from each other since 2024 under the duties of 2025."""
    state, _ = bench.world()
    base = list(state.trade_usd_bn_per_month)
    months = [base, *months_of_2025(bench)]
    us, cn = ([month[side] for month in months] for side in (US, CN))
    return {
        "imports_h1": _change(us[:6], base[US]),
        "imports_q2": _change(us[3:6], base[US]),
        "imports_h2": _change(us[6:], base[US]),
        "imports_2025": _change(us, base[US]),
        "cn_imports_h1": _change(cn[:6], base[CN]),
    }


def months_of_2025(bench: Bench) -> Iterator[list[float]]:
    """Yields imports of both sides from February to December 2025, USD bn."""
    state, params = bench.world()
    for month in range(2, 13):
        set_duties(state, params, duties_of_2025(), date(2025, month, 1))
        apply_trade_month(state, params)
        yield list(state.trade_usd_bn_per_month)


def sums_of_2025(bench: Bench) -> dict[str, float]:
    """Returns sums over three months of 2025 as replayed, USD bn."""
    months = replay(bench)
    return {
        f"{key}_{name}": next(q.model for q in quarters(months, series) if q.last.month == last)
        for key, series, ends in (
            ("duties", "us_duties", (3, 6, 9)),
            ("us_exports", "cn_imports", (3, 6, 7)),
            ("us_imports", "us_imports", (4,)),
        )
        for last, name in ((end, MONTHS_SUMMED[end]) for end in ends)
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
    """Returns what duties on China add to consumer prices by content: the two steps of February and
    March 2025 by the end of March, and twenty lasting points.

    Food and energy hold next to nothing from China, so all falls on the rest. Goods that consumers
    buy are all core goods; inputs make goods and services dearer alike.
    """
    state, params = bench.world()
    for points in (10.0, 20.0):
        state.duty_pp[US][FENTANYL] = points
        apply_trade_month(state, params)
    to_core = params.trade_consumption_usd_bn / CORE_CONSUMPTION_USD_BN
    direct, inputs = (to_core * price for price in state.content_price_pct)
    for _ in range(36):
        apply_trade_month(state, params)
    return {
        "core_prices": direct + inputs,
        "core_goods": direct / CORE_GOODS_SHARE + inputs,
        "twenty_points": prices_with_inputs_pct(state, params),
    }


# ----------------------------------------------------------------------- truce and war


def truce(bench: Bench) -> dict[str, float]:
    """Returns the effect of the cut from 145 to 30 points on China on damage and, over ten years,
    on revenue, and China's share of US imports after it in the long run. The response of output is
    linear in the average rate on all imports."""
    rates, revenues, shares = [], [], []
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
        shares.append(china_share_in_the_long_run(state, params))
    return {
        "damage": 100.0 * (1.0 - rates[1] / rates[0]),
        "revenue_gain": revenues[1] - revenues[0],
        "long_run_share": 100.0 * shares[1],
    }


def china_share_in_the_long_run(state: State, params: Params) -> float:
    """Returns China's share of US imports in the equilibrium of the long run."""
    exports = [
        before + change
        for before, change in zip(
            params.ge_exports_to_us_usd_bn, state.exports_to_us_change_usd_bn, strict=True
        )
    ]
    return exports[CN] / sum(exports)


def war(bench: Bench) -> dict[str, float]:
    """Returns real incomes in two published wars, in which the US and all other regions also add
    ten points to each other."""
    theta = trade_elasticity(bench.params())
    mild, fierce = (
        solve(eight_region_world(), tariffs_of_war(points), theta).welfare_pct for points in WAR_PP
    )
    return {
        "war_us": float(fierce[US]),
        "war_cn": float(fierce[CN]),
        "war_step_us": float(fierce[US] - mild[US]),
    }


def tariffs_of_war(points: float) -> Array:
    """Returns points between the US and China, and fewer between the US and all others."""
    tariffs = war_tariffs(N_REGIONS, points, points, AMONG_OTHERS_PP)
    tariffs[FIRST_OTHER:, US] = AMONG_OTHERS_PP
    return tariffs


# ----------------------------------------------------------------------- not tests


def inputs(bench: Bench) -> dict[str, float]:
    """Returns figures that parameters were set to."""
    params = bench.params()
    return {
        "long_run_output": AVERAGE_ADDED_PP / 10.0 * params.macro_long_run[GDP],
        "long_run_prices": AVERAGE_ADDED_PP / 10.0 * params.macro_long_run[PRICES],
        "magnets": 100.0 * params.minerals_share[MAGNETS_LEVEL],
        "us_export_elasticity": -params.trade_sigma_homogeneous,
    }


def passing(bench: Bench) -> dict[str, float]:
    """Returns the shares of duties passed on to border prices and to shelf prices."""
    params = bench.params()
    border = 100.0 * params.trade_pass_through[US]
    pace = share_complete(7.0, params.trade_retail_months)
    return {
        **dict.fromkeys(("border_share_1", "border_share_2", "border_share_3"), border),
        "shelf": 100.0 * params.trade_retail_share * pace,
    }
