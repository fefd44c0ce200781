"""A backtest: its origins, what it keeps, and the order in which it writes and scores."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.backtest.backtests import backtest as module
from sim.backtest.backtests.backtest import LEDGER, SEAL, month_eves, run_backtest
from sim.backtest.backtests.ledger import seal_of
from sim.backtest.backtests.origin_forecasts import OriginForecast
from sim.backtest.phase_one import ENDED, IN_FORCE
from sim.engine.choice import SIMPY
from sim.experiment.inputs.modes import FIXED
from tests.unit.backtest.backtests.made import EVES, HORIZONS, forecasts


def test_eves_are_the_days_before_each_month() -> None:
    """From the first to the last month, over the turn of a year."""
    # Fails if a month is lost or the day is the first of it.
    eves = [date.fromordinal(each) for each in month_eves(date(2018, 11, 1), date(2019, 2, 1))]
    assert eves == [date(2018, 10, 31), date(2018, 11, 30), date(2018, 12, 31), date(2019, 1, 31)]


def test_a_stopped_backtest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stored is not played again; a damaged file is. The ledger is written, with its hash,
    before anything is scored."""
    # Fails if origins are played twice, damage is believed, or scores come first.
    made = {each.origin: each for each in forecasts(lambda kind, eve, horizon: 0.5)}
    played: list[int] = []

    def one(origin: int, *_: object) -> OriginForecast:
        played.append(origin)
        return made[origin]

    order: list[str] = []
    score, write = module.score_backtest, Path.write_text

    def noted_score(*args: object) -> object:
        order.append("scored")
        return score(*args)  # type: ignore[arg-type] - handed on

    def noted_write(self: Path, *args: object, **more: object) -> int:
        order.append(self.name)
        return write(self, *args, **more)  # type: ignore[arg-type] - handed on

    monkeypatch.setattr(module, "forecast_from", one)
    monkeypatch.setattr(module, "score_backtest", noted_score)
    monkeypatch.setattr(Path, "write_text", noted_write)

    first = small_backtest(tmp_path)
    assert order == [LEDGER, SEAL, "scored"]
    assert played == list(EVES[:4])
    text = (first.folder / LEDGER).read_text("utf-8")
    assert first.seal == seal_of(text)
    assert (first.folder / SEAL).read_text("utf-8").split() == [first.seal, LEDGER]
    (first.folder / f"{date.fromordinal(EVES[1])}.npz").write_bytes(b"not what was written")
    assert small_backtest(tmp_path).seal == first.seal
    assert played == [*EVES[:4], EVES[1]]


def small_backtest(root: Path, coding: str = ENDED) -> module.Backtest:
    """Returns a backtest of four origins."""
    return run_backtest(
        EVES[:4],
        HORIZONS,
        n=3,
        seed=1,
        parameters=FIXED,
        coding=coding,
        engine=SIMPY,
        workers=1,
        root=root,
    )


def folder_of(root: Path, monkeypatch: pytest.MonkeyPatch, coding: str = ENDED) -> Path:
    """Returns the folder of a backtest whose forecasts are made by hand."""
    made = {each.origin: each for each in forecasts(lambda kind, eve, horizon: 0.5)}
    monkeypatch.setattr(module, "forecast_from", lambda origin, *_: made[origin])
    return small_backtest(root, coding).folder


@pytest.mark.parametrize("name", ["acts_on_record", "forums", "elections"])
def test_forecasts_of_another_record_are_stored_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """One act, forum or election less names another folder."""
    # Fails if forecasts made with other inputs are taken for these.
    usual, kept = folder_of(tmp_path, monkeypatch), getattr(module, name)()
    assert folder_of(tmp_path, monkeypatch) == usual
    monkeypatch.setattr(module, name, lambda: kept[:-1])
    assert folder_of(tmp_path, monkeypatch) != usual


def test_forecasts_under_another_coding_are_stored_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of Phase One is part of what is forecast from."""
    # Fails if forecasts under one coding are taken for those under the other.
    ended = folder_of(tmp_path, monkeypatch, ENDED)
    assert folder_of(tmp_path, monkeypatch, IN_FORCE) != ended


def test_forecasts_of_another_world_are_stored_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number of the scenario names another folder."""
    # Fails if forecasts made with other parameters are taken for these.
    usual, base = folder_of(tmp_path, monkeypatch), module.recorded_base
    monkeypatch.setattr(module, "recorded_base", lambda last: base(last, [("tension.rest", "0.2")]))
    assert folder_of(tmp_path, monkeypatch) != usual
