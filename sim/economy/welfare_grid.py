"""Effect of tariffs on real income in general equilibrium, interpolated from a solved table.

The solver (`sim.economy.equilibrium`) is too slow for runs. A slice of its table at the run's trade
elasticity is part of the parameters, and these rules interpolate between its nodes. Welfare is
nearly a power of 1 / (1 + tariff), so a cubic in that ratio through the four nearest nodes of each
axis has an error below 0.001 points; linear interpolation would have ten times as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sim.economy.arithmetic import clamp, safe_div
from sim.economy.constants import PERCENT

NODES_READ = 4
"""A cubic goes through four nodes."""


class WelfareGridParams(Protocol):
    """Parameters that hold the table.

    `ge_welfare_pct[region][i][j]` is the change of real income, in per cent, of the US (0), China
    (1) or the rest of the world (2) when the US adds `ge_us_pp[i]` points on Chinese goods and
    China adds `ge_cn_pp[j]` points on US goods. Both axes are ascending and have at least four
    nodes.
    """

    ge_us_pp: list[float]
    ge_cn_pp: list[float]
    ge_welfare_pct: list[list[list[float]]]


def real_income_pct(params: WelfareGridParams, region: int, us_pp: float, cn_pp: float) -> float:
    """Returns the lasting change of a region's real income in per cent; positive is a gain.

    The change is relative to the tariffs of the base, after trade has adjusted. Points beyond the
    ends of the table are replaced by its ends.

    Args:
        params: The table.
        region: 0 for the US, 1 for China, 2 for the rest of the world.
        us_pp: Points the US has added on Chinese goods.
        cn_pp: Points China has added on US goods.
    """
    i = first_node(params.ge_us_pp, us_pp)
    j = first_node(params.ge_cn_pp, cn_pp)
    nodes = params.ge_us_pp
    last = i + NODES_READ - 1
    return through_four(
        clamp(us_pp, nodes[0], nodes[len(nodes) - 1]),
        nodes[i],
        nodes[i + 1],
        nodes[last - 1],
        nodes[last],
        along_cn(params, region, i, j, cn_pp),
        along_cn(params, region, i + 1, j, cn_pp),
        along_cn(params, region, last - 1, j, cn_pp),
        along_cn(params, region, last, j, cn_pp),
    )


def along_cn(params: WelfareGridParams, region: int, row: int, first: int, cn_pp: float) -> float:
    """Returns the welfare change at a node of the US tariff and any Chinese tariff, in per cent.

    Args:
        params: The table.
        region: 0 for the US, 1 for China, 2 for the rest of the world.
        row: Node of the US tariff.
        first: First of the four nodes of the Chinese tariff to use.
        cn_pp: Points China has added on US goods.
    """
    nodes = params.ge_cn_pp
    welfare = params.ge_welfare_pct[region][row]
    last = first + NODES_READ - 1
    return through_four(
        clamp(cn_pp, nodes[0], nodes[len(nodes) - 1]),
        nodes[first],
        nodes[first + 1],
        nodes[last - 1],
        nodes[last],
        welfare[first],
        welfare[first + 1],
        welfare[last - 1],
        welfare[last],
    )


def first_node(nodes: Sequence[float], pp: float) -> int:
    """Returns the first of the four nodes to use: two on each side if possible."""
    first = 0
    # The third of the four is the first one to the right of the point.
    while first < len(nodes) - NODES_READ and nodes[first + 2] <= pp:
        first += 1
    return first


def through_four(
    pp: float,
    pp_0: float,
    pp_1: float,
    pp_2: float,
    pp_3: float,
    at_0: float,
    at_1: float,
    at_2: float,
    at_3: float,
) -> float:
    """Returns the value at pp of the cubic in 1 / (1 + tariff) through four values.

    Neville's scheme: lines through neighbouring values, then through these lines, and so on. With
    ascending nodes every divisor is positive.

    Args:
        pp: Where to evaluate, in points.
        pp_0: First of the four nodes, in points; the nodes are ascending.
        pp_1: Second node.
        pp_2: Third node.
        pp_3: Fourth node.
        at_0: Value at the first node.
        at_1: Value at the second node.
        at_2: Value at the third node.
        at_3: Value at the fourth node.
    """
    x = safe_div(PERCENT, PERCENT + pp)
    x_0 = safe_div(PERCENT, PERCENT + pp_0)
    x_1 = safe_div(PERCENT, PERCENT + pp_1)
    x_2 = safe_div(PERCENT, PERCENT + pp_2)
    x_3 = safe_div(PERCENT, PERCENT + pp_3)
    line_01 = safe_div((x - x_1) * at_0 + (x_0 - x) * at_1, x_0 - x_1)
    line_12 = safe_div((x - x_2) * at_1 + (x_1 - x) * at_2, x_1 - x_2)
    line_23 = safe_div((x - x_3) * at_2 + (x_2 - x) * at_3, x_2 - x_3)
    curve_02 = safe_div((x - x_2) * line_01 + (x_0 - x) * line_12, x_0 - x_2)
    curve_13 = safe_div((x - x_3) * line_12 + (x_1 - x) * line_23, x_1 - x_3)
    return safe_div((x - x_3) * curve_02 + (x_0 - x) * curve_13, x_0 - x_3)
