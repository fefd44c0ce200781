"""Mood: tension, rapport, trust, tone and market stress, moved by events and fading with time."""

from __future__ import annotations

from sim.economy.arithmetic import clamp, safe_div, safe_exp
from sim.model.relations.stages import is_time_of_courtesy
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_SIGNED,
    CN,
    N_SIDES,
    TONE_HOSTILE,
    TONE_REBUKE,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def apply_tension(state: State, params: Params, jump: float) -> None:
    """Raises tension by `jump`, reduced in part by rapport (E050); at most 1."""
    damped = jump * (1.0 - params.rapport_buffer * state.rapport)
    state.tension += damped * (1.0 - state.tension)


def apply_relief(state: State, params: Params, share: float) -> None:
    """Removes a share of the tension above its structural floor."""
    state.tension -= share * max(0.0, state.tension - params.tension_floor)


def apply_rapport(state: State, change: float) -> None:
    """Moves rapport by `change`, kept between 0 and 1."""
    state.rapport = clamp(state.rapport + change, 0.0, 1.0)


def apply_market_shock(state: State, params: Params, points: float) -> None:
    """Adds market stress for an announcement of `points`; each announcement has less effect."""
    numb = safe_exp(-params.market_numbing * state.market_shocks)
    state.market_stress += params.market_stress_per_pp * points * numb * (1.0 - state.market_stress)
    state.market_stress = clamp(state.market_stress, 0.0, 1.0)
    state.market_shocks += 1


def apply_tone(state: State, params: Params, side: int, event: int) -> None:
    """Moves a side's public tone part of the way to an event's target (0 hostile, 1 warm)."""
    gap = params.tone_target[side][event] - state.tone[side]
    state.tone[side] += params.tone_speed[side][event] * gap


def trust(state: State, side: int) -> float:
    """Returns how far a side trusts the other's promises: the mean of its Beta counts."""
    kept = state.trust_kept[side]
    return safe_div(kept, kept + state.trust_broken[side])


def threat_reputation(state: State) -> float:
    """Returns China's odds that a US deadline is executed: the mean of the Beta counts."""
    kept = state.reputation_kept
    return safe_div(kept, kept + state.reputation_broken)


def apply_hostile_act(state: State, params: Params, side: int, jump: float, warmth: float) -> None:
    """Records a hostile act of `side`: tension rises, rapport falls, its public tone cools, and the
    other has something to speak of."""
    state.cause_day[1 - side] = state.day
    apply_tension(state, params, jump)
    apply_rapport(state, -warmth)
    apply_tone(state, params, side, TONE_HOSTILE)


def apply_mood_decay(state: State, params: Params) -> None:
    """Lets a day pass: every quantity drifts back towards its resting level.

    Tension never drifts below a structural floor (F7). Rapport fades to neutral without contact
    (H2). China's public tone returns to tough whatever its private view (A12).
    """
    rest = params.tension_rest
    if state.agreement == AGREEMENT_SIGNED:
        rest = params.tension_floor
    state.tension += params.tension_reversion_per_day * (rest - state.tension)
    state.rapport += params.rapport_reversion_per_day * (params.rapport_rest - state.rapport)
    state.market_stress -= params.market_calming_per_day * state.market_stress
    state.humiliation -= params.humiliation_fading_per_day * state.humiliation
    state.force_majeure -= params.force_majeure_fading_per_day * state.force_majeure
    state.optimism += params.rapport_reversion_per_day * (params.optimism_rest - state.optimism)
    for side in range(N_SIDES):
        state.tone[side] += params.tone_reversion_per_day * (
            params.tone_rest[side] - state.tone[side]
        )
        state.recent_hike[side] *= params.memory_hike_per_day
        state.recent_measure[side] *= params.memory_measure_per_day
        # Both counts return to one size, so that trust returns slowly to neutral (E4).
        rest = (1.0 - params.trust_memory_per_day) * params.trust_rest_count
        state.trust_kept[side] = params.trust_memory_per_day * state.trust_kept[side] + rest
        state.trust_broken[side] = params.trust_memory_per_day * state.trust_broken[side] + rest
    state.recent_threat *= params.memory_hike_per_day
    state.reputation_kept *= params.trust_memory_per_day
    state.reputation_broken *= params.trust_memory_per_day
    # Washington expects rapport to achieve more than it does (E049, feature H1).
    state.rapport_forecast = clamp(state.rapport + params.rapport_overestimate, 0.0, 1.0)


def is_fresh(state: State, days: int, day: int, said_day: int) -> bool:
    """Returns whether what was done on a day calls for words for so many days after it, today
    included: they were not yet said, because each act is spoken of once."""
    return day > said_day and state.day - day <= days


def can_accuse(state: State, params: Params, side: int) -> bool:
    """Returns whether a side may accuse the other of breaking its word: there is an agreement, and
    since it last did so the other has acted against it, or China has fallen behind again."""
    if state.agreement == AGREEMENT_NONE or is_time_of_courtesy(state, params):
        return False
    if side == US and is_fresh(state, params.cause_days, state.breach_day, state.accuse_day[US]):
        return True
    # An act on the day of the signature, but after it, counts.
    said = max(state.accuse_day[side], state.last_signed_day - 1)
    return is_fresh(state, params.cause_days, state.provoked_day[side], said)


def apply_accusation(state: State, params: Params, side: int) -> None:
    """Lets a side accuse the other in public of breaking its word (E381) and trust it less."""
    state.accusations += 1
    state.accuse_day[side] = state.day
    state.truce_strained = True
    state.trust_broken[side] += params.trust_cost_of_accusation
    apply_hostile_act(
        state, params, side, params.tension_per_accusation, params.rapport_per_measure
    )


def can_rebuke(state: State, params: Params, side: int) -> bool:
    """Returns whether a side has a cause for a public rebuke: something new was done to it in the
    last days, to which a match in full has not been the answer yet."""
    if is_time_of_courtesy(state, params):
        return False
    answered = max(state.rebuke_day, state.mirror_day)
    return is_fresh(state, params.rebuke_days, state.cause_day[side], answered)


def hypocrisy(state: State) -> float:
    """Returns how far Washington's friendly words are at odds with its measures, 0 to 0.5 (E062):
    the warmth of its tone above neutral, times the memory of its measures."""
    # A tone of 0.5 is neither warm nor hostile.
    return max(0.0, state.tone[US] - 0.5) * clamp(state.recent_measure[US], 0.0, 1.0)


def apply_rebuke(state: State, params: Params) -> None:
    """Lets China rebuke the US in public, more harshly the warmer Washington's tone (E061,
    E062)."""
    gap = hypocrisy(state)
    state.rebuke_day = state.day
    apply_tone(state, params, CN, TONE_REBUKE)
    apply_tension(state, params, params.tension_per_rebuke * (1.0 + gap))
    state.trust_broken[CN] += params.trust_cost_of_accusation * gap
