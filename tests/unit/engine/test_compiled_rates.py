"""Compiled rates: the bits of the readable ones, over days and parameters."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.engine.act_rates import N_RATES, set_act_rates, signing_probability
from sim.engine.compiled_rates import PARAMS, STATE, rates_of, signings_of, words_of
from sim.engine.replay import replay
from sim.engine.world import PARAM_SLOTS, World
from sim.experiment.inputs.as_of import recorded_base
from sim.history.act_table import acts_on_record
from sim.model.tables.codes import LEADERS, MINISTERS
from sim.model.tables.fields import copy_record, set_slot, to_struct
from sim.model.tables.params import Params
from sim.model.tables.state import State

LAST = date(2025, 10, 23).toordinal()
DAYS = ("2018-03-22", "2019-05-05", "2019-12-13", "2020-06-01", "2025-04-09", "2025-05-12")
CHANGES = (
    {},
    {"us.rate.hike": 3.0, "us.weight.leverage": -1.0, "cn.reply.probability": 0.3},
    {"us.threat.hazard_per_day": 0.2, "cn.bargain.aspiration": 0.9, "round.hazard_per_day": 0.3},
)


@pytest.fixture(scope="module")
def record() -> tuple[list[State], Params]:
    """States on the mornings of several days, and the parameters of the record."""
    wanted = {date.fromisoformat(each).toordinal() for each in (*DAYS, "2025-10-23")}
    states: list[State] = []

    def watch(world: World) -> None:
        if world.state.day in wanted:
            states.append(copy_record(world.state))

    world = replay(recorded_base(LAST), acts_on_record(), LAST, watch)
    return states, world.params


def changed(params: Params, change: dict[str, float]) -> Params:
    """Parameters with some values replaced."""
    found = copy_record(params)
    for name, value in change.items():
        set_slot(found, PARAM_SLOTS[name], value)
    return found


@pytest.mark.parametrize("change", CHANGES)
def test_rates_are_the_same_to_the_bit(
    record: tuple[list[State], Params], change: dict[str, float]
) -> None:
    """On seven days of the record, under parameters near and far."""
    # Fails if compiled code adds in another order, or a day's state leaks into the next.
    states, centre = record
    params = changed(centre, change)
    rows = np.concatenate([to_struct(state) for state in states])
    assert (rows.dtype, to_struct(params).dtype) == (STATE, PARAMS)
    found = rates_of(rows, to_struct(params))
    readable = []
    for state in states:
        rates = [0.0] * N_RATES
        set_act_rates(copy_record(state), params, rates)
        readable.append(rates)
    assert found.tobytes() == np.array(readable).tobytes()
    assert (found.sum(axis=1) > 0.0).all()
    assert found.tobytes() == rates_of(rows, to_struct(params)).tobytes()


@pytest.mark.parametrize("change", CHANGES)
def test_signings_are_the_same_to_the_bit(
    record: tuple[list[State], Params], change: dict[str, float]
) -> None:
    """Meetings of both ranks, at three pairs of floors; the mornings are left as they were."""
    # Fails if a floor or a rank is not passed on, or one node starts from the state of another.
    states, centre = record
    params = changed(centre, change)
    ranks = np.array([MINISTERS, LEADERS, MINISTERS, LEADERS, MINISTERS, MINISTERS, LEADERS])
    floors = np.array([[-0.5, -0.3], [0.0, 0.2], [0.4, -0.1]])
    rows = np.concatenate([to_struct(state) for state in states])
    before = rows.tobytes()
    found = signings_of(rows, ranks, floors, to_struct(params))
    readable = np.empty_like(found)
    for place, state in enumerate(states):
        for node, floor in enumerate(floors):
            own = copy_record(state)
            own.reserve = floor.tolist()
            readable[place, node] = signing_probability(own, params, int(ranks[place]))
    assert found.tobytes() == readable.tobytes()
    assert rows.tobytes() == before
    assert len(np.unique(found)) > 7


def test_words_hold_all_of_a_state(record: tuple[list[State], Params]) -> None:
    """Going back from words gives the states."""
    # Fails if a word is lost at the end of a row.
    states, _ = record
    rows = np.concatenate([to_struct(state) for state in states])
    words = words_of(rows)
    assert words.shape == (7, STATE.itemsize // 8)
    assert words.copy().view(STATE).tobytes() == rows.tobytes()
