"""Requests for posteriors: what is wrong is told before anything is computed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.errors import SimError, UsageError
from sim.history.act_table import acts_on_record
from sim.history.act_template import template
from sim.requests.forecasts import calibrating as module
from sim.requests.forecasts import engines
from sim.requests.forecasts.calibrating import calibrate_parameters
from sim.scenario.posterior import read_posterior
from tests.unit.backtest.conditioning.made import fitted


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was asked of the fit, which is made up."""
    found: list[dict[str, Any]] = []

    def fit(acts: Any, until: int, **more: Any) -> Any:
        found.append({"acts": acts, "until": until, **more})
        return fitted(until)

    monkeypatch.setattr(module, "fit_posterior", fit)
    return found


@pytest.mark.parametrize(
    ("out", "particles", "options", "told"),
    [
        ("mine.txt", 100, {}, r"ends in \.json"),
        ("mine", 100, {}, r"ends in \.json"),
        ("there.json", 100, {}, "exists; name a new file"),
        ("none/mine.json", 100, {}, "there is no folder"),
        (f"{'a' * 5000}.json", 100, {}, "cannot be written"),
        ("nul\0l.json", 100, {}, "cannot be written"),
        (None, 49, {}, "50 to 20,000 draws"),
        (None, 20_001, {}, "50 to 20,000 draws"),
        (None, 100, {"until": "2018-03-31"}, "2018-04-01 to 2025-10-23"),
        (None, 100, {"until": "2025-10-24"}, "record of your own"),
        (None, 100, {"until": "soon"}, "YYYY-MM-DD"),
        (None, 100, {"seed": -1}, "seed -1"),
        (None, 100, {"workers": 0}, "workers"),
    ],
)
def test_what_is_wrong_is_refused_before_any_work(
    asked: list[dict[str, Any]],
    tmp_path: Path,
    out: str | None,
    particles: int,
    options: dict[str, Any],
    told: str,
) -> None:
    """With what is allowed."""
    # Fails if a check is left out, or comes after minutes of computing.
    (tmp_path / "there.json").write_text("{}")
    target = None if out is None else tmp_path / out
    given = {"results": tmp_path / "results", **options}
    with pytest.raises(UsageError, match=told):
        calibrate_parameters(None, target, particles, given)  # type: ignore[arg-type]
    assert asked == []
    assert (tmp_path / "there.json").read_text() == "{}"


def test_without_numba_it_says_what_to_install(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is computed."""
    # Fails if the import error of a package is shown.
    monkeypatch.setattr(engines, "can_compile", lambda: False)
    with pytest.raises(UsageError, match="pip install numba"):
        calibrate_parameters(None, None, 100, {})
    assert asked == []


def test_a_record_that_is_none_is_refused(asked: list[dict[str, Any]], tmp_path: Path) -> None:
    """As elsewhere."""
    # Fails if the file is not read before the work.
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    for record in (str(wrong), str(tmp_path / "none.csv")):
        with pytest.raises(SimError):
            calibrate_parameters(record, None, 100, {"results": tmp_path})
    assert asked == []


def test_a_file_is_written_that_can_be_read(asked: list[dict[str, Any]], tmp_path: Path) -> None:
    """With the command that makes it again; the last day of the record by default."""
    # Fails if the day, the seed or the number of draws is not passed on or not told.
    out = tmp_path / "mine.json"
    given = {"seed": 9, "workers": 1, "results": tmp_path / "results"}
    found = calibrate_parameters(None, out, 60, given)  # type: ignore[arg-type]
    (fit,) = asked

    assert (fit["until"], fit["particles"], fit["seed"], fit["workers"]) == (
        date(2025, 10, 23).toordinal(), 60, 9, 1,
    )  # fmt: skip
    assert fit["acts"] == acts_on_record()
    assert found.file == out
    assert read_posterior(out, "") == found.fitted.posterior
    assert found.command == ("detente calibrate --until 2025-10-23 -n 60 --seed 9 --out FILE.json")
    assert found.command in out.read_text()


def test_a_day_and_a_record_of_ones_own(asked: list[dict[str, Any]], tmp_path: Path) -> None:
    """Both stand in the command, quoted where a shell wants it; without a file none is written."""
    # Fails if the record is the shipped one, or its name is split by a shell.
    record = tmp_path / "my acts.csv"
    record.write_text(template(), "utf-8")
    given = {"until": "2020-12-31", "results": tmp_path / "results"}
    found = calibrate_parameters(str(record), None, module.PARTICLES, given)  # type: ignore[arg-type]

    assert asked[0]["until"] == date(2020, 12, 31).toordinal()
    assert found.file is None
    assert f"--until 2020-12-31 --record '{record}' --seed" in found.command
    assert "-n" not in found.command.split()


def test_a_file_that_cannot_be_written_after_all_is_told(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A disk that is full at the end."""

    # Fails if minutes of work end in a traceback.
    def full(target: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_text", full)
    with pytest.raises(UsageError, match="No space left"):
        calibrate_parameters(None, tmp_path / "mine.json", 60, {"results": tmp_path / "r"})
