"""The world as it stood on a day."""

from __future__ import annotations

from datetime import date

import pytest

from sim.errors import UsageError
from sim.experiment.inputs.origin import origin_world


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2025, 10, 23), "october-2025-apec"), (date(2025, 3, 10), "march-2025-escalation")],
)
def test_a_day_has_the_scenario_that_starts_on_it(day: date, name: str) -> None:
    """Of the three of March the one without a summit that somebody wished for."""
    # Fails if a what-if is taken for the world, or the end and the days are left as they were.
    last = date.fromordinal(day.toordinal() + 400)
    world = origin_world(day, sets=[("tension", "0.9")], until=last, at=[last])

    assert world.name == name
    assert world.until == last.toordinal()
    assert last.toordinal() in world.report_dates
    assert world.state["tension"] == 0.9


def test_any_other_day_is_replayed_from_the_record() -> None:
    """Up to its evening; the run begins on the next morning."""
    # Fails if the nearest scenario is taken instead.
    world = origin_world(date(2025, 9, 1), until=date(2025, 9, 10), at=[date(2025, 9, 1)])

    assert world.start == date(2025, 9, 2).toordinal()
    assert world.until == date(2025, 9, 10).toordinal()
    assert not world.report_dates


def test_a_day_that_is_not_on_record_has_no_world() -> None:
    """Nor is a replayed world changed."""
    # Fails if changes are dropped without a word.
    with pytest.raises(UsageError, match="is not on record"):
        origin_world(date(2016, 1, 1), until=date(2016, 2, 1))
    with pytest.raises(UsageError, match=r"--set tension: .* start on 2025-01-19"):
        origin_world(date(2025, 9, 1), until=date(2025, 9, 10), sets=[("tension", "0.5")])
