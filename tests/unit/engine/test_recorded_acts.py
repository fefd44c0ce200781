"""Recorded acts: each leg is carried out by the rules of the act it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from sim.engine.recorded_acts import CARRY, carry_out_recorded
from sim.engine.replay import replay_world
from sim.engine.world import World
from sim.history.acts import ActType, RecordedAct
from sim.history.legs import NONE
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    CN,
    FULL_REPLY,
    PARTIAL_REPLY,
    RARE_EARTHS,
    RECIPROCAL,
    S301,
    SUMMIT_HELD,
    TECH,
    US,
)
from sim.model.tables.fields import copy_record, to_struct
from sim.scenario.load import resolve

TODAY: Final = date(2025, 3, 3).toordinal()


@pytest.fixture
def world() -> World:
    """Returns a world of early 2025 in which nothing is left to chance."""
    world = replay_world(resolve("base/year-2025"))
    world.enter(TODAY)
    return world


def act(kind: ActType, leg: str, **fields: object) -> RecordedAct:
    """Returns an act of today."""
    made = RecordedAct(TODAY, kind, "made for a test", None, True, "test", "high", leg)
    return replace(made, **fields)  # type: ignore[arg-type] - fields by name


def test_every_kind_of_act_is_carried_out() -> None:
    """The table has a row for each act of a type."""
    # Fails if a type is added to the record and nothing carries it out.
    assert set(CARRY) == {kind.act for kind in ActType}


def test_an_act_without_a_leg_does_nothing(world: World) -> None:
    """What is not in the model leaves the state as it is."""
    # Fails if it is taken for another act.
    before = copy_record(world.state)
    carry_out_recorded(world, act(ActType.CN_THREAT, NONE))
    assert to_struct(world.state).tobytes() == to_struct(before).tobytes()


def test_a_list_raises_its_layer_so_that_the_average_rises_by_its_points(world: World) -> None:
    """The rate is that of the goods covered; moods feel the points on all goods."""
    # Fails if the points on all goods are taken for the rate of the layer.
    state = world.state
    rate, cover = state.duty_pp[US][S301], state.coverage[US][S301]
    carry_out_recorded(world, act(ActType.US_HIKE, "s301", points_pp=2.0))
    assert (state.duty_pp[US][S301] - rate) * cover == pytest.approx(2.0)
    assert state.reply_pp == 2.0
    assert state.hikes[US] == 1


def test_a_duty_on_all_countries_is_no_step_against_china(world: World) -> None:
    """It is in force, and nobody owes an answer."""
    # Fails if it is felt as a hike.
    state = world.state
    tension = state.tension
    carry_out_recorded(world, act(ActType.US_HIKE, "s232", points_pp=1.0, bilateral=False))
    assert state.duty_pp[US][1] > 0.0
    assert state.reply_pp == state.hikes[US] == 0
    assert state.tension == tension


def test_a_hike_on_its_day_settles_what_it_executes(world: World) -> None:
    """The threat is kept, and the duty waits for its day, whatever else was ordered."""
    # Fails if the threat stays open, or the duty is in force at once.
    state = world.state
    carry_out_recorded(world, act(ActType.US_THREAT, "threaten", points_pp=10.0, until=TODAY + 1))
    assert state.threat_open
    assert (state.threat_pp, state.threat_deadline) == (10.0, TODAY + 1)
    carry_out_recorded(
        world,
        act(ActType.US_HIKE, "reciprocal", points_pp=10.0, effective=TODAY + 1, executes=True),
    )
    assert not state.threat_open
    assert state.threats_executed == 1
    assert state.duty_pp[US][RECIPROCAL] == 0.0
    assert state.announced_pp[US][RECIPROCAL] == 10.0


def test_a_hike_without_a_threat_breaks_a_pause(world: World) -> None:
    """The agreement ends with it."""
    # Fails if a pause survives a hike.
    carry_out_recorded(world, act(ActType.TRUCE, "truce", until=TODAY + 90))
    assert world.state.agreement == AGREEMENT_PAUSE
    assert world.state.truce_ends_on == TODAY + 90
    carry_out_recorded(world, act(ActType.US_HIKE, "reciprocal", points_pp=10.0))
    assert world.state.agreement == AGREEMENT_NONE


def test_chinese_hikes_answer_what_is_owed(world: World) -> None:
    """On lists of goods with China's rate on a share of trade, else with points on all goods."""
    # Fails if an answer is still owed, or a partial reply is put on all goods.
    state = world.state
    for leg, layer, points in (
        ("partial_reply", PARTIAL_REPLY, 0.75),
        ("full_reply", FULL_REPLY, 34.0),
    ):
        carry_out_recorded(world, act(ActType.US_HIKE, "reciprocal", points_pp=10.0))
        average = state.duty_pp[CN][layer] * state.coverage[CN][layer]
        carry_out_recorded(world, act(ActType.CN_HIKE, leg, points_pp=points))
        assert state.reply_pp == 0.0
        risen = state.duty_pp[CN][layer] * state.coverage[CN][layer] - average
        assert risen == pytest.approx(points)


def test_threats_are_put_off_and_dropped(world: World) -> None:
    """To the day on record; without an open threat nothing happens."""
    # Fails if the day of the record is not taken, or a threat is made by its delay.
    state = world.state
    carry_out_recorded(world, act(ActType.US_CUT, "postpone_threat", until=TODAY + 9))
    assert state.threats_softened == 0
    carry_out_recorded(world, act(ActType.US_THREAT, "threaten", points_pp=25.0))
    assert state.threat_deadline > TODAY
    carry_out_recorded(world, act(ActType.US_CUT, "postpone_threat", until=TODAY + 99))
    assert state.threat_deadline == TODAY + 99
    carry_out_recorded(world, act(ActType.US_CUT, "drop_threat"))
    assert not state.threat_open
    assert state.threats_softened == 2


def test_controls_are_raised_and_eased(world: World) -> None:
    """By a level, of the instrument and side on record."""
    # Fails if instruments or sides are exchanged.
    state = world.state
    tech, minerals = state.control[US][TECH], state.control[CN][RARE_EARTHS]
    carry_out_recorded(world, act(ActType.CN_CONTROL, "rare_earths"))
    carry_out_recorded(world, act(ActType.US_EASE, "tech"))
    assert state.control[CN][RARE_EARTHS] == minerals + 1
    assert state.control[US][TECH] == tech - 1


@pytest.mark.parametrize(
    ("kind", "leg"),
    [(ActType.ROUND, "round"), (ActType.CONTACT, "call"), (ActType.CONTACT, "meeting")],
)
def test_contacts_narrow_what_is_believed_and_move_no_mean(
    world: World, kind: ActType, leg: str
) -> None:
    """What was read is not on record."""
    # Fails if a contact leaves doubts as they are, or shifts a belief.
    state = world.state
    mean, doubt, asks = list(state.belief_mean), list(state.belief_var), list(state.belief_asks)
    carry_out_recorded(world, act(kind, leg))
    assert state.belief_mean == mean
    assert all(now < then for now, then in zip(state.belief_var, doubt, strict=True))
    assert all(now < then for now, then in zip(state.belief_asks, asks, strict=True))
    assert (state.summit == SUMMIT_HELD) == (leg == "meeting")
    assert (state.calls, state.rounds) == (leg == "call", leg == "round")


def test_texts_are_signed(world: World) -> None:
    """An extension moves the end, an accord binds without one, a swap leaves the pause alone."""
    # Fails if one kind of text is taken for another.
    state = world.state
    carry_out_recorded(world, act(ActType.TRUCE, "truce", until=TODAY + 90))
    carry_out_recorded(world, act(ActType.TRUCE, "swap"))
    assert state.truce_ends_on == TODAY + 90
    carry_out_recorded(world, act(ActType.TRUCE, "extension", until=TODAY + 180))
    assert state.truce_ends_on == TODAY + 180
    carry_out_recorded(world, act(ActType.TRUCE, "purchases"))
    assert state.agreement == AGREEMENT_SIGNED
    assert state.truce_ends_on == 0
