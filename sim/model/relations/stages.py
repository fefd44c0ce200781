"""Stages of talks and summit, as tests that many rules share."""

from __future__ import annotations

from sim.economy.constants import DAYS_PER_WEEK, WORKING_DAYS
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    CONTACT_CALL,
    CONTACT_MEETING,
    CONTACT_NONE,
    CONTACT_ROUND,
    SUMMIT_CONFIRMED,
    SUMMIT_DATED,
    TALKS_ACTIVE,
    TALKS_RESUMED,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def is_working_day(state: State) -> bool:
    """Returns whether today is a Monday to Friday."""
    # Ordinal day 1 is a Monday.
    return (state.day - 1) % DAYS_PER_WEEK < WORKING_DAYS


def talks_running(state: State) -> bool:
    """Returns whether talks are active or resumed."""
    return state.talks == TALKS_ACTIVE or state.talks == TALKS_RESUMED


def talks_frozen(state: State) -> bool:
    """Returns whether a crisis has broken off all contacts for now (C12)."""
    return state.day < state.frozen_until


def summit_ahead(state: State) -> bool:
    """Returns whether a summit is dated, confirmed or not, and not yet held."""
    return state.summit == SUMMIT_DATED or state.summit == SUMMIT_CONFIRMED


def has_agreement(state: State) -> bool:
    """Returns whether a pause or a signed text binds the two sides, kept or not."""
    return state.agreement == AGREEMENT_PAUSE or state.agreement == AGREEMENT_SIGNED


def is_time_of_courtesy(state: State, params: Params) -> bool:
    """Returns whether neither side takes a hostile step of its own accord: in the days after a
    text was signed or a step towards each other agreed on, and around a meeting of the leaders
    unless it failed."""
    if state.last_signed_day > 0 and state.day - state.last_signed_day <= params.courtesy_text_days:
        return True
    if state.goodwill_day > 0 and state.day - state.goodwill_day <= params.courtesy_contact_days:
        return True
    if summit_ahead(state) and state.summit_day - state.day <= params.courtesy_meeting_days:
        return True
    met = state.summit_last_day > 0 and state.summit_last_day > state.summit_failed_day
    return met and state.day - state.summit_last_day <= params.courtesy_meeting_days


def contact_today(state: State) -> int:
    """Returns the highest contact of the day: a meeting of the leaders, their call, a ministers'
    round, or none."""
    if state.summit_last_day == state.day:
        return CONTACT_MEETING
    if state.call_day == state.day:
        return CONTACT_CALL
    return CONTACT_ROUND if state.round_day == state.day else CONTACT_NONE
