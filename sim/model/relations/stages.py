"""Stages of talks and summit, as tests that many rules share."""

from __future__ import annotations

from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    SUMMIT_CONFIRMED,
    SUMMIT_DATED,
    TALKS_ACTIVE,
    TALKS_RESUMED,
)
from sim.model.tables.state import State


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
