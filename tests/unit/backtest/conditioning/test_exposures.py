"""Acts that the model expects on each day of the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.backtest.act_questions import act_days
from sim.backtest.conditioning.exposures import PLACES, expected_acts, exposures
from sim.engine.replay import replay
from sim.engine.world import World
from sim.experiment.inputs import as_of
from sim.experiment.inputs.as_of import BASE
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType
from sim.history.tariffs import LAST_DAY
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved


def day(text: str) -> int:
    """Returns an ordinal day."""
    return date.fromisoformat(text).toordinal()


def world_on(when: str) -> World:
    """Returns the replayed world of an evening."""
    return replay(resolve(BASE), acts_on_record(), day(when))


def test_a_row_for_every_day_of_the_record() -> None:
    """No number is negative, and none is a day's certainty of more than two acts."""
    # Fails if a day is left out, or a hazard is not a probability.
    found = exposures(acts_on_record())
    assert found.shape == (LAST_DAY - resolve(BASE).start + 1, len(ActType))
    assert (found >= 0.0).all()
    assert (found <= 2.0).all()


def test_what_comes_later_changes_nothing_before() -> None:
    """Days up to the act that is altered keep every bit."""
    # Fails if a row is read after the acts of its day, or from the whole record.
    acts = acts_on_record()
    place = next(i for i, act in enumerate(acts) if act.day >= day("2019-05-05"))
    altered = (
        *acts[:place],
        replace(acts[place], size_pp=90.0, points_pp=80.0),
        *acts[place + 1 :],
    )
    kept = acts[place].day - resolve(BASE).start + 1
    one, other = exposures(acts), exposures(altered)
    assert one[:kept].tobytes() == other[:kept].tobytes()
    assert one[kept:].tobytes() != other[kept:].tobytes()


def test_the_wars_are_expected_about_as_they_came() -> None:
    """Within the 90% interval of a Poisson number for hikes and threats of 2018-20 and 2025."""
    # Fails if a term is left out or counted twice.
    start = resolve(BASE).start
    for first, last in (("2018-03-01", "2020-02-14"), ("2025-01-20", "2025-10-23")):
        window = slice(day(first) - start, day(last) - start + 1)
        for kind in (ActType.US_HIKE, ActType.US_THREAT, ActType.ROUND):
            expected = exposures(acts_on_record())[window, PLACES[kind]].sum()
            days = act_days(acts_on_record(), kind)
            told = np.sum((days >= day(first)) & (days <= day(last)))
            assert abs(told - expected) <= 1.645 * np.sqrt(expected) + 0.5, (kind, first)


def test_an_open_threat_is_carried_out_or_not() -> None:
    """On its day the two kinds of ending sum to one."""
    # Fails if one of the endings is left out, or counted under another type.
    world = world_on("2025-10-22")
    world.state.day = world.state.threat_deadline
    before = expected_acts(world)
    world.state.threat_open = False
    ends = before - expected_acts(world)
    # Without an open threat another may be made, which leaves less for the other choices.
    hikes, cuts = ends[PLACES[ActType.US_HIKE]], ends[PLACES[ActType.US_CUT]]

    assert hikes > 0.1
    assert cuts > 0.1
    assert hikes + cuts == pytest.approx(1.0, abs=0.02)


def test_learned_values_take_the_place_of_central_ones() -> None:
    """With rounds twice as frequent, twice as many are expected wherever they are rare."""
    # Fails if the values learned are not passed on, or kept under the key of the central ones.
    name = "round.hazard_per_day"
    usual = resolve(BASE).parameters[name].before[0].value
    acts = tuple(act for act in acts_on_record() if act.day < day("2018-01-01"))
    central = exposures(acts)[:, PLACES[ActType.ROUND]]
    learned = exposures(acts, ((name, repr(2.0 * usual)),))[:, PLACES[ActType.ROUND]]

    assert central.sum() > 0.0
    assert learned.sum() == pytest.approx(2.0 * central.sum(), rel=0.05)


def test_numbers_learned_later_change_nothing_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is expected of a day rests on what was held on it."""
    # Fails if rates that the record showed later count in the years before.
    until, acts = day("2018-06-30"), acts_on_record()

    def rows() -> list[bytes]:
        found: list[bytes] = []
        base = as_of.recorded_base(LAST_DAY)
        replay(base, acts, until, lambda world: found.append(expected_acts(world).tobytes()))
        return found

    def shaken(name: str, **options: Any) -> Resolved:
        world = resolve(name, **options)
        late = {
            p.name: replace(p, value=0.7 * p.value + 0.1)
            for p in world.parameters.values()
            if p.before and date.fromisoformat(p.before[-1].until).toordinal() > until
        }
        return replace(world, parameters=world.parameters | late)

    usual = rows()
    monkeypatch.setattr(as_of, "resolve", shaken)
    assert rows() == usual
