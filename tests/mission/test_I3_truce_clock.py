"""I3: the truce clock: 12 May, 10 August, 10 November 2025."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.commitments.agreements import apply_extension, days_to_deadline
from sim.model.commitments.pauses import apply_usual_length
from sim.model.tables.vocabulary import CalendarKind
from tests.mission.plays import day, record_of_2025, resolved, start, tapes

CASES = (
    ("june-2025-resumed-talks", "2025-08-10"),
    ("october-2025-apec", "2025-11-10"),
    ("rare-earth-squeeze", "2025-11-10"),
)


@pytest.mark.parametrize(("name", "due"), CASES)
def test_I3_the_countdown_hits_zero_on_the_day(name: str, due: str) -> None:
    """The countdown runs a day at a time and is zero on the expiry date, which the calendar
    lists as a deadline."""
    state, params = start(name)
    state.threat_open = False
    assert state.truce_ends_on == day(due)
    for left in (10, 1, 0):
        state.day = day(due) - left
        assert days_to_deadline(state, params) == left
    kinds = {e.kind for e in resolved(name).calendar if e.day == day(due)}
    assert CalendarKind.DEADLINE in kinds


def test_I3_ninety_days_from_12_may_is_10_august(tmp_path: Path) -> None:
    """A truce signed on 12 May is due on 10 August; prolonged by its usual length it is due 90
    days on, on 8 November, two days before the date the articles give."""
    scenario = record_of_2025(tmp_path, "2025-05-12")
    end = tapes(scenario, [0])[0].end
    assert end.truce_signed == day("2025-05-12")
    assert end.truce_ends_on == day("2025-08-10")
    state, params = start("june-2025-resumed-talks")
    apply_usual_length(state, params)
    apply_extension(state, params)
    assert state.truce_ends_on == day("2025-11-08")


@pytest.mark.parametrize(("name", "due"), CASES)
def test_I3_lapses_fall_on_the_day_itself(name: str, due: str) -> None:
    """No pause lapses before its date, and those that lapse first do so on it."""
    scenario = resolved(name, (), "2025-11-12")
    lapses = [tape.of("snapback") for tape in tapes(scenario, range(60))]
    first = [notes[0].day for notes in lapses if notes]
    assert first
    assert min(first) == day(due)
    assert sum(when == day(due) for when in first) >= 0.5 * len(first)
