"""Acts that the model expects on each day of the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.backtest.act_questions import act_days
from sim.backtest.conditioning.exposures import (
    CHOSEN,
    PLACES,
    execution_probability,
    expected_acts,
    exposures,
    granted,
)
from sim.engine.chronicle import choice_probabilities
from sim.engine.replay import replay
from sim.engine.world import World
from sim.experiment.inputs import as_of
from sim.experiment.inputs.as_of import BASE
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType
from sim.history.tariffs import LAST_DAY
from sim.model.governments.agents import apply_signals
from sim.model.governments.menu import is_legal
from sim.model.tables.codes import CN, TALKS_NONE, US
from sim.model.tables.vocabulary import Act
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


@pytest.mark.parametrize("side", [US, CN])
def test_choices_are_the_legal_acts_and_sum_to_one(side: int) -> None:
    """Waiting is among them."""
    # Fails if illegal acts are counted, or probabilities are not normalised.
    world = world_on("2025-09-30")
    apply_signals(world.state, world.params, side)
    chances = {Act[name.upper()]: p for name, p in choice_probabilities(world, side)}
    assert sum(chances.values()) == pytest.approx(1.0)
    assert Act.WAIT in chances
    assert all(is_legal(world.state, world.params, side, act) for act in chances)


def test_an_open_threat_is_carried_out_or_not() -> None:
    """On its day the two kinds of ending sum to one; an agreement speaks against the first."""
    # Fails if one of the endings is left out, or the threat utility is not read.
    world = world_on("2025-10-22")
    world.state.day = world.state.threat_deadline
    before = expected_acts(world)
    world.state.threat_open = False
    after = expected_acts(world)
    ends = before - after
    kinds = [PLACES[ActType.US_HIKE], PLACES[ActType.US_CUT]]
    bound = execution_probability(world)
    world.state.agreement = 0
    assert 0.0 < bound < execution_probability(world) < 1.0
    assert ends[kinds[1]] > 0.0


def test_only_calls_need_consent() -> None:
    """A side that is readier to talk grants more of them."""
    # Fails if consent is asked for hikes, or the asker's own readiness is read.
    world = world_on("2025-09-30")
    assert granted(world, US, ActType.US_HIKE) == 1.0
    usual = granted(world, US, ActType.CONTACT)
    world.state.talks = TALKS_NONE
    world.params.answer_base[CN] += 2.0
    assert usual < granted(world, US, ActType.CONTACT) < 1.0
    assert ActType.CONTACT in CHOSEN


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
            if p.before is not None and date.fromisoformat(p.before.until).toordinal() > until
        }
        return replace(world, parameters=world.parameters | late)

    usual = rows()
    monkeypatch.setattr(as_of, "resolve", shaken)
    assert rows() == usual
