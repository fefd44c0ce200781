"""Scores of a backtest: each forecaster by horizon, and the skill of the model and its mixture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.act_questions import SEVEN, act_days, came
from sim.backtest.backtests.ledger import BASE, MODEL, WHO, Entry
from sim.backtest.backtests.origin_forecasts import DUTIES, OriginForecast
from sim.backtest.baselines.levels import last_level
from sim.backtest.baselines.records import LevelRecord
from sim.backtest.mixing import mix
from sim.backtest.scores.events import brier, log_score
from sim.backtest.scores.numbers import crps
from sim.backtest.scores.skill import skill
from sim.experiment.stats.intervals import Estimate, Flags, Floats
from sim.history.act_table import acts_on_record
from sim.history.tariffs import LAST_DAY, duty_steps

MIXED: Final = "mixed"
"""The model's forecast mixed with the drifting rate, by a weight learned from earlier origins."""

SCORED: Final = (MODEL, MIXED, *WHO[1:])
MONTH_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class HorizonScores:
    """Scores at one horizon.

    Attributes:
        horizon: Days.
        origins: Number of origins whose horizon ended within the record.
        brier: Mean Brier score by forecaster.
        nats: Mean logarithmic score; infinite for one that called a thing certain and was wrong.
        by_kind: Mean Brier score by forecaster and type of act, in the order of `SEVEN`.
        skill: Skill of model and mixture over the drifting rate, by Brier score.
        weight: Mean weight of the model in the mixtures.
        crps: Mean continuous ranked probability score of each duty of `DUTIES`, percentage points:
            of the model and of persistence.
    """

    horizon: int
    origins: int
    brier: dict[str, float]
    nats: dict[str, float]
    by_kind: dict[str, list[float]]
    skill: dict[str, Estimate]
    weight: float
    crps: dict[str, tuple[float, float]]


def score_backtest(
    rows: Sequence[Entry], forecasts: Sequence[OriginForecast]
) -> tuple[HorizonScores, ...]:
    """Returns the scores of a backtest by horizon; horizons that end after the record are left
    out."""
    horizons = sorted({row.horizon for row in rows})
    return tuple(
        _scores(horizon, [row for row in rows if row.horizon == horizon], forecasts)
        for horizon in horizons
    )


def _scores(
    horizon: int, rows: Sequence[Entry], forecasts: Sequence[OriginForecast]
) -> HorizonScores:
    due = [row for row in rows if row.origin + horizon <= LAST_DAY]
    days = {kind: act_days(acts_on_record(), kind) for kind in SEVEN}
    outcomes = np.array([came(days[row.kind], row.origin, horizon) for row in due])
    told = {who: np.array([row.told[who] for row in due]) for who in WHO}
    origins = np.array([row.origin for row in due])
    # Forecasts of one question overlap for as many origins as the horizon has months.
    overlap = max(1.0, horizon / MONTH_DAYS)
    mixture = mix(told[MODEL], told[BASE], outcomes, origins, np.full(len(due), horizon), overlap)
    told[MIXED] = mixture.mixed
    kinds = np.array([SEVEN.index(row.kind) for row in due])
    squares = {who: brier(told[who], outcomes) for who in SCORED}
    block = max(1, horizon // MONTH_DAYS)
    return HorizonScores(
        horizon,
        len(set(origins.tolist())),
        {who: float(squares[who].mean()) for who in SCORED},
        {who: _nats(told[who], outcomes) for who in SCORED},
        {
            who: [float(squares[who][kinds == place].mean()) for place in range(len(SEVEN))]
            for who in SCORED
        },
        {who: skill(squares[who], squares[BASE], origins, block) for who in (MODEL, MIXED)},
        float(mixture.weights.mean()),
        {duty: _duty_scores(place, duty, horizon, forecasts) for place, duty in enumerate(DUTIES)},
    )


def _nats(told: Floats, outcomes: Flags) -> float:
    with np.errstate(divide="ignore"):
        return float(np.mean(log_score(told, outcomes)))


def _duty_scores(
    place: int, duty: str, horizon: int, forecasts: Sequence[OriginForecast]
) -> tuple[float, float]:
    """Returns the mean CRPS of the model and of persistence, in percentage points.

    Both start from the average on record at the origin. The replay is a point or two off, which is
    no part of the forecast, so its members are moved by as much.
    """
    steps = duty_steps(duty)
    days = np.array([step.day for step in steps])
    values = np.array([step.value for step in steps])
    ours, same = [], []
    for forecast in forecasts:
        end = forecast.origin + horizon
        if end > LAST_DAY:
            continue
        level = last_level(LevelRecord.known(days, values, forecast.origin))
        observed = LevelRecord.known(days, values, end).values[-1:]
        members = forecast.duties[forecast.horizons.index(horizon), place]
        moved = np.maximum(members + level[0] - forecast.levels[place], 0.0)
        ours.append(float(crps(moved[np.newaxis], observed)[0]))
        same.append(float(crps(level[np.newaxis], observed)[0]))
    return float(np.mean(ours)), float(np.mean(same))
