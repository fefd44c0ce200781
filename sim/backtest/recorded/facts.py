"""Facts: outcomes whose value on any day follows from the acts on record, replayed.

Duties, pauses, threats, controls and port fees are facts. Moods, pressures, beliefs, talks and
trade are states of the model, so that the record cannot tell what they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

from sim.engine.replay import replay
from sim.engine.world import World
from sim.experiment.inputs.as_of import recorded_base
from sim.experiment.stats.intervals import Floats
from sim.history.acts import RecordedAct
from sim.model.outcomes.outcome import Outcome
from sim.model.outcomes.politics import outcome_index

NAMES: Final = (
    "truce_in_force", "threat_open", "threat_in_effect", "deal_status", "pause_ends_on",
    "pause_length_days", "us_addon_pp", "cn_addon_pp", "us_avg_seed_pct", "us_avg_pct",
    "cn_avg_pct", "us_tech_level", "cn_rare_earth_level", "us_port_fees_level",
    "cn_port_fees_level", "port_fees_both", "emergency_duties_in_force",
)  # fmt: skip
"""Outcomes that are facts, beside those that begin with one of `FAMILIES`."""

FAMILIES: Final = ("us_duty_pp[", "cn_duty_pp[", "us_duty_avg_pp[")


def facts() -> tuple[Outcome, ...]:
    """Returns the outcomes that are facts."""
    return tuple(
        outcome
        for name, outcome in outcome_index().items()
        if name in NAMES or name.startswith(FAMILIES)
    )


def is_fact(outcome: Outcome) -> bool:
    """Returns whether an outcome is a fact."""
    return outcome.name in NAMES or outcome.name.startswith(FAMILIES)


@lru_cache(maxsize=2)
def mornings(acts: tuple[RecordedAct, ...], last: int) -> Floats:
    """Returns the facts in the morning of each day of a replayed record, shape (days, facts) in the
    order of `facts`; not to be written to.

    Each row depends on acts before its day alone.

    Args:
        acts: The record.
        last: Last day, an ordinal.
    """
    outcomes = facts()
    rows: list[list[float]] = []

    def look(world: World) -> None:
        rows.append([outcome.read(world.state, world.params) for outcome in outcomes])

    look(replay(recorded_base(last), acts, last, look))
    found = np.array(rows)
    found.flags.writeable = False
    return found


def fact_on(outcome: Outcome, acts: Sequence[RecordedAct], day: date) -> float:
    """Returns a fact at the end of a day: a number, 1 or 0, the code of a class, an ordinal day;
    NaN if it does not apply."""
    last = day.toordinal()
    world = replay(recorded_base(last), acts, last)
    return float(outcome.read(world.state, world.params))
