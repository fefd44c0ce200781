"""Where talks and summit stand: the questions many rules ask of the two ladders."""

from __future__ import annotations

from sim.model.tables.codes import SUMMIT_CONFIRMED, SUMMIT_DATED, TALKS_ACTIVE, TALKS_RESUMED
from sim.model.tables.state import State


def talks_running(state: State) -> bool:
    """Tells whether talks are active or resumed."""
    return state.talks == TALKS_ACTIVE or state.talks == TALKS_RESUMED


def summit_ahead(state: State) -> bool:
    """Tells whether a summit is dated, confirmed or not, and not yet held."""
    return state.summit == SUMMIT_DATED or state.summit == SUMMIT_CONFIRMED
