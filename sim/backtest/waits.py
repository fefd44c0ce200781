"""Waits for a truce after US duties have become prohibitive, in simulated runs and on record."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.counts import EVENTS, happens
from sim.engine.blocks import Events
from sim.experiment.outcomes.event_days import kind_of
from sim.experiment.stats.intervals import Floats
from sim.experiment.store.parquet import Array
from sim.history.acts import ActType, RecordedAct
from sim.history.tariffs import TariffStep

PROHIBITIVE_PP: Final = 100.0
"""US points added above which hardly anything is traded: reached on 9 April 2025."""

DUTY_CHANGES: Final = ("takes_force", "statute_takes_force", "snapback")
"""Events by which the duty in force rises."""

_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Spells:
    """Spells of prohibitive US duty, at most one in each run: from the first day of such a duty
    until the next truce.

    Attributes:
        start: First day of the spell of each run, an ordinal, shape (runs,); NaN if there is none.
        truce: Day of the truce; infinite if there is none by the end.
        last: Last day of the runs.
    """

    start: Floats
    truce: Floats
    last: int

    @property
    def waits(self) -> Floats:
        """Days of each spell, shape (spells,); infinite if no truce followed."""
        return (self.truce - self.start)[~np.isnan(self.start)]

    @property
    def ended(self) -> int:
        """Number of spells that ended in a truce."""
        return int(np.isfinite(self.waits).sum())

    @property
    def rate(self) -> float:
        """Truces a day over all days in a spell; NaN if there are none."""
        days = float(np.nansum(np.minimum(self.truce, self.last) - self.start))
        return self.ended / days if days else math.nan

    def quantile(self, share: float) -> float:
        """Returns a quantile of the waits: infinite if too few spells ended, NaN if there are
        none."""
        if not len(self.waits):
            return math.nan
        return float(np.quantile(self.waits, share, method="inverted_cdf"))


def simulated_spells(
    events: Events,
    weeks: Array,
    addon_pp: Array,
    last: int,
    threshold_pp: float = PROHIBITIVE_PP,
) -> Spells:
    """Returns the spell of each run.

    Levels are known on Mondays. A spell begins on the first day on which duties took effect in the
    week up to the first Monday above the threshold, so up to six days early; a rise that is undone
    before Monday is not seen.

    Args:
        events: Recorded events, rows of `blocks.EVENT`.
        weeks: Mondays, ordinal days.
        addon_pp: US points added on these Mondays, shape (runs, weeks).
        last: Last day of the runs, an ordinal.
        threshold_pp: Points from which the duty is prohibitive.
    """
    above = addon_pp >= threshold_pp
    monday = np.where(above.any(axis=1), weeks[above.argmax(axis=1)], math.nan)
    changes = events[happens(events, map(kind_of, DUTY_CHANGES))]
    before = monday[changes["replicate"]] - changes["day"]
    changes = changes[before < _WEEK]
    start = np.where(np.isnan(monday), math.inf, monday)
    np.minimum.at(start, changes["replicate"], changes["day"].astype(np.float64))
    signed = events[happens(events, map(kind_of, EVENTS[ActType.TRUCE]))]
    signed = signed[signed["day"] >= start[signed["replicate"]]]
    truce = np.full(len(start), math.inf)
    np.minimum.at(truce, signed["replicate"], signed["day"].astype(np.float64))
    return Spells(np.where(np.isinf(start), math.nan, start), truce, last)


def recorded_wait(
    steps: Iterable[TariffStep],
    acts: Iterable[RecordedAct],
    threshold_pp: float = PROHIBITIVE_PP,
) -> int | None:
    """Returns the days on record from the first duty above a threshold until the next truce; None
    if there is no such duty, or no truce after it.

    Args:
        steps: Steps of the US duty in force, in points added.
        acts: Acts on record.
        threshold_pp: Points from which the duty is prohibitive.
    """
    start = min((step.day for step in steps if step.value >= threshold_pp), default=None)
    if start is None:
        return None
    truces = [act.day for act in acts if act.type == ActType.TRUCE and act.day >= start]
    return min(truces) - start if truces else None
