"""Worth of a package to a side: the part priced by the trade model, and the political part."""

from __future__ import annotations

from sim.economy.constants import DAYS_PER_YEAR, UNIT
from sim.model.bargain.table import clause_amount, makes_headlines, prolongs
from sim.model.commitments.agreements import days_to_deadline
from sim.model.duties.law import worth_kept
from sim.model.relations.mood import threat_reputation, trust
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    CLAUSE_CN_TARIFF_CUT,
    CLAUSE_US_BROAD_CUT,
    CLAUSE_US_TARIFF_CUT,
    CN,
    FENTANYL,
    FULL_REPLY,
    LANDMARK,
    LEADERS,
    N_CLAUSES,
    N_ISSUES,
    RECIPROCAL,
    SECURITY,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def risk_removed(state: State, params: Params, side: int, package: int) -> float:
    """Returns the expected cost a side avoids by signing a package, USD bn a year.

    It counts the open threat, weighted by the odds China gives it, and the snapback of duties that
    the package delays or cancels.
    """
    threat = clause_value(state, params, side, CLAUSE_US_BROAD_CUT)
    value = snapback_cost(state, params, side)
    if state.threat_open:
        value += threat_reputation(state) * state.threat_pp / UNIT * threat
    return value


def snapback_cost(state: State, params: Params, side: int) -> float:
    """Returns what a side loses if the dated pause in force lapses and the suspended duties come
    back, USD bn a year; 0 without such a pause."""
    if state.agreement != AGREEMENT_PAUSE or state.truce_ends_on == 0:
        return 0.0
    ours = clause_value(state, params, side, CLAUSE_US_TARIFF_CUT)
    theirs = clause_value(state, params, side, CLAUSE_CN_TARIFF_CUT)
    value = state.suspended_pp[US][RECIPROCAL] / UNIT * ours
    return value + state.suspended_pp[CN][FULL_REPLY] / UNIT * theirs


def clause_value(state: State, params: Params, side: int, clause: int) -> float:
    """Returns the yearly worth of one unit of a clause to a side, USD bn.

    It is the trade model's estimate minus the bargaining leverage lost by cutting one's own
    tariff. A US duty that the courts may end anyway is worth less, to keep and to be rid of.
    """
    value = state.clause_value_usd_bn[side][clause]
    value -= params.leverage_usd_bn[side] * own_reach(state, side, clause)
    if clause == CLAUSE_US_TARIFF_CUT:
        return value * worth_kept(state, params, side, RECIPROCAL)
    if clause == CLAUSE_US_BROAD_CUT:
        return value * worth_kept(state, params, side, THREATENED)
    return value


def own_reach(state: State, side: int, clause: int) -> float:
    """Returns the share of the other side's goods covered by the duty that a clause cuts.

    It is 0 for clauses that cut no duty of `side`. A duty on fewer goods gives less leverage.
    """
    if side == US and clause == CLAUSE_US_TARIFF_CUT:
        return state.coverage[US][RECIPROCAL]
    if side == US and clause == CLAUSE_US_BROAD_CUT:
        return state.coverage[US][FENTANYL]
    if side == CN and clause == CLAUSE_CN_TARIFF_CUT:
        return state.coverage[CN][FULL_REPLY]
    return 0.0


def priced_gain(state: State, params: Params, side: int, package: int) -> float:
    """Returns the priced part of a side's gain over walking away, in utility.

    It values the clauses over the valuation horizon and adds the risk the package removes.
    """
    value = risk_removed(state, params, side, package)
    for clause in range(N_CLAUSES):
        amount = clause_amount(state, params, package, clause)
        if amount != 0.0:
            value += amount * clause_value(state, params, side, clause)
    return params.utility_per_usd_bn[side] * value * params.horizon_days / DAYS_PER_YEAR


def political_gain(state: State, params: Params, side: int, package: int) -> float:
    """Returns the political part of a side's gain from a package (positive = a gain).

    It counts issues settled, pressure, tension, trust, and the objections of the security camp.
    """
    value = 0.0
    for issue in range(N_ISSUES):
        if state.issue_on[issue]:
            value += params.issue_weight[side][issue] * params.package_settles[package][issue]
    if makes_headlines(package):
        value -= params.headline_cost[side]
    if prolongs(state, package):
        strain = state.measures_since_signing / params.strain_full_measures
        value -= params.gain_strain * min(1.0, strain)
    value += params.gain_pressure * state.pressure[side]
    value -= params.gain_tension * state.tension
    # Trust is the odds that a promise is kept: 0.5 is neutral.
    value += params.gain_trust * (trust(state, side) - 0.5) * params.promise_share[package]
    return value - security_shift(state, params, side) * params.security_content[package]


def security_shift(state: State, params: Params, side: int) -> float:
    """Returns by how much more than usual a side weighs security today, as its factions shift."""
    return state.weight[side][SECURITY] - params.weight[side][SECURITY]


def package_gain(state: State, params: Params, side: int, package: int) -> float:
    """Returns a side's gain over walking away, before any landmark bonus.

    A side hardly signs if this is below its reservation value (feature A1).
    """
    return priced_gain(state, params, side, package) + political_gain(state, params, side, package)


def landmark_gain(state: State, params: Params, side: int, package: int, rank: int) -> float:
    """Returns the prestige bonus of a landmark deal signed by leaders; factions change its size."""
    if rank != LEADERS:
        return 0.0
    appetite = params.landmark_bonus[side]
    appetite += state.weight[side][LANDMARK] - params.weight[side][LANDMARK]
    return appetite * params.landmark_share[package]


def aspiration(state: State, params: Params, side: int) -> float:
    """Returns the gain a side demands today beyond its walk-away value.

    Time-dependent concession (Faratin, Sierra and Jennings 1998): the demand shrinks as the nearest
    deadline approaches, so agreements cluster near it (Roth et al. 1988).
    """
    left = days_to_deadline(state, params)
    return params.aspiration[side] * left / (left + params.concession_days)
