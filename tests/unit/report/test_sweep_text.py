"""What `sweep` prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim import api
from sim.report.sweep_text import Grid


@pytest.fixture(scope="session")
def grid(folder: Path) -> Grid:
    """Two lengths of a truce, six runs each."""
    return api.sweep(
        "june-2025-resumed-talks",
        {"truce.length_days": [60, 90]},
        n=6,
        until="2025-08-15",
        results=folder,
    )


def test_a_row_a_point_in_both_tables(grid: Grid) -> None:
    """Shares and means stand beside the value that gave them, under a legend."""
    lines = str(grid).splitlines()

    assert "a = truce.length_days" in lines
    assert [line.split()[0] for line in lines if line.startswith(("60 ", "90 "))] == [
        *("60", "90", "60", "90")
    ]
    assert all(len(line) <= 80 for line in lines)


def test_the_means_are_those_of_the_points(grid: Grid) -> None:
    """The table of means holds what the tidy rows hold."""
    row = next(
        r for r in grid.rows() if r["outcome"] == "us_hikes" and r["truce.length_days"] == 60
    )
    line = [line for line in str(grid).splitlines() if line.startswith("60 ")][1]

    assert float(line.split()[3]) == pytest.approx(row["estimate"], abs=0.01)


def test_json_is_one_object(grid: Grid) -> None:
    """Axes, points and tidy rows, readable by a strict reader."""
    told = json.loads(json.dumps(grid.to_json(), allow_nan=False))

    assert told["schema"] == 1
    assert told["axes"] == {"truce.length_days": [60, 90]}
    assert len(told["points"]) == 2
    assert len(told["rows"]) == len(grid.rows())
