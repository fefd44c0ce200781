"""Runs without a cause: what confirms its share, and what does not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.experiment.explain.events.questions import EventQuestion
from sim.experiment.explain.removal import CONFIRMED, OPEN, REFUTED, Removal, change_of, judged
from sim.experiment.stats.intervals import Floats

RUNS = 200
BASE = np.tile([1.0, 2.0, 3.0, 4.0], RUNS // 4)
NOISE = np.random.default_rng(3).permutation(np.tile([-2.0, 2.0, 0.0, 0.0], RUNS // 4))


def removed(without: Floats, expected: float) -> Removal:
    """Returns the removal of one cause."""
    everyone = np.ones(RUNS, np.bool_)
    return judged([(change_of(EventQuestion.US_HIKES, without, BASE, everyone), expected)], RUNS)[0]


@pytest.mark.parametrize(
    ("without", "expected", "verdict"),
    [
        (BASE - 1.0, -0.4, CONFIRMED),
        (BASE + 1.0, 0.4, CONFIRMED),
        (BASE - 1.0, math.nan, CONFIRMED),
        (BASE + 1.0, -0.4, REFUTED),
        (BASE + 1.0, math.nan, REFUTED),
        (BASE, -0.4, REFUTED),
        (BASE + 0.05 * NOISE, -0.4, REFUTED),
        (BASE + 3.0 * NOISE, -0.4, OPEN),
    ],
)
def test_a_verdict_needs_the_direction_recorded(
    without: Floats, expected: float, verdict: str
) -> None:
    """A change the other way, or surely too small to matter, speaks against a cause; in doubt
    nobody can tell."""
    # Fails if the sign is not compared, or if no difference counts as "cannot tell".
    assert removed(without, expected).verdict == verdict


def test_a_change_is_told_beside_the_number_with_the_cause() -> None:
    """From 2.5 events a run to 2.0 is a fall of a fifth."""
    found = removed(BASE - 0.5 + 0.1 * NOISE, -0.5)

    assert found.difference.b == 2.5
    assert found.relative.value == pytest.approx(-0.2)
    assert found.relative.low < -0.2 < found.relative.high < 0.0
    assert found.to_json()["change_per_run"]["value"] == pytest.approx(-0.5)


def test_runs_that_failed_count_on_neither_side() -> None:
    """Their numbers say nothing."""
    counts = np.arange(RUNS) < RUNS // 2
    without = np.where(counts, BASE - 1.0, 99.0)
    change = change_of(EventQuestion.US_HIKES, without, BASE, counts)

    assert change.difference.value == -1.0
    assert change.pairs == RUNS // 2


def test_removals_are_corrected_for_their_number() -> None:
    """One of many that alone would be believed is not."""
    everyone = np.ones(RUNS, np.bool_)
    weak = np.where(np.arange(RUNS) % 25 == 0, BASE - 4.0, BASE)
    change = change_of(EventQuestion.US_HIKES, weak, BASE, everyone)
    alone, among = judged([(change, -1.0)], RUNS), judged([(change, -1.0)] * 40, RUNS)

    assert alone[0].difference.adjusted == pytest.approx(change.difference.p_value)
    assert among[0].difference.adjusted == pytest.approx(40 * change.difference.p_value)
