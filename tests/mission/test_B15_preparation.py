"""B15: Washington's demands drift from round to round until they are fixed."""

from __future__ import annotations

import numpy as np

from sim.model.information.opening_bid import apply_preparation
from tests.mission.helpers import MARCH
from tests.mission.plays import batch, start


def test_B15_demands_shift_from_round_to_round_until_they_are_fixed() -> None:
    """What Washington weighs changes at the first rounds, by less and less, and then no more."""
    steps: dict[int, list[float]] = {}
    for luck in range(400):
        state, params = start(MARCH)
        draws = np.random.default_rng(luck).uniform(size=(8, 2))
        for number, (one, two) in enumerate(draws, start=1):
            before = np.log(state.emphasis)
            state.rounds = number
            apply_preparation(state, params, float(one), float(two))
            moved = np.abs(np.log(state.emphasis) - before).sum()
            steps.setdefault(number, []).append(float(moved))
    spread = [np.std(steps[number]) for number in (1, 2, 3, 4)]
    assert spread[0] > spread[1] > spread[2] > spread[3] > 0.0
    assert not np.any(steps[5])
    assert not np.any(steps[8])


def test_B15_shifting_demands_move_the_bargain() -> None:
    """Where Washington does not know what it wants, other bundles are signed on the same luck."""
    known = batch(MARCH, 600, (("us.aims_fixed", "true"),))["clauses_signed"]
    open_ = batch(MARCH, 600)["clauses_signed"]
    assert np.mean(known != open_) > 0.05
