"""Origin of a forecast: the world as it stood on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.errors import UsageError
from sim.experiment.inputs.as_of import world_as_of
from sim.scenario.catalog import names
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved


def origin_world(
    day: date,
    *,
    sets: Sequence[tuple[str, str]] = (),
    until: date,
    at: Sequence[date] = (),
) -> Resolved:
    """Returns the world as it stood on a day: the shipped scenario that starts on it, or the record
    replayed up to it. Of several scenarios it is the one that changes least of their base.

    Args:
        day: The day.
        sets: Pairs (key, value) from the command line.
        until: Last day of the run.
        at: Days on which dated outcomes are read; a replayed world starts on the morning after the
            day, and reads nothing before.

    Raises:
        ScenarioError: A change is wrong.
        UsageError: The day is not on record, or a replayed world is to be changed.
    """
    shipped = [resolve(name) for name in names()]
    there = [world for world in shipped if world.start == day.toordinal()]
    if there:
        chosen = min(there, key=lambda world: (len(world.changes), world.name))
        return resolve(chosen.name, sets=sets, until=until, at=at)
    if sets:
        starts = sorted({date.fromordinal(world.start).isoformat() for world in shipped})
        raise UsageError(
            f"--set {sets[0][0]}: {day} is replayed from the record, which cannot be changed; "
            f"shipped scenarios start on {', '.join(starts)}, and --scenario takes your own"
        )
    reported = [each.toordinal() for each in at]
    return world_as_of(day.toordinal(), until=until.toordinal(), at=reported)
