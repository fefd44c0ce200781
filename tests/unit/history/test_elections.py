"""US elections: their days, and since when their outcome was known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.history.elections import elections, elections_ahead, read_elections

HEADER = "date,inauguration,decided,change,source\n"


def day(text: str) -> int:
    """Returns an ordinal day."""
    return date.fromisoformat(text).toordinal()


def test_days_are_those_of_the_law() -> None:
    """The Tuesday after the first Monday of November, and the twentieth of January."""
    # Fails if a date is mistyped.
    assert len(elections()) == 4
    for each in elections():
        vote, inauguration = map(date.fromordinal, (each.day, each.inauguration))
        assert (vote.month, vote.weekday(), vote.year % 4) == (11, 1, 0)
        assert 2 <= vote.day <= 8
        assert inauguration == date(vote.year + 1, 1, 20)


@pytest.mark.parametrize(
    ("when", "change"),
    [("2020-11-02", None), ("2020-11-06", None), ("2020-11-07", True), ("2021-01-19", True)],
)
def test_an_outcome_is_open_until_it_was_called(when: str, change: bool | None) -> None:
    """On the days of counting as before the vote."""
    # Fails if an outcome is known early, or forgotten.
    (ahead,) = elections_ahead(day(when), day("2021-06-30"))
    assert ahead.day == day("2020-11-03")
    assert ahead.change is change
    assert (ahead.decided is None) == (change is None)


def test_only_elections_of_the_run_are_ahead() -> None:
    """Neither one after its end, nor one whose winner is in office."""
    # Fails if a run has elections of other years.
    assert elections_ahead(day("2020-06-01"), day("2020-11-02")) == ()
    assert elections_ahead(day("2021-01-20"), day("2024-11-04")) == ()
    assert len(elections_ahead(day("2020-06-01"), day("2024-11-05"))) == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2020-11-31,2021-01-20,,,law\n", "found date '2020-11-31', which is no day"),
        ("2020-11-03,2020-01-20,,,law\n", "not after the election"),
        ("2020-11-03,2021-01-20,,,\n", "has no source"),
        ("2020-11-03,2021-01-20,2020-11-07,,law\n", "allowed: yes, no"),
        ("2020-11-03,2021-01-20,,yes,law\n", "found decided ''"),
        ("2020-11-03,2021-01-20,2020-11-01,yes,law\n", "not between election and inauguration"),
        ("2028-11-07,2029-01-20,2028-11-08,no,law\n", "after the end of the record"),
        ("2020-11-03,2021-01-20,,,law\n2016-11-08,2017-01-20,,,law\n", "sort them by date"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, row: str, told: str) -> None:
    """With what was found and what is allowed."""
    # Fails if a row is read without a check.
    path = tmp_path / "elections.csv"
    path.write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(ScenarioError, match=told) as caught:
        read_elections(path)
    assert caught.value.problems[0].line == 1 + row.count("\n")
