"""Shares of causes on decisions made by hand, where they can be counted."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.explain.events.questions import EventQuestion
from sim.experiment.explain.recorder import Trial
from sim.experiment.explain.shares import decision_shares, exchangeable_shares, ratio, share_of
from sim.experiment.stats.intervals import wilson

RUNS = 80
NONE: frozenset[str] = frozenset()


def happened(replicate: int, *lost: str) -> Trial:
    """Returns an event that these causes decided."""
    return Trial(EventQuestion.US_HIKES, replicate, True, frozenset(lost), NONE, bare=False)


def prevented(replicate: int, *gained: str) -> Trial:
    """Returns an event that these causes prevented."""
    return Trial(EventQuestion.US_HIKES, replicate, False, NONE, frozenset(gained), bare=False)


def test_a_share_is_counted_over_all_events() -> None:
    """Of two events a run, one of which no decision led to, a cause decided a quarter of all."""
    # Fails if a share is taken of the decisions alone, or if what is prevented counts as decided.
    trials = [happened(run, *(["a"] if run % 2 else [])) for run in range(RUNS)]
    trials += [prevented(run, "b") for run in range(0, RUNS, 4)]
    a, b = decision_shares("abc", trials, np.full(RUNS, 2.0))

    assert (a.key, a.count, a.decided.value) == ("a", RUNS // 2, 0.25)
    assert a.prevented is not None
    assert b.prevented is not None
    assert (a.prevented.value, b.prevented.value) == (0.0, 0.125)
    assert (b.key, b.count, b.decided.value) == ("b", 0, 0.0)
    assert (a.net.value, b.net.value) == (0.5, -0.25)
    assert a.is_telling
    assert b.is_telling


def test_a_cause_that_prevents_as_much_as_it_decides_is_luck() -> None:
    """McNemar's hypothesis: it turns many decisions, as many one way as the other."""
    # Fails if the test is one of the share decided, which is far from 0.
    trials = [happened(run, "a") for run in range(0, RUNS, 2)]
    trials += [prevented(run, "a") for run in range(1, RUNS, 2)]
    (a,) = decision_shares("a", trials, np.array([1.0, 0.0] * (RUNS // 2)))

    assert a.decided.low > 0.9
    assert a.net.value == 0.0
    assert not a.is_telling


def test_many_causes_are_tested_together() -> None:
    """A cause that stands out alone does not among twenty that turn as few decisions."""
    # Fails if p-values are not corrected for the number of causes.
    keys = [f"c{number}" for number in range(20)]
    rare = [happened(run, *keys) for run in range(6)] + [happened(run) for run in range(6, RUNS)]
    alone = decision_shares(keys[:1], rare, np.ones(RUNS))
    among = decision_shares(keys, rare, np.ones(RUNS))

    assert alone[0].net.p_value == among[0].net.p_value
    assert alone[0].is_telling
    assert not any(cause.is_telling for cause in among)


def test_events_of_a_run_count_as_one_unit() -> None:
    """Ten events a run that are all alike tell no more than one, and the interval says so."""
    # Fails if events are taken for independent.
    counts = np.full(40, 10.0)
    hits = np.where(np.arange(40) < 20, 10.0, 0.0)
    found = share_of(hits, counts)
    low, high = wilson(200, 400)

    assert found.value == 0.5
    assert found.high - found.low > 2.5 * (high - low)


def test_runs_without_events_leave_a_share_as_it_is() -> None:
    """They have nothing to say on it."""
    counts = np.array([2.0, 0.0, 2.0, 0.0] * 10)
    hits = np.array([1.0, 0.0, 0.0, 0.0] * 10)

    assert share_of(hits, counts).value == 0.25
    assert share_of(np.zeros(3), np.zeros(3)).low == 0.0


@pytest.mark.parametrize(("parts", "value"), [([3.0, 0.0] * 40, 1.5), ([0.0] * 80, 0.0)])
def test_a_ratio_may_exceed_one(parts: list[float], value: float) -> None:
    """More may be prevented than happens; the interval holds the ratio and never falls below 0."""
    found = ratio(np.array(parts), np.ones(80))

    assert found.value == value
    assert 0.0 <= found.low <= value <= found.high


def test_a_kind_is_held_against_its_part_in_all_events() -> None:
    """Half the acts are of each kind: one strains every pause, the other none beyond its part."""
    # Fails if chance is taken to be one over the number of kinds, or the share of the effect.
    happens = [["x"] if run % 2 else ["x", "y"] for run in range(RUNS)]
    pool = [["x", "y", "y", "y"]] * RUNS
    x, y = exchangeable_shares(happens, pool)

    assert (x.key, y.key) == ("x", "y")
    assert x.decided.value == pytest.approx(2 / 3)
    assert x.expected is not None
    assert (x.expected.value, x.prevented) == (0.25, None)
    assert x.is_telling
    assert x.net.value == pytest.approx(2 / 3 - 0.25)


def test_a_kind_with_its_due_part_is_luck() -> None:
    """Its share is large, and yet what chance gives."""
    generator = np.random.default_rng(1)
    kinds = [[*map(str, generator.integers(0, 2, 3))] for _ in range(RUNS)]
    found = exchangeable_shares(kinds, [["0", "1"] * 3] * RUNS)

    assert min(cause.decided.value for cause in found) > 0.3
    assert not any(cause.is_telling for cause in found)
