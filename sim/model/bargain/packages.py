"""The menu of packages: what each contains, when it is feasible, what it is worth to a side."""

from __future__ import annotations

from sim.model.commitments.agreements import (
    apply_extension,
    apply_final_deal,
    apply_truce,
    days_to_deadline,
    truce_cut_pp,
)
from sim.model.commitments.purchases import apply_pledge
from sim.model.controls.measures import apply_easing
from sim.model.duties.layers import addon_pp, apply_cut, apply_fentanyl_cut
from sim.model.relations.mood import threat_reputation, trust
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    BUYER_FREEZE,
    CLAUSE_CN_TARIFF_CUT,
    CLAUSE_INVESTMENT,
    CLAUSE_MINERALS,
    CLAUSE_PORT_FEES,
    CLAUSE_PRECURSORS,
    CLAUSE_PURCHASES,
    CLAUSE_TECH,
    CLAUSE_US_BROAD_CUT,
    CLAUSE_US_TARIFF_CUT,
    CN,
    DEAL_PACKAGE,
    FENTANYL,
    FULL_REPLY,
    INBOUND_LIMITS,
    ISSUE_FENTANYL,
    ISSUE_INVESTMENT,
    ISSUE_OVERCAPACITY,
    ISSUE_PURCHASES,
    ISSUE_RARE_EARTHS,
    ISSUE_TARIFFS,
    ISSUE_TECH,
    LANDMARK,
    LEADERS,
    N_CLAUSES,
    N_ISSUES,
    PACKAGE_COMPREHENSIVE,
    PACKAGE_EXTENSION,
    PACKAGE_FENTANYL,
    PACKAGE_INVESTMENT,
    PACKAGE_PURCHASES,
    PACKAGE_SWAP,
    PACKAGE_TRUCE,
    PORT_FEES,
    RARE_EARTHS,
    RECIPROCAL,
    SECURITY,
    TECH,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SIGN_FIRST


def is_feasible(state: State, params: Params, package: int, rank: int) -> bool:
    """Tells whether a package can be tabled today by people of that rank.

    Ministers can close truces, extensions and the minerals-for-technology swap; what gives away
    revenue or lets capital in takes the leaders. A scenario may forbid either side to sign.
    """
    if state.forbidden[US][SIGN_FIRST + package] or state.forbidden[CN][SIGN_FIRST + package]:
        return False
    pause = state.agreement == AGREEMENT_PAUSE
    if package == PACKAGE_TRUCE:
        heavy = truce_cut_pp(state, params) > 0.0 or state.duty_pp[US][THREATENED] > 0.0
        return heavy and not pause and state.agreement != AGREEMENT_SIGNED
    if package == PACKAGE_EXTENSION:
        return pause and state.truce_ends_on - state.day <= params.truce_length_days
    if package == PACKAGE_SWAP:
        return state.control[US][TECH] > 0 and state.control[CN][RARE_EARTHS] > 0
    if rank != LEADERS:
        return False
    if package == PACKAGE_PURCHASES:
        return state.issue_on[ISSUE_PURCHASES] and state.package_day[PACKAGE_PURCHASES] == 0
    if package == PACKAGE_FENTANYL:
        return state.duty_pp[US][FENTANYL] > 0.0 and not state.precursor_action
    if package == PACKAGE_INVESTMENT:
        return state.issue_on[ISSUE_INVESTMENT] and investment_share(state, params) > 0.0
    return state.agreement != AGREEMENT_SIGNED


def investment_share(state: State, params: Params) -> float:
    """Returns how much of China's investment offer limits on inbound capital leave (B4)."""
    return max(0.0, 1.0 - params.inbound_loss_per_level * state.control[US][INBOUND_LIMITS])


def clause_amount(state: State, params: Params, package: int, clause: int) -> float:
    """Returns how many units of a clause a package holds (tariffs: tens of points)."""
    if package == PACKAGE_COMPREHENSIVE:
        return comprehensive_amount(state, params, clause)
    if clause == CLAUSE_US_TARIFF_CUT:
        return (us_cut_pp(state, params, package) - broad_cut_pp(state, params, package)) / 10.0
    if clause == CLAUSE_US_BROAD_CUT:
        if package == PACKAGE_FENTANYL:
            return min(params.fentanyl_tranche_pp, state.duty_pp[US][FENTANYL]) / 10.0
        return broad_cut_pp(state, params, package) / 10.0
    if clause == CLAUSE_CN_TARIFF_CUT:
        if package == PACKAGE_TRUCE:
            return truce_cut_pp(state, params) / 10.0
    elif package == PACKAGE_SWAP:
        if clause == CLAUSE_MINERALS or clause == CLAUSE_TECH:
            return 1.0
        if clause == CLAUSE_PORT_FEES:
            return port_fee_units(state)
    elif clause == CLAUSE_PURCHASES and package == PACKAGE_PURCHASES:
        return params.pledge_usd_bn_per_year / 10.0
    elif clause == CLAUSE_INVESTMENT and package == PACKAGE_INVESTMENT:
        return params.investment_usd_bn * investment_share(state, params) / 10.0
    elif clause == CLAUSE_PRECURSORS and package == PACKAGE_FENTANYL:
        return 1.0
    return 0.0


def comprehensive_amount(state: State, params: Params, clause: int) -> float:
    """Returns the units of a clause in the comprehensive package: all there is to give."""
    if clause == CLAUSE_US_TARIFF_CUT:
        return state.duty_pp[US][RECIPROCAL] / 10.0
    if clause == CLAUSE_US_BROAD_CUT:
        return (addon_pp(state, US) - state.duty_pp[US][RECIPROCAL]) / 10.0
    if clause == CLAUSE_CN_TARIFF_CUT:
        return addon_pp(state, CN) / 10.0
    if clause == CLAUSE_MINERALS:
        return 1.0 * state.control[CN][RARE_EARTHS]
    if clause == CLAUSE_TECH:
        return 1.0 * state.control[US][TECH]
    if clause == CLAUSE_PURCHASES:
        return 2.0 * params.pledge_usd_bn_per_year / 10.0
    if clause == CLAUSE_PORT_FEES:
        return port_fee_units(state)
    if clause == CLAUSE_PRECURSORS:
        return 1.0
    return params.investment_usd_bn * investment_share(state, params) / 10.0


def us_cut_pp(state: State, params: Params, package: int) -> float:
    """Returns the points of US duty a package cuts, the fentanyl layer apart."""
    if package == PACKAGE_TRUCE:
        return max(truce_cut_pp(state, params), state.duty_pp[US][THREATENED])
    if package == PACKAGE_PURCHASES or package == PACKAGE_INVESTMENT:
        return min(params.relief_pp, relief_room(state))
    return 0.0


def broad_cut_pp(state: State, params: Params, package: int) -> float:
    """Returns the part of those points that lies on all goods: threatened duties go first."""
    return min(us_cut_pp(state, params, package), state.duty_pp[US][THREATENED])


def relief_room(state: State) -> float:
    """Returns the points the US can cut without touching the fentanyl layer."""
    return state.duty_pp[US][RECIPROCAL] + state.duty_pp[US][THREATENED]


def port_fee_units(state: State) -> float:
    """Returns 1 where both sides levy port fees that can be lifted together, else 0."""
    both = state.control[US][PORT_FEES] > 0 and state.control[CN][PORT_FEES] > 0
    return 1.0 if both else 0.0


def settles(package: int, issue: int) -> float:
    """Returns the share of an issue a package settles, 0 to 1."""
    if package == PACKAGE_COMPREHENSIVE:
        return 1.0
    if issue == ISSUE_TARIFFS:
        if package == PACKAGE_TRUCE or package == PACKAGE_EXTENSION:
            return 0.5
        return 0.6
    if issue == ISSUE_RARE_EARTHS or issue == ISSUE_TECH:
        return 0.6 if package == PACKAGE_SWAP else 0.0
    if issue == ISSUE_PURCHASES:
        return 0.8 if package == PACKAGE_PURCHASES else 0.0
    if issue == ISSUE_FENTANYL:
        return 0.8 if package == PACKAGE_FENTANYL else 0.0
    if issue == ISSUE_INVESTMENT:
        return 0.8 if package == PACKAGE_INVESTMENT else 0.0
    if issue == ISSUE_OVERCAPACITY:
        return 0.1 if package == PACKAGE_INVESTMENT else 0.0
    return 0.0


def prolongs(state: State, package: int) -> bool:
    """Tells whether signing a package also prolongs the pause in force."""
    return state.agreement == AGREEMENT_PAUSE and package != PACKAGE_COMPREHENSIVE


def risk_removed(state: State, params: Params, side: int, package: int) -> float:
    """Returns the expected cost (USD bn a year) a package spares a side: the open threat at the
    odds China gives it, and the snapback it puts off or ends."""
    threat = clause_value(state, params, side, CLAUSE_US_BROAD_CUT)
    ours = clause_value(state, params, side, CLAUSE_US_TARIFF_CUT)
    theirs = clause_value(state, params, side, CLAUSE_CN_TARIFF_CUT)
    value = 0.0
    if state.threat_open:
        value += threat_reputation(state) * state.threat_pp / 10.0 * threat
    if state.agreement == AGREEMENT_PAUSE and state.truce_ends_on > 0:
        value += state.suspended_pp[US][RECIPROCAL] / 10.0 * ours
        value += state.suspended_pp[CN][FULL_REPLY] / 10.0 * theirs
    return value


def clause_value(state: State, params: Params, side: int, clause: int) -> float:
    """Returns the yearly worth of one unit of a clause to a side, USD bn: what the trade block
    says, less the leverage a side gives up with its own tariff."""
    value = state.clause_value_usd_bn[side][clause]
    return value - params.leverage_usd_bn[side] * own_reach(state, side, clause)


def own_reach(state: State, side: int, clause: int) -> float:
    """Returns the share of the other's goods that a cut of a side's own duty frees, 0 for other
    clauses: the fewer goods a duty is on, the less leverage goes with it."""
    if side == US and clause == CLAUSE_US_TARIFF_CUT:
        return state.coverage[US][RECIPROCAL]
    if side == US and clause == CLAUSE_US_BROAD_CUT:
        return state.coverage[US][FENTANYL]
    if side == CN and clause == CLAUSE_CN_TARIFF_CUT:
        return state.coverage[CN][FULL_REPLY]
    return 0.0


def priced_gain(state: State, params: Params, side: int, package: int) -> float:
    """Returns the priced part of a package's gain over walking away, in utility.

    Clauses at their yearly value over the valuation horizon, plus the risk it removes.
    """
    value = risk_removed(state, params, side, package)
    for clause in range(N_CLAUSES):
        amount = clause_amount(state, params, package, clause)
        if amount != 0.0:
            value += amount * clause_value(state, params, side, clause)
    return params.utility_per_usd_bn[side] * value * params.horizon_days / 365.0


def political_gain(state: State, params: Params, side: int, package: int) -> float:
    """Returns the political part of a package's gain: issues settled, pressure, tension, trust,
    and what the security camp makes of it (positive = a gain to the side)."""
    value = 0.0
    for issue in range(N_ISSUES):
        if state.issue_on[issue]:
            value += params.issue_weight[side][issue] * settles(package, issue)
    if package != PACKAGE_TRUCE and package != PACKAGE_EXTENSION:
        value -= params.headline_cost[side]
    if prolongs(state, package):
        value -= params.gain_strain * min(1.0, state.measures_since_signing / 5.0)
    value += params.gain_pressure * state.pressure[side]
    value -= params.gain_tension * state.tension
    value += params.gain_trust * (trust(state, side) - 0.5) * promise_share(package)
    value -= (state.weight[side][SECURITY] - params.weight[side][SECURITY]) * security_content(
        package
    )
    return value


def promise_share(package: int) -> float:
    """Returns how much of a package rests on promises to be kept later, 0 to 1."""
    if package == PACKAGE_TRUCE or package == PACKAGE_EXTENSION:
        return 0.2
    if package == PACKAGE_SWAP:
        return 0.5
    return 1.0


def security_content(package: int) -> float:
    """Returns how much a package touches what the security camp guards, 0 to 1."""
    if package == PACKAGE_INVESTMENT or package == PACKAGE_COMPREHENSIVE:
        return 1.0
    if package == PACKAGE_SWAP:
        return 0.5
    return 0.1


def landmark_share(package: int) -> float:
    """Returns how much of a landmark a package is, 0 to 1 (E210, E237)."""
    if package == PACKAGE_COMPREHENSIVE:
        return 1.0
    if package == PACKAGE_PURCHASES or package == PACKAGE_INVESTMENT:
        return 0.5
    if package == PACKAGE_SWAP or package == PACKAGE_TRUCE:
        return 0.3
    return 0.1


def package_gain(state: State, params: Params, side: int, package: int) -> float:
    """Returns a side's gain over walking away before any landmark bonus: the floor below which
    it signs nothing (A1)."""
    return priced_gain(state, params, side, package) + political_gain(state, params, side, package)


def landmark_gain(state: State, params: Params, side: int, package: int, rank: int) -> float:
    """Returns what the glory of a landmark adds when leaders sign; factions shift it."""
    if rank != LEADERS:
        return 0.0
    appetite = params.landmark_bonus[side]
    appetite += state.weight[side][LANDMARK] - params.weight[side][LANDMARK]
    return appetite * landmark_share(package)


def aspiration(state: State, params: Params, side: int) -> float:
    """Returns what a side demands beyond its walk-away value today.

    Time-dependent concession (Faratin, Sierra and Jennings 1998): the demand melts as the
    nearest deadline comes up, so agreements bunch at the end (Roth et al. 1988).
    """
    left = days_to_deadline(state, params)
    return params.aspiration[side] * left / (left + params.concession_days)


def apply_package(state: State, params: Params, package: int) -> None:
    """Signs a package: true gains are booked before its clauses change the state."""
    for side in range(2):
        state.signed_gain[side] = package_gain(state, params, side, package)
    state.signed_nash = state.signed_gain[US] * state.signed_gain[CN]
    state.package_day[package] = state.day
    state.softened_day = state.day
    if prolongs(state, package):
        apply_extension(state, params)
    if package == PACKAGE_TRUCE:
        apply_truce(state, params)
    elif package == PACKAGE_COMPREHENSIVE:
        apply_comprehensive(state, params)
    elif package != PACKAGE_EXTENSION:
        apply_clauses(state, params, package)
        state.deal_status = max(state.deal_status, DEAL_PACKAGE)


def apply_clauses(state: State, params: Params, package: int) -> None:
    """Carries out the clauses of a middling package."""
    if package == PACKAGE_SWAP:
        apply_easing(state, params, CN, RARE_EARTHS)
        apply_easing(state, params, US, TECH)
        if port_fee_units(state) > 0.0:
            state.control[US][PORT_FEES] = 0
            state.control[CN][PORT_FEES] = 0
    elif package == PACKAGE_PURCHASES:
        apply_pledge(state, params, 1.0)
        state.control[CN][BUYER_FREEZE] = 0
        apply_cut(state, params, US, params.relief_pp)
    elif package == PACKAGE_FENTANYL:
        state.precursor_action = True
        apply_fentanyl_cut(state, params, params.fentanyl_tranche_pp)
    else:
        apply_investment(state, params)
        apply_cut(state, params, US, params.relief_pp)


def apply_investment(state: State, params: Params) -> None:
    """Books the investment limits on inbound capital leave, and the jobs that go with it."""
    share = investment_share(state, params)
    state.investment_usd_bn += params.investment_usd_bn * share
    state.jobs += params.investment_jobs * share


def apply_comprehensive(state: State, params: Params) -> None:
    """Carries out the comprehensive package."""
    apply_investment(state, params)
    state.precursor_action = True
    apply_pledge(state, params, 2.0)
    apply_fentanyl_cut(state, params, state.duty_pp[US][FENTANYL])
    for instrument in (RARE_EARTHS, BUYER_FREEZE, PORT_FEES):
        state.control[CN][instrument] = 0
    state.control[US][TECH] = 0
    state.control[US][PORT_FEES] = 0
    apply_final_deal(state, params)
