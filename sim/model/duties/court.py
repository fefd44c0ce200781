"""The case against duties under the emergency powers: the ruling, the end of duties, refunds."""

from __future__ import annotations

from sim.economy.constants import DAYS_PER_WEEK, PERCENT, WORKING_DAYS
from sim.economy.sectors import END_GOOD, FIRST_GOOD
from sim.economy.tariffs import collected_share, good_cover
from sim.model.duties.law import standing_pp
from sim.model.duties.layers import apply_averages
from sim.model.relations.stages import is_working_day
from sim.model.tables.codes import (
    BY_EMERGENCY,
    CASE_PENDING,
    CASE_STRUCK,
    CASE_UPHELD,
    N_LAYERS,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.variables.duties import PENDING_SLOTS


def is_hearing_day(state: State) -> bool:
    """Returns whether the last court hears the case today."""
    return state.court_case == CASE_PENDING and state.court_argued == state.day


def ruling_hazard(state: State, params: Params) -> float:
    """Returns today's probability of the ruling: none for some time after the hearing or at a
    weekend, 1 at the end of the court's term."""
    if state.court_case != CASE_PENDING:
        return 0.0
    if state.court_argued > 0 and state.day < state.court_argued + params.court_shortest_days:
        return 0.0
    if 0 < state.court_term_ends <= state.day:
        return 1.0
    if not is_working_day(state):
        return 0.0
    return min(1.0, params.court_ruling_per_day * DAYS_PER_WEEK / WORKING_DAYS)


def decide_ruling(state: State, params: Params, u_ruling: float) -> int:
    """Returns the ruling, CASE_STRUCK or CASE_UPHELD: the one a scenario fixes, or a drawn one."""
    if state.court_verdict == CASE_STRUCK or state.court_verdict == CASE_UPHELD:
        return state.court_verdict
    return CASE_STRUCK if u_ruling < params.strike_probability else CASE_UPHELD


def wind_down_days(params: Params, u_delay: float) -> int:
    """Returns the days from a ruling against the duties to their end: from none to the most, all
    equally likely."""
    return int(u_delay * (params.wind_down_max_days + 1))


def apply_ruling(
    state: State, params: Params, ruling: int, u_delay: float, u_refund: float
) -> None:
    """Records the ruling. If it strikes the duties down, they end after a drawn delay, part of the
    duty paid may be refunded, and what was only threatened, announced or suspended is void."""
    state.court_case = ruling
    state.court_ruled = state.day
    if ruling != CASE_STRUCK:
        return
    state.emergency_ends_on = state.day + wind_down_days(params, u_delay)
    state.struck_pp = standing_pp(state, BY_EMERGENCY)
    if u_refund < params.refund_probability:
        state.refund_usd_bn = params.refund_share * state.emergency_paid_usd_bn
    apply_annulment(state, BY_EMERGENCY)
    state.market_stress *= 1.0 - params.market_relief
    apply_averages(state, params)


def apply_annulment(state: State, authority: int) -> None:
    """Voids what rests on an authority and is not in force: the open threat, which costs no
    reputation, announced steps, and suspended points that could snap back."""
    if state.authority[THREATENED] == authority:
        state.threat_open = False
    for slot in range(PENDING_SLOTS):
        ours = state.pending_due[slot] > 0 and state.pending_side[slot] == US
        if ours and state.authority[state.pending_layer[slot]] == authority:
            state.pending_due[slot] = 0
    for layer in range(N_LAYERS):
        if state.authority[layer] == authority:
            state.suspended_pp[US][layer] = 0.0


def apply_emergency_end(state: State, params: Params) -> None:
    """Ends the duties under the emergency powers, if this is the first day without them."""
    if state.emergency_ends_on == state.day:
        apply_removal(state, params, BY_EMERGENCY)


def apply_removal(state: State, params: Params, authority: int) -> None:
    """Takes all duties under an authority out of force."""
    apply_annulment(state, authority)
    for layer in range(N_LAYERS):
        if state.authority[layer] == authority:
            state.duty_pp[US][layer] = 0.0
    if state.duty_pp[US][THREATENED] <= 0.0:
        state.threat_in_effect = False
    apply_averages(state, params)


def emergency_duty_pp(state: State, params: Params, good: int) -> float:
    """Returns the points under the emergency powers on a good."""
    points = 0.0
    for layer in range(N_LAYERS):
        if state.authority[layer] == BY_EMERGENCY and state.duty_pp[US][layer] > 0.0:
            points += state.duty_pp[US][layer] * good_cover(state, params, US, layer, good)
    return points


def emergency_revenue_usd_bn(state: State, params: Params) -> float:
    """Returns the duty collected this month under the emergency powers on Chinese goods, USD bn."""
    total = 0.0
    for good in range(FIRST_GOOD[US], END_GOOD[US]):
        points = collected_share(params, US, good) * emergency_duty_pp(state, params, good)
        total += state.good_usd_bn_per_month[good] * points / PERCENT
    return total


def apply_duty_paid(state: State, params: Params) -> None:
    """Adds a month to the duty paid under the emergency powers."""
    state.emergency_paid_usd_bn += emergency_revenue_usd_bn(state, params)
