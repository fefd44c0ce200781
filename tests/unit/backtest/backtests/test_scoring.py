"""Scores of a backtest: against what came, on the right days."""

from __future__ import annotations

import math

import pytest

from sim.backtest.backtests.ledger import BASE, MODEL, entries
from sim.backtest.backtests.scoring import MIXED, score_backtest
from sim.history.tariffs import LAST_DAY, duty_steps
from tests.unit.backtest.backtests.made import EVES, HORIZONS, forecasts, truth


def test_a_perfect_model_scores_0_and_its_mixture_gains() -> None:
    """Brier and log are 0; the mixture lies between the two, closer to the model."""
    # Fails if outcomes are read at another origin or horizon, or the mixture of another model.
    made = forecasts(truth)
    for scores in score_backtest(entries(made), made):
        assert scores.origins == len(EVES)
        assert scores.brier[MODEL] == scores.nats[MODEL] == 0.0
        assert 0.0 < scores.brier[MIXED] < 0.5 * scores.brier[BASE]
        assert scores.weight > 0.6
        assert scores.skill[MODEL].value == 1.0
        assert 0.0 < scores.skill[MIXED].value < 1.0


def test_a_model_that_is_surely_wrong_is_infinitely_bad_and_its_mixture_is_not() -> None:
    """No probability of the mixture is 0 or 1."""
    # Fails if certainty is clipped before it is scored, or reaches the mixture.
    made = forecasts(lambda kind, eve, horizon: 1.0 - truth(kind, eve, horizon))
    for scores in score_backtest(entries(made), made):
        assert scores.brier[MODEL] == 1.0
        assert math.isinf(scores.nats[MODEL])
        assert math.isfinite(scores.nats[MIXED])
        assert scores.weight < 0.4


def test_duties_start_from_the_level_on_record() -> None:
    """Members that do not move score as persistence does, whatever the level of the replay."""
    # Fails if the gap between replay and record counts as an error of the forecast.
    for level in (10.0, 30.0):
        made = forecasts(truth, level)
        for scores in score_backtest(entries(made), made):
            for ours, same in scores.crps.values():
                assert ours == pytest.approx(same)
    assert duty_steps("us_avg_pct")[0].day < EVES[0] < LAST_DAY - max(HORIZONS)
