"""Resolved forecasts of a backtest: those of one horizon that ended within the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.act_questions import SEVEN, act_days, came
from sim.backtest.backtests.ledger import BASE, MODEL, WHO, Entry
from sim.backtest.mixing import mix
from sim.experiment.stats.intervals import Flags, Floats, Labels
from sim.history.act_table import acts_on_record
from sim.history.tariffs import LAST_DAY

MIXED: Final = "mixed"
"""The model's forecast mixed with the drifting rate, by a weight learned from earlier origins."""

MONTH_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class ResolvedForecasts:
    """Forecasts of one horizon and what came.

    Attributes:
        horizon: Days.
        told: Probabilities by forecaster, those of `WHO` and `MIXED`, shape (n,) each.
        outcomes: Whether the act came.
        origins: Day of the origin of each, an ordinal.
        kinds: Type of act, a place in `SEVEN`.
        weights: Weight of the model in each mixture.
    """

    horizon: int
    told: Mapping[str, Floats]
    outcomes: Flags
    origins: Labels
    kinds: Labels
    weights: Floats

    @property
    def block(self) -> int:
        """Consecutive origins that overlap."""
        return block_of(self.horizon)


def block_of(horizon: int) -> int:
    """Returns the number of monthly origins whose horizons overlap."""
    return max(1, horizon // MONTH_DAYS)


def overlap_of(horizon: int) -> float:
    """Returns how many forecasts of one question stand on the same days: as many as the horizon has
    months."""
    return max(1.0, horizon / MONTH_DAYS)


def resolved_forecasts(rows: Sequence[Entry], horizon: int) -> ResolvedForecasts:
    """Returns the forecasts of a horizon that ended within the record."""
    due = [row for row in rows if row.horizon == horizon and row.origin + horizon <= LAST_DAY]
    days = {kind: act_days(acts_on_record(), kind) for kind in SEVEN}
    outcomes = np.array([came(days[row.kind], row.origin, horizon) for row in due])
    told = {who: np.array([row.told[who] for row in due]) for who in WHO}
    origins = np.array([row.origin for row in due])
    ahead = np.full(len(due), horizon)
    mixture = mix(told[MODEL], told[BASE], outcomes, origins, ahead, overlap_of(horizon))
    told[MIXED] = mixture.mixed
    kinds = np.array([SEVEN.index(row.kind) for row in due])
    return ResolvedForecasts(horizon, told, outcomes, origins, kinds, mixture.weights)
