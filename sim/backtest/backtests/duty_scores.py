"""Scores of forecasts of the two average duties, beside persistence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.backtests.origin_forecasts import DUTIES, OriginForecast
from sim.backtest.backtests.resolved import block_of
from sim.backtest.baselines.levels import last_level
from sim.backtest.baselines.records import LevelRecord
from sim.backtest.scores.numbers import crps, ensemble_pit
from sim.backtest.scores.reliability import ReliabilityBin, transform_table
from sim.backtest.scores.skill import skill
from sim.experiment.stats.intervals import Estimate, Floats
from sim.history.tariffs import LAST_DAY, duty_steps

SEED: Final = 1
"""Seed of the draws that spread what came over a jump of its forecast; fixed, so that scores are a
function of the forecasts alone."""


@dataclass(frozen=True, slots=True)
class DutyScores:
    """Scores of the forecasts of a duty at one horizon.

    Attributes:
        crps: Mean continuous ranked probability score, percentage points.
        same: That of persistence.
        skill: Skill over persistence.
        transform: Shares of the randomised probability integral transforms in bins of equal width,
            each with the share that right forecasts have.
    """

    crps: float
    same: float
    skill: Estimate
    transform: tuple[ReliabilityBin, ...]


@dataclass(frozen=True, slots=True)
class DutyForecast:
    """Forecast of a duty.

    Attributes:
        origin: Its day, an ordinal.
        level: Duty on record on the day.
        members: Members of the forecast, shape (runs,).
    """

    origin: int
    level: float
    members: Floats


def duty_forecasts(
    duty: str, horizon: int, forecasts: Sequence[OriginForecast]
) -> Iterator[DutyForecast]:
    """Yields the forecasts of a duty of `DUTIES` at a horizon, by origin.

    They start from the average on record at the origin. The replay is a point or two off, which is
    no part of the forecast, so its members are moved by as much.
    """
    place = DUTIES.index(duty)
    for forecast in forecasts:
        level = float(level_on(duty, forecast.origin))
        members = forecast.duties[forecast.horizons.index(horizon), place]
        # In this order a duty that does not change stays exactly what it was.
        moved = np.maximum(level + (members - forecast.levels[place]), 0.0)
        yield DutyForecast(forecast.origin, level, moved)


def level_on(duty: str, day: int) -> float:
    """Returns the duty on record on a day, an ordinal."""
    steps = duty_steps(duty)
    days = np.array([step.day for step in steps])
    values = np.array([step.value for step in steps])
    return float(last_level(LevelRecord.known(days, values, day))[0])


def duty_scores(duty: str, horizon: int, forecasts: Sequence[OriginForecast]) -> DutyScores:
    """Returns the scores of the forecasts of a duty of `DUTIES` whose horizon ended within the
    record."""
    due = [
        each
        for each in duty_forecasts(duty, horizon, forecasts)
        if each.origin + horizon <= LAST_DAY
    ]
    observed = np.array([level_on(duty, each.origin + horizon) for each in due])
    # One by one: where a run failed a forecast has fewer members.
    pairs = [
        (each.members[np.newaxis], came) for each, came in zip(due, observed[:, None], strict=True)
    ]
    ours = np.concatenate([crps(members, came) for members, came in pairs])
    same = np.abs(np.array([each.level for each in due]) - observed)
    origins, block = np.array([each.origin for each in due]), block_of(horizon)
    uniforms = np.random.default_rng(SEED).random((len(due), 1))
    places = [ensemble_pit(*pair, u) for pair, u in zip(pairs, uniforms, strict=True)]
    return DutyScores(
        float(ours.mean()),
        float(same.mean()),
        skill(ours, same, origins, block),
        transform_table(np.concatenate(places), origins, block),
    )
