"""Replay of the record: duties as they were, and sound states on every day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

import numpy as np
import pytest

from sim.economy.block import apply_trade_constants
from sim.engine.recorded_acts import carry_out_recorded
from sim.engine.replay import (
    STALE_TALKS_DAYS,
    USUAL_AFTER_DAYS,
    acts_by_day,
    close_recorded_day,
    open_recorded_day,
    replay,
    replay_world,
)
from sim.engine.world import World, cut_table
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType, RecordedAct
from sim.history.tariffs import LAST_DAY, duty_steps
from sim.model.duties.layers import addon_pp, apply_averages, average_pct
from sim.model.governments.agents import apply_weights
from sim.model.outcomes.politics import OUTCOMES
from sim.model.tables.codes import AGREEMENT_PAUSE, CN, ENTITIES, TALKS_STALLED, US
from sim.model.tables.fields import copy_record
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.knowledge import learning
from sim.scenario.load import resolve

SIDES: Final = {"us": US, "cn": CN}
APART_PCT: Final = 3.0
"""How far a replayed average may be from a published one; average duties of different publishers
and years are not interchangeable."""


def day(text: str) -> int:
    """Returns an ordinal day."""
    return date.fromisoformat(text).toordinal()


def act(when: str, kind: ActType, leg: str, **fields: object) -> RecordedAct:
    """Returns an act of a record made for a test."""
    made = RecordedAct(day(when), kind, "made for a test", None, True, "test", "high", leg)
    return replace(made, **fields)  # type: ignore[arg-type] - fields by name


@cache
def evenings() -> tuple[dict[int, State], Params]:
    """Returns the state of every evening of the record, and the parameters."""
    base = learning(resolve("base/april-2017"))
    world = replay_world(base)
    found = {}
    by_day = acts_by_day(acts_on_record())
    fresh: list[tuple[int, int, int]] = []
    for today in range(base.start, LAST_DAY + 1):
        world.enter(today)
        open_recorded_day(world)
        for each in by_day.get(today, ()):
            carry_out_recorded(world, each)
        first = date.fromordinal(today).day == 1
        close_recorded_day(world, fresh, month_begins=first)
        found[today] = copy_record(world.state)
    return found, world.params


@pytest.mark.parametrize("side", SIDES)
def test_points_added_are_exact_on_every_day(side: str) -> None:
    """From January 2025 on the points added are those of the record, day by day."""
    # Fails if a duty is put in force on another day, or a cut of the truce is left out.
    states, _ = evenings()
    steps = duty_steps(f"{side}_addon_pp")
    ends = [*(step.day for step in steps[1:]), LAST_DAY + 1]
    for step, end in zip(steps, ends, strict=True):
        for today in range(step.day, end):
            assert addon_pp(states[today], SIDES[side]) == step.value, date.fromordinal(today)


@pytest.mark.parametrize("side", SIDES)
def test_averages_are_close_to_the_published_ones(side: str) -> None:
    """Within three points on every day for which an average was published since 2018."""
    # Fails if a list enters with its rate instead of its points on all goods.
    states, params = evenings()
    for step in duty_steps(f"{side}_avg_pct"):
        found = average_pct(states[step.day], params, SIDES[side])
        assert abs(found - step.value) <= APART_PCT, date.fromordinal(step.day)


def numbers(state: State) -> Iterator[float]:
    """Yields every number of a state."""
    for spec in type(state).FIELDS:
        yield from np.ravel(np.asarray(getattr(state, spec.attr), dtype=np.float64))


def test_states_are_sound_on_every_day_of_eight_years() -> None:
    """All numbers are finite; shares lie between 0 and 1, levels between 0 and 4; no duty is
    negative; a pause in force has a beginning."""
    # Fails if an act of the record drives a number out of what a run can reach.
    states, _ = evenings()
    for today, state in states.items():
        assert np.isfinite(list(numbers(state))).all(), date.fromordinal(today)
        for share in (state.tension, state.rapport, state.market_stress, *state.pressure):
            assert 0.0 <= share <= 1.0
        assert all(0 <= level <= 4 for levels in state.control for level in levels)
        assert all(duty >= -1e-9 for duties in state.duty_pp for duty in duties)
        assert state.agreement != AGREEMENT_PAUSE or 0 < state.truce_signed <= today
        assert not state.pending_overflow


def test_the_pause_of_2025_is_the_one_on_record() -> None:
    """In force from 14 May, it ends on 12 August, and on 10 November once prolonged; 24 points are
    suspended on each side."""
    # Fails if an end is not taken from the record, or nothing is suspended.
    states, _ = evenings()
    may, august = states[day("2025-05-14")], states[day("2025-08-12")]
    assert may.truce_from == day("2025-05-14")
    assert may.truce_ends_on == day("2025-08-12")
    assert august.truce_ends_on == day("2025-11-10")
    assert august.agreement == AGREEMENT_PAUSE
    assert [sum(points) for points in august.suspended_pp] == [24.0, 24.0]


def test_tension_rises_with_the_wars_and_falls_with_truces() -> None:
    """It is highest in April 2025, and lower after the accord of 2020 than before it."""
    # Fails if recorded hikes or texts leave moods alone.
    states, _ = evenings()
    tension = {today: state.tension for today, state in states.items()}
    peak = max(tension, key=lambda today: tension[today])
    assert day("2025-04-01") <= peak <= day("2025-05-11")
    assert tension[day("2020-03-01")] < tension[day("2018-10-01")] - 0.1


def world_until(last: str, *acts: RecordedAct) -> World:
    """Returns the world on the evening of a day after some acts, from April 2017."""
    return replay(resolve("base/april-2017"), acts, day(last))


def test_talks_without_a_contact_go_stale() -> None:
    """Four months after a round talks count as stalled."""
    # Fails if talks on record never end.
    held = act("2017-05-01", ActType.ROUND, "round")
    last = date.fromordinal(held.day + STALE_TALKS_DAYS)
    assert world_until(last.isoformat(), held).state.talks != TALKS_STALLED
    after = date.fromordinal(held.day + STALE_TALKS_DAYS + 1)
    assert world_until(after.isoformat(), held).state.talks == TALKS_STALLED


def test_controls_become_usual() -> None:
    """Two years after it a listing counts no more, but the first level stays."""
    # Fails if levels pile up for ever, or fall to nothing.
    listings = [act(f"2017-0{month}-01", ActType.US_CONTROL, "entities") for month in (5, 6)]
    assert world_until("2017-07-01", *listings).state.control[US][ENTITIES] == 3
    last = date.fromordinal(listings[-1].day + USUAL_AFTER_DAYS)
    assert world_until(last.isoformat(), *listings).state.control[US][ENTITIES] == 1


def test_a_threat_without_a_sequel_is_dropped_after_its_day() -> None:
    """Its word is broken then, as by a run that drops it."""
    # Fails if a threat stays open for ever.
    threat = act(
        "2017-06-01", ActType.US_THREAT, "threaten", points_pp=10.0, until=day("2017-07-01")
    )
    assert world_until("2017-07-01", threat).state.threat_open
    after = world_until("2017-07-02", threat).state
    assert not after.threat_open
    assert after.threats_softened == 1


def test_a_longer_record_gives_the_state_expected() -> None:
    """A hike laid over the record raises the duty on its day, and nothing before it."""
    # Fails if acts beyond the shipped record are left out, or leak into days before.
    extra = act("2025-10-20", ActType.US_HIKE, "reciprocal", points_pp=7.0)
    usual = replay(resolve("base/april-2017"), acts_on_record(), LAST_DAY)
    longer = replay(resolve("base/april-2017"), (*acts_on_record(), extra), LAST_DAY)
    assert addon_pp(longer.state, US) == addon_pp(usual.state, US) + 7.0
    assert longer.state.tension > usual.state.tension
    eve = day("2025-10-19")
    before = [
        replay(resolve("base/april-2017"), acts, eve).state
        for acts in (acts_on_record(), (*acts_on_record(), extra))
    ]
    assert list(numbers(before[0])) == list(numbers(before[1]))


def imports(state: State) -> float:
    """Returns US imports from China, in billions of dollars a month."""
    (outcome,) = (each for each in OUTCOMES if each.name == "us_imports_usd_bn_per_month")
    return float(outcome.read(state, Params()))


def test_trade_begins_anew_when_its_base_year_changes() -> None:
    """On the day on which the trade of 2024 was published, flows are those of that year at the
    duties in force, not those of 2017 fallen by as much as duties had cut them."""
    # Fails if flows, which are relative to the base year, are kept when that changes.
    base = learning(resolve("base/april-2017"))
    world = replay(base, acts_on_record(), day("2025-02-05"))
    eve = replay(base, acts_on_record(), day("2025-02-04"))

    assert eve.params.trade_base_usd_bn[US] == 505.2
    assert world.params.trade_base_usd_bn[US] == 438.9
    assert 0.8 < imports(world.state) / (438.9 / 12.0) < 1.0
    assert imports(world.state) > 1.02 * imports(eve.state)
    for cause in world.state.macro_step_pp:
        assert sum(step != 0.0 for step in cause) <= 1


def test_what_is_learned_on_a_day_is_derived_at_once() -> None:
    """After the replay nothing that follows from parameters is out of date."""
    # Fails if the steps that renew derived values are left out, or come before all is learned.
    base = learning(resolve("base/april-2017"))
    world = replay(base, acts_on_record(), LAST_DAY)
    fresh = copy_record(world.state)
    apply_weights(fresh, world.params)
    apply_trade_constants(fresh, world.params)
    apply_averages(fresh, world.params)
    params = copy_record(world.params)
    cut_table(params)

    assert list(numbers(fresh)) == list(numbers(world.state))
    assert params.ge_results == world.params.ge_results
