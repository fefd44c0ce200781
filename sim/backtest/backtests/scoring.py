"""Scores of a backtest: each forecaster by horizon, and the skill of the model and its mixture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.act_questions import SEVEN
from sim.backtest.backtests.duty_scores import DutyScores, duty_scores
from sim.backtest.backtests.ledger import BASE, INFORMED, MODEL, WHO, Entry
from sim.backtest.backtests.origin_forecasts import DUTIES, OriginForecast
from sim.backtest.backtests.resolved import MIXED, ResolvedForecasts, resolved_forecasts
from sim.backtest.regimes import REGIMES, regime_after
from sim.backtest.scores.events import brier, log_score
from sim.backtest.scores.reliability import ReliabilityBin, reliability_table
from sim.backtest.scores.skill import skill, skill_by_group
from sim.experiment.stats.intervals import Estimate, Flags, Floats

SCORED: Final = (MODEL, MIXED, *WHO[1:])

SKILLED: Final = (MODEL, MIXED, INFORMED)
"""Forecasters whose skill over the drifting rate is worked out."""

CHECKED: Final = (MODEL, MIXED)
"""Forecasters whose reliability is looked at."""


@dataclass(frozen=True, slots=True)
class RegimeScores:
    """Scores of the forecasts of one administration at one horizon.

    Attributes:
        regime: Name of the administration in which the day after the origin lies.
        origins: Number of origins.
        brier: Mean Brier score by forecaster.
        skill: Skill over the drifting rate, of `SKILLED`.
    """

    regime: str
    origins: int
    brier: dict[str, float]
    skill: dict[str, Estimate]


@dataclass(frozen=True, slots=True)
class HorizonScores:
    """Scores at one horizon.

    Attributes:
        horizon: Days.
        origins: Number of origins whose horizon ended within the record.
        brier: Mean Brier score by forecaster.
        nats: Mean logarithmic score; infinite for one that called a thing certain and was wrong.
        by_kind: Mean Brier score by forecaster and type of act, in the order of `SEVEN`.
        skill: Skill of `SKILLED` over the drifting rate, by Brier score.
        regimes: The same by administration.
        reliability: Reliability of `CHECKED`, in bins of probability.
        weight: Mean weight of the model in the mixtures.
        duties: Scores of each duty of `DUTIES`.
    """

    horizon: int
    origins: int
    brier: dict[str, float]
    nats: dict[str, float]
    by_kind: dict[str, list[float]]
    skill: dict[str, Estimate]
    regimes: tuple[RegimeScores, ...]
    reliability: dict[str, tuple[ReliabilityBin, ...]]
    weight: float
    duties: dict[str, DutyScores]


def score_backtest(
    rows: Sequence[Entry], forecasts: Sequence[OriginForecast]
) -> tuple[HorizonScores, ...]:
    """Returns the scores of a backtest by horizon; horizons that end after the record are left
    out."""
    horizons = sorted({row.horizon for row in rows})
    return tuple(_scores(resolved_forecasts(rows, horizon), forecasts) for horizon in horizons)


def _scores(due: ResolvedForecasts, forecasts: Sequence[OriginForecast]) -> HorizonScores:
    squares = {who: brier(due.told[who], due.outcomes) for who in SCORED}
    return HorizonScores(
        due.horizon,
        len(set(due.origins.tolist())),
        {who: float(squares[who].mean()) for who in SCORED},
        {who: _nats(due.told[who], due.outcomes) for who in SCORED},
        {
            who: [float(squares[who][due.kinds == place].mean()) for place in range(len(SEVEN))]
            for who in SCORED
        },
        {who: skill(squares[who], squares[BASE], due.origins, due.block) for who in SKILLED},
        _by_regime(due, squares),
        {
            who: reliability_table(due.told[who], due.outcomes, due.origins, due.block)
            for who in CHECKED
        },
        float(due.weights.mean()),
        {duty: duty_scores(duty, due.horizon, forecasts) for duty in DUTIES},
    )


def _by_regime(due: ResolvedForecasts, squares: dict[str, Floats]) -> tuple[RegimeScores, ...]:
    """Returns the scores of each administration that has forecasts."""
    names = np.array([regime_after(origin).name for origin in due.origins.tolist()])
    skills = {
        who: skill_by_group(squares[who], squares[BASE], due.origins, due.block, names.tolist())
        for who in SKILLED
    }
    return tuple(
        RegimeScores(
            regime.name,
            len(set(due.origins[names == regime.name].tolist())),
            {who: float(squares[who][names == regime.name].mean()) for who in SCORED},
            {who: skills[who][regime.name] for who in SKILLED},
        )
        for regime in REGIMES
        if regime.name in names
    )


def _nats(told: Floats, outcomes: Flags) -> float:
    with np.errstate(divide="ignore"):
        return float(np.mean(log_score(told, outcomes)))
