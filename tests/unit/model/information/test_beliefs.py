"""Beliefs about the other side: answers, contacts, silence, delegations, weights."""

from __future__ import annotations

import math

import pytest

from sim.model.information.beliefs import (
    apply_answer,
    apply_climb_down_seen,
    apply_delegation,
    apply_doubt_day,
    apply_reading,
    belief_error,
    belief_spread,
    can_send,
    is_argument_fresh,
    message_hazard,
    open_channels,
    prospect,
    usual_weight_of,
    weight_of,
)
from sim.model.tables.codes import (
    CN,
    ISSUE_RELIEF,
    ISSUE_TECH,
    N_ISSUES,
    READING_CALL,
    READING_DELEGATION,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed

MEAN_OF_HALF = math.sqrt(2.0 / math.pi)
"""Mean of the upper half of a standard normal belief."""


@pytest.mark.parametrize(("accepted", "sign"), [(True, -1.0), (False, 1.0)])
def test_an_answer_without_noise_cuts_the_belief_in_two(
    state: State, params: Params, accepted: bool, sign: float
) -> None:
    """At the believed floor, the answer leaves one half of a normal belief of spread 2."""
    # Fails if the answer is turned round, or the moments are not those of the half.
    params.noise = [9.0, 0.0]
    state.belief_mean, state.belief_var = [3.0, 7.0], [4.0, 4.0]

    fields = changed(state, lambda: apply_answer(state, params, US, 3.0, accepted))

    assert fields == {"belief_mean", "belief_var"}
    assert state.belief_mean == [pytest.approx(3.0 + sign * 2.0 * MEAN_OF_HALF), 7.0]
    assert state.belief_var == [pytest.approx(4.0 * (1.0 - 2.0 / math.pi)), 4.0]


def test_a_noisy_answer_tells_less(state: State, params: Params) -> None:
    """With noise the mean moves less and the belief stays wider, but never wider than before."""
    # Fails if the noise is one's own, or is left out.
    moved, left = [], []
    for noise in (0.0, 1.0, 3.0):
        params.noise = [7.0, noise]
        state.belief_mean[US], state.belief_var[US] = 0.0, 1.0
        apply_answer(state, params, US, 0.0, False)
        moved.append(state.belief_mean[US])
        left.append(state.belief_var[US])
    assert moved[0] > moved[1] > moved[2] > 0.0
    assert left[0] < left[1] < left[2] < 1.0


def test_an_answer_everybody_expected_tells_nothing(state: State, params: Params) -> None:
    """A generous offer that is accepted hardly moves the belief, one turned down moves it far."""
    # Fails if surprise does not count.
    state.belief_mean[US], state.belief_var[US] = 0.0, 1.0
    apply_answer(state, params, US, 4.0, True)
    assert state.belief_mean[US] == pytest.approx(0.0, abs=0.001)
    apply_answer(state, params, US, 2.0, False)
    assert state.belief_mean[US] > 2.0


def test_a_contact_is_weighed_by_its_precision(state: State, params: Params) -> None:
    """A reading as precise as the belief halves the way to it and the variance, and doubts about
    asks; u of 0.25 gives a reading without error."""
    # Fails if one's own floor is read, precision is taken for variance, or asks stay in the dark.
    params.belief_precision[READING_CALL] = 0.25
    state.reserve = [5.0, 3.0]
    state.belief_mean, state.belief_var, state.belief_asks = [1.0, 9.0], [4.0, 4.0], [0.5, 0.5]

    apply_reading(state, params, US, READING_CALL, 0.5, 0.25)

    assert state.belief_mean == [pytest.approx(2.0), 9.0]
    assert state.belief_var == [pytest.approx(2.0), 4.0]
    assert state.belief_asks == [pytest.approx(0.4), 0.5]


def test_a_contact_without_precision_tells_nothing(state: State, params: Params) -> None:
    """Nothing is learnt from it."""
    # Fails if the division is not guarded.
    assert changed(state, lambda: apply_reading(state, params, US, READING_CALL, 0.5, 0.5)) == set()


def test_a_climb_down_speaks_for_a_low_floor(state: State, params: Params) -> None:
    """China's belief about the US falls, and Washington's stays."""
    # Fails if the side is another, or the belief rises.
    state.belief_mean, state.belief_var = [1.0, 1.0], [1.0, 1.0]

    apply_climb_down_seen(state, params)

    assert state.belief_mean == [1.0, pytest.approx(1.0 - MEAN_OF_HALF)]


def test_doubt_returns_at_its_pace(state: State, params: Params) -> None:
    """A quarter of the way to the other's spread, and to knowing nothing; a wider belief stays."""
    # Fails if the spread is one's own, is not squared, or a wide belief is narrowed.
    params.doubt_per_day, params.reserve_spread = 0.25, [3.0, 2.0]
    state.belief_var, state.belief_asks = [2.0, 10.0], [0.2, 1.0]

    apply_doubt_day(state, params)

    assert state.belief_var == [2.5, 10.0]
    assert state.belief_asks == [pytest.approx(0.4), 1.0]


@pytest.mark.parametrize(
    ("mean", "expected"), [(-0.25, 0.5), (0.25, -0.5), (-9.0, 1.0), (0.0, 0.0)]
)
def test_a_low_floor_gives_hope(state: State, params: Params, mean: float, expected: float) -> None:
    """In units of the scale, at most 1 either way."""
    # Fails if the sign is turned, or the bound is taken away.
    params.prospect_scale, state.belief_mean[CN] = 0.5, mean

    assert prospect(state, params, CN) == expected


def test_spread_and_error_describe_a_belief(state: State) -> None:
    """The root of the variance, and the distance from the other's floor."""
    # Fails if one's own floor is taken.
    state.belief_mean, state.belief_var, state.reserve = [1.0, 1.0], [4.0, 9.0], [5.0, -2.0]

    assert (belief_spread(state, US), belief_spread(state, CN)) == (2.0, 3.0)
    assert (belief_error(state, US), belief_error(state, CN)) == (3.0, 4.0)


def test_messages_pass_through_open_channels(state: State, params: Params) -> None:
    """In proportion to the channels that are open."""
    # Fails if shut channels count.
    params.messages_per_day = 0.4
    state.channel_open = [True, False, False, True]

    assert open_channels(state) == 0.5
    assert message_hazard(state, params) == 0.2


def test_a_delegation_reads_and_rests(state: State, params: Params) -> None:
    """It is recorded, China reads the US, and the next waits for its spacing."""
    # Fails if the US reads, or the day is not kept.
    params.belief_precision[READING_DELEGATION], params.delegation_spacing_days = 1.0, 21
    params.argument_days = 30

    fields = changed(state, lambda: apply_delegation(state, params, CN, 0.5, 0.5))

    assert fields == {
        "delegation_day", "delegations", "belief_mean", "belief_var", "belief_asks",
    }  # fmt: skip
    assert (state.delegation_day, state.delegations) == (TODAY, 1)
    assert state.belief_var[US] > state.belief_var[CN]
    assert not can_send(state, params, CN)
    assert is_argument_fresh(state, params)
    state.day += 31
    assert can_send(state, params, CN)
    assert not is_argument_fresh(state, params)


def test_only_washingtons_weights_shift(state: State, params: Params) -> None:
    """Its emphasis doubles a weight; China's stay, and the usual weight is the mean of the open
    issues."""
    # Fails if China's weights shift, or issues off the table count.
    params.issue_weight = [[1.0] * N_ISSUES, [3.0] * N_ISSUES]
    params.issue_weight[US][ISSUE_RELIEF] = 5.0
    state.emphasis[ISSUE_TECH] = 2.0
    state.issue_on = [False] * N_ISSUES
    state.issue_on[ISSUE_TECH] = state.issue_on[ISSUE_RELIEF] = True

    assert weight_of(state, params, US, ISSUE_TECH) == 2.0
    assert weight_of(state, params, CN, ISSUE_TECH) == 3.0
    assert usual_weight_of(state, params, US) == 3.5
    assert usual_weight_of(state, params, CN) == 3.0
