"""Requests for backtests: what is typed wrongly is told before anything is played."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.experiment.inputs.modes import FIXED, MODES, POSTERIOR
from sim.requests.forecasts import backtesting as module
from sim.requests.forecasts import engines
from sim.requests.forecasts.backtesting import backtest


@pytest.mark.parametrize(
    ("first", "last", "every", "horizons", "n", "phase_one", "told"),
    [
        ("2018-3", "2025-09", 1, (30,), 500, "ended", "YYYY-MM"),
        ("2018-13", "2025-09", 1, (30,), 500, "ended", "YYYY-MM"),
        ("2016-01", "2025-09", 1, (30,), 500, "ended", "2018-01 to 2025-10"),
        ("2018-03", "2026-01", 1, (30,), 500, "ended", "2018-01 to 2025-10"),
        ("2019-03", "2018-03", 1, (30,), 500, "ended", "is before"),
        ("2018-03", "2025-09", 0, (30,), 500, "ended", "1 to 12 months"),
        ("2018-03", "2025-09", 1, (), 500, "ended", "at least one"),
        ("2018-03", "2025-09", 1, (30, 9999), 500, "ended", "1 to 730 days"),
        ("2018-03", "2018-05", 1, (180,), 500, "ended", "fewer than the months"),
        ("2018-03", "2025-09", 1, (30,), 5, "ended", "100 to 20,000"),
        ("2024-10", "2025-09", 1, (365,), 500, "ended", "ends within the record"),
        ("2018-03", "2025-09", 1, (30,), 500, "endet", "did you mean ended"),
    ],
)
def test_what_is_out_of_range_is_refused(
    tmp_path: Path,
    first: str,
    last: str,
    every: int,
    horizons: Sequence[int],
    n: int,
    phase_one: str,
    told: str,
) -> None:
    """With what is allowed."""
    # Fails if a check is left out.
    with pytest.raises(UsageError, match=told):
        backtest((first, last, every), horizons, n, phase_one, FIXED, {"results": tmp_path})


USUAL = (("2024-10", "2025-02", 1), (30,), 100, "ended")


@pytest.mark.parametrize("parameters", ["priors", "mine.json", ""])
def test_parameters_are_drawn_by_a_mode(tmp_path: Path, parameters: str) -> None:
    """A file is refused: posteriors are learned from what came before each forecast."""
    # Fails if a posterior that knows the future could be scored.
    with pytest.raises(UsageError, match="learns its own posteriors"):
        backtest(*USUAL, parameters, {"results": tmp_path})


def test_posteriors_take_numba(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a seed that all luck can start from."""
    # Fails if a package's import error, or one of its checks, is shown after minutes.
    with pytest.raises(UsageError, match="seed -1"):
        backtest(*USUAL, POSTERIOR, {"results": tmp_path, "seed": -1})
    monkeypatch.setattr(engines, "can_compile", lambda: False)
    with pytest.raises(UsageError, match="pip install numba"):
        backtest(*USUAL, POSTERIOR, {"results": tmp_path})


@pytest.mark.parametrize("parameters", MODES)
def test_the_mode_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parameters: str
) -> None:
    """To the backtest itself."""
    # Fails if all backtests are at central values.
    asked: list[str] = []
    monkeypatch.setattr(module, "run_backtest", lambda *a, **more: asked.append(more["parameters"]))
    backtest(*USUAL, parameters, {"results": tmp_path, "engine": "simpy"})
    assert asked == [parameters]
