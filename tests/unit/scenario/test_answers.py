"""Answers that scenario files name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sim.engine.blocks import columns
from sim.errors import ScenarioError
from sim.scenario.answers import QuestionAnswer, parse_answer
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.shipped import names

FILE = """question: What?
extends: october-2025-apec
answers: [{}]
"""


def test_an_answer_is_a_flag_or_a_class_at_the_end_or_on_a_day() -> None:
    """And reads back as it is typed."""
    day = date(2025, 11, 10).toordinal()

    assert parse_answer("truce_in_force@2025-11-10") == QuestionAnswer(
        "truce_in_force", "true", day
    )
    assert parse_answer("path_class=conflict") == QuestionAnswer("path_class", "conflict")
    assert parse_answer("signed[minerals]").target == "signed[minerals]"
    assert parse_answer("path_class=conflict").target == "path_class=conflict"
    on_a_day = parse_answer("truce_in_force@2025-11-10")
    assert on_a_day.column == on_a_day.target == "truce_in_force@2025-11-10"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("truce_in_forse", "did you mean truce_in_force?"),
        ("path_class=conflct", "did you mean conflict?"),
        ("path_class", "path_class=conflict"),
        ("us_addon_pp", "is a number"),
        ("what will happen?", "is no outcome"),
        ("truce_in_force@2025-02-30", "day"),
    ],
)
def test_what_is_no_answer_is_refused_where_it_stands(tmp_path: Path, text: str, said: str) -> None:
    """With the file, the line and what is allowed."""
    # Fails if a misspelt answer is silently dropped.
    file = tmp_path / "mine.yaml"
    file.write_text(FILE.format(f'"{text}"'), "utf-8")
    with pytest.raises(ScenarioError) as caught:
        resolve(str(file))

    assert said in str(caught.value)
    assert "mine.yaml:3" in str(caught.value)


def test_a_question_of_ones_own_has_answers_of_its_own(tmp_path: Path) -> None:
    """Those of the base answer another question."""
    # Fails if a child inherits answers to a question it does not ask.
    file = tmp_path / "mine.yaml"
    file.write_text("question: What?\nextends: october-2025-apec\n", "utf-8")
    child = resolve(str(file))
    file.write_text("extends: october-2025-apec\n", "utf-8")

    assert child.answers == ()
    assert resolve(str(file)).answers == resolve("october-2025-apec").answers != ()


@pytest.mark.parametrize("name", names())
def test_answers_of_shipped_scenarios_are_read(name: str) -> None:
    """Each on a day on which outcomes are read; and they survive storage."""
    resolved = resolve(name)
    there = {column.name for column in columns(resolved)}

    assert {answer.column for answer in resolved.answers} <= there
    assert Resolved.from_json(resolved.to_json()).answers == resolved.answers


def test_answers_do_not_change_what_runs_are() -> None:
    """They only say what is read first."""
    # Fails if another answer would make other results of the same runs.
    resolved = resolve("october-2025-apec")
    assert replace(resolved, answers=()).hash == resolved.hash
