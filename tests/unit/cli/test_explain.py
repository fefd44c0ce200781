"""`explain` as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
WORDS = ("explain", "october-2025-apec")
SHORT = (*WORDS, "-n", "60", "--until", "2025-11-25", "-q")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("explain",), 2, "SCENARIO"),
        (("explain", "october"), 4, "no scenario"),
        ((*WORDS, "-n", "10"), 2, "from 60 to 5,000"),
        ((*WORDS, "-n", "many"), 2, "valid integer"),
        ((*WORDS, "--set", "us.weight.leverag=0"), 3, "us.weight.leverage"),
        ((*WORDS, "--set", "us.weight.leverage"), 2, "name=value"),
        ((*WORDS, "--until", "soon"), 2, "YYYY-MM-DD"),
        ((*WORDS, "--seed", "-1"), 2, "seed"),
        ((*WORDS, "--engine", "fast"), 2, "--engine"),
        ((*WORDS, "--workers", "0"), 2, "--workers"),
    ],
)
def test_what_is_typed_wrongly_is_told_before_anything_is_played(
    detente: Detente, words: tuple[str, ...], code: int, told: str
) -> None:
    """The exit code is the promised one, and the message teaches."""
    result = detente(*words)

    assert result.exit_code == code, result.output
    assert told in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_causes_are_told_in_text_json_and_a_chart(
    detente: Detente, results: Path, tmp_path: Path
) -> None:
    """Text in plain words and 80 columns, the same shares in JSON, and a chart; nothing is
    stored."""
    folder = tmp_path / "charts"
    text = detente(*SHORT, "--figures", str(folder))
    told = detente(*SHORT, "--json")
    assert text.exit_code == told.exit_code == 0, text.output
    found = json.loads(told.stdout)
    questions = {question["question"]: question for question in found["questions"]}

    assert max(map(len, text.stdout.splitlines())) <= 80
    assert not any(code in text.stdout for code in ("us.weight", "_", "reciprocity"))
    assert found["n"] == 60
    for question in questions.values():
        assert question["words"][1:] in " ".join(text.stdout.split()) or "aus" in question["words"]
        for cause in question["causes"]:
            assert cause["words"]
            assert (cause["without"] is None) or cause["removed_by"]
    verdicts = {
        cause["without"]["verdict"]
        for question in questions.values()
        for cause in question["causes"]
        if cause["without"]
    }
    assert verdicts
    assert verdicts <= {"confirmed", "cannot tell", "not confirmed"}
    assert all(verdict in text.stdout for verdict in verdicts)
    assert sorted(file.name for file in folder.iterdir()) == ["causes.png", "causes.svg"]
    assert not results.exists()
