"""Scores of frozen forecasts, against closed forms."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from sim.backtest.forecasts.frozen_file import FrozenForecast
from sim.backtest.forecasts.scored_forecasts import mean_scores, score


def frozen(**values: Any) -> FrozenForecast:
    """A frozen forecast."""
    own = {"as_of": date(2025, 3, 10), "question": "q", "n": 10, "of": 10, **values}
    return FrozenForecast.model_validate(own)


@pytest.mark.parametrize(
    ("probability", "outcome", "brier", "log"),
    [
        (0.8, 1.0, 0.04, -math.log(0.8)),
        (0.8, 0.0, 0.64, -math.log(0.2)),
        (0.0, 1.0, 1.0, math.inf),
        (1.0, 1.0, 0.0, 0.0),
    ],
)
def test_a_probability_has_a_brier_and_a_logarithmic_score(
    probability: float, outcome: float, brier: float, log: float
) -> None:
    """Certainty that proves wrong costs infinitely much."""
    # Fails if the outcome is turned round, or a score is another.
    scored = score(frozen(probability=probability), outcome)

    assert scored.brier == pytest.approx(brier)
    assert scored.log == pytest.approx(log)
    assert scored.crps is None


def test_a_quantity_has_a_crps() -> None:
    """Of two values, 1 and 3, beside 4: mean distance 2, less half the mean spread, 1."""
    # Fails if the spread is left out, or days are no numbers.
    scored = score(frozen(members=(1.0, 3.0), quantiles={"p50": 1.0}), 4.0)
    days = (date(2025, 6, 1), date(2025, 6, 3))
    dated = score(frozen(members=days, unit="date"), float(date(2025, 6, 4).toordinal()))

    assert scored.crps == pytest.approx(2.0 - 0.5)
    assert dated.crps == pytest.approx(scored.crps)
    assert scored.brier is None


def test_what_is_not_known_has_no_score() -> None:
    """Nor has a quantity that applied to no run; the mean is over what is known."""
    # Fails if an unknown outcome counts as no.
    open_ = score(frozen(probability=0.8), None)
    empty = score(frozen(quantiles={"p50": None}), 4.0)
    known = [score(frozen(probability=0.8), outcome) for outcome in (1.0, 0.0)]

    assert (open_.brier, open_.log, empty.crps) == (None, None, None)
    assert mean_scores([open_, empty, *known]) == (
        2, pytest.approx(0.34), pytest.approx(-math.log(0.16) / 2)
    )  # fmt: skip
    assert mean_scores([open_])[0] == 0
    assert math.isnan(mean_scores([open_])[1])
