"""Skill: its value, its intervals, and how often they cover the truth."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.backtest.scores.skill import skill, skill_by_group

BLOCK = 3


def test_skill_is_the_share_of_the_score_that_is_saved() -> None:
    """Sums, not means of ratios: of 4 + 1 only 1 + 1 is left."""
    found = skill(np.array([1.0, 1.0]), np.array([4.0, 1.0]), np.array([1, 2]), 1)

    assert found.value == pytest.approx(0.6)


def test_no_score_to_save_gives_no_skill() -> None:
    """A reference that is always right cannot be beaten, and infinity over itself says nothing."""
    days = np.array([1, 2])
    ends = np.array([math.inf, 1.0])

    assert math.isnan(skill(np.ones(2), np.zeros(2), days, 1).value)
    assert skill(ends, np.ones(2), days, 1).value == -math.inf
    assert skill(ends, np.ones(2), days, 1).low == -math.inf
    assert math.isnan(skill(ends, ends, days, 1).value)


def test_a_skill_that_does_not_vary_has_a_sharp_interval() -> None:
    """Half the score saved at every origin is half saved in every resample."""
    found = skill(np.full(12, 0.1), np.full(12, 0.2), np.arange(12), BLOCK)

    assert (found.low, found.high, found.error) == pytest.approx((0.5, 0.5, 0.0))


def test_forecasts_of_one_origin_are_drawn_together() -> None:
    """Copies of every forecast add no knowledge: the interval does not shrink by a digit."""
    rng = np.random.default_rng(3)
    scores, reference, days = rng.random(24), rng.random(24) + 0.2, np.arange(24)

    one = skill(scores, reference, days, BLOCK)
    four = skill(*(np.repeat(each, 4) for each in (scores, reference, days)), block=BLOCK)

    assert four.low == pytest.approx(one.low, abs=1e-12)
    assert four.high == pytest.approx(one.high, abs=1e-12)


def test_the_order_of_forecasts_does_not_matter() -> None:
    """Origins are put in order of their days."""
    rng = np.random.default_rng(4)
    scores, reference, days = rng.random(30), rng.random(30), np.repeat(np.arange(10), 3)
    mixed = rng.permutation(30)

    one = skill(scores, reference, days, BLOCK)
    other = skill(scores[mixed], reference[mixed], days[mixed], BLOCK)

    assert other.low == pytest.approx(one.low, abs=1e-12)


def test_a_group_has_the_skill_of_its_own_forecasts() -> None:
    """In order of occurrence; pooled skill lies between."""
    scores, reference = np.array([1.0, 3.0, 1.0, 3.0]), np.full(4, 4.0)
    days, groups = np.array([1, 2, 3, 4]), ["war", "truce", "war", "truce"]

    found = skill_by_group(scores, reference, days, 1, groups)

    assert list(found) == ["war", "truce"]
    assert [each.value for each in found.values()] == [0.75, 0.25]
    assert skill(scores, reference, days, 1).value == 0.5


def test_a_group_that_some_resamples_miss_keeps_an_interval() -> None:
    """One of ten origins is missing from a third of the resamples; they are left out."""
    scores, reference = np.ones(10), np.full(10, 2.0)
    groups = ["rare"] + 9 * ["common"]

    found = skill_by_group(scores, reference, np.arange(10), 1, groups)["rare"]

    assert (found.low, found.high) == (0.5, 0.5)


def coverage(block: int, level: float = 0.95, trials: int = 300) -> float:
    """Returns how often the interval covers the true skill, for scores that are sums of three
    months' luck, as those of overlapping forecasts are: true skill 1 - 1/2, 45 origins."""
    rng = np.random.default_rng(21)
    hits = 0
    for _ in range(trials):
        luck = rng.exponential(size=(47, 2))
        sums = luck[:-2] + luck[1:-1] + luck[2:]
        found = skill(sums[:, 0], 2.0 * sums[:, 1], np.arange(45), block, level, resamples=400)
        hits += found.low <= 0.5 <= found.high
    return hits / trials


def test_intervals_from_blocks_cover_the_truth() -> None:
    """With fifteen independent blocks seven times in eight, with 0.02 of Monte Carlo error."""
    assert coverage(2 * BLOCK) == pytest.approx(7 / 8, abs=0.04)


def test_intervals_from_single_origins_do_not() -> None:
    """They take overlapping forecasts for independent ones, and are far too short."""
    assert coverage(1) < 0.83
