"""The verb `game`, as it is typed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim.experiment.games import equilibria

Detente = Callable[..., Result]

WORLD = "march-2025-escalation"
SHORT = ("--until", "2025-06-01", "-n", "60", "--engine", "compiled", "-q")


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to go through all that is told of them."""
    monkeypatch.setattr(equilibria, "RESAMPLES", 20)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--us", "hawks"), 4, "did you mean hawk?"),
        (("--cn", "hawk"), 4, "no strategy 'hawk' of cn"),
        (("--us", "hawk,hawk"), 2, "two strategies are called hawk"),
        (("--us", ""), 4, "no strategy '' of us"),
        (("--us", "hawk,"), 4, "no strategy '' of us"),
        (("--us-payoff", "us_real_incom_pct"), 4, "did you mean us_real_income_pct"),
        (("--cn-payoff", "tension:x"), 2, "'x' is not a weight"),
        (("--examine", "-1"), 2, "0 for none"),
        (("--us", "hawk,dealmaker,baseline,./a.yaml,./b.yaml"), 4, "no file './a.yaml'"),
        (("--seed", "-1"), 2, "seed"),
        (("--us-payoff", "tension@2026-01-01"), 3, "lies outside the run"),
        (("--set", "us.hawks=1"), 3, "unknown name"),
    ],
)
def test_bad_input_is_refused_before_anything_is_played(
    detente: Detente, results: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """With its own exit code and what to do; no folder is made."""
    outcome = detente("game", WORLD, *SHORT, *words)

    assert outcome.exit_code == code
    assert told in " ".join(outcome.stderr.split())
    assert not results.exists()


def test_a_missing_library_is_named_before_anything_is_played(
    detente: Detente, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says how to get it."""
    monkeypatch.setitem(sys.modules, "nashpy", None)
    outcome = detente("game", WORLD, *SHORT)

    assert outcome.exit_code == 2
    assert "pip install 'ema-workbench" in outcome.stderr
    assert "'nashpy" in outcome.stderr
    assert not results.exists()


def test_the_verb_prints_one_object(detente: Detente) -> None:
    """JSON alone on stdout, dates of a payoff read off the runs."""
    payoff = "cn_real_income_pct@2025-04-15"
    words = ("--cn-payoff", payoff, "--examine", "2", "--us", "baseline", "--json")
    outcome = detente("game", WORLD, *SHORT, *words)

    assert outcome.exit_code == 0
    told = json.loads(outcome.stdout)
    assert told["payoffs"]["cn"]["text"] == payoff
    assert [s["name"] for s in told["strategies"]["cn"]] == ["measured", "matching"]
