"""The verb backtest: a page, JSON, and what is typed wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
FEW = ("--from", "2024-10", "--to", "2025-02", "--horizons", "30", "-n", "100")


def test_a_page_and_json_tell_the_same_scores(detente: Detente, tmp_path: Path) -> None:
    """The second time from what was stored; every forecaster has a line."""
    # Fails if a score is printed that is not the one in JSON, or the ledger is not named.
    words = ("backtest", *FEW, "--engine", "simpy", "--results", str(tmp_path), "-q")
    told = json.loads(detente(*words, "--json").stdout)
    page = detente(*words).stdout
    (scores,) = told["horizons"]
    assert scores["origins"] == 5
    for name, who in (("the model", "model"), ("climatology", "climatology")):
        (line,) = [each for each in page.splitlines() if each.strip().startswith(f"{name}  ")]
        assert f"{scores['brier'][who]:.3f}" in line
    assert told["sha256"] in page
    assert Path(told["ledger"]).is_file()
    apart = (str(tmp_path), told["sha256"])
    assert all(len(line) <= 80 for line in page.splitlines() if not any(x in line for x in apart))


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--horizons", "a,b"), "whole numbers"), (("--from", "march"), "YYYY-MM")],
)
def test_what_is_typed_wrongly_is_told(detente: Detente, words: tuple[str, str], told: str) -> None:
    """In a sentence, with exit code 2."""
    # Fails if a traceback is shown.
    result = detente("backtest", *words)
    assert result.exit_code == 2
    assert told in result.stderr
