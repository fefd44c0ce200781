"""First day of a scenario's runs: what is open on it that no event tells."""

from __future__ import annotations

from dataclasses import dataclass

from sim.engine.world import make_params, make_state
from sim.model.commitments.agreements import truce_in_force
from sim.scenario.resolved_scenario import Resolved


@dataclass(frozen=True, slots=True)
class FirstDay:
    """Facts of the first day.

    Attributes:
        day: The day, an ordinal.
        paused: Whether a pause or an agreement is in force.
        strained: Whether it is strained already.
        talks: Stage of the talks, a code.
        freeze_days: Days for which a crisis breaks off all contacts.
        cause_days: Days for which what was done calls for words.
    """

    day: int
    paused: bool
    strained: bool
    talks: int
    freeze_days: int
    cause_days: int


def first_day(resolved: Resolved) -> FirstDay:
    """Returns the facts of the first day of a scenario's runs."""
    params = make_params(resolved)
    state = make_state(resolved, params)
    return FirstDay(
        resolved.start,
        truce_in_force(state),
        state.truce_strained,
        state.talks,
        params.freeze_days,
        params.cause_days,
    )
