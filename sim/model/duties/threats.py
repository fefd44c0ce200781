"""Threats with size and deadline, resolved by competing risks (E159, pilot section 6.3)."""

from __future__ import annotations

from sim.economy.arithmetic import clamp, gumbel, safe_div, safe_exp, safe_log
from sim.economy.constants import WORST_UTILITY
from sim.model.duties.hikes import apply_hike, has_just_relented, keeps_cut, whole_points
from sim.model.duties.law import lawful_pp, may_raise
from sim.model.duties.layers import addon_pp, has_stopped_trade
from sim.model.relations.mood import apply_hostile_act, apply_market_shock
from sim.model.relations.stages import (
    contact_today,
    has_agreement,
    is_time_of_courtesy,
    summit_ahead,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    CN,
    CONTACT_NONE,
    CREDIBILITY,
    DEAL_NONE,
    DEAL_PACKAGE,
    DROP_THREAT,
    EXECUTE_THREAT,
    LEVERAGE,
    N_THREAT_SIZES,
    POSTPONE_THREAT,
    RARE_EARTHS,
    RECIPROCAL,
    THREAT_OF_TEN,
    THREAT_OF_THIRTY_FOUR,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def can_threaten(state: State, params: Params) -> bool:
    """Returns whether the US may make a threat, or renew the one that is open: none was just
    dropped, these are no days of courtesy, and the law would let it follow."""
    if has_just_relented(state, params) or is_time_of_courtesy(state, params):
        return False
    if has_stopped_trade(state, params, US):
        return False
    return may_raise(state, params, THREATENED)


def agreement_strength(state: State, params: Params) -> float:
    """Returns how binding the agreement in force is, 0 to 1; strain reduces it."""
    strength = params.agreement_strength[state.agreement]
    if state.truce_strained:
        strength *= 1.0 - params.strain_discount
    return strength


def apply_threat(state: State, params: Params, u_size: float, u_lead: float) -> None:
    """Makes a US tariff threat with a deadline; duties do not change yet (B2).

    It goes no further than the authority it would rest on allows.
    """
    points = lawful_pp(state, params, THREATENED, threat_size(state, params, u_size))
    # The square of the draw makes short notices more likely.
    lead = threat_lead(params, u_lead * u_lead)
    apply_threat_made(state, params, points, state.day + lead)


def apply_threat_made(state: State, params: Params, points: float, deadline: int) -> None:
    """Threatens so many points by a day. A threat that is open is renewed with the new deadline,
    and is never made smaller."""
    if state.threat_open:
        points = max(points, state.threat_pp)
    else:
        state.threat_postponed = 0
    state.threat_open = True
    state.threat_pp = points
    state.threat_deadline = deadline
    state.threats_made += 1
    state.recent_threat += 1.0
    apply_hostile_act(
        state,
        params,
        US,
        params.tension_per_threat + params.tension_per_threat_pp * state.threat_pp,
        params.rapport_per_threat,
    )
    apply_market_shock(state, params, state.threat_pp * params.market_threat_share)


def threat_lead(params: Params, share: float) -> int:
    """Returns the days of notice at a given share between the shortest and the longest."""
    span = params.threat_lead_max_days - params.threat_lead_min_days
    return params.threat_lead_min_days + int(span * share)


def threat_size(state: State, params: Params, u: float) -> float:
    """Returns the points of a threat: one of the record's sizes 10, 34, 50 and 100.

    The two large ones answer China's duties or its control of rare earths; without either of late
    the small ones share their odds.
    """
    last = N_THREAT_SIZES - 1
    if not has_been_challenged(state, params):
        last = THREAT_OF_THIRTY_FOUR
        u *= params.size_share[THREAT_OF_TEN] + params.size_share[THREAT_OF_THIRTY_FOUR]
    share = 0.0
    for size in range(last):
        share += params.size_share[size]
        if u < share:
            return params.threat_size_pp[size]
    return params.threat_size_pp[last]


def has_been_challenged(state: State, params: Params) -> bool:
    """Returns whether China raised duties or tightened rare earths of late."""
    last = max(state.hike_day[CN], state.tightened_day[CN][RARE_EARTHS])
    return last > 0 and state.day - last <= params.threat_large_days


def threat_hazard(state: State, params: Params) -> float:
    """Returns today's probability that the open threat is resolved, 1 at the deadline."""
    if not state.threat_open:
        return 0.0
    left = state.threat_deadline - state.day
    if left <= 0:
        return 1.0
    hazard = params.threat_hazard_per_day
    if left <= 1:
        hazard *= params.threat_hazard_last_day
    elif left <= params.threat_last_days:
        hazard *= params.threat_hazard_last_days
    elif left <= params.threat_last_week_days:
        hazard *= params.threat_hazard_last_week
    return min(1.0, hazard)


def has_softened(state: State, params: Params) -> bool:
    """Returns whether China has signed or given something of late, for which a threat can be
    dropped."""
    return state.softened_day > 0 and (
        state.day - state.softened_day <= params.threat_softened_days
    )


def threat_utility(state: State, params: Params, act: int) -> float:
    """Returns the US utility of executing, postponing or dropping the open threat.

    Base rates are log shares of the record's resolved deadlines; the shifts were found in the
    pilot study (China softened, agreement in force) or are assumed (markets, a meeting ahead). A
    threat is seldom given up for nothing, or put off time and again.
    """
    softened = has_softened(state, params)
    if act == POSTPONE_THREAT:
        fatigue = params.threat_postpone_fatigue * state.threat_postponed
        return safe_log(params.threat_postpone_share) - fatigue
    if act == DROP_THREAT:
        share = 1.0 - params.threat_execute_share - params.threat_postpone_share
        return safe_log(share) - (0.0 if softened else params.threat_drop_for_nothing)
    utility = safe_log(params.threat_execute_share)
    if softened:
        utility -= params.threat_softened_effect
    utility -= params.threat_agreement_effect * agreement_strength(state, params)
    utility -= params.threat_market_effect * state.market_stress
    utility += state.weight[US][LEVERAGE] - params.weight[US][LEVERAGE]
    utility += state.weight[US][CREDIBILITY] * state.signal[US][CREDIBILITY]
    near = summit_ahead(state) and state.summit_day - state.day <= params.threat_summit_days
    spoke = max(state.call_day, state.summit_last_day)
    if near or (spoke > 0 and state.day - spoke <= params.call_echo_days):
        utility -= params.threat_summit_effect
    if state.threat_deadline - state.day > 1:
        # Executions come on the deadline or the day before (5 of 6 in the record).
        utility -= params.threat_early_effect
    return utility


def may_execute(state: State, params: Params) -> bool:
    """Returns whether the open threat may be carried out: not while a cut binds, nor where trade
    has stopped, nor if a scenario forbids it."""
    if state.forbidden[US][EXECUTE_THREAT] or keeps_cut(state, params, US):
        return False
    return not has_stopped_trade(state, params, US)


def decide_threat(
    state: State, params: Params, u_execute: float, u_postpone: float, u_drop: float
) -> int:
    """Returns EXECUTE_THREAT, POSTPONE_THREAT or DROP_THREAT by quantal response."""
    noise = params.noise[US]
    best = threat_utility(state, params, EXECUTE_THREAT) + noise * gumbel(u_execute)
    act = EXECUTE_THREAT
    if not may_execute(state, params):
        best = WORST_UTILITY
    value = threat_utility(state, params, POSTPONE_THREAT) + noise * gumbel(u_postpone)
    if value > best and not state.forbidden[US][POSTPONE_THREAT]:
        best = value
        act = POSTPONE_THREAT
    value = threat_utility(state, params, DROP_THREAT) + noise * gumbel(u_drop)
    if value > best and not state.forbidden[US][DROP_THREAT]:
        act = DROP_THREAT
    return act


def apply_break(state: State) -> None:
    """Ends the pause or agreement in force, because a side has acted against it.

    Duties that the pause suspends come back on the day until which they are suspended, unless a new
    truce is signed by then; without such a day, on the next.
    """
    if state.agreement == AGREEMENT_PAUSE and state.truce_ends_on == 0:
        state.truce_ends_on = state.day + 1
    if has_agreement(state):
        state.agreement = AGREEMENT_NONE
        if state.deal_status < DEAL_PACKAGE:
            state.deal_status = DEAL_NONE


def apply_threat_execution(state: State, params: Params) -> None:
    """Orders the threatened duty, which breaks an agreement in force.

    It takes effect on the deadline (today if that is past), or after the usual notice of a hike if
    that is sooner: what is ordered early comes early.
    """
    lead = min(params.hike_lead_days, max(0, state.threat_deadline - state.day))
    apply_threat_kept(state)
    apply_hike(state, params, US, THREATENED, state.threat_pp, lead)


def apply_threat_kept(state: State) -> None:
    """Closes the open threat as carried out, which breaks an agreement in force."""
    apply_break(state)
    state.threat_open = False
    state.threats_executed += 1
    state.reputation_kept += 1.0


def apply_threat_postponement(state: State, params: Params, u_lead: float) -> None:
    """Postpones the deadline by a notice drawn anew."""
    apply_threat_put_off(state, params, state.day + threat_lead(params, u_lead))


def apply_threat_put_off(state: State, params: Params, deadline: int) -> None:
    """Sets a later deadline; China takes the next one less seriously."""
    state.threat_deadline = deadline
    state.threat_postponed += 1
    apply_threat_softening(state, params)


def apply_threat_drop(state: State, params: Params) -> None:
    """Drops the threat; a hike of the same size on the next day would make no sense."""
    state.threat_open = False
    state.threat_dropped_day = state.day
    apply_threat_softening(state, params)


def apply_threat_softening(state: State, params: Params) -> None:
    """Records a threat that was postponed or dropped: reputation and market stress fall."""
    apply_word_broken(state)
    state.market_stress *= 1.0 - params.market_relief


def apply_word_broken(state: State) -> None:
    """Records in China's counts a deadline that passed without the duty."""
    state.threats_softened += 1
    state.reputation_broken += 1.0


def counter_hazard(state: State, params: Params) -> float:
    """Returns today's probability of a US counter-hike after China matched a hike in full.

    It is positive for seven days after the match, independent of the review clock, in proportion to
    a match that is smaller than those of the record, and falls with each counter-hike. Without
    authority for the reciprocal duty there is none, nor while the two sides meet.
    """
    if contact_today(state) != CONTACT_NONE:
        return 0.0
    if state.mirror_day <= 0 or state.day <= state.mirror_day:
        return 0.0
    if keeps_cut(state, params, US) or not may_raise(state, params, RECIPROCAL):
        return 0.0
    if has_stopped_trade(state, params, US):
        return 0.0
    if state.day - state.mirror_day > params.counter_window_days:
        return 0.0
    hazard = params.counter_hazard_per_day
    hazard *= clamp(safe_div(state.mirror_pp, params.counter_full_pp), 0.0, 1.0)
    hazard *= safe_exp(-params.counter_fatigue * state.counters_made)
    hazard *= safe_exp(-params.counter_market_effect * state.market_stress)
    hazard *= safe_exp(state.weight[US][LEVERAGE] - params.weight[US][LEVERAGE])
    hazard *= safe_exp(-safe_div(addon_pp(state, US), params.prohibitive_pp))
    return clamp(hazard, 0.0, 1.0)


def counter_size(state: State, params: Params, u: float) -> float:
    """Returns the points of a counter-hike, in proportion to the match it answers."""
    span = params.counter_ratio_max - params.counter_ratio_min
    return whole_points(state.mirror_pp * (params.counter_ratio_min + span * u))
