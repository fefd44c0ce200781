"""Domestic pressure on each side, read off the trade block once a month (G2, G4, G6)."""

from __future__ import annotations

from sim.economy.arithmetic import clamp, safe_div
from sim.model.duties import addon_pp
from sim.model.params import Params
from sim.model.state import State
from sim.model.vocabulary import (
    CN,
    DEFLATION,
    EXPORTS,
    FARM,
    FREEZE,
    GROWTH,
    INDUSTRY,
    JOBS,
    MARKETS,
    PRICES,
    US,
)


def growth_loss_pct(state: State, params: Params) -> float:
    """Returns China's growth shortfall from US add-on duties, in points of GDP growth."""
    return params.growth_loss_per_10pp * addon_pp(state, US) / 10.0


def export_loss(state: State, params: Params, exporter: int) -> float:
    """Returns the share of its pre-2025 sales to the other side an exporter has lost."""
    importer = 1 - exporter
    base = params.trade_base_usd_bn[importer] / 12.0
    return clamp(1.0 - safe_div(state.trade_usd_bn_per_month[importer], base), 0.0, 1.0)


def apply_pressure_month(state: State, params: Params) -> None:
    """Moves each part of pressure part of the way to what this month's trade implies."""
    us_prices = params.pressure_rest[US][PRICES] + params.pressure_per_price * max(
        0.0, state.import_price_log[US]
    )
    us_farm = params.pressure_rest[US][FARM] + params.pressure_per_export * export_loss(
        state, params, US
    )
    if state.control[CN][FREEZE] > 0:
        us_farm += params.pressure_per_freeze
    cn_growth = params.pressure_rest[CN][GROWTH] + params.pressure_per_growth * growth_loss_pct(
        state, params
    )
    lost = export_loss(state, params, CN)
    cn_exports = params.pressure_rest[CN][EXPORTS] + params.pressure_per_export * lost
    cn_jobs = params.pressure_rest[CN][JOBS] + params.pressure_per_export * lost
    apply_part(state, params, US, PRICES, us_prices)
    apply_part(state, params, US, FARM, us_farm)
    apply_part(state, params, CN, GROWTH, cn_growth)
    apply_part(state, params, CN, EXPORTS, cn_exports)
    apply_part(state, params, CN, JOBS, cn_jobs)
    apply_part(state, params, CN, DEFLATION, params.pressure_rest[CN][DEFLATION] + 0.5 * lost)


def apply_part(state: State, params: Params, side: int, part: int, target: float) -> None:
    """Moves one part of a side's pressure towards its target."""
    now = state.pressure_part[side][part]
    state.pressure_part[side][part] = clamp(
        now + params.pressure_speed_per_month * (target - now), 0.0, 1.0
    )


def apply_pressure_index(state: State) -> None:
    """Takes each side's pressure as the mean of its parts; markets speak day by day."""
    state.pressure_part[US][MARKETS] = state.market_stress
    for side in range(2):
        parts = state.pressure_part[side]
        state.pressure[side] = (
            parts[PRICES] + parts[MARKETS] + parts[FARM] + parts[INDUSTRY]
        ) / 4.0
