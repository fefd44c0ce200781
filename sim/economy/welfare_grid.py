"""Effects of tariffs in general equilibrium, interpolated from a solved table.

The solver (`sim.economy.equilibrium`) is too slow for runs. Its table has four axes: the trade
elasticity, and the points that the US adds on China, China on the US, and the US on all other
countries. A slice at the run's elasticity and at its duties on other countries is part of the
parameters, and these rules interpolate between the nodes of the other two axes.

There is one elasticity: that of the expenditure shares is the long-run elasticity of substitution
of US imports minus one, so that trade flows and real incomes of a run belong to one world.

Results are nearly powers of 1 / (1 + tariff), so polynomials in that ratio are used on the axes of
duties; on that of the elasticity, one in its logarithm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sim.economy.arithmetic import clamp, safe_div
from sim.economy.constants import PERCENT
from sim.economy.records import FIRST_EXPORT, LAST_RESULT, N_REGIONS, N_RESULTS, US, TradeState

NODES_READ = 4
"""A cubic goes through four nodes."""


class WelfareGridParams(Protocol):
    """Parameters that hold the slice of the table, and those at which it is cut.

    `ge_results[i][j]` holds the results (see `records.N_RESULTS`) when the US adds `ge_us_pp[i]`
    points on Chinese goods and China adds `ge_cn_pp[j]` points on US goods. Both axes are ascending
    and have at least four nodes.
    """

    ge_us_pp: list[float]
    ge_cn_pp: list[float]
    ge_results: list[list[list[float]]]
    trade_sigma_12m: list[float]
    trade_sigma_long_ratio: float
    trade_collect_rest: float
    trade_rest_added_pp: list[float]


def trade_elasticity(params: WelfareGridParams) -> float:
    """Returns the elasticity of the general equilibrium, in expenditure shares (theta).

    Flows at customs value fall by sigma per cent, spending with duties by sigma - 1 per cent, when
    the duty-paid price rises by one per cent.
    """
    return params.trade_sigma_12m[US] * params.trade_sigma_long_ratio - 1.0


def rest_paid_pp(params: WelfareGridParams) -> float:
    """Returns the points the US has added on all countries but China, as paid."""
    return params.trade_collect_rest * params.trade_rest_added_pp[US]


def apply_equilibrium(
    state: TradeState, params: WelfareGridParams, us_pp: float, cn_pp: float
) -> None:
    """Sets the lasting changes of real incomes and exports after trade has adjusted.

    The changes are relative to the tariffs of the base. Points beyond the ends of the table are
    replaced by its ends.

    Args:
        state: The state.
        params: The table.
        us_pp: Points the US has added on Chinese goods.
        cn_pp: Points China has added on US goods.
    """
    incomes = state.real_income_pct
    exports = state.exports_to_us_change_usd_bn
    for region in range(N_REGIONS):
        incomes[region] = 0.0
        exports[region] = 0.0
    china = 0.0
    us_nodes = params.ge_us_pp
    cn_nodes = params.ge_cn_pp
    us = clamp(us_pp, us_nodes[0], us_nodes[len(us_nodes) - 1])
    cn = clamp(cn_pp, cn_nodes[0], cn_nodes[len(cn_nodes) - 1])
    first = first_node(us_nodes, us)
    # The four nodes of the Chinese tariff, and their weights.
    one = first_node(cn_nodes, cn)
    two = one + 1
    four = one + NODES_READ - 1
    three = four - 1
    weight_1 = duty_weight(cn_nodes, one, NODES_READ, one, cn)
    weight_2 = duty_weight(cn_nodes, one, NODES_READ, two, cn)
    weight_3 = duty_weight(cn_nodes, one, NODES_READ, three, cn)
    weight_4 = duty_weight(cn_nodes, one, NODES_READ, four, cn)
    for i in range(first, first + NODES_READ):
        weight = duty_weight(us_nodes, first, NODES_READ, i, us)
        at_1 = params.ge_results[i][one]
        at_2 = params.ge_results[i][two]
        at_3 = params.ge_results[i][three]
        at_4 = params.ge_results[i][four]
        for result in range(N_RESULTS):
            change = weight * (
                weight_1 * at_1[result]
                + weight_2 * at_2[result]
                + weight_3 * at_3[result]
                + weight_4 * at_4[result]
            )
            if result < FIRST_EXPORT:
                incomes[result] += change
            elif result < LAST_RESULT:
                exports[result - FIRST_EXPORT + 1] += change
            else:
                china += change
    state.cn_exports_change_usd_bn = china


def first_node(nodes: Sequence[float], pp: float) -> int:
    """Returns the first of the four nodes to use: two on each side if possible."""
    first = 0
    # The third of the four is the first one to the right of the point.
    while first < len(nodes) - NODES_READ and nodes[first + 2] <= pp:
        first += 1
    return first


def duty_weight(nodes: Sequence[float], first: int, count: int, place: int, pp: float) -> float:
    """Returns the weight of a node in the polynomial in 1 / (1 + tariff) through some nodes.

    Args:
        nodes: Points of the axis, ascending.
        first: First node the polynomial goes through.
        count: Number of these nodes.
        place: The node whose weight is wanted.
        pp: Where to evaluate, in points.
    """
    # A difference of two ratios, over another, is that of the points times the ratio of powers.
    power = safe_div(PERCENT + nodes[place], PERCENT + pp)
    weight = node_weight(nodes, first, count, place, pp)
    for _ in range(count - 1):
        weight *= power
    return weight


def node_weight(nodes: Sequence[float], first: int, count: int, place: int, x: float) -> float:
    """Returns the weight of a node in the polynomial through some nodes (Lagrange).

    Every divisor is positive, because the nodes are ascending.

    Args:
        nodes: Positions on the axis, ascending.
        first: First node the polynomial goes through.
        count: Number of these nodes.
        place: The node whose weight is wanted.
        x: Where to evaluate.
    """
    weight = 1.0
    for other in range(first, first + count):
        if other < place:
            weight *= safe_div(x - nodes[other], nodes[place] - nodes[other])
        elif other > place:
            weight *= safe_div(nodes[other] - x, nodes[other] - nodes[place])
    return weight
