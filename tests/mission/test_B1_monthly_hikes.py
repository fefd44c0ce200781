"""B1: across-the-board hikes of ten points, about monthly when there are no talks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.model.duties.layers import addon_pp, apply_pending
from sim.model.governments.agents import act_utility, apply_signals
from sim.model.governments.menu import apply_act, is_legal
from sim.model.tables.codes import AGREEMENT_NONE, AGREEMENT_PAUSE, HIKE, US
from tests.mission.helpers import MARCH, banned
from tests.mission.plays import played, record_of_2025, resolved, start, tapes, variant

ROUNDS = ("hike", "penalise", "execute_threat")
"""Hikes on Washington's own initiative; a counter-hike belongs to the bout it answers in."""


def test_B1_a_hike_adds_ten_points_on_all_goods_within_days() -> None:
    """A hike of Washington's choice adds ten points to the headline add-on a few days later, and
    the next one has to wait."""
    state, params = start(MARCH)
    before = addon_pp(state, US)
    apply_act(state, params, US, HIKE, 0.5, 0.5)
    assert addon_pp(state, US) == before
    state.day += 3
    apply_pending(state, params)
    assert addon_pp(state, US) == before + 10.0
    assert not is_legal(state, params, US, HIKE)


def test_B1_replay_of_february_and_march(tmp_path: Path) -> None:
    """Replayed, the add-on is 10 points on 1 February and 20 in early March 2025, and the average
    on the articles' scale 34.5 per cent."""
    at = ("2025-01-31", "2025-02-01", "2025-03-03", "2025-03-04", "2025-03-20")
    block = played(record_of_2025(tmp_path, until="2025-03-21", at=at), 2)
    points = [block.values[f"us_addon_pp@{when}"].tolist() for when in at]
    assert points == [[0.0, 0.0], [10.0, 10.0], [10.0, 10.0], [20.0, 20.0], [20.0, 20.0]]
    assert block.values["us_avg_seed_pct@2025-03-20"] == pytest.approx(34.5)


def waits(tmp_path: Path) -> np.ndarray:
    """Returns the days between successive US rounds of hikes where nobody may talk."""
    silent = {
        side: banned(side, "seek_talks", "call_leader", "float_summit", since="2025-03-10")
        for side in ("us", "cn")
    }
    path = variant(tmp_path, MARCH, interventions=silent)
    gaps: list[int] = []
    for tape in tapes(resolved(path), range(300)):
        gaps += np.diff([note.day for note in tape.of(*ROUNDS) if note.size > 0.0]).tolist()
    return np.array(gaps)


def test_B1_hikes_come_about_monthly_without_talks(tmp_path: Path) -> None:
    """With talks off, the median wait between two rounds of US hikes is about a month: between
    three and a half and five weeks and a half, give or take two standard errors."""
    gaps = waits(tmp_path)
    assert gaps.size > 200
    sample = np.random.default_rng(1).choice(gaps, (400, gaps.size))
    error = 2.0 * np.median(sample, axis=1).std()
    assert error < 5.0
    assert np.median(gaps) - error <= 38.0
    assert np.median(gaps) + error >= 25.0


def test_B1_an_agreement_holds_hikes_back() -> None:
    """The wish to hike is much weaker while a pause is in force than without an agreement."""
    wish = []
    for level in (AGREEMENT_NONE, AGREEMENT_PAUSE):
        state, params = start(MARCH)
        state.agreement = level
        apply_signals(state, params, US)
        wish.append(act_utility(state, params, US, HIKE))
    assert wish[1] < wish[0] - 1.0
