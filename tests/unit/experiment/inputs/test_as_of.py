"""The world as of a date: replayed state, calendar as known, runs that start the day after."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from sim.engine.chronicle import trace
from sim.engine.replay import replay
from sim.engine.simpy_loop import run_block
from sim.engine.world import STATE_SLOTS, World, opening
from sim.errors import NotFoundError
from sim.experiment.inputs import as_of
from sim.experiment.inputs.as_of import last_day_of, recorded_base, replayed_world, shipped_for
from sim.history.act_table import acts_on_record
from sim.history.acts import RecordedAct
from sim.history.elections import elections
from sim.model.duties.layers import average_pct
from sim.model.tables.codes import CN, US
from sim.scenario import freeze
from sim.scenario.load import resolve
from sim.scenario.people import people
from sim.scenario.resolved_scenario import Resolved, Tenure
from sim.scenario.shipped import names
from tests.unit.engine.alike import differences

EVE: Final = date(2025, 10, 22)

SAME: Final = (
    "us.addon.fentanyl_pp",
    "us.addon.reciprocal_pp",
    "cn.addon.full_reply_pp",
    "us.suspended.reciprocal_pp",
    "cn.suspended.full_reply_pp",
    "agreement.level",
    "truce.from",
    "truce.ends_on",
    "threat.open",
    "threat.size_pp",
    "threat.deadline",
    "talks.stage",
    "court.case",
    "court.argued",
    "us.control.entities",
    "us.control.port_fees",
    "cn.control.rare_earths",
    "cn.control.port_fees",
    "cn.opening",
)
"""What is so by the record, and must be alike in the scenario written by hand."""

CLOSE: Final = {
    "tension": 0.1,
    "rapport": 0.2,
    "us.belief.var": 0.1,
    "cn.belief.var": 0.1,
    # How fast acts are forgotten was counted at the end of the record alone: until then a fortnight
    # halves all, which is slower than was found for duties and faster than for controls.
    "us.recent.threat": 0.3,
    "us.recent.measure": 0.35,
}
"""Soft states and how far the two may be apart: no more than the range of the assumption, but for
what a day too early knows less of."""


def test_the_replayed_october_is_the_one_written_by_hand() -> None:
    """Facts are alike, moods close, averages within three points."""
    # Fails if a fact is lost in the replay, or an assumption strays from the record.
    replayed, written = replayed_world(EVE), resolve("october-2025-apec")
    for name in SAME:
        assert replayed.state[name] == written.state[name], name
    for name, apart in CLOSE.items():
        assert abs(replayed.state[name] - written.state[name]) <= apart, name
    (params, one), (_, other) = opening(replayed, None), opening(written, None)
    for side in (US, CN):
        assert abs(average_pct(one, params, side) - average_pct(other, params, side)) <= 3.0
    assert set(replayed.state) == set(STATE_SLOTS)


def test_runs_start_the_day_after_and_know_no_more() -> None:
    """The forum of October is ahead, that of the summer before is not; later acts are not known."""
    # Fails if the first day is the day itself, or the calendar holds what was announced later.
    world = replayed_world(date(2025, 5, 20))
    assert world.start == date(2025, 5, 21).toordinal()
    assert world.until == date(2026, 5, 20).toordinal()
    assert [entry.label for entry in world.calendar] == ["APEC in Gyeongju", "G20 in Johannesburg"]
    assert world.state["truce.ends_on"] == date(2025, 8, 12).toordinal()
    assert world.state["threat.open"] == 0.0
    assert {term.key for term in world.people} >= {"bessent", "he-lifeng"}


def test_parameters_that_changed_are_those_of_the_day() -> None:
    """Duties on other countries count from the day they were in force."""
    # Fails if a number set during the replay is lost.
    name = "trade.us.rest_added_pp"
    values = [
        replayed_world(date.fromisoformat(day)).parameters[name].value
        for day in ("2025-03-01", "2025-06-01", "2025-09-01")
    ]
    assert values == [0.0, 10.0, 13.3]


def test_the_world_can_be_played() -> None:
    """Every run ends, from quiet years and from the middle of a war."""
    # Fails if a replayed state is one that runs cannot start from.
    for when in ("2018-09-30", "2022-06-01", "2025-04-10"):
        day = date.fromisoformat(when)
        block = run_block(replayed_world(day, until=day + timedelta(days=40)), 7, 0, 3)
        assert not block.failures


@pytest.mark.parametrize("when", ["2016-12-31", "2027-01-01"])
def test_a_day_off_the_record_is_refused(when: str) -> None:
    """With the days it covers."""
    # Fails if the record is taken beyond its ends.
    with pytest.raises(NotFoundError, match="2017-04-05 to 2025-10-23"):
        replayed_world(date.fromisoformat(when))


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2025, 10, 23), "october-2025-apec"), (date(2025, 3, 10), "march-2025-escalation")],
)
def test_a_day_has_the_scenario_that_starts_on_it(day: date, name: str) -> None:
    """Of the three of March the one without a summit that somebody wished for."""
    # Fails if a what-if is taken for the world.
    assert shipped_for(day) == name
    assert shipped_for(date.fromordinal(day.toordinal() + 1)) is None


def test_a_longer_record_reaches_beyond_the_shipped_one() -> None:
    """The day after its last act is not on it."""
    # Fails if the replay ends with the shipped record.
    late = replace(acts_on_record()[-1], day=date(2025, 12, 1).toordinal())
    acts = (*acts_on_record(), late)

    assert replayed_world(date(2025, 12, 1), acts=acts).start == late.day + 1
    with pytest.raises(NotFoundError, match="2017-04-05 to 2025-12-01"):
        replayed_world(date(2025, 12, 2), acts=acts)


def test_changes_of_a_replayed_world_hold_from_its_first_day() -> None:
    """A state is set after the replay; a parameter counts in it."""
    # Fails if the replay overwrites what was set.
    day, name = date(2024, 6, 3), "tension.rest"
    usual = replayed_world(day)
    world = replayed_world(day, sets=[("rapport", "0.9"), (name, "0.2")])

    assert world.state["rapport"] == 0.9
    assert world.state["tension"] < usual.state["tension"]
    assert world.parameters[name].value == 0.2


def duties_of_each_day(resolved: Resolved, acts: Sequence[RecordedAct], last: int) -> list[Any]:
    """Returns the duties in force and suspended on the morning of each day of a replay."""
    found: list[Any] = []

    def watch(world: World) -> None:
        state = world.state
        found.append(deepcopy((state.day, state.duty_pp, state.coverage, state.suspended_pp)))

    replay(resolved, acts, last, watch)
    return found


@pytest.mark.parametrize("when", ["2018-06-20", "2018-08-10", "2019-08-26", "2025-04-03"])
def test_duties_follow_from_what_had_been_ordered(when: str) -> None:
    """Without further acts, duties come into force and go as in the record broken off that day."""
    # Fails if orders, pauses or suspensions are not carried into the world of the day.
    day = date.fromisoformat(when)
    last, acts = day.toordinal() + 150, acts_on_record()
    known = [act for act in acts if act.day <= day.toordinal()]
    world = replayed_world(day)
    assert any(name.startswith("pending_due") for name in world.memory)

    replayed = duties_of_each_day(recorded_base(last_day_of(acts)), known, last)[-150:]
    played = duties_of_each_day(world, (), last)

    assert played == replayed
    assert played[0][1:] != played[-1][1:]


def test_orders_and_replies_owed_are_told_and_remembered() -> None:
    """On 3 April 2025 duties are on their way and Beijing owes an answer to them."""
    # Fails if the start says nothing of what is announced, or the reply owed is forgotten.
    world = replayed_world(date(2025, 4, 3), until=date(2025, 4, 10))
    told = dict(trace(world, 7, 0).start_state)

    assert "US 24 points from 9 Apr 2025" in told["announced"]
    assert opening(world, None)[1].reply_pp == 34.0


def test_later_acts_change_nothing() -> None:
    """A record that ends on the day leaves the world of the day alike, to the byte (for what was
    learned of parameters later, see tests/unit/requests/forecasts/test_forecasting.py)."""
    # Fails if an act of a later day enters the replay.
    for when in ("2018-06-20", "2023-03-31", "2025-04-03"):
        day = date.fromisoformat(when)
        acts = tuple(act for act in acts_on_record() if act.day <= day.toordinal())
        until = day + timedelta(days=60)
        altered = replayed_world(day, until=until, acts=acts)
        assert altered.to_json() == replayed_world(day, until=until).to_json()


ELECTIONS: Final = (("2020-11-06", "trump-first-term"), ("2024-11-05", "biden"))
"""The last days on which the outcome was open, and who might have stayed."""


def kept_in_office(terms: tuple[Tenure, ...], leader: str) -> tuple[Tenure, ...]:
    """Returns the terms if the party of a leader had won at the end of his term."""
    ends = next(term.until for term in terms if term.key == leader)
    return tuple(
        replace(term, until=date.max.toordinal()) if term.until == ends else term
        for term in terms
        if term.side == CN or term.start <= ends
    )


@pytest.mark.parametrize(("when", "leader"), ELECTIONS)
def test_who_won_later_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, when: str, leader: str
) -> None:
    """If the other party had won, the world of a day before and its runs are alike, to the byte."""
    # Fails if the outcome of an election is known before it was called.
    day = date.fromisoformat(when)
    until = day + timedelta(days=100)
    usual = replayed_world(day, until=until)
    swapped = tuple(
        replace(each, change=not each.change, decided=each.day + 9) for each in elections()
    )
    monkeypatch.setattr("sim.history.elections.elections", lambda: swapped)
    monkeypatch.setattr(freeze, "people", lambda: kept_in_office(people(), leader))
    other = replayed_world(day, until=until)

    assert [each.change for each in usual.elections] == [None]
    assert other.to_json() == usual.to_json()
    assert Resolved.from_json(usual.to_json()).elections == usual.elections
    blocks = [run_block(each, 7, 0, 4, events=True) for each in (usual, other)]
    assert differences(*blocks) == []
    later = replayed_world(day + timedelta(days=9), until=until)
    assert [each.change for each in later.elections] == [False]


def test_only_worlds_as_of_a_day_have_elections() -> None:
    """A scenario that describes its start knows from the table of people who takes office."""
    # Fails if a shipped scenario or the replay of the record draws an election.
    for name in (*names(), as_of.BASE):
        assert resolve(name).elections == ()


def test_a_value_counts_from_the_day_on_which_the_record_showed_it() -> None:
    """No fee on ships is likely before one was proposed."""
    # Fails if the world of the day before knows of the proposal, or that of the day does not.
    name = "us.rate.set_port_fees"
    rates = [
        replayed_world(date.fromisoformat(when)).parameters[name]
        for when in ("2025-02-20", "2025-02-21")
    ]

    assert [(rate.value, rate.prior is None) for rate in rates] == [(0.0, True), (1.0, False)]
