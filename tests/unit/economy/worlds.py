"""Parameters and states for tests of the trade model, and a second formulation of its prices."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from sim.economy.block import apply_trade_month, apply_trade_opening
from sim.economy.demand import apply_constants
from sim.economy.sectors import END_GOOD, FIRST_GOOD, GOODS, N_GOODS
from sim.engine.world import cut_table, make_params, make_state
from sim.experiment.inputs.priors import parameter_vector
from sim.model.tables.codes import CN, FENTANYL, PARTIAL_REPLY, RECIPROCAL, US
from sim.model.tables.fields import copy_record
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

JANUARY = "january-2025-first-100-days"
"""The scenario whose first day is the base: nothing added, nothing agreed, nobody controls."""

SEED = 20251023

Points = Sequence[Mapping[int, float]]
"""Points added by a side (US, China) on its layers."""


@cache
def january() -> Resolved:
    """Returns the scenario that opens on the base duties."""
    return resolve(JANUARY)


HAND: Final[Mapping[str, Any]] = {
    "trade_collect": [0.9, 0.9],
    "good_rise_pp": [0.0] * N_GOODS,
    "good_exempt": [0.0] * N_GOODS,
    "trade_transit_days": 0.0,
    "trade_collect_rest": 0.9,
    "trade_yuan_response": 0.0,
    "trade_season": [[1.0] * 12, [1.0] * 12],
    "trade_rest_added_pp": [0.0, 0.0],
    "trade_port_fee_usd_bn": [3.2, 0.3],
    "trade_sigma_12m": [2.9, 2.25],
    "trade_sigma_homogeneous": 3.9,
    "trade_sigma_long_ratio": 1.4,
    "trade_slow_share": 0.25,
    "trade_eta": 1.53,
    "trade_kappa": 1.0,
    "trade_domestic_response": 0.0,
    "trade_pass_through": [0.97, 0.9],
    "trade_trend_pct_per_year": [0.0, 0.0],
    "trade_adjustment": 0.35,
    "trade_front_loading": 0.25,
    "trade_value_added": [0.75, 0.75],
    "trade_resold_share": [0.667, 0.667],
    "trade_rerouted_share": 0.2,
    "trade_retail_share": 0.2,
    "trade_retail_months": 7.0,
    "trade_dollar_share": 0.86,
    "trade_inputs_months": 18.0,
    "trade_inputs_consumed_share": 0.7,
    "trade_consumption_usd_bn": 20_000.0,
    "trade_households_million": 132.0,
    "trade_freeze_share": 0.98,
    "trade_purchase_additional": 0.4,
    "trade_purchase_premium": 0.05,
    "minerals_share": [0.75, 0.5, 0.25, 0.0],
    "minerals_share_waiting": 0.0,
    "minerals_substitution_months": 1e12,
    "minerals_stock_max_months": 3.0,
    "chips_cut_per_level": 0.2,
    "chips_base_level": 2,
    "trade_inputs_exposed_usd_bn": [32.0, 40.0],
    "macro_scale": 1.0,
    "macro_long_run": [-0.26, 0.93, 0.0, 0.0],
    "macro_fade_months": 30.0,
    "trade_opening_age_months": 6,
}
"""Numbers that hand arithmetic in the tests uses: it must not move when estimates are revised."""


@cache
def shipped() -> Params:
    """Returns the central parameters as they ship."""
    return make_params(january())


def central(**changes: Any) -> Params:
    """Returns the shipped parameters, those of `HAND` held, with some attributes changed."""
    params = copy_record(shipped())
    for name, value in {**HAND, **changes}.items():
        assert hasattr(params, name), name
        setattr(params, name, list(value) if isinstance(value, list) else value)
    cut_table(params)
    return params


def drawn(vector: int) -> Params:
    """Returns parameters drawn from their priors, but no trend, no season, no duties on third
    countries, no yearly rises, no goods under way, and a yuan that does not move.

    Those move trade or revenue whatever the sides do to each other; the yuan has tests of its own.
    """
    params = make_params(january(), parameter_vector(january(), SEED, vector))
    params.trade_rest_added_pp = [0.0, 0.0]
    params.trade_trend_pct_per_year = [0.0, 0.0]
    params.good_rise_pp = [0.0] * N_GOODS
    params.trade_transit_days = 0.0
    params.trade_yuan_response = 0.0
    params.trade_season = [[1.0] * 12, [1.0] * 12]
    params.trade_collect_rest = params.trade_collect[US]
    return params


def goods_of(side: int) -> range:
    """Returns the goods a side imports."""
    return range(FIRST_GOOD[side], END_GOOD[side])


def side_of(good: int) -> int:
    """Returns who imports a good."""
    return US if good < FIRST_GOOD[CN] else CN


def good_named(name: str) -> int:
    """Returns the number of a good by importer and sector, e.g. `us.toys`."""
    return GOODS.index(name)


@cache
def _first_day() -> State:
    return make_state(january(), shipped())


def base_state(params: Params) -> State:
    """Returns the state of 19 January 2025 with its base flows, its trade model not yet opened."""
    state = copy_record(_first_day())
    apply_constants(state, params)
    return state


def add_points(state: State, points: Points) -> None:
    """Puts points on layers beyond those in force."""
    for side, layers in enumerate(points):
        for layer, added in layers.items():
            state.duty_pp[side][layer] += added


def opened(
    params: Params, us: Mapping[int, float] | None = None, cn: Mapping[int, float] | None = None
) -> State:
    """Returns a state whose run begins with some points added to US and Chinese layers."""
    state = base_state(params)
    add_points(state, (us or {}, cn or {}))
    apply_trade_opening(state, params)
    return state


def play(state: State, params: Params, months: int) -> list[float]:
    """Plays some months and returns US imports in each, USD bn."""
    out = []
    for _ in range(months):
        apply_trade_month(state, params)
        out.append(state.trade_usd_bn_per_month[US])
    return out


def china_only(points: float) -> dict[int, float]:
    """Returns US layers that add points on China: fentanyl up to 20, the rest reciprocal."""
    return {FENTANYL: min(points, 20.0), RECIPROCAL: max(0.0, points - 20.0)}


# ----------------------------------------------------------- the same economy, written otherwise


def added_points(params: Params, state: State, good: int) -> float:
    """Returns points on a good from published coverages: lists, exemptions, replies."""
    side, total = side_of(good), 0.0
    for layer in range(6):
        points = state.duty_pp[side][layer] - params.base_duty_pp[side][layer]
        total += points * covered(params, state, good, layer)
    return total


def covered(params: Params, state: State, good: int, layer: int) -> float:
    """Returns the share of a good under a layer: the line through (0, none), (published share,
    published coverage) and (1, all) for US lists, tilt times share for partial replies."""
    side = side_of(good)
    share = state.coverage[side][layer]
    if side == CN:
        return min(1.0, share * params.good_cover[2][good]) if layer == PARTIAL_REPLY else share
    rows = {0: 0, 1: 1, RECIPROCAL: 2}
    if layer not in rows:
        return share
    published, share_then = (
        params.good_cover[rows[layer]][good],
        params.coverage_reference[US][layer],
    )
    if share <= share_then:
        return published * share / share_then
    return published + (1.0 - published) * (share - share_then) / (1.0 - share_then)


def paid(params: Params, good: int, points: float) -> float:
    """Returns the duty paid on a good, a fraction of customs value."""
    share = params.trade_collect[side_of(good)] * (1.0 - params.good_exempt[good])
    standing = params.good_duty_pct[good] + params.good_rise_pp[good]
    return max(0.0, standing + share * points) / 100.0


def base_flow(params: Params, good: int) -> float:
    """Returns a good's imports in 2024, scaled to the official total, USD bn."""
    side = side_of(good)
    listed = math.fsum(params.good_value_usd_bn[g] for g in goods_of(side))
    return params.good_value_usd_bn[good] * params.trade_base_usd_bn[side] / listed


def nest(params: Params, good: int) -> tuple[float, float, float]:
    """Returns (other side's share in spending on imports, spending on all sources, elasticity)."""
    side = side_of(good)
    flow = base_flow(params, good)
    ours = flow * (1.0 + params.good_duty_pct[good] / 100.0)
    everyone = flow / params.good_partner_share[good]
    rest = (everyone - flow) * (1.0 + params.good_rest_duty_pct[good] / 100.0)
    common = params.trade_sigma_12m[side]
    if params.good_homogeneous[good] == 1.0:
        common = params.trade_sigma_homogeneous
    sigma = max(1.05, common * params.good_sigma_ratio[good])
    return ours / (ours + rest), (ours + rest) / params.good_penetration[good], sigma


def by_expenditure_shares(
    params: Params, good: int, points: float, fee: float = 0.0
) -> tuple[float, float]:
    """Returns (annual customs value, log price level) of a good from nested expenditure shares.

    The economy of equations (1) to (5) in its other form: a good's spending follows its price
    level, goes to imports by their price relative to home goods, and to the other side by its
    price relative to other imports.
    """
    side = side_of(good)
    rho, eta = params.trade_pass_through[side], params.trade_eta
    w, spending, sigma = nest(params, good)
    m = params.good_penetration[good]
    before = 1.0 + params.good_duty_pct[good] / 100.0
    wedge = (1.0 + paid(params, good, points) + fee) / before
    partner, rest = source_prices(params, good, points, fee)
    imports = (w * partner ** (1 - sigma) + (1 - w) * rest ** (1 - sigma)) ** (1 / (1 - sigma))
    home = imports ** (params.trade_domestic_response * m)
    level = (m * imports ** (1 - eta) + (1 - m) * home ** (1 - eta)) ** (1 / (1 - eta))
    spent = spending * level ** (1.0 - params.trade_kappa)
    spent *= m * (imports / level) ** (1 - eta) * w * (partner / imports) ** (1 - sigma)
    return spent / (before * partner) * wedge ** (rho - 1), math.log(level)


def source_prices(
    params: Params, good: int, points: float, fee: float = 0.0
) -> tuple[float, float]:
    """Returns duty-paid prices of the other side and of third countries, the base being 1."""
    side = side_of(good)
    rho = params.trade_pass_through[side]
    before = 1.0 + params.good_duty_pct[good] / 100.0
    wedge = (1.0 + paid(params, good, points) + fee) / before
    rest_before = 1.0 + params.good_rest_duty_pct[good] / 100.0
    collected = params.trade_collect_rest if side == US else params.trade_collect[side]
    added = collected * params.trade_rest_added_pp[side] / 100.0
    return wedge**rho, ((rest_before + added) / rest_before) ** rho


def own_cost(params: Params, good: int, points: float, fee: float = 0.0) -> float:
    """Returns an importer's loss on a good: what buyers pay more, less what the treasury takes and
    what home producers charge more."""
    value, level = by_expenditure_shares(params, good, points, fee)
    kept = home_gain(params, good, points, fee)
    return nest(params, good)[1] * level - kept - paid(params, good, points) * value


def home_gain(params: Params, good: int, points: float, fee: float = 0.0) -> float:
    """Returns what home producers gain on a good: their own price rise on base-year sales."""
    w, spending, sigma = nest(params, good)
    m = params.good_penetration[good]
    partner, rest = source_prices(params, good, points, fee)
    imports = (w * partner ** (1 - sigma) + (1 - w) * rest ** (1 - sigma)) ** (1 / (1 - sigma))
    return spending * (1 - m) * params.trade_domestic_response * m * math.log(imports)


def exporter_loss(params: Params, good: int, points: float, fee: float = 0.0) -> float:
    """Returns what the other side loses on a good: the price conceded, the income of lost sales."""
    side = side_of(good)
    value, _ = by_expenditure_shares(params, good, points, fee)
    before, _ = by_expenditure_shares(params, good, 0.0)
    wedge = 1.0 + paid(params, good, points) + fee
    x = math.log(wedge / (1.0 + params.good_duty_pct[good] / 100.0))
    margin = params.trade_value_added[1 - side] * (1.0 - params.trade_resold_share[1 - side])
    conceded = 1.0 - params.trade_pass_through[side]
    volume = value * math.exp(conceded * x)
    return conceded * x * value + margin * (before - volume)
