"""Duties that a call of the tariff calculator asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.errors import ScenarioError, UsageError
from sim.experiment.tariffs.duties import Pair
from sim.requests.impact import duties_of, start_of
from sim.scenario.duty_schedule import DutySchedule

ROWS: list[dict[str, Any]] = [
    {"date": date(2025, 4, 9), "side": "us", "on": "toys", "points_pp": np.float64(12.5)},
    {
        "date": "2025-06-01",
        "side": "us",
        "on": "reciprocal",
        "points_pp": 20,
        "coverage": 0.5,
        "announced": date(2025, 4, 2),
        "note": None,
    },
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A schedule of one row."""
    path = tmp_path / "duties.csv"
    path.write_text("date,side,on,points_pp\n2025-03-04,us,fentanyl,20\n", "utf-8")
    return path


def test_rows_of_python_are_a_schedule() -> None:
    """With dates, numbers of numpy and cells that are None."""
    # Fails if a value is not written as in a file, or a cell that is None is read.
    (found,) = duties_of(None, None, {"path": ROWS})

    assert isinstance(found, DutySchedule)
    assert (found.name, found.file) == ("path", "")
    toys, reciprocal = found.steps
    assert (toys.on, toys.points_pp, toys.line) == ("us.toys", 12.5, 1)
    assert (reciprocal.points_pp, reciprocal.coverage, reciprocal.note) == (20.0, 0.5, "")
    assert date.fromordinal(reciprocal.announced) == date(2025, 4, 2)


def test_a_wrong_row_is_named_by_the_argument() -> None:
    """And by its number."""
    with pytest.raises(ScenarioError, match=r"^path:2: on: 'tyos' .* did you mean toys"):
        sim.impact(path=[ROWS[0], {**ROWS[0], "on": "tyos"}])
    with pytest.raises(ScenarioError, match=r"^versus:1: points_pp: 'true' is not a number"):
        sim.impact(30, versus=[{**ROWS[0], "points_pp": True}])


def test_what_to_compare_with_is_a_pair_or_a_schedule(file: Path) -> None:
    """Told apart by its kind; a text is a file if there is one, or if it ends in .csv."""
    # Fails if a file is read as a pair, or a pair looked for on the disk.
    plain = file.rename(file.with_suffix(""))
    for versus, name in (
        ("145/125", "145/125"),
        ((145, 125), "145/125"),
        (str(plain), "duties"),
        (plain, "duties"),
        (ROWS, "versus"),
    ):
        _, other = duties_of(30.0, None, {"versus": versus})
        assert str(other) == name


def test_points_and_a_schedule_contradict_each_other(file: Path) -> None:
    """Even points of 0; neither is too little."""
    for points in ({"us": 0.0}, {"cn": 0.0}, {"us": 30.0, "cn": 10.0}):
        with pytest.raises(UsageError, match="leave out --us and --cn"):
            sim.impact(**points, path=file)
    with pytest.raises(UsageError, match="say which duties"):
        sim.impact()


def test_months_are_played_from_the_first_day_known(file: Path) -> None:
    """Of all schedules; a pair alone begins on 20 January 2025, and a day that is given counts."""
    # Fails if the first day is that of the first schedule only, or overrides the one given.
    pair, early = Pair(30.0, 10.0), duties_of(None, None, {"path": file})[0]
    late = duties_of(None, None, {"path": ROWS})[0]

    assert start_of([pair], {}) == date(2025, 1, 20)
    assert start_of([pair, late], {}) == date(2025, 4, 2)
    assert start_of([late, early], {}) == date(2025, 3, 4)
    assert start_of([late, early], {"start": "2025-09-01"}) == date(2025, 9, 1)


def test_python_has_the_options_of_the_shell(file: Path) -> None:
    """A path, rows to compare with, and all sectors, by the names they have there."""
    # Fails if an option is not passed on.
    answer = sim.impact(path=file, versus=ROWS, sectors=True, months=2, n=1)

    assert [str(duties) for duties in answer.impact.duties] == ["duties.csv", "versus"]
    assert repr(answer).startswith("<ImpactAnswer: duties.csv (1 row) and versus (2 rows) in ")
    assert len([row for row in answer.rows() if row["name"].startswith("tariff_pct[")]) == 43
    assert "duties.csv minus" in str(answer)
