"""B9: the review of the 2020 accord makes April a month of hikes, unless the gap is made good."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.model.commitments.purchases import penalty_probability
from sim.model.tables.codes import ACCORD_PHASE_ONE, N_CATEGORIES
from tests.mission.helpers import FEBRUARY, MARCH, Gap, paired
from tests.mission.plays import Sets, batch, start

ENDS = (
    "2025-03-16",
    "2025-03-31",
    "2025-04-15",
    "2025-04-30",
    "2025-05-15",
    "2025-05-30",
    "2025-06-14",
)
"""Ends of fortnights; the second span is 1 to 15 April."""
APRIL = 1
RUNS = 1600
REPAIRED: Sets = tuple(
    (f"ledger.phase_one.delivered.{category}_usd_bn", amount)
    for category, amount in (
        ("soybeans", "20.0"),
        ("farm", "12.0"),
        ("energy", "52.4"),
        ("aircraft", "77.7"),
        ("other", "37.9"),
    )
)


def hiked(name: str, sets: Sets) -> list[np.ndarray]:
    """Tells for each fortnight in which runs Washington hiked."""
    values = batch(name, RUNS, sets, until="2025-06-15", at=ENDS)
    return [
        values[f"us_hikes@{last}"] > values[f"us_hikes@{first}"] for first, last in pairwise(ENDS)
    ]


def jump(spans: list[np.ndarray]) -> Gap:
    """Returns how far early April stands above the mean of the fortnights beside it."""
    # Hikes become rarer from March to June, as pauses are signed: later fortnights are no measure.
    return paired(spans[APRIL], np.mean([spans[APRIL - 1], spans[APRIL + 1]], axis=0))


@pytest.mark.parametrize("name", [MARCH, FEBRUARY])
def test_B9_early_april_is_the_likeliest_time_for_a_hike(name: str) -> None:
    """In the first half of April a hike is likelier than in every other fortnight of spring."""
    # Without the review of 1 April the fortnights would be alike.
    spans = hiked(name, ())
    for place, span in enumerate(spans):
        if place != APRIL:
            assert paired(spans[APRIL], span).positive
    assert jump(spans).mean > 0.15


@pytest.mark.parametrize("name", [MARCH, FEBRUARY])
def test_B9_repaired_compliance_takes_the_jump_away(name: str) -> None:
    """With the purchases of 2020 made good, the jump of early April disappears: less than a fifth
    of it is left, and that no more than chance makes."""
    plain, mended = jump(hiked(name, ())), jump(hiked(name, REPAIRED))
    assert mended.mean < 0.2 * plain.mean
    assert not mended.positive


def test_B9_the_penalty_follows_the_gap() -> None:
    """The odds of a penalty fall with every step of delivery against the accord of 2020 and are
    small once it is kept."""
    odds = []
    for share in (0.0, 0.5, 0.9, 1.0):
        state, params = start(MARCH)
        for category in range(N_CATEGORIES):
            pledge = state.pledged_usd_bn[ACCORD_PHASE_ONE][category]
            state.delivered_usd_bn[ACCORD_PHASE_ONE][category] = share * pledge
        odds.append(penalty_probability(state, params))
    assert odds == sorted(odds, reverse=True)
    assert odds[0] > 0.4
    assert odds[-1] < 0.1
