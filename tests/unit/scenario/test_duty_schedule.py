"""Schedules of duties as files and as rows, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.errors import NotFoundError, ScenarioError
from sim.history.places import data_root
from sim.history.user_table import MOST_BYTES, MOST_ROWS
from sim.scenario.duty_schedule import (
    OF_2025,
    TEMPLATE,
    duties_of_2025,
    read_schedule,
    steps_of_rows,
    steps_of_text,
)

HEAD = "date,side,on,points_pp\n"
FULL = "date,side,on,points_pp,coverage,announced\n"


def test_a_row_is_read() -> None:
    """Every column, and the line it stands in."""
    # Fails if a column is read into another field, or the line is miscounted.
    text = (
        "on,side,date,points_pp,announced,coverage,source,note\n"
        '\nreciprocal, US ,2025-04-09,84,2025-04-02,0.85,record,"a, b"\n'
    )
    (step,) = steps_of_text(text, "x")

    assert (step.side, step.on, step.points_pp, step.coverage) == ("us", "reciprocal", 84.0, 0.85)
    assert date.fromordinal(step.day) == date(2025, 4, 9)
    assert date.fromordinal(step.announced) == date(2025, 4, 2)
    assert (step.line, step.source, step.note) == (3, "record", "a, b")


def test_a_duty_nobody_announced_is_known_on_its_day() -> None:
    """And keeps the coverage of its layer."""
    (step,) = steps_of_text(HEAD + "2025-04-09,us,fentanyl,10\n", "x")

    assert step.announced == step.day
    assert step.coverage is None


def test_steps_come_by_day() -> None:
    """In whatever order they stand in the file."""
    # Fails if they are not sorted: a later row would then be replaced by an earlier one.
    text = HEAD + "2025-09-01,us,toys,3\n2025-04-01,us,toys,1\n2025-06-01,us,toys,2\n"

    assert [step.points_pp for step in steps_of_text(text, "x")] == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_files_of_spreadsheets_are_read(end: str) -> None:
    """With a mark of the encoding, any end of a line, and rows that are empty."""
    # Fails if the mark counts as a letter of the first column, or an empty row as a wrong one.
    text = f"\ufeffdate,side,on,points_pp{end}2025-04-01,us,toys,1{end},,,{end}{end}"

    assert len(steps_of_text(text, "x")) == 1


def test_shipped_schedules_are_right() -> None:
    """The duties of 2025 and the template."""
    assert duties_of_2025() == read_schedule(data_root() / OF_2025).steps
    assert len(duties_of_2025()) > 20
    targets = {step.on for step in steps_of_text(TEMPLATE, "x")}
    assert {"fentanyl", "everyone_else", "us.toys", "hs85", "threatened", "cn.soybeans"} <= targets


def test_fewer_points_than_other_goods_pay_are_for_goods() -> None:
    """A sector or a chapter may be exempted from what its layers say."""
    text = HEAD + "2025-04-01,us,toys,-20\n2025-04-01,us,hs85,-1000\n"

    assert [step.points_pp for step in steps_of_text(text, "x")] == [-20.0, -1000.0]


def test_a_schedule_is_called_after_its_file(tmp_path: Path) -> None:
    """It begins when its first row is known, or when points are first counted."""
    # Fails if the first day is that of the first row in the file, or of the first in force.
    file = tmp_path / "duties.csv"
    file.write_text(FULL + "2025-09-01,us,toys,3,,2025-05-02\n2025-06-01,us,all,2,,\n", "utf-8")
    early = tmp_path / "early.csv"
    early.write_text(FULL + "2025-02-01,us,toys,3,,2024-11-25\n", "utf-8")

    assert str(read_schedule(file)) == "duties.csv"
    assert read_schedule(file).file == str(file)
    assert read_schedule(file).first_day == date(2025, 5, 2)
    assert read_schedule(early).first_day == date(2025, 1, 20)


WRONG = [
    ("", "duties.csv: is empty; .* columns date, side, on, points_pp"),
    ("\n\n", "is empty"),
    (HEAD, "has no rows"),
    (HEAD + ",,,\n", "has no rows"),
    ("date;side;on;points_pp\n", "put commas, not semicolons"),
    ("date\tside\ton\tpoints_pp\n", "put commas, not semicolons or tabs"),
    ("date,side,on\n", "has no column points_pp"),
    ("date,side,on,points\n", "has a column 'points'; did you mean points_pp"),
    ("date,side,on,points_pp,anounced\n", "did you mean announced"),
    ("date,side,on,points_pp,\n", "has a column ''"),
    ("date,date,side,on,points_pp\n", "has two columns date"),
    (HEAD + "2025-04-01,us,toys\n", "duties.csv:2: does not have the fields of the header"),
    (HEAD + "2025-04-01,us,toys,1,2\n", "put a text that holds a comma in double quotes"),
    (HEAD + '"2025-04-01,us\n', "duties.csv:2: is not CSV"),
    (HEAD + f"2025-04-01,us,toys,{'9' * 200_000}\n", "duties.csv:2: is not CSV"),
    (HEAD + "2025-02-30,us,toys,1\n", "duties.csv:2: date: '2025-02-30' is not a date"),
    (HEAD + "04/02/2025,us,toys,1\n", "write it as YYYY-MM-DD"),
    (HEAD + "2025-01-19,us,toys,1\n", "is before 2025-01-20, from which points are counted"),
    (HEAD + "2200-01-01,us,toys,1\n", "is after 2199-12-31"),
    (HEAD + "2025-04-01,uk,toys,1\n", "side: 'uk' is not one of us, cn"),
    (HEAD + "2025-04-01,us,tyos,1\n", "on: .* did you mean toys"),
    (HEAD + "2025-04-01,us,toys,ten\n", "points_pp: 'ten' is not a number"),
    (HEAD + "2025-04-01,us,toys,nan\n", "'nan' is not a number"),
    (HEAD + "2025-04-01,us,toys,-inf\n", "'-inf' is not a number"),
    (HEAD + "2025-04-01,us,toys,\n", "'' is not a number"),
    (HEAD + "2025-04-01,us,toys,1e9\n", "not within -1000 to 1000"),
    (HEAD + "2025-04-01,us,fentanyl,1001\n", "not within 0 to 1000 points$"),
    (HEAD + "2025-04-01,us,fentanyl,-1\n", "points below 0 are for a sector or a chapter"),
    (HEAD + "2025-04-01,us,everyone_else,-1\n", "not within 0 to 1000"),
    (FULL + "2025-04-01,us,fentanyl,1,1.5,\n", "coverage: 1.5 is not a share"),
    (FULL + "2025-04-01,us,fentanyl,1,-0.1,\n", "coverage: -0.1 is not a share"),
    (FULL + "2025-04-01,us,fentanyl,1,most,\n", "coverage: 'most' is not a number"),
    (FULL + "2025-04-01,us,toys,1,0.5,\n", "only layers have one; leave it empty for us.toys"),
    (FULL + "2025-04-01,us,everyone_else,1,0.5,\n", "only layers have one"),
    (FULL + "2025-04-01,us,toys,1,,2025-04-02\n", "2025-04-02 is after 2025-04-01"),
    (FULL + "2025-04-01,us,toys,1,,soon\n", "announced: 'soon' is not a date"),
    (
        HEAD + "2025-04-01,us,toys,1\n2025-04-01,us,us.toys,2\n",
        r"duties.csv:3: on: us.toys has points from 2025-04-01 already \(duties.csv:2\)",
    ),
    (HEAD + "2025-04-01,us,all,1\n2025-04-01,us,threatened,2\n", "threatened has points from"),
    (HEAD + "2025-04-01,us,hs85,1\n2025-04-01,us,85,2\n", "hs85 has points from"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_line(text: str, said: str) -> None:
    """File, line and column, what was found, and what to write instead."""
    # Fails if a fault is let through, or not told from another.
    with pytest.raises(ScenarioError, match=said):
        steps_of_text(text, "duties.csv")


def test_all_faults_are_told_at_once() -> None:
    """One for each row that is wrong."""
    with pytest.raises(ScenarioError) as refused:
        steps_of_text(HEAD + "x,us,toys,1\n2025-04-01,us,toys,1\n2025-04-01,us,toys,x\n", "x")

    assert [problem.file for problem in refused.value.problems] == ["x:2", "x:4"]


def test_the_size_of_a_schedule_is_limited(tmp_path: Path) -> None:
    """In rows and in letters, before the rows are looked at."""
    # Fails if a huge file is read to its end, or its rows one by one.
    rows = "".join(f"2025-04-01,us,toys,{n}\n" for n in range(MOST_ROWS + 1))
    with pytest.raises(ScenarioError, match=r"has 10,001 rows; a schedule has at most 10,000"):
        steps_of_text(HEAD + rows, "x")
    with pytest.raises(ScenarioError, match="has 10,001 rows"):
        steps_of_rows([{}] * (MOST_ROWS + 1), "x")
    file = tmp_path / "huge.csv"
    noted = (
        "date,side,on,points_pp,note\n" + ("2025-04-01,us,toys,1," + "\u6c49" * 100 + "\n") * 7000
    )
    for text in (HEAD + "2025-04-01,us,toys,1\n" * 1_000_000, noted):
        file.write_text(text, "utf-8")
        assert file.stat().st_size > MOST_BYTES
        with pytest.raises(ScenarioError, match="larger than 2 MB"):
            read_schedule(file)


def test_what_is_no_text_file_is_refused(tmp_path: Path) -> None:
    """A missing file, a folder, a device, other encodings, and names that nobody can print."""
    for path in (tmp_path / "none.csv", tmp_path, Path("/dev/zero"), Path("\0"), Path("a" * 5000)):
        with pytest.raises(NotFoundError, match=r"there is no file .* --template"):
            read_schedule(path)
    for coding in ("utf-16", "latin-1"):
        file = tmp_path / f"{coding}.csv"
        file.write_bytes((HEAD + "2025-04-01,us,toys,\u00e9\n").encode(coding))
        with pytest.raises(ScenarioError, match="not UTF-8"):
            read_schedule(file)
    odd = tmp_path / "a\nb.csv"
    odd.write_text(HEAD + "2025-04-01,us,toys,1\n", "utf-8")
    with pytest.raises(ScenarioError, match="cannot be printed"):
        read_schedule(odd)


def test_rows_are_read_as_a_file_is() -> None:
    """Named by the list and their number."""
    rows = [{"date": "2025-04-01", "side": "us", "on": "toys", "points_pp": "1"}]
    assert steps_of_rows(rows, "path")[0].on == "us.toys"
    for wrong, said in (
        ([], "path: has no rows"),
        ([*rows, {}], "path:2: is empty"),
        ([{**rows[0], "point": "1"}], "path:1: has a column 'point'"),
        ([*rows, {**rows[0], "on": "tyos"}], "path:2: on: .*did you mean toys"),
    ):
        with pytest.raises(ScenarioError, match=said):
            steps_of_rows(wrong, "path")
