"""Leaders' meeting: floated, agreed, dated, confirmed, held or postponed (D4-D6, H3)."""

from __future__ import annotations

from sim.economy.arithmetic import clamp, gumbel, logistic, safe_exp
from sim.economy.constants import PERCENT
from sim.model.diplomacy.talks import apply_talks_opened
from sim.model.duties.layers import addon_pp
from sim.model.relations.mood import apply_rapport, apply_relief, apply_tension, apply_tone
from sim.model.relations.stages import summit_ahead, talks_frozen, talks_running
from sim.model.tables.codes import (
    CN,
    N_PARTIES,
    PARTY_CN,
    PARTY_HOST,
    PARTY_US,
    RESULT_FAILURE,
    RESULT_TALKS,
    SUMMIT_AGREED,
    SUMMIT_CONFIRMED,
    SUMMIT_DATED,
    SUMMIT_FLOATED,
    SUMMIT_HELD,
    SUMMIT_NONE,
    TONE_FAILURE,
    TONE_MEETING,
    US,
    VENUE_BEIJING,
    VENUE_MAR_A_LAGO,
    VENUE_THIRD_COUNTRY,
    VENUE_WASHINGTON,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def on_us_soil(venue: int) -> bool:
    """Returns whether a venue makes China's leader the guest of the US."""
    return venue == VENUE_WASHINGTON or venue == VENUE_MAR_A_LAGO


def face_cost(state: State, params: Params, venue: int) -> float:
    """Returns the face China loses at a venue.

    It is 0 outside the US. It rises with duties and after a guest was scolded in public
    (E041-E043, A13).
    """
    if not on_us_soil(venue):
        return 0.0
    strain = 1.0 + params.face_per_100pp * addon_pp(state, US) / PERCENT
    strain += params.face_per_humiliation * state.humiliation
    share = 1.0 if venue == VENUE_WASHINGTON else params.face_mar_a_lago_share
    return params.face_cost * share * strain


def venue_utility(state: State, params: Params, venue: int) -> float:
    """Returns the joint utility of a venue: the sum of both sides' liking minus China's face
    cost."""
    return (
        params.venue_taste[US][venue]
        + params.venue_taste[CN][venue]
        - face_cost(state, params, venue)
    )


def venue_acceptance(state: State, params: Params, venue: int) -> float:
    """Returns the probability that China accepts a proposed venue."""
    x = params.venue_taste[CN][venue] - face_cost(state, params, venue)
    return logistic(x)


def decide_venue(
    state: State,
    params: Params,
    u_beijing: float,
    u_washington: float,
    u_mar: float,
    u_third: float,
) -> int:
    """Returns the venue both agree on, by quantal response over their joint utility."""
    best = venue_utility(state, params, VENUE_BEIJING) + gumbel(u_beijing)
    venue = VENUE_BEIJING
    value = venue_utility(state, params, VENUE_WASHINGTON) + gumbel(u_washington)
    if value > best:
        best = value
        venue = VENUE_WASHINGTON
    value = venue_utility(state, params, VENUE_MAR_A_LAGO) + gumbel(u_mar)
    if value > best:
        best = value
        venue = VENUE_MAR_A_LAGO
    value = venue_utility(state, params, VENUE_THIRD_COUNTRY) + gumbel(u_third)
    if value > best:
        venue = VENUE_THIRD_COUNTRY
    return venue


def step_hazard(state: State, params: Params) -> float:
    """Returns today's probability that a floated or agreed summit moves one stage on."""
    if talks_frozen(state):
        return 0.0
    if state.summit == SUMMIT_FLOATED:
        hazard = params.summit_agree_per_day
        if talks_running(state):
            hazard *= params.summit_talks_boost
        if state.call_day > 0 and state.day - state.call_day <= params.call_echo_days:
            hazard *= params.summit_call_boost
    elif state.summit == SUMMIT_AGREED and state.summit_slipped:
        hazard = params.summit_redate_per_day
    elif state.summit == SUMMIT_AGREED:
        hazard = params.summit_date_per_day
    else:
        return 0.0
    if state.venue_fixed:
        hazard *= safe_exp(-params.face_step_effect * face_cost(state, params, state.venue))
    hazard *= safe_exp(-params.summit_tension_effect * state.tension)
    return clamp(hazard, 0.0, 1.0)


def lapse_hazard(state: State, params: Params) -> float:
    """Returns today's probability that an undated summit is dropped (I2): one that was agreed, only
    after it has stood for some weeks."""
    stood = state.day - state.summit_agreed_day > params.summit_stands_days
    agreed = state.summit == SUMMIT_AGREED and stood
    return params.summit_lapse_per_day if agreed or state.summit == SUMMIT_FLOATED else 0.0


def apply_step(state: State, params: Params, venue: int, slot_day: int, u_lead: float) -> None:
    """Moves the summit one stage on.

    The date is the next slot of the calendar (`slot_day`, 0 = none) or some weeks ahead. Setting
    place and date is a signal of goodwill (E007). A meeting whose date has slipped keeps its place.
    """
    state.goodwill_day = state.day
    if state.summit == SUMMIT_FLOATED:
        state.summit = SUMMIT_AGREED
        state.summit_agreed_day = state.day
        return
    state.summit = SUMMIT_DATED
    if not state.venue_fixed and not state.summit_slipped:
        state.venue = venue
    state.summit_slipped = False
    span = params.summit_lead_max_days - params.summit_lead_min_days
    state.summit_day = state.day + params.summit_lead_min_days + int(span * u_lead)
    if slot_day > 0:
        state.summit_day = slot_day
    apply_relief(state, params, params.relief_per_confirmation)
    apply_talks_opened(state)


def can_float(state: State, params: Params, side: int) -> bool:
    """Returns whether a meeting may be floated: none is planned or was just given up, and the last
    is long enough ago."""
    if state.summit == SUMMIT_NONE:
        return state.day - state.summit_lapse_day > params.summit_refloat_days
    rested = state.day - state.summit_last_day > params.summit_spacing_days
    return state.summit == SUMMIT_HELD and rested


def apply_float(state: State, params: Params) -> None:
    """Floats a meeting, which raises rapport a little (E007)."""
    state.summit = SUMMIT_FLOATED
    apply_rapport(state, params.rapport_per_float)


def apply_lapse(state: State) -> None:
    """Drops a planned meeting."""
    state.summit = SUMMIT_NONE
    state.summit_lapse_day = state.day
    state.summit_day = 0
    state.summit_slipped = False
    if not state.venue_fixed:
        state.venue = 0


def apply_refusal(state: State, params: Params, upgraded: bool) -> None:
    """Turns down an invitation, which costs rapport: less if a substitute of high rank goes in the
    leader's place (E103, E104, C11)."""
    lost = params.rapport_per_substitute if upgraded else params.rapport_per_refusal
    apply_rapport(state, -lost)


def host_of(venue: int) -> int:
    """Returns the party that receives the leaders at a venue: one of the two, or a third."""
    if on_us_soil(venue):
        return PARTY_US
    return PARTY_CN if venue == VENUE_BEIJING else PARTY_HOST


def confirm_hazard(state: State, params: Params, party: int) -> float:
    """Returns today's probability that a party confirms.

    Washington confirms early, a third host later, China last and only after the others (E144, E146,
    E147).
    """
    if state.summit != SUMMIT_DATED or state.confirmed[party] > 0:
        return 0.0
    left = state.summit_day - state.day
    if party == PARTY_US:
        return params.confirm_us_per_day if left <= params.confirm_window_days[party] else 0.0
    third = host_of(state.venue) == PARTY_HOST
    if party == PARTY_HOST:
        near = left <= params.confirm_window_days[party] and state.confirmed[PARTY_US] > 0
        return params.confirm_host_per_day if third and near else 0.0
    last = PARTY_HOST if third else PARTY_US
    if party != PARTY_CN or state.confirmed[last] == 0:
        return 0.0
    if left <= params.confirm_last_days:
        return params.confirm_cn_last_days_per_day
    return params.confirm_cn_per_day if left <= params.confirm_window_days[party] else 0.0


def apply_confirmation(state: State, params: Params, party: int) -> None:
    """Records a confirmation, which raises optimism; the last one also lowers tension (E194, H5).

    That of one of the two is also the host's if it receives the other.
    """
    state.confirmed[party] = state.day
    if party == host_of(state.venue):
        state.confirmed[PARTY_HOST] = state.day
    state.optimism = clamp(state.optimism + params.optimism_per_confirmation, 0.0, 1.0)
    if party == PARTY_CN:
        state.summit = SUMMIT_CONFIRMED
        apply_relief(state, params, params.relief_per_confirmation)
        state.market_stress *= 1.0 - params.market_relief


def cancel_hazard(state: State, params: Params) -> float:
    """Returns today's probability that a dated summit is postponed.

    It rises after hikes and threats, and with the face China stands to lose.
    """
    if not summit_ahead(state):
        return 0.0
    if talks_frozen(state):
        return 1.0
    hazard = params.cancel_per_day
    hazard += params.cancel_after_hike * clamp(
        state.recent_hike[US] + state.recent_threat, 0.0, params.signal_max
    )
    hazard += params.cancel_per_face * face_cost(state, params, state.venue)
    return clamp(hazard * (params.cancel_calm_factor + state.tension), 0.0, 1.0)


def apply_slip(state: State, params: Params) -> None:
    """Cancels the date: the summit stays agreed, and tension rises, by more after high optimism.

    A new date is looked for at once, unless tension is so high that all is open again.
    """
    state.slips += 1
    state.summit = SUMMIT_AGREED
    state.summit_day = 0
    for party in range(N_PARTIES):
        state.confirmed[party] = 0
    apply_tension(state, params, params.tension_per_slip * (1.0 + state.optimism))
    state.summit_slipped = state.tension <= params.slip_tension_max


def failure_probability(state: State, params: Params) -> float:
    """Returns the probability that the meeting fails in public (high risk, high reward: E170)."""
    hazard = params.failure_base + params.failure_tension * state.tension
    if on_us_soil(state.venue):
        hazard += params.humiliation_hazard
    return clamp(hazard, 0.0, 1.0)


def apply_meeting(state: State, params: Params) -> None:
    """The leaders meet in person; what they sign is settled after this (bargaining)."""
    if state.summits == 0:
        state.summit_held_day = state.day
        state.summit_venue_held = state.venue
        state.tension_before_summit = state.tension
        if state.round_day > 0:
            state.summit_round_gap = state.day - state.round_day
    state.summits += 1
    state.summit = SUMMIT_HELD
    state.summit_last_day = state.day


def apply_public_failure(state: State, params: Params) -> None:
    """The meeting ends in open discord: the higher the hopes, the harder the rebound (H5)."""
    if state.summits == 1:
        state.summit_result = RESULT_FAILURE
    state.summit_failed_day = state.day
    lost = params.tension_per_failure * (1.0 + state.optimism)
    apply_tension(state, params, lost)
    apply_rapport(state, -params.rapport_per_call)
    apply_tone(state, params, US, TONE_FAILURE)
    apply_tone(state, params, CN, TONE_FAILURE)
    if on_us_soil(state.venue):
        state.humiliation = clamp(state.humiliation + params.humiliation_hazard, 0.0, 1.0)


def apply_kick_start(state: State, params: Params) -> None:
    """Raises rapport and starts or resumes talks after a meeting that did not fail (E018, E107)."""
    if state.summits == 1:
        state.summit_result = RESULT_TALKS
    warmth = params.rapport_per_meeting
    if state.pageantry and state.venue == VENUE_BEIJING:
        warmth += params.rapport_per_pageantry
    state.rounds_in_vain = 0
    apply_rapport(state, warmth)
    apply_relief(state, params, params.relief_per_meeting)
    apply_tone(state, params, US, TONE_MEETING)
    apply_tone(state, params, CN, TONE_MEETING)
    apply_talks_opened(state)
