"""Outcomes that a user tells: which forecast each is about, and what is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.errors import NotFoundError, ScenarioError
from sim.experiment.store.manifest import sealed
from sim.history.act_template import template
from sim.requests.forecasts.scoring import score_file

DAY = "2025-03-10"


def forecast(question: str, as_of: str = DAY, **values: Any) -> dict[str, Any]:
    """A forecast as a frozen file holds it."""
    return {"as_of": as_of, "question": question, "n": 10, "of": 10, **values}


FORECASTS = (
    forecast("leaders_met@2025-06-30", probability=0.25),
    forecast("us_addon_pp@2025-06-30", members=[20.0, 30.0], unit="pp"),
    forecast("pause_ends_on@2025-06-30", members=["2025-08-12"], unit="date"),
    forecast("calls@2025-06-30>=1", probability=0.5),
    forecast("calls@2025-06-30>=1", "2025-06-05", probability=0.75),
    forecast("an_old_name@2025-06-30", probability=0.5),
)


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A frozen file of two days, with a question that this version cannot read."""
    content = {
        "schema": 1,
        "kind": "frozen forecasts",
        "frozen_at": "2025-06-05T12:00:00+00:00",
        "model_version": "v",
        "runs": [],
        "forecasts": list(FORECASTS),
    }
    path = tmp_path / "frozen.json"
    path.write_text(sealed(content), "utf-8")
    return path


def told(folder: Path, *rows: str, header: str = "question,outcome") -> Path:
    """A file of outcomes."""
    path = folder / "outcomes.csv"
    path.write_text("".join(f"{row}\n" for row in (header, *rows)), "utf-8")
    return path


def test_outcomes_find_their_forecasts(frozen: Path, tmp_path: Path) -> None:
    """However the question is spelt; what is empty or left out is not known."""
    # Fails if texts are compared letter by letter, or an empty cell is a no.
    table = told(
        tmp_path, "leaders_met@2025-06-30=yes,no", "us_addon_pp@2025-06-30,30",
        "pause_ends_on@2025-06-30,2025-08-12", "an_old_name@2025-06-30,",
    )  # fmt: skip
    _, scored = score_file(frozen, table)

    assert [each.outcome for each in scored[:2]] == [0.0, 30.0]
    assert scored[0].brier == pytest.approx(0.0625)
    assert scored[1].crps == pytest.approx(5.0 - 2.5)
    assert scored[2].crps == 0.0
    assert [each.outcome for each in scored[3:]] == [None, None, None]
    assert {each.reason for each in scored[3:]} == {"no outcome is told"}


def test_the_record_decides_what_is_not_told(frozen: Path, tmp_path: Path) -> None:
    """Alone, with acts of one's own, or beside outcomes, which come first."""
    # Fails if the record is not asked, or overrules what is told, or hides what it cannot decide.
    own = tmp_path / "acts.csv"
    own.write_text(template(), "utf-8")
    table = told(tmp_path, "leaders_met@2025-06-30,yes")
    _, alone = score_file(frozen)
    _, both = score_file(frozen, table, own)

    ends = float(date(2025, 8, 12).toordinal())
    assert [each.outcome for each in alone] == [0.0, 30.0, ends, 1.0, 0.0, None]
    assert alone[3].brier == pytest.approx(0.25)
    assert "cannot read it" in alone[5].reason
    assert [each.outcome for each in both] == [1.0, 30.0, ends, 1.0, 0.0, None]
    with pytest.raises(NotFoundError, match="no file"):
        score_file(frozen, record=tmp_path / "none.csv")


def test_a_question_of_several_days_says_which(frozen: Path, tmp_path: Path) -> None:
    """By a column of its own."""
    # Fails if the outcome of one day is given to another.
    rows = (f"calls@2025-06-30>=1,1,{DAY}", "calls@2025-06-30>=1,0,2025-06-05")
    _, scored = score_file(frozen, told(tmp_path, *rows, header="question,outcome,as_of"))

    assert [each.outcome for each in scored[3:5]] == [1.0, 0.0]
    with pytest.raises(ScenarioError, match="say which in a column as_of"):
        score_file(frozen, told(tmp_path, "calls@2025-06-30>=1,1"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("leaders_mett@2025-06-30,1", "did you mean leaders_met@2025-06-30"),
        ("leaders_met@2025-06-30,2", "neither 1 .* nor 0"),
        ("us_addon_pp@2025-06-30,high", "not a number"),
        ("us_addon_pp@2025-06-30,nan", "not a number"),
        ("pause_ends_on@2025-06-30,never", "not a day"),
        ("leaders_met@2025-06-30,1,x", "fields of the header"),
    ],
)
def test_every_wrong_row_is_told_with_its_line(
    row: str, words: str, frozen: Path, tmp_path: Path
) -> None:
    """All at once."""
    # Fails if only the first is told, or without its line.
    table = told(tmp_path, "an_old_name@2025-06-30,1", row, "pause_ends_on@2025-06-30,later")
    with pytest.raises(ScenarioError, match=words) as caught:
        score_file(frozen, table)

    assert [problem.file for problem in caught.value.problems][-2:] == [
        f"{table}:3", f"{table}:4"
    ]  # fmt: skip


def test_an_outcome_is_told_once(frozen: Path, tmp_path: Path) -> None:
    """A second is refused, in whatever spelling, and so is a table that is not there."""
    # Fails if the last row wins.
    table = told(tmp_path, "leaders_met@2025-06-30,1", "leaders_met@2025-06-30=yes,0")
    with pytest.raises(ScenarioError, match="is told already"):
        score_file(frozen, table)
    with pytest.raises(NotFoundError, match="--outcomes: there is no file"):
        score_file(frozen, tmp_path / "none.csv")
    with pytest.raises(ScenarioError, match="was not asked on 2025-01-01, but on 2025-03-10"):
        score_file(
            frozen,
            told(tmp_path, "leaders_met@2025-06-30,1,2025-01-01", header="question,outcome,as_of"),
        )
