"""The world as it stood on a day."""

from __future__ import annotations

from datetime import date

import pytest

from sim.errors import NotFoundError
from sim.experiment.inputs.origin import world_as_of


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2025, 10, 23), "october-2025-apec"), (date(2025, 3, 10), "march-2025-escalation")],
)
def test_a_day_has_the_scenario_that_starts_on_it(day: date, name: str) -> None:
    """Of the three of March the one without a summit that somebody wished for."""
    # Fails if a what-if is taken for the world, or the end and the days are left as they were.
    last = date.fromordinal(day.toordinal() + 400)
    world = world_as_of(day, sets=[("tension", "0.9")], until=last, at=[last])

    assert world.name == name
    assert world.until == last.toordinal()
    assert last.toordinal() in world.report_dates
    assert world.state["tension"] == 0.9


def test_a_day_without_a_scenario_says_which_have_one() -> None:
    """And how to bring a world of one's own."""
    # Fails if the nearest day is taken instead.
    with pytest.raises(NotFoundError, match=r"start on 2025-01-19, .*2025-10-31.* --scenario"):
        world_as_of(date(2025, 10, 24))
