"""Origin of a forecast: the world as it stood on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.errors import NotFoundError
from sim.scenario.catalog import names
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved


def world_as_of(
    day: date,
    *,
    sets: Sequence[tuple[str, str]] = (),
    until: date | None = None,
    at: Sequence[date] = (),
) -> Resolved:
    """Returns the world as it stood on a day: the shipped scenario that starts on it. Of several,
    the one that changes least of the base they share.

    Args:
        day: The day.
        sets: Pairs (key, value) from the command line.
        until: Last day of the run.
        at: Days on which dated outcomes are read.

    Raises:
        NotFoundError: No shipped scenario starts on the day.
        ScenarioError: A change is wrong.
    """
    shipped = [resolve(name) for name in names()]
    there = [world for world in shipped if world.start == day.toordinal()]
    if not there:
        starts = sorted({date.fromordinal(world.start).isoformat() for world in shipped})
        raise NotFoundError(
            f"--as-of {day}: no shipped scenario starts on that day; those there are start on "
            f"{', '.join(starts)}, and --scenario takes a file of your own with start: {day}"
        )
    chosen = min(there, key=lambda world: (len(world.changes), world.name))
    return resolve(chosen.name, sets=sets, until=until, at=at)
