"""H6: quiet channels cut uncertainty, and the closer the contact, the more it tells."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.information.beliefs import apply_doubt_day, apply_reading
from sim.model.tables.codes import CN, READING_MEETING, READING_MESSAGE, READING_ROUND, US
from tests.mission.helpers import MARCH, paired
from tests.mission.plays import Sets, batch, start

CHANNELS = ("representatives", "strategic", "back", "track_two")
SHUT: Sets = tuple((f"channel.{name}", "false") for name in CHANNELS)


@pytest.mark.parametrize("side", ["us", "cn"])
def test_H6_belief_variance_falls_faster_with_channels_open(side: str) -> None:
    """After two months doubts about the other's floor are smaller where messages pass."""
    when = "2025-05-10"
    name = f"{side}_belief_spread@{when}"
    open_, shut = (batch(MARCH, 300, sets, until=when, at=(when,))[name] for sets in ((), SHUT))
    gap = paired(shut, open_)
    assert gap.positive
    assert gap.mean > 0.02


def test_H6_the_closer_the_contact_the_more_it_tells() -> None:
    """A meeting of the leaders narrows a belief more than a round, a round more than a message."""
    spreads = []
    for contact in (READING_MEETING, READING_ROUND, READING_MESSAGE):
        state, params = start(MARCH)
        before = state.belief_var[US]
        apply_reading(state, params, US, contact, 0.3, 0.6)
        spreads.append(state.belief_var[US] / before)
    assert spreads[0] < spreads[1] < spreads[2] < 1.0


def test_H6_readings_close_in_on_the_truth() -> None:
    """After many contacts a side is hardly off about the other's floor, whatever it thought."""
    state, params = start(MARCH)
    state.reserve[CN], state.belief_mean[US] = 0.9, -0.9
    luck = np.random.default_rng(7).uniform(size=(60, 2))
    for one, two in luck:
        apply_reading(state, params, US, READING_ROUND, float(one), float(two))
    assert abs(state.belief_mean[US] - 0.9) < 0.45
    assert state.belief_var[US] < 0.03


def test_H6_doubt_grows_back_in_silence() -> None:
    """Half a year without contact brings most of the doubt back."""
    state, params = start(MARCH)
    for _ in range(6):
        apply_reading(state, params, CN, READING_MEETING, 0.5, 0.5)
    known, asks = state.belief_var[CN], state.belief_asks[CN]
    for _ in range(180):
        apply_doubt_day(state, params)
    strangers = params.reserve_spread[US] * params.reserve_spread[US]
    assert state.belief_var[CN] > known + 0.5 * (strangers - known)
    assert state.belief_asks[CN] > asks + 0.3
