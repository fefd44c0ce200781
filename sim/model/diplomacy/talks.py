"""Working talks: stages, leaders' calls, ministers' rounds, stalls (D1-D3)."""

from __future__ import annotations

from sim.economy.arithmetic import clamp, logistic, safe_exp
from sim.model.commitments.agreements import days_to_deadline
from sim.model.duties.layers import stopped_trade
from sim.model.information.beliefs import is_argument_fresh, open_channels
from sim.model.relations.mood import apply_rapport, apply_relief, apply_tone, trust
from sim.model.relations.stages import summit_ahead, talks_frozen, talks_running
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    CN,
    FACE,
    LANDMARK,
    N_SIDES,
    TALKS_ACTIVE,
    TALKS_NONE,
    TALKS_PREPARING,
    TALKS_RESUMED,
    TALKS_STALLED,
    TONE_CALL,
    TONE_ROUND,
    US,
    US_PRICES,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.world.third_parties import engagement_value


def apply_stage(state: State, stage: int) -> None:
    """Moves the talks to a stage and records when they opened or stalled."""
    state.talks = stage
    if stage == TALKS_RESUMED or stage == TALKS_PREPARING:
        state.talks_resumed_day = state.day
    if stage == TALKS_STALLED:
        state.stalls += 1
        state.stall_day = state.day


def answer_probability(state: State, params: Params, side: int) -> float:
    """Returns the private probability that a side agrees to talks today.

    Domestic pressure, duties that stop trade and the wish to delay duties raise it (E015, E105);
    tension and distrust lower it (E262). Face matters most to China when it would look like a
    supplicant; a thaw between Washington and Moscow makes it readier (J2).
    """
    x = params.answer_base[side]
    x += params.answer_pressure * state.pressure[side]
    x -= params.answer_tension * state.tension
    x += params.answer_trust * trust(state, side)
    x += params.answer_stop * stopped_trade(state, params)
    x += state.weight[side][LANDMARK] - params.weight[side][LANDMARK]
    # Where quiet channels are shut, nobody can sound the other out before a public yes (D12).
    x -= params.answer_silence * (1.0 - open_channels(state))
    x += engagement_value(state, params, side)
    if side == CN:
        x -= params.weight[CN][FACE] * state.humiliation
        if state.threat_open:
            x += params.answer_delay
    elif is_argument_fresh(state, params):
        prices = state.pressure_part[US][US_PRICES] - params.pressure_rest[US][US_PRICES]
        x += params.answer_argument * max(0.0, prices)
    return logistic(x)


def apply_eagerness(state: State, params: Params) -> None:
    """Records both sides' private readiness to talk, which is separate from their tone (A12)."""
    for side in range(N_SIDES):
        state.eagerness[side] = answer_probability(state, params, side)


def apply_talks_opened(state: State) -> None:
    """Moves talks that have not begun or have stalled one stage on, unless a crisis has broken them
    off."""
    if talks_frozen(state):
        return
    if state.talks == TALKS_NONE:
        apply_stage(state, TALKS_PREPARING)
    elif state.talks == TALKS_STALLED:
        apply_stage(state, TALKS_RESUMED)


def apply_talks_agreed(state: State, params: Params) -> None:
    """Opens talks that both sides agreed to, which improves the mood."""
    state.goodwill_day = state.day
    apply_talks_opened(state)
    apply_relief(state, params, params.relief_per_contact)


def apply_call(state: State, params: Params, side: int) -> None:
    """Holds a leaders' call requested by `side`: rapport rises, tension falls, talks move on (D1,
    E328)."""
    state.calls += 1
    state.call_day = state.day
    state.call_by = side
    state.rounds_in_vain = 0
    apply_rapport(state, params.rapport_per_call)
    apply_tone(state, params, US, TONE_CALL)
    apply_tone(state, params, CN, TONE_CALL)
    apply_talks_agreed(state, params)


def can_call(state: State, params: Params, side: int) -> bool:
    """Returns whether a side may ask for a leaders' call.

    There must have been none recently, and no meeting may be due within days.
    """
    near = summit_ahead(state) and state.summit_day - state.day <= params.call_summit_days
    return (
        not talks_frozen(state)
        and not near
        and state.day - state.call_day > params.call_spacing_days
    )


def can_propose(state: State, params: Params, side: int) -> bool:
    """Returns whether a side may propose talks: there are none, and if they stalled, both have had
    some days to think it over."""
    rested = state.day - state.stall_day > params.stall_rest_days
    return state.talks == TALKS_NONE or (state.talks == TALKS_STALLED and rested)


def apply_overture(state: State, params: Params, side: int, u: float) -> bool:
    """Proposes talks to the other side; returns whether it agreed."""
    if talks_frozen(state) or u >= answer_probability(state, params, 1 - side):
        return False
    apply_talks_agreed(state, params)
    return True


def call_probability(state: State, params: Params, side: int) -> float:
    """Returns the probability that the other leader takes a call that a side asks for: it is rarely
    refused."""
    odds = answer_probability(state, params, 1 - side)
    return 1.0 - params.call_doubt_share + params.call_doubt_share * odds


def apply_call_request(state: State, params: Params, side: int, u: float) -> bool:
    """Asks the other leader for a call; returns whether it took place."""
    if u >= call_probability(state, params, side):
        return False
    apply_call(state, params, side)
    return True


def is_round_awaited(state: State, params: Params) -> bool:
    """Returns whether the leaders have just agreed on a round: their call of these days resumed
    talks that had been held not long before."""
    resumed = state.talks == TALKS_RESUMED and state.call_day > state.round_day
    fresh = state.day - state.call_day <= params.call_echo_days
    return resumed and fresh and state.call_day - state.round_day <= params.round_awaited_days


def round_hazard(state: State, params: Params) -> float:
    """Returns today's probability of a ministers' round.

    Rounds keep a minimum distance, from those on the calendar and from a call too. They are more
    likely after a call, before a summit, before a deadline, and at duties that stop trade, and the
    rarer, the more of them have brought nothing. Where a call has resumed stalled talks, the round
    that the leaders agreed on comes soon. Without talks there are none, nor before both
    sides have named who leads them (A17).
    """
    if state.mandate[US] <= 0.0 or state.mandate[CN] <= 0.0:
        return 0.0
    if state.talks == TALKS_NONE or state.talks == TALKS_STALLED or talks_frozen(state):
        return 0.0
    since = state.day - state.round_day
    booked = state.round_ahead > 0 and state.round_ahead - state.day < params.round_spacing_days
    called = state.call_day > 0 and state.day - state.call_day < params.round_call_days
    if since < params.round_spacing_days or booked or called:
        return 0.0
    ahead = state.summit_day - state.day
    window = params.round_summit_window_days
    coming = summit_ahead(state) and 0 < ahead <= window
    if coming and since > window - ahead:
        last = ahead <= params.round_summit_last_days
        return 1.0 if last else params.round_hazard_summit_per_day
    if is_round_awaited(state, params):
        return params.round_awaited_per_day
    hazard = params.round_hazard_per_day * safe_exp(-params.round_fatigue * state.rounds_in_vain)
    hazard *= 1.0 + params.round_stop_boost * stopped_trade(state, params)
    if state.call_day > 0 and state.day - state.call_day <= params.call_echo_days:
        hazard *= params.round_after_call
    left = days_to_deadline(state, params)
    hazard *= 1.0 + params.round_deadline_boost * safe_exp(-left / params.deadline_scale_days)
    return clamp(hazard, 0.0, 1.0)


def apply_round(state: State, params: Params) -> None:
    """Holds a ministers' round: talks become active."""
    state.rounds += 1
    state.rounds_in_vain += 1
    state.round_day = state.day
    state.round_due = 0
    if state.talks != TALKS_ACTIVE:
        apply_stage(state, TALKS_ACTIVE)
    apply_tone(state, params, CN, TONE_ROUND)
    apply_relief(state, params, params.relief_per_contact)


def stall_hazard(state: State, params: Params) -> float:
    """Returns today's probability that running talks stall.

    It rises with tension, and in the month after a truce, when urgency is gone (E357, D2). In the
    weeks after the leaders met or spoke, or ministers met, or talks opened, they do not stall.
    """
    met = state.summit_last_day > 0 and (
        state.day - state.summit_last_day <= params.stall_meeting_days
    )
    spoke = max(state.round_day, state.talks_resumed_day, state.call_day)
    fresh = spoke > 0 and state.day - spoke <= params.stall_contact_days
    if met or fresh or not talks_running(state):
        return 0.0
    hazard = params.stall_hazard_per_day * (1.0 + params.stall_tension * state.tension)
    if (
        state.agreement == AGREEMENT_PAUSE
        and state.day - state.truce_signed <= params.stall_truce_days
    ):
        hazard *= params.stall_after_truce
    hazard *= 1.0 + params.stall_after_hike * state.recent_hike[US]
    if summit_ahead(state):
        hazard *= params.stall_before_summit
    return clamp(hazard, 0.0, 1.0)


def apply_stall(state: State, params: Params) -> None:
    """Stalls the talks."""
    apply_stage(state, TALKS_STALLED)
