"""`discover` as it is typed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
WORDS = ("discover", "january-2025-first-100-days", "--outcome")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (WORDS[:2], 2, "--outcome"),
        ((*WORDS, "path_class"), 2, "path_class=CLASS"),
        ((*WORDS, "path_clas=conflict"), 4, "did you mean path_class?"),
        ((*WORDS, "path_class=conflicts"), 4, "did you mean conflict?"),
        ((*WORDS, "truce_in_force@2027-01-01=no"), 2, "lies outside the run"),
        ((*WORDS, "path_class=conflict", "--by", "8 Feb"), 2, "YYYY-MM-DD"),
        ((*WORDS, "path_class=conflict", "--by", "2026-02-08"), 2, "before it is known"),
        ((*WORDS, "path_class=conflict", "-n", "500"), 2, "-n 1000 or more"),
        ((*WORDS, "path_class=conflict", "--per-vector", "0"), 2, "--per-vector"),
        ((*WORDS, "path_class=conflict", "--given", "no"), 4, "--given no"),
        (("discover", "january", "--outcome", "path_class=conflict"), 4, "no scenario"),
    ],
)
def test_what_is_typed_wrongly_is_told_before_anything_is_played(
    detente: Detente, results: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """The exit code is the promised one, the message teaches, and nothing was played."""
    result = detente(*words)

    assert result.exit_code == code, result.output
    assert told in " ".join(result.output.split())
    assert not results.exists()


@pytest.mark.parametrize("library", ["ema_workbench.analysis", "sklearn"])
def test_a_missing_library_is_named_before_anything_is_played(
    detente: Detente, results: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    """One is told what to install."""
    monkeypatch.setitem(sys.modules, library, None)
    result = detente(*WORDS, "path_class=conflict")

    assert result.exit_code == 2
    assert "pip install 'ema-workbench" in result.output
    assert not results.exists()


def test_signs_are_told_in_text_and_json(detente: Detente) -> None:
    """A day and a number of one's own are used, and both forms tell the same signs."""
    words = (*WORDS, "us_hikes>=2", "--by", "2025-02-03", "-n", "1000", "-q")
    text, told = detente(*words), detente(*words, "--json")
    assert text.exit_code == told.exit_code == 0, text.output
    found = json.loads(told.stdout)

    assert found["by"] == "2025-02-03"
    assert found["n"] == 1000
    assert "Signs by 3 Feb 2025" in text.stdout
    for question in found["signs"]["questions"]:
        assert question["condition"] in text.stdout
