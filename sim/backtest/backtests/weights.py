"""Weights of the model in mixtures: learned from the forecasts of a backtest, looked up by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.act_questions import act_days, came
from sim.backtest.backtests.ledger import BASE, MODEL, Entry
from sim.backtest.backtests.resolved import overlap_of
from sim.backtest.mixing import PRIOR_BASE, PRIOR_FORECASTS, mix
from sim.history.act_table import acts_on_record
from sim.history.tariffs import LAST_DAY

PRIOR_WEIGHT: Final = PRIOR_FORECASTS / (PRIOR_FORECASTS + PRIOR_BASE)
"""Weight before anything was learned."""

_EVEN: Final = 0.5


@dataclass(frozen=True, slots=True)
class LearnedWeight:
    """Weight of the model in a mixture with a base rate.

    Attributes:
        since: Day from which it is known, an ordinal.
        horizon: Days ahead.
        weight: The weight, strictly between 0 and 1.
        resolved: Number of forecasts that it was learned from.
    """

    since: int
    horizon: int
    weight: float
    resolved: int


def learned_weights(rows: Sequence[Entry]) -> tuple[LearnedWeight, ...]:
    """Returns the weight at each origin of a backtest and after its record, by horizon and day: the
    same as in the mixtures that are scored, learned from all questions together."""
    found = []
    for horizon in sorted({row.horizon for row in rows}):
        own = [row for row in rows if row.horizon == horizon]
        days = {row.kind: act_days(acts_on_record(), row.kind) for row in own}
        # The day after the record asks nothing: what is wanted is its weight.
        raw, base = (np.array([row.told[who] for row in own] + [_EVEN]) for who in (MODEL, BASE))
        outcomes = [came(days[row.kind], row.origin, horizon) for row in own] + [False]
        origins = np.array([row.origin for row in own] + [LAST_DAY + 1])
        ahead = np.full(len(origins), horizon)
        mixture = mix(raw, base, np.array(outcomes), origins, ahead, overlap_of(horizon))
        ends = np.sort(origins + horizon)
        for day in np.unique(origins):
            weight = float(mixture.weights[origins == day][0])
            resolved = int(np.searchsorted(ends, day, side="left"))
            found.append(LearnedWeight(int(day), horizon, weight, resolved))
    return tuple(found)


def weight_on(weights: Sequence[LearnedWeight], day: int, horizon: int) -> float:
    """Returns the weight known on a day, an ordinal, for a horizon in days: between two horizons of
    the backtest in proportion, beyond them that of the nearest. Before the first it is even."""
    known = {
        each.horizon: each.weight
        for each in sorted(weights, key=lambda each: each.since)
        if each.since <= day
    }
    if not known:
        return PRIOR_WEIGHT
    horizons = sorted(known)
    return float(np.interp(horizon, horizons, [known[each] for each in horizons]))
