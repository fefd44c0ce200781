"""Bookkeeping at the start of a run and at the end of every day."""

from __future__ import annotations

from sim.economy.controls import apply_inputs_day
from sim.economy.tariffs import apply_duty_day
from sim.model.bargain.signature import apply_discord
from sim.model.bargain.worth import usual_pressure
from sim.model.commitments.agreements import truce_in_force
from sim.model.diplomacy.talks import apply_eagerness
from sim.model.duties.hikes import is_decoupled, over_threshold
from sim.model.duties.layers import addon_pp, apply_averages, stopped_trade
from sim.model.governments.agents import apply_weights
from sim.model.governments.posts import apply_first_posts
from sim.model.governments.pressures import apply_industry_day, apply_pressure_index
from sim.model.information.beliefs import apply_doubt_day
from sim.model.relations.mood import apply_mood_decay
from sim.model.tables.codes import TALKS_NONE, TALKS_STALLED, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.world.attention import apply_attention_day
from sim.model.world.third_parties import apply_third_parties_day


def apply_opening(state: State, params: Params) -> None:
    """Derives from the initial state of a scenario the values a run needs before its first day."""
    apply_first_posts(state, params)
    apply_weights(state, params)
    apply_averages(state, params)
    apply_pressure_index(state)
    apply_eagerness(state, params)
    state.tension_start = state.tension
    state.addon_start_pp = addon_pp(state, US)
    state.tone[0] = params.tone_rest[0]
    state.tone[1] = params.tone_rest[1]


def apply_urgency_day(state: State, params: Params) -> None:
    """Lets Washington's urgency drift to what the economy calls for: a strong one calls for none
    (A4, E319)."""
    needed = 1.0 + params.urgency_per_pressure * (state.pressure[US] - usual_pressure(params, US))
    state.urgency += params.urgency_speed_per_day * (needed - state.urgency)


def apply_day_end(state: State, params: Params) -> None:
    """Ends a day: moods fade, stocks are used, duties are averaged, counters advance."""
    apply_mood_decay(state, params)
    apply_doubt_day(state, params)
    apply_attention_day(state, params)
    apply_third_parties_day(state, params)
    apply_inputs_day(state, params)
    apply_duty_day(state, params)
    apply_industry_day(state, params)
    apply_pressure_index(state)
    apply_urgency_day(state, params)
    apply_eagerness(state, params)
    apply_discord(state, params)
    truce = truce_in_force(state)
    if truce:
        state.truce_days += 1
    state.quiet_days += 1
    if state.quiet_days > 1:
        state.delay_utility += params.delay_value_per_day
    state.stopped_days = state.stopped_days + 1 if stopped_trade(state, params) > 0.0 else 0
    state.high_days = state.high_days + 1 if over_threshold(state, params) else 0
    state.high_days_max = max(state.high_days_max, state.high_days)
    silent = state.talks == TALKS_NONE or state.talks == TALKS_STALLED
    apart = silent and is_decoupled(state, params)
    state.regime_days = state.regime_days + 1 if apart else 0
    state.regime_days_max = max(state.regime_days_max, state.regime_days)
    state.cut_off_days = state.cut_off_days + 1 if silent and not truce else 0
    state.cut_off_days_max = max(state.cut_off_days_max, state.cut_off_days)
