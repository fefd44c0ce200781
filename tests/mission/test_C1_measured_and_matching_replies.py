"""C1: China answers small hikes by measure and large ones by their match."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.model.duties.hikes import apply_us_hike, mirror_probability, reply_hazard, reply_ratio
from sim.model.tables.codes import CN, PNTR, RECIPROCAL, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.resolved_scenario import Resolved
from tests.mission.helpers import JANUARY, MARCH, banned
from tests.mission.plays import forced, played, resolved, start, tapes, variant

STEPS = (("02-01", 10.0), ("03-04", 10.0), ("04-02", 34.0), ("04-08", 50.0), ("04-12", 41.0))
AT = ("2025-03-25", "2025-04-07", "2025-04-11")


def spring(folder: Path, answers: str) -> Resolved:
    """Returns the US hikes of spring 2025 as forced acts; what China answers is left to the model,
    which otherwise stays quiet."""
    interventions = {
        f"hike-{when}": forced(f"2025-{when}", {"side": "us", "act": "hike", "size_pp": size})
        for when, size in STEPS
    }
    interventions["no-penalty"] = banned("us", "penalise", since="2025-01-19")
    path = variant(folder, JANUARY, interventions=interventions)
    sets = (
        ("us.review_per_day", "0"),
        ("cn.review_per_day", "0"),
        ("us.counter.hazard_per_day", "0"),
        ("cn.reply.probability", answers),
        ("cn.reply.hazard_per_day", "0.9"),
        ("threat.open", "false"),
        ("summit.stage", "none"),
    )
    return resolved(path, sets, "2025-04-30", AT)


def test_C1_a_reply_to_ten_points_is_a_fraction_and_to_a_large_step_its_match() -> None:
    """The expected ratio of China's reply to a US step is well below one at 10 points and near
    one at 34 points and above."""
    state, params = start(MARCH)
    ratios = {points: reply_ratio(state, params, points) for points in (10.0, 34.0, 50.0, 100.0)}
    assert ratios[10.0] < 0.3
    assert min(ratios[34.0], ratios[50.0], ratios[100.0]) > 0.8
    assert max(ratios.values()) <= 1.05
    params.reply_probability = 1.0
    assert reply_ratio(state, params, 50.0) == pytest.approx(1.0, abs=0.02)


def test_C1_small_steps_do_not_go_unmatched_for_ever() -> None:
    """The first two steps of ten points hardly ever draw a match; after a hundred points that China
    has not matched the next one does."""
    state, params = start(JANUARY)
    odds = []
    for step in range(10):
        state.duty_pp[US][RECIPROCAL] = 10.0 * step
        odds.append(mirror_probability(state, params, 10.0))
    assert odds == sorted(odds)
    assert max(odds[:2]) < 0.1
    assert odds[-1] > 0.9


def test_C1_mirroring_sets_in_between_ten_and_thirty_four_points() -> None:
    """The odds of a full mirror rise with the step: next to none at 10 points, next to certain
    at 34."""
    state, params = start(MARCH)
    odds = [mirror_probability(state, params, float(points)) for points in range(5, 60, 5)]
    assert odds == sorted(odds)
    assert mirror_probability(state, params, 10.0) < 0.05
    assert mirror_probability(state, params, 34.0) > 0.95


def test_C1_the_reply_is_fast() -> None:
    """China owes its answer from the day after a hike, and it is likelier than not within two
    days."""
    state, params = start(MARCH)
    apply_us_hike(state, params)
    assert reply_hazard(state, params) == 0.0
    state.day += 1
    hazard = reply_hazard(state, params)
    assert 1.0 - (1.0 - hazard) ** 2 > 0.5


def test_C1_replayed_hikes_end_at_125_against_145(tmp_path: Path) -> None:
    """With the steps of 10, 10, 34, 50 and 41 points forced on Washington, a China that answers
    every one ends at 125 points against 145, the first two answered by measure alone."""
    # Without the threshold China would stand at 145 or at nothing.
    block = played(spring(tmp_path, "1"), 200)
    ours, theirs = block.values["us_addon_pp"], block.values["cn_addon_pp"]
    assert (ours == 145.0).all()
    assert (theirs == 125.0).mean() > 0.85
    assert np.median(theirs) == 125.0
    assert (block.values[f"cn_addon_pp@{AT[0]}"] == 0.0).mean() > 0.9
    assert (block.values[f"cn_avg_pct@{AT[0]}"] > 21.2).all()


def test_C1_left_to_itself_china_mostly_matches_the_record(tmp_path: Path) -> None:
    """At the usual odds of an answer, 125 points is the commonest end of the same replay."""
    block = played(spring(tmp_path, "0.864"), 200)
    assert (block.values["us_addon_pp"] == 145.0).all()
    levels, counts = np.unique(block.values["cn_addon_pp"], return_counts=True)
    assert levels[np.argmax(counts)] == 125.0
    assert counts.max() > 100


def test_C1_own_runs_show_measured_replies_to_small_steps(tmp_path: Path) -> None:
    """Over runs from March 2025 China answers a lone step of ten points by measure at least nine
    times in ten, and mirrors most steps of 34 points and more."""
    small, large = [], []
    for tape in tapes(resolved(MARCH), range(120), lambda s, p: s.reply_pp):
        owed = 0.0
        for note in tape.notes:
            if note.kind in {"reply_mirror", "reply_partial"}:
                (small if owed <= 10.0 else large).append(note.kind == "reply_mirror")
            owed = note.seen
    assert len(small) > 50
    assert len(large) > 50
    assert np.mean(small) < 0.1
    assert np.mean(large) > 0.75


def test_C1_a_reply_does_not_bite_before_what_it_answers() -> None:
    """Whenever China announces a duty, no US duty ordered before it is due later, the end of
    normal trade relations apart."""

    def due(s: State, p: Params) -> list[tuple[int, int, int]]:
        return list(zip(s.pending_due, s.pending_side, s.pending_layer, strict=True))

    seen = 0
    for tape in tapes(resolved(JANUARY, (), "2025-07-01"), range(150), due):
        for note in tape.of("reply_mirror"):
            waiting = [slot for slot in note.seen if slot[0] > 0 and slot[2] != PNTR]
            us = [day for day, side, _ in waiting if side == US]
            cn = [day for day, side, _ in waiting if side == CN]
            assert cn
            assert max(us, default=0) <= max(cn)
            seen += bool(us)
    assert seen > 10
