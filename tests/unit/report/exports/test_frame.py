"""Exported numbers as data frames, one number a row."""

from __future__ import annotations

import math
from datetime import date

import pytest

from sim.report.answers.forecasts.forecast import ForecastAnswer
from sim.report.answers.run import RunAnswer
from sim.report.answers.studies import SweepAnswer
from sim.report.answers.tariffs import ImpactAnswer


@pytest.fixture(params=["winter", "swept", "foretold", "effects"])
def answer(
    request: pytest.FixtureRequest,
) -> RunAnswer | SweepAnswer | ForecastAnswer | ImpactAnswer:
    """An answer of each kind."""
    found: RunAnswer = request.getfixturevalue(request.param)
    return found


def test_a_frame_holds_the_cells(answer: RunAnswer) -> None:
    """All numbers in full, and no column in which nothing stands."""
    # Fails if a row or a column is dropped, or a whole number becomes another.
    export = answer.tables()
    frame = answer.frame()
    cells = {
        column.name: [row.cells()[place] for row in export.rows]
        for place, column in enumerate(export.columns)
    }

    assert list(frame) == [name for name, held in cells.items() if any(x is not None for x in held)]
    for name in frame:
        held = [cell for cell in cells[name] if cell is not None]
        whole = frame[name].dropna()
        days = whole.dt.date if isinstance(held[0], date) else whole

        assert frame[name].notna().tolist() == [cell is not None for cell in cells[name]]
        assert days.tolist() == held


def test_a_frame_can_be_asked_by_day_and_quarter(winter: RunAnswer) -> None:
    """Days are days, counts whole numbers, and a pivot has quarters as rows."""
    # Fails if a type is left to chance.
    frame = winter.frame()
    toys = frame.query("sector == 'us.toys' and outcome == 'tariff_mean_pct' and quarter.notna()")
    table = toys.pivot_table(index="quarter", columns="statistic", values="value")

    assert frame["date"].dt.year.dropna().between(2025, 2026).all()
    assert str(frame["n"].dtype) == "Int64"
    assert (table["p05"] <= table["p95"]).all()
    assert not math.isnan(table["p50"].iloc[0])
