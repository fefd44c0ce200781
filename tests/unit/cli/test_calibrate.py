"""`calibrate` as it is typed, with a fit that is made up, and `--parameters FILE.json`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from sim.requests.forecasts import calibrating
from sim.scenario.posterior import posterior_text
from tests.unit.backtest.conditioning.made import NAMES, fitted
from tests.unit.cli.test_verbs import ok, parsed

Detente = Callable[..., Result]


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was asked of the fit."""
    asked: list[dict[str, Any]] = []

    def fit(acts: Any, until: int, **more: Any) -> Any:
        asked.append(more)
        return fitted(until)

    monkeypatch.setattr(calibrating, "fit_posterior", fit)
    return asked


def test_a_page_and_json_tell_the_same(
    detente: Detente, made_up: list[dict[str, Any]], tmp_path: Path
) -> None:
    """And the file that is asked for is written."""
    # Fails if an option is not passed on, or a line is wider than 80 columns.
    out = tmp_path / "mine.json"
    words = ("calibrate", "--until", "2020-12-31", "-n", "60", "--seed", "5", "--workers", "1")
    told = parsed(detente(*words, "--json", "-q"))
    page = ok(detente(*words, "--out", str(out), "-q"))

    assert told["until"] == "2020-12-31"
    assert all(each["name"] in page for each in told["parameters"])
    assert all(each["name"] in page for each in told["acts"])
    assert told["command"].startswith("detente calibrate --until 2020-12-31 -n 60 --seed 5")
    assert told["file"] is None
    assert json.loads(out.read_text())["parameters"] == list(NAMES)
    assert [(each["particles"], each["seed"], each["workers"]) for each in made_up] == [
        (60, 5, 1)
    ] * 2


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--out", "mine.txt"), 2, "ends in .json"),
        (("-n", "3"), 2, "50 to 20,000"),
        (("--until", "2016-01-01"), 2, "2018-04-01"),
        (("--until", "soon"), 2, "YYYY-MM-DD"),
        (("--seed", "-1"), 2, "seed"),
        (("--record", "none.csv"), 4, "none.csv"),
    ],
)
def test_what_is_typed_wrongly_is_told(
    detente: Detente, made_up: list[dict[str, Any]], words: tuple[str, ...], code: int, told: str
) -> None:
    """In a sentence, with the exit code of its kind, before any work."""
    # Fails if a traceback is shown, or the work begins.
    result = detente("calibrate", *words)

    assert (result.exit_code, made_up) == (code, [])
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def kept(folder: Path, **changes: Any) -> str:
    """The path of a posterior file, right but for what is changed."""
    text = posterior_text(fitted(737425).posterior, "detente calibrate", {})
    path = folder / "mine.json"
    path.write_text(json.dumps(json.loads(text) | changes), "utf-8")
    return str(path)


def test_runs_under_a_posterior_file(detente: Detente, tmp_path: Path) -> None:
    """They are a batch of their own, apart from one under priors."""
    # Fails if the file is not read, or its runs are taken from another batch.
    words = ("run", "october-2025-apec", "-n", "8", "--per-vector", "2", "--until", "2025-11-05")
    more = ("--engine", "simpy", "-q", "--json")
    drawn = parsed(detente(*words, "--parameters", kept(tmp_path), *more))
    usual = parsed(detente(*words, "--parameters", "prior", *more))

    assert drawn["results_dir"] != usual["results_dir"]
    assert drawn["n"] == 8


@pytest.mark.parametrize(
    ("changes", "code", "told"),
    [
        ({"draws": []}, 3, "draws"),
        ({"parameters": ["us.rate.hik", "cn.reply.probability"]}, 3, "did you mean us.rate.hike"),
        (None, 4, "detente calibrate --out FILE"),
    ],
)
def test_a_wrong_posterior_file_is_told(
    detente: Detente, tmp_path: Path, changes: dict[str, Any] | None, code: int, told: str
) -> None:
    """With what to do."""
    # Fails if a file that users give ends in a traceback.
    path = "none.json" if changes is None else kept(tmp_path, **changes)
    result = detente("run", "october-2025-apec", "-n", "2", "--parameters", path, "-q")

    assert result.exit_code == code
    assert told in " ".join(result.stderr.split())
