"""Evidence: the situations of the record, and what was done in each.

The parameters that are learned say how the two sides decide, not how a state follows from what was
done, so that the states need to be replayed only once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.backtest.conditioning.channels import CHANNELS, PLACES, THREAT_DROPPED, THREAT_ENDS
from sim.engine.replay import STALE_TALKS_DAYS, replay
from sim.engine.world import World
from sim.experiment.inputs.as_of import Sets, recorded_base
from sim.experiment.stats.intervals import Floats, Labels
from sim.history.acts import ActType, RecordedAct
from sim.model.tables.codes import LEADERS, MINISTERS
from sim.model.tables.fields import to_struct

Array = np.ndarray[Any, Any]

SIGNED_WITHIN_DAYS: Final = 5
"""Days after a meeting within which what is signed counts as settled there: five of the ten truces
on record were told within five days of a round."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the record tells up to a day.

    Attributes:
        first: First day, an ordinal.
        states: State on the morning of each day, shape (days,).
        params: Central parameters on the last day, shape (1,).
        told: Whether an act of each channel came on each day, shape (days, channels).
        meetings: Places of the days on which ministers or leaders met, shape (meetings,).
        ranks: Rank of each meeting, shape (meetings,).
        signed: Whether something was signed there, shape (meetings,).
        talks: Number of the negotiation each belongs to, ascending, shape (meetings,).
    """

    first: int
    states: Array
    params: Array
    told: Floats
    meetings: Labels
    ranks: Labels
    signed: Array
    talks: Labels


def evidence_until(acts: Sequence[RecordedAct], last: int, sets: Sets = ()) -> Evidence:
    """Returns what the record tells up to a day.

    Args:
        acts: The record; acts after the day are not looked at.
        last: The day, an ordinal.
        sets: Changes of the replayed scenario, as pairs (key, text): how the record is coded.
    """
    base = recorded_base(last, sets)
    known = [act for act in acts if base.start <= act.day <= last]
    mornings: list[Array] = []

    def watch(world: World) -> None:
        mornings.append(to_struct(world.state))

    world = replay(base, known, last, watch)
    states = np.concatenate(mornings)
    told = what_came(known, base.start, len(mornings))
    told[quietly_dropped(states, told), PLACES[THREAT_DROPPED]] = 1.0
    days, ranks = meeting_days(known)
    signed = signed_at(days, known)
    return Evidence(
        base.start,
        states,
        to_struct(world.params),
        told,
        days - base.start,
        ranks,
        signed,
        negotiations(days, signed),
    )


def what_came(acts: Sequence[RecordedAct], first: int, days: int) -> Floats:
    """Returns whether an act of each channel came on each day, shape (days, channels)."""
    told = np.zeros((days, len(CHANNELS)))
    for act in acts:
        for place, channel in enumerate(CHANNELS):
            if channel.holds(act):
                told[act.day - first, place] = 1.0
    return told


def quietly_dropped(states: Array, told: Floats) -> Array:
    """Returns the days on which a threat came due and nothing is on record: it was dropped without
    a word, shape (days,)."""
    due = states["threat_open"] & (states["threat_deadline"] == states["day"])
    ends = [PLACES[name] for name in THREAT_ENDS]
    found: Array = due & (told[:, ends].sum(axis=1) == 0.0)
    return found


def meeting_days(acts: Sequence[RecordedAct]) -> tuple[Labels, Labels]:
    """Returns the days on which ministers or leaders met, and the rank of those who did; leaders
    settle what ministers on the same day do not."""
    rank_of: dict[int, int] = {}
    for act in acts:
        if act.type == ActType.ROUND and act.leg != "none":
            rank_of.setdefault(act.day, MINISTERS)
        elif act.type == ActType.CONTACT and act.leg == "meeting":
            rank_of[act.day] = LEADERS
    days = sorted(rank_of)
    return np.array(days, np.int64), np.array([rank_of[day] for day in days], np.int64)


def signed_at(days: Labels, acts: Sequence[RecordedAct]) -> Array:
    """Returns whether something was signed at each meeting, or told within
    `SIGNED_WITHIN_DAYS`; pauses prolonged between meetings have a channel of their own."""
    found = np.zeros(len(days), np.bool_)
    for act in acts:
        if act.type == ActType.TRUCE and act.leg != "extension":
            place = int(np.searchsorted(days, act.day, side="right")) - 1
            if place >= 0 and act.day - days[place] <= SIGNED_WITHIN_DAYS:
                found[place] = True
    return found


def negotiations(days: Labels, signed: Array) -> Labels:
    """Returns the number of the negotiation each meeting belongs to: one ends with a signature, or
    when nobody met for `STALE_TALKS_DAYS`."""
    new = np.zeros(len(days), np.bool_)
    new[1:] = signed[:-1] | (np.diff(days) > STALE_TALKS_DAYS)
    return np.cumsum(new)
