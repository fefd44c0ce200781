"""Forecasts made by hand, for tests of ledgers and scores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from sim.backtest.act_questions import SEVEN, act_days, came
from sim.backtest.backtests.backtest import month_eves
from sim.backtest.backtests.origin_forecasts import OriginForecast
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType

HORIZONS = (30, 90)
EVES = month_eves(date(2018, 3, 1), date(2019, 12, 1))


def forecasts(
    chance: Callable[[ActType, int, int], float], level: float = 20.0
) -> list[OriginForecast]:
    """Returns forecasts of which each chance is a function of type, origin and horizon, and all
    members of the duties have one level."""
    return [
        OriginForecast(
            eve,
            HORIZONS,
            np.array([[chance(kind, eve, horizon) for kind in SEVEN] for horizon in HORIZONS]),
            np.array([level, level]),
            np.full((len(HORIZONS), 2, 3), level),
        )
        for eve in EVES
    ]


def truth(kind: ActType, eve: int, horizon: int) -> float:
    """Returns what came, as a chance of 0 or 1."""
    return float(came(act_days(acts_on_record(), kind), eve, horizon))
