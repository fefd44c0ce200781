"""K4: add-ons and averages, truce days, hikes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.mission.helpers import between
from tests.mission.plays import batch, played, record_of_2025, resolved

JANUARY = "january-2025-first-100-days"
SERIES = ("us_addon_pp", "cn_addon_pp", "us_avg_pct", "cn_avg_pct")


@pytest.mark.parametrize("name", [JANUARY, "october-2025-apec", "truce-lapses"])
def test_K4_series_are_bounded(name: str) -> None:
    """Week by week every add-on and average is finite, never negative and below 1,000; nineteen
    runs in twenty stay below 500 points."""
    values = batch(name, 200)
    for series in SERIES:
        path = values[f"path:{series}"]
        assert np.isfinite(path).all()
        assert path.min() >= 0.0
        assert path.max() < 1000.0
        assert np.quantile(path.max(axis=1), 0.95) < 500.0


def test_K4_the_record_passes_through_its_stations(tmp_path: Path) -> None:
    """The record of 2025 passes through 10, 20, 145/125 and 30/10 points."""
    stations = {
        "2025-02-03": (10.0, 0.0),
        "2025-03-05": (20.0, 0.0),
        "2025-04-12": (145.0, 125.0),
        "2025-05-13": (30.0, 10.0),
    }
    values = played(record_of_2025(tmp_path, "2025-05-14", tuple(stations)), 2).values
    for when, (us, cn) in stations.items():
        assert values[f"us_addon_pp@{when}"] == pytest.approx([us] * 2)
        assert values[f"cn_addon_pp@{when}"] == pytest.approx([cn] * 2)
    assert (values["us_hikes"] == 5.0).all()
    assert (values["cn_hikes"] == 3.0).all()


def test_K4_truce_days_and_hikes_count_what_happened() -> None:
    """Truce days lie between none and all, are all where the truce never lapsed, and hikes are
    whole numbers that come with higher duties."""
    name = "october-2025-apec"
    values, scenario = batch(name, 200, until="2025-12-10"), resolved(name, (), "2025-12-10")
    length = scenario.until - scenario.start + 1
    days = values["truce_days"]
    assert days.min() >= 0.0
    assert days.max() <= length
    assert (days == np.round(days)).all()
    kept = values["truce_expiry"] == 1
    assert (days[kept & values["truce_in_force"]] == length).mean() > 0.9
    assert (days[values["truce_expiry"] == 3] < length).all()
    hikes = values["us_hikes"]
    assert (hikes == np.round(hikes)).all()
    assert between(values["us_addon_pp"][hikes > 0], values["us_addon_pp"][hikes == 0]).positive


def test_K4_the_average_of_the_articles_is_14_5_above_the_add_on() -> None:
    """In every run the articles' average is the add-on plus 14.5."""
    values = batch(JANUARY, 200)
    assert values["us_avg_seed_pct"] == pytest.approx(values["us_addon_pp"] + 14.5)
