"""K3: each batch tells of the summit: date, venue, result, days to the talks afterwards."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.tables.vocabulary import SummitResult, Venue
from tests.mission.plays import batch, day, resolved

CASES = ("october-2025-apec", "summit-in-beijing", "summit-in-washington", "march-2025-escalation")


@pytest.mark.parametrize("name", CASES)
def test_K3_date_venue_and_result_agree(name: str) -> None:
    """A run has a date, a venue and a result of its summit exactly if the leaders met."""
    values, scenario = batch(name, 200), resolved(name)
    met = values["leaders_met"]
    assert 0.0 < met.mean() < 1.0
    assert (np.isfinite(values["summit_day"]) == met).all()
    assert ((values["summit_venue"] != Venue.NONE) == met).all()
    assert ((values["summit_result"] != SummitResult.NOT_HELD) == met).all()
    days = values["summit_day"][met]
    assert days.min() >= scenario.start
    assert days.max() <= scenario.until


def test_K3_the_october_summit_has_its_date_and_place() -> None:
    """From October 2025 nearly every summit is on 30 October in a third country."""
    values = batch("october-2025-apec", 200)
    met = values["leaders_met"]
    on_time = values["summit_day"][met] == day("2025-10-30")
    assert on_time.mean() > 0.85
    assert (values["summit_venue"][met][on_time] == Venue.THIRD_COUNTRY).all()


@pytest.mark.parametrize("name", ["summit-in-beijing", "summit-in-washington"])
def test_K3_days_to_talks_are_counted_from_the_summit(name: str) -> None:
    """Where talks open after a summit the wait is reported, never negative; without a summit, or
    with none to follow, there is no number."""
    values = batch(name, 200)
    met, wait = values["leaders_met"], values["summit_to_talks_days"]
    assert np.isnan(wait[~met]).all()
    known = np.isfinite(wait)
    assert known.sum() >= 5
    assert wait[known].min() >= 0.0
    assert (values["summit_day"] + wait)[known].max() <= resolved(name).until
