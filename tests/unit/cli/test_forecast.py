"""`forecast`, `forecast freeze` and `forecast score` as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
SMALL = ("-n", "30", "--engine", "simpy", "-q")
MARCH = ("--as-of", "2025-03-10")
ASKED = (*MARCH, "--question", "us_hikes@2025-03-14>=1", "--question", "tension@2025-03-14")


def test_answers_are_a_list_in_the_order_asked(detente: Detente) -> None:
    """JSON is a list of objects with a probability or quantiles; the page has both."""
    # Fails if the list is wrapped, a key is renamed, or a table is too wide.
    told = json.loads(detente("forecast", *ASKED, *SMALL, "--json").stdout)
    text = detente("forecast", *ASKED, *SMALL).stdout

    event, number = told
    assert (event["as_of"], event["question"]) == ("2025-03-10", "us_hikes@2025-03-14>=1")
    assert 0.0 <= event["interval"][0] <= event["probability"] <= event["interval"][1] <= 1.0
    low, high = sorted((event["raw"], event["base_rate"]))
    assert low < event["probability"] < high
    assert event["probability"] == pytest.approx(
        event["weight"] * event["raw"] + (1.0 - event["weight"]) * event["base_rate"]
    )
    assert f"{100.0 * event['base_rate']:.1f}" in text
    assert list(number["quantiles"]) == ["p05", "p10", "p25", "p50", "p75", "p90", "p95"]
    assert "As of 10 Mar 2025   march-2025-escalation" in text
    assert "us_hikes@2025-03-14>=1" in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_list_is_answered_as_far_as_it_can_be(detente: Detente, tmp_path: Path) -> None:
    """The exit code says that something is missing; the answers are printed all the same."""
    # Fails if one row stops the rest, or its error goes unnoticed.
    file = tmp_path / "q.csv"
    file.write_text(
        "as_of,question\n2025-03-10,leaders_met@2025-03-12\n2025-03-10,path_class=conflict\n"
    )
    words = ("forecast", "--questions", str(file), *SMALL)
    plain, told = detente(*words), detente(*words, "--json")
    answered, wrong = json.loads(told.stdout)

    assert plain.exit_code == told.exit_code == 2
    assert "Not answered" in plain.stdout
    assert "confrontation@DATE" in wrong["error"]
    assert f"{file}:3" in wrong["error"]
    assert "probability" in answered
    assert "1 of 2 questions" in told.stderr


def test_a_forecast_is_frozen_and_scored(detente: Detente, tmp_path: Path) -> None:
    """A file that was changed in between is refused."""
    # Fails if the file is not what was answered, or a change goes unnoticed.
    file, outcomes = tmp_path / "f.json", tmp_path / "o.csv"
    outcomes.write_text("question,outcome\nus_hikes@2025-03-14>=1,1\ntension@2025-03-14,0.5\n")
    frozen = detente("forecast", "freeze", "-o", str(file), *ASKED, *SMALL)
    told = json.loads(detente("forecast", *ASKED, *SMALL, "--json").stdout)
    words = ("forecast", "score", str(file), "--outcomes", str(outcomes))
    scored = json.loads(detente(*words, "--json").stdout)
    text = detente(*words).stdout

    assert frozen.exit_code == 0
    assert json.loads(file.read_text())["sha256"] in frozen.stdout
    first, second = scored["forecasts"]
    for name in ("probability", "raw", "base_rate", "weight"):
        assert first[name] == told[0][name]
    assert first["brier"] == pytest.approx((1.0 - told[0]["probability"]) ** 2)
    assert second["crps"] > 0.0
    assert scored["mean_brier"] == first["brier"]
    assert "mean of 1" in text
    assert max(map(len, text.splitlines())) <= 80

    file.write_text(file.read_text().replace("us_hikes", "cn_hikes"))
    assert detente(*words).exit_code == 5


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "ask a question"),
        (("--question", "leaders_met@2025-03-12"), 2, "say on which day"),
        ((*MARCH, "--question", "leaders_mett@2025-03-12"), 4, "did you mean leaders_met"),
        ((*MARCH, "--question", "leaders_met"), 2, "leaders_met@DATE"),
        ((*MARCH, "--question", "leaders_met@2025-03-10"), 2, "is not after"),
        (("--as-of", "2015-03-11", "--question", "leaders_met@2025-03-12"), 4, "2017-04-05"),
        (("--as-of", "March", "--question", "leaders_met@2025-03-12"), 2, "YYYY-MM-DD"),
        (("--questions", "none.csv"), 4, "there is no file"),
        ((*MARCH, "freeze", "-o", "x.json"), 2, "after the command: freeze --as-of"),
        (("freeze", *ASKED), 2, "-o"),
        (("freeze", "-o", "none/x.json", *ASKED), 2, "no folder"),
        (("score", "none.json", "--outcomes", "o.csv"), 4, "forecast freeze writes one"),
        (("score", "none.json"), 4, "forecast freeze writes one"),
        (("score", "none.json", "--record", "o.csv"), 4, "forecast freeze writes one"),
    ],
)
def test_what_is_typed_wrongly_is_told_before_anything_is_played(
    detente: Detente, results: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """The exit code is the promised one, the message teaches, and nothing was played."""
    # Fails if a check is left out or comes too late.
    result = detente("forecast", *words)

    assert result.exit_code == code
    assert told in " ".join(result.output.split())
    assert not results.exists()
