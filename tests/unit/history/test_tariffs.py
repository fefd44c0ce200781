"""The record of duties: complete, in order, and refused where it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.errors import NotFoundError, ScenarioError
from sim.history.places import data_root
from sim.history.tariffs import LAST_DAY, UNITS, duty_steps, read_record
from sim.model.outcomes.politics import outcome_index

HEAD = "series,date,value,unit,known_from,source\n"
GOOD = "us_addon_pp,2025-02-04,10,pp,2025-02-01,order\n"


def level(series: str, day: date) -> float:
    """Returns how a duty stood on a day."""
    return [step.value for step in duty_steps(series) if step.day <= day.toordinal()][-1]


def test_every_series_is_in_order_sourced_and_ends_with_the_record() -> None:
    """Days rise, each step says where it was read, nothing is younger than 23 October 2025."""
    assert date(2025, 10, 23).toordinal() == LAST_DAY
    for series in UNITS:
        steps = duty_steps(series)
        assert [step.day for step in steps] == sorted({step.day for step in steps})
        assert all(step.source for step in steps)
        assert steps[-1].day <= LAST_DAY


def test_series_are_told_in_the_units_of_the_outcomes_they_stand_behind() -> None:
    """The fan of an outcome and its record share an axis."""
    outcomes = outcome_index()

    assert {series: outcomes[series].unit for series in UNITS} == UNITS


@pytest.mark.parametrize(
    ("day", "us", "cn"),
    [
        (date(2025, 1, 20), 0.0, 0.0),
        (date(2025, 3, 31), 20.0, 0.0),
        (date(2025, 4, 9), 104.0, 0.0),
        (date(2025, 4, 11), 145.0, 84.0),
        (date(2025, 5, 13), 145.0, 125.0),
        (date(2025, 10, 23), 30.0, 10.0),
    ],
)
def test_the_spring_of_2025_is_as_published(day: date, us: float, cn: float) -> None:
    """Points added by the orders and replies of that spring, and what Geneva left."""
    assert level("us_addon_pp", day) == us
    assert level("cn_addon_pp", day) == cn


def test_an_unknown_series_gets_the_nearest() -> None:
    """No silence about a slip."""
    with pytest.raises(NotFoundError, match="did you mean us_addon_pp"):
        duty_steps("us_addon")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("us_adon_pp,2025-02-04,10,pp,2025-02-01,order\n", "record.csv:2:1: us_adon_pp: .*mean us"),
        (GOOD + "us_addon_pp,2025-02-04,20,pp,2025-02-01,order\n", "record.csv:3.*after 2025-02"),
        ("us_addon_pp,2025-02-30,10,pp,2025-02-01,order\n", "record.csv:2"),
        ("us_addon_pp,2025-02-04,ten,pp,2025-02-01,order\n", "ten"),
        ("us_addon_pp,2025-02-04,nan,pp,2025-02-01,order\n", "between 0 and 1000"),
        ("us_addon_pp,2025-02-04,10,pct,2025-02-01,order\n", "this series is pp"),
        ("us_addon_pp,2025-11-04,10,pp,2025-02-01,order\n", "ends on 2025-10-23"),
        ("us_addon_pp,2025-02-04,10,pp,2025-11-01,order\n", "known_from 2025-11-01"),
        ("us_addon_pp,2025-02-04,10,pp,2025-02-01,\n", "no source"),
        ("us_addon_pp,2025-02-04,10\n", "record.csv:2"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(rows: str, told: str, tmp_path: Path) -> None:
    """What is wrong, where, and what is allowed."""
    file = tmp_path / "record.csv"
    file.write_text(HEAD + rows, "utf-8")

    with pytest.raises(ScenarioError, match=told):
        read_record(file)


def test_a_missing_column_or_file_is_refused(tmp_path: Path) -> None:
    """No half of a record."""
    file = tmp_path / "record.csv"
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_record(file)
    file.write_text("series,date,value\n", "utf-8")
    with pytest.raises(ScenarioError, match="no column unit, known_from, source"):
        read_record(file)


def test_the_record_ships_with_the_scenarios() -> None:
    """It lies where the wheel takes its data from."""
    assert (data_root() / "history" / "tariffs.csv").is_file()
