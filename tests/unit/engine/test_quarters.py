"""Quarters: sector outcomes are read on their last days."""

from __future__ import annotations

from datetime import date

import pytest

from sim.engine.blocks import columns, quarter_ends
from sim.model.outcomes.politics import OUTCOMES
from sim.scenario.load import resolve


@pytest.mark.parametrize(
    ("start", "until", "labels"),
    [
        (date(2025, 10, 23), date(2026, 4, 21), ["2025Q4", "2026Q1"]),
        (date(2025, 3, 31), date(2025, 6, 30), ["2025Q2"]),
        (date(2025, 3, 30), date(2025, 6, 29), ["2025Q1"]),
        (date(2025, 7, 1), date(2025, 9, 29), []),
        (date(2024, 12, 31), date(2025, 12, 31), ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]),
    ],
)
def test_quarters_that_end_within_a_run(start: date, until: date, labels: list[str]) -> None:
    """A quarter counts if its last day comes after the first day of the run and not after its
    last; the label is the calendar quarter of that day."""
    ends = quarter_ends(start.toordinal(), until.toordinal())

    assert [label for label, _ in ends] == labels
    for label, day in ends:
        last = date.fromordinal(day)
        assert label == f"{last.year}Q{(last.month + 2) // 3}"
        assert (last.month, last.day) in {(3, 31), (6, 30), (9, 30), (12, 31)}


def test_sector_columns_stand_at_quarters_and_not_at_report_dates() -> None:
    """Every sector has a column at the end and at each quarter's end, none on calendar dates."""
    october = resolve("october-2025-apec")
    names = [column.name for column in columns(october)]
    sectors = [outcome.name for outcome in OUTCOMES if outcome.quarterly]

    assert len(sectors) == 2 * 43
    assert len(names) == len(set(names))
    for name in sectors:
        assert name in names
        assert f"{name}@2025Q4" in names
    assert not any("[" in name and "-" in name for name in names)
