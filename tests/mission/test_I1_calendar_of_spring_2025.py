"""I1: the calendar of January to April 2025, each entry with its date and source."""

from __future__ import annotations

import pytest

from sim.report.pages.run.scenario import show_json
from tests.mission.plays import day, resolved

JANUARY = "january-2025-first-100-days"
ENTRIES = {
    "2025-01-17": {"E091", "E092"},
    "2025-01-20": {"E090"},
    "2025-04-01": {"E040", "E258"},
    "2025-04-30": {"E089"},
}


@pytest.mark.parametrize("when", ENTRIES)
def test_I1_the_calendar_lists_date_and_source(when: str) -> None:
    """The call of 17 January, the inauguration, the reviews of early April and the hundredth day
    are on the calendar, each with the fact it comes from."""
    found = [entry for entry in resolved(JANUARY).calendar if entry.day == day(when)]
    assert found
    assert {entry.source for entry in found} & ENTRIES[when]
    assert all(entry.label for entry in found)


@pytest.mark.parametrize("when", ENTRIES)
def test_I1_the_printout_shows_date_and_source(when: str) -> None:
    """What `scenario show` prints holds the same entries, date and source in one row."""
    rows = [row for row in show_json(resolved(JANUARY))["calendar"] if row["date"] == when]
    assert rows
    assert {row["source"] for row in rows} & ENTRIES[when]


def test_I1_the_call_before_the_start_is_known() -> None:
    """Runs know of the leaders' call three days before the inauguration."""
    scenario = resolved(JANUARY)
    assert scenario.state["leaders.last_call"] == day("2025-01-17")
    assert scenario.sources["leaders.last_call"].source == "E091"
