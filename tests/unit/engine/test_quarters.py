"""Quarters: sector outcomes are read on their last days, and duties as means over their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.economy.sectors import TOYS
from sim.economy.tariffs import good_tariff_pct
from sim.engine.blocks import Layout, columns, quarter_ends
from sim.engine.simpy_loop import EventRecorder, Ledger, play_recorded
from sim.model.outcomes.politics import OUTCOMES
from sim.model.tables.params import Params
from sim.model.tables.state import State
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

    assert len(sectors) == 3 * 43
    assert len(names) == len(set(names))
    for name in sectors:
        assert name in names
        assert f"{name}@2025Q4" in names
    assert not any(name.partition("@")[0] in sectors and "-" in name for name in names)


class Diary(Ledger):
    """Ledger that also keeps the duty on toys of every evening."""

    def open(self) -> None:
        """Begins a run with an empty diary."""
        super().open()
        self.duties: dict[int, float] = {}

    def book(self, state: State, params: Params) -> None:
        """Keeps the day's duty before a quarter ends."""
        self.duties[state.day] = good_tariff_pct(state, params, TOYS)
        super().book(state, params)


@pytest.mark.parametrize("start", [date(2025, 3, 1), date(2025, 3, 31)])
def test_the_mean_of_a_quarter_is_over_its_simulated_days(start: date) -> None:
    """Days before the run, and those of other quarters, are left out; at the end of the run it is
    the mean of the quarter so far."""
    # Fails if a quarter is not closed, is closed before it is read, or a day is left out.
    until = date(2025, 11, 10)
    world = replace(
        resolve("march-2025-escalation"), start=start.toordinal(), until=until.toordinal()
    )
    diary = Diary(Layout(world))
    play_recorded(world, 7, 0, EventRecorder(), ledger=diary)
    read = dict(zip((column.name for column in columns(world)), diary.row, strict=True))
    quarters = [label for label, _ in quarter_ends(world.start, world.until)]
    assert len(quarters) == (3 if start.day == 1 else 2)

    moved = False
    for label in (*quarters, "2025Q4"):
        days = [
            duty
            for day, duty in diary.duties.items()
            if label == f"2025Q{(date.fromordinal(day).month + 2) // 3}"
        ]
        name = "tariff_mean_pct[us.toys]" + (f"@{label}" if label in quarters else "")
        assert read[name] == pytest.approx(sum(days) / len(days), rel=1e-12)
        moved = moved or len(set(days)) > 1
    assert moved
