"""Scores of a backtest: against what came, on the right days."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim.backtest.backtests.ledger import BASE, MODEL, entries
from sim.backtest.backtests.resolved import MIXED
from sim.backtest.backtests.scoring import score_backtest
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
            for duties in scores.duties.values():
                assert duties.crps == pytest.approx(duties.same)
    assert duty_steps("us_avg_pct")[0].day < EVES[0] < LAST_DAY - max(HORIZONS)


def test_scores_of_administrations_add_up() -> None:
    """The mean over all origins is that over both administrations, weighed by their origins."""
    # Fails if an origin is counted in two, or a mask is that of another group.
    made = forecasts(truth)
    for scores in score_backtest(entries(made), made):
        (only,) = scores.regimes
        assert (only.regime, only.origins) == ("2017-2021", len(EVES))
        assert only.brier == scores.brier
        assert only.skill[MODEL].value == 1.0
        assert only.skill[MIXED] == scores.skill[MIXED]


def test_a_perfect_model_is_reliable_and_its_opposite_is_not() -> None:
    """In every bin the share that came lies in the band, or nowhere."""
    # Fails if the table is of another forecaster, or of other outcomes.
    made = forecasts(truth)
    wrong = forecasts(lambda kind, eve, horizon: 1.0 - truth(kind, eve, horizon))
    for right, bad in zip(
        score_backtest(entries(made), made), score_backtest(entries(wrong), wrong), strict=True
    ):
        assert all(each.is_reliable for each in right.reliability[MODEL])
        assert not any(each.is_reliable for each in bad.reliability[MODEL])
        assert sum(each.count for each in right.reliability[MIXED]) == 7 * len(EVES)


def test_members_below_all_that_came_have_their_transforms_at_the_top() -> None:
    """What came above three members lies in the last quarter of the probability."""
    # Fails if a transform is turned round, or of another duty.
    made = forecasts(truth, level=200.0)
    low = [replace(each, duties=each.duties - 150.0) for each in made]
    for scores in score_backtest(entries(low), low):
        for duties in scores.duties.values():
            assert [each.observed for each in duties.transform][:3] == [0.0] * 3
            assert duties.transform[4].observed > 0.6
