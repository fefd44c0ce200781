"""Answer of a calibration."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sim.backtest.conditioning.fitting import Calibration
from sim.report.answers.forecasts.calibration import CalibrationAnswer
from tests.unit.backtest.conditioning.made import fitted


@pytest.fixture
def answer() -> CalibrationAnswer:
    """An answer of two parameters."""
    return CalibrationAnswer(Calibration(fitted(date(2020, 12, 31).toordinal()), None, "detente"))


def test_it_says_in_a_line_how_much_is_told(answer: CalibrationAnswer) -> None:
    """As a notebook shows it."""
    # Fails if the other parameters are counted.
    assert answer.line() == "the record tells something about 1 of 2 parameters"
    assert answer.line() in repr(answer)


def test_its_json_is_plain(answer: CalibrationAnswer) -> None:
    """No number of another library, no value that JSON does not know."""
    # Fails if arrays are handed on as they are.
    told = json.loads(json.dumps(answer.to_json(), allow_nan=False))
    assert told["gain_nats"] == 34.6
    assert told["file"] is None
    assert "declared parameters" in str(answer)
