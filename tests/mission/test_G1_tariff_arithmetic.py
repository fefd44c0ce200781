"""G1: the tariff scales: 14.5 plus the add-on is the average the articles print."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.duties.hikes import apply_us_hike
from sim.model.duties.layers import addon_pp, avg_seed_pct
from sim.model.tables.codes import US
from tests.mission.plays import played, record_of_2025, start


def test_G1_two_ten_point_steps_make_34_5() -> None:
    """From 14.5 in January 2025, two steps of ten points make 34.5, about 35."""
    state, params = start("january-2025-first-100-days")
    assert avg_seed_pct(state, params) == 14.5
    averages = []
    for _ in range(2):
        apply_us_hike(state, params)
        averages.append(avg_seed_pct(state, params))
    if params.hike_lead_days == 0:
        assert averages == [24.5, 34.5]
    else:
        pending = sum(
            points for points, due in zip(state.pending_pp, state.pending_due, strict=True) if due
        )
        assert averages == [14.5, 14.5]
        assert avg_seed_pct(state, params) + pending == 34.5


def test_G1_the_record_prints_the_averages_of_the_articles(tmp_path: Path) -> None:
    """The record of 2025 prints 14.5, 24.5, 34.5, 159.5 and, under the truce, 44.5 on an add-on
    of 30."""
    expected = {
        "2025-01-31": (0.0, 14.5),
        "2025-02-02": (10.0, 24.5),
        "2025-03-05": (20.0, 34.5),
        "2025-04-12": (145.0, 159.5),
        "2025-05-13": (30.0, 44.5),
    }
    scenario = record_of_2025(tmp_path, "2025-05-14", tuple(expected))
    values = played(scenario, 2).values
    for when, (add_on, average) in expected.items():
        assert values[f"us_addon_pp@{when}"] == pytest.approx([add_on] * 2)
        assert values[f"us_avg_seed_pct@{when}"] == pytest.approx([average] * 2)


def test_G1_march_starts_at_about_35() -> None:
    """March 2025 opens on 20 points and an average of 34.5."""
    state, params = start("march-2025-escalation")
    assert addon_pp(state, US) == 20.0
    assert avg_seed_pct(state, params) == 34.5
