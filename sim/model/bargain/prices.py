"""Prices of clauses: what the trade model says a unit is worth, less the leverage given up."""

from __future__ import annotations

from sim.economy.arithmetic import safe_div, safe_exp
from sim.economy.constants import UNIT
from sim.model.duties.law import worth_kept
from sim.model.duties.layers import addon_pp
from sim.model.relations.mood import threat_reputation
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    CN,
    FENTANYL,
    FULL_REPLY,
    PRICE_CN_TARIFF_CUT,
    PRICE_US_BROAD_CUT,
    PRICE_US_TARIFF_CUT,
    RECIPROCAL,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def price_value(state: State, params: Params, side: int, price: int) -> float:
    """Returns the yearly worth of one priced unit to a side, USD bn.

    It is the trade model's estimate minus the bargaining leverage lost by cutting one's own
    tariff. A US duty that the courts may end anyway is worth less, to keep and to be rid of.
    """
    value = state.price_usd_bn[side][price]
    leverage = params.leverage_usd_bn[side] * leverage_left(state, params, side)
    value -= leverage * own_reach(state, side, price)
    if price == PRICE_US_TARIFF_CUT:
        return value * worth_kept(state, params, side, RECIPROCAL)
    if price == PRICE_US_BROAD_CUT:
        return value * worth_kept(state, params, side, THREATENED)
    return value


def leverage_left(state: State, params: Params, side: int) -> float:
    """Returns the leverage of a point of a side's duty, on average over the points in force,
    relative to that of the first.

    Duties that leave no trade to tax give no more leverage: its loss is what the other side bears.
    """
    points = addon_pp(state, side) / params.prohibitive_pp
    return safe_div(1.0 - safe_exp(-points), points) if points > 0.0 else 1.0


def own_reach(state: State, side: int, price: int) -> float:
    """Returns the share of the other side's goods covered by the duty that a cut lowers.

    It is 0 unless the cut is of a duty of `side`. A duty on fewer goods gives less leverage.
    """
    if side == US and price == PRICE_US_TARIFF_CUT:
        return state.coverage[US][RECIPROCAL]
    if side == US and price == PRICE_US_BROAD_CUT:
        return state.coverage[US][FENTANYL]
    if side == CN and price == PRICE_CN_TARIFF_CUT:
        return state.coverage[CN][FULL_REPLY]
    return 0.0


def snapback_cost(state: State, params: Params, side: int) -> float:
    """Returns what a side loses if the dated pause in force lapses and the suspended duties come
    back, USD bn a year; 0 without such a pause."""
    if state.agreement != AGREEMENT_PAUSE or state.truce_ends_on == 0:
        return 0.0
    ours = price_value(state, params, side, PRICE_US_TARIFF_CUT)
    theirs = price_value(state, params, side, PRICE_CN_TARIFF_CUT)
    value = state.suspended_pp[US][RECIPROCAL] / UNIT * ours
    return value + state.suspended_pp[CN][FULL_REPLY] / UNIT * theirs


def threat_worth(state: State, params: Params, side: int) -> float:
    """Returns what a side gains if the open threat is withdrawn, USD bn a year, weighted by the
    odds China gives it."""
    relief = price_value(state, params, side, PRICE_US_BROAD_CUT)
    return threat_reputation(state) * state.threat_pp / UNIT * relief
