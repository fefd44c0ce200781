"""Numbers and estimates as JSON holds them."""

from __future__ import annotations

import math
from datetime import date

import pytest

from sim.experiment.stats.intervals import Estimate
from sim.experiment.stats.json_form import estimate_json, finite, interval

NOV_9 = float(date(2025, 11, 9).toordinal())


@pytest.mark.parametrize(
    ("value", "dated", "held"),
    [
        (0.25, False, 0.25),
        (math.nan, False, None),
        (math.inf, False, None),
        (NOV_9 + 0.4, True, "2025-11-09"),
        (math.nan, True, None),
    ],
)
def test_a_number_that_json_cannot_hold_is_none(
    value: float, dated: bool, held: float | str | None
) -> None:
    """A day is text, rounded to the nearest."""
    assert finite(value, dated=dated) == held


def test_an_estimate_keeps_its_limits() -> None:
    """Of a number and of a day."""
    estimate = Estimate(0.5, 0.25, math.inf)

    assert estimate_json(estimate) == {"value": 0.5, "ci": [0.25, None]}
    assert interval(Estimate(NOV_9, NOV_9, NOV_9 + 1), dated=True) == ["2025-11-09", "2025-11-10"]
