"""Weights of mixtures: those that were scored, looked up without a look ahead."""

from __future__ import annotations

import numpy as np
import pytest

from sim.backtest.backtests.ledger import entries
from sim.backtest.backtests.resolved import resolved_forecasts
from sim.backtest.backtests.weights import (
    PRIOR_WEIGHT,
    LearnedWeight,
    learned_weights,
    weight_on,
)
from sim.history.tariffs import LAST_DAY
from tests.unit.backtest.backtests.made import EVES, HORIZONS, forecasts, truth

WEIGHTS = (
    LearnedWeight(100, 30, 0.4, 7),
    LearnedWeight(130, 30, 0.6, 14),
    LearnedWeight(100, 90, 0.8, 0),
)


def test_weights_are_those_of_the_scored_mixtures() -> None:
    """At every origin and horizon; and once more after the record, learned from all."""
    # Fails if weights of a horizon are learned from another, or from what was not yet resolved.
    rows = entries(forecasts(truth))
    found = learned_weights(rows)
    for horizon in HORIZONS:
        own = {each.since: each for each in found if each.horizon == horizon}
        due = resolved_forecasts(rows, horizon)
        for day, weight in zip(due.origins.tolist(), due.weights, strict=True):
            assert own[day].weight == pytest.approx(float(weight))
            assert own[day].resolved == int(np.sum(due.origins + horizon < day))
        assert own[LAST_DAY + 1].resolved == len(due.origins)
        assert set(own) == {*EVES, LAST_DAY + 1}


@pytest.mark.parametrize(
    ("day", "horizon", "weight"),
    [
        (99, 30, PRIOR_WEIGHT),
        (100, 30, 0.4),
        (129, 30, 0.4),
        (130, 30, 0.6),
        (130, 60, 0.7),
        (130, 7, 0.6),
        (130, 400, 0.8),
    ],
)
def test_a_weight_is_the_last_one_known(day: int, horizon: int, weight: float) -> None:
    """Between two horizons in proportion, beyond them that of the nearest."""
    # Fails if a weight is used before it was known, or horizons are extrapolated.
    assert weight_on(WEIGHTS, day, horizon) == pytest.approx(weight)
