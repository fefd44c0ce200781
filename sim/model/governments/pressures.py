"""Domestic pressure on each side, read from the trade model once a month (G2, G4, G6)."""

from __future__ import annotations

from sim.economy.accounts import goods_lost_pct, resold_share
from sim.economy.arithmetic import clamp, safe_div
from sim.economy.constants import PERCENT
from sim.economy.sectors import END_GOOD, FIRST_GOOD, LAST_FARM_GOOD, SOYBEANS_GOOD
from sim.model.tables.codes import (
    CN,
    CN_EXPORTS,
    CN_GROWTH,
    CN_JOBS,
    CN_PRICES,
    N_PRESSURE_PARTS,
    N_SIDES,
    US,
    US_FARM,
    US_INDUSTRY,
    US_MARKETS,
    US_PRICES,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def growth_loss_pct(state: State, params: Params) -> float:
    """Returns China's growth shortfall from duties and missing chips, in points of GDP growth.

    Duties count by the real income they cost in general equilibrium. That cost levels off once
    there is no trade left.
    """
    chips = params.trade_inputs_exposed_usd_bn[CN] * state.input_short[CN]
    short = PERCENT * safe_div(chips, params.cn_gdp_usd_bn)
    return short - params.growth_per_real_income * state.real_income_pct[CN]


def export_loss(state: State, exporter: int) -> float:
    """Returns the share of a side's pre-2025 sales to the other that it has lost."""
    importer = 1 - exporter
    first, end = FIRST_GOOD[importer], END_GOOD[importer]
    return clamp(goods_lost_pct(state, first, end) / PERCENT, 0.0, 1.0)


def farm_loss(state: State) -> float:
    """Returns the share of their pre-2025 sales to China that American farmers have lost."""
    return clamp(goods_lost_pct(state, SOYBEANS_GOOD, LAST_FARM_GOOD + 1) / PERCENT, 0.0, 1.0)


def apply_pressure_month(state: State, params: Params) -> None:
    """Moves each part of pressure part of the way to the level implied by this month's trade."""
    us_prices = params.pressure_rest[US][US_PRICES] + params.pressure_per_price * max(
        0.0, state.border_price_log[US]
    )
    us_farm = params.pressure_rest[US][US_FARM] + params.pressure_per_farm * farm_loss(state)
    cn_growth = params.pressure_rest[CN][CN_GROWTH] + params.pressure_per_growth * growth_loss_pct(
        state, params
    )
    lost = export_loss(state, CN)
    cn_exports = params.pressure_rest[CN][CN_EXPORTS] + params.pressure_per_export * lost
    # Jobs are lost only for goods that are not sold at all, not for those third countries buy.
    idle = lost * (1.0 - resold_share(state, params, CN))
    cn_jobs = params.pressure_rest[CN][CN_JOBS] + params.pressure_per_job * idle
    apply_part(state, params, US, US_PRICES, us_prices)
    apply_part(state, params, US, US_FARM, us_farm)
    apply_part(state, params, CN, CN_GROWTH, cn_growth)
    apply_part(state, params, CN, CN_EXPORTS, cn_exports)
    apply_part(state, params, CN, CN_JOBS, cn_jobs)
    cn_prices = params.pressure_rest[CN][CN_PRICES] + params.pressure_per_glut * lost
    apply_part(state, params, CN, CN_PRICES, cn_prices)


def apply_industry_day(state: State, params: Params) -> None:
    """Moves US industry's pressure towards the output it loses for lack of minerals."""
    part = state.pressure_part[US][US_INDUSTRY]
    part += params.industry_speed_per_day * (params.industry_rest + state.input_short[US] - part)
    state.pressure_part[US][US_INDUSTRY] = clamp(part, 0.0, 1.0)


def apply_part(state: State, params: Params, side: int, part: int, target: float) -> None:
    """Moves one part of a side's pressure towards its target."""
    now = state.pressure_part[side][part]
    state.pressure_part[side][part] = clamp(
        now + params.pressure_speed_per_month * (target - now), 0.0, 1.0
    )


def apply_pressure_index(state: State) -> None:
    """Sets each side's pressure to the mean of its parts; market stress changes daily."""
    state.pressure_part[US][US_MARKETS] = state.market_stress
    for side in range(N_SIDES):
        total = 0.0
        for part in range(N_PRESSURE_PARTS):
            total += state.pressure_part[side][part]
        state.pressure[side] = total / N_PRESSURE_PARTS
