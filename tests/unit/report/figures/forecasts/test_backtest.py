"""Charts of a backtest: what is drawn is what was scored."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.backtest.backtests.backtest import Backtest
from sim.backtest.backtests.duty_scores import level_on
from sim.backtest.backtests.ledger import entries
from sim.backtest.backtests.resolved import MIXED
from sim.backtest.backtests.scoring import score_backtest
from sim.report.figures.forecasts.plots import BacktestPlots
from sim.report.figures.style import SOURCE
from tests.unit.backtest.backtests.made import EVES, HORIZONS, forecasts, truth


@pytest.fixture(scope="module")
def found() -> Backtest:
    """A backtest whose forecasts are made by hand."""
    made = forecasts(lambda kind, eve, horizon: 0.2 + 0.5 * truth(kind, eve, horizon))
    rows = entries(made)
    scores = score_backtest(rows, made)
    return Backtest(EVES, HORIZONS, 3, 1, "fixed", "ended", Path(), "", rows, tuple(made), scores)


def test_every_chart_has_a_source_and_units(found: Backtest) -> None:
    """Each says how many origins or runs are behind it, and labels some axis of each direction."""
    # Fails if a chart cannot be drawn, or tells nothing of its source.
    for name, figure in BacktestPlots(found).every():
        figure.canvas.draw()
        source = next(text for text in figure.texts if text.get_gid() == SOURCE)
        assert "seed 1" in source.get_text(), name
        assert any(axes.get_xlabel() for axes in figure.axes), name
        assert all(axes.get_ylabel() for axes in figure.axes[:1]), name


def test_reliability_shows_the_bins_of_the_mixture(found: Backtest) -> None:
    """A panel a horizon; its points are the shares that came."""
    # Fails if a panel shows another horizon or forecaster.
    panels = BacktestPlots(found).reliability().axes
    for axes, scores in zip(panels, found.scores, strict=False):
        (line,) = [x for x in axes.lines if x.get_marker() == "o"]
        told = [100.0 * each.observed for each in scores.reliability[MIXED]]
        assert np.asarray(line.get_ydata()).tolist() == pytest.approx(told)


def test_fans_start_at_the_record(found: Backtest) -> None:
    """Dots lie on the duty of their day, and no fan begins before the last has ended."""
    # Fails if the gap of the replay shows, or fans overlap.
    for axes, duty in zip(
        BacktestPlots(found).fans().axes, ("us_avg_pct", "cn_avg_pct"), strict=True
    ):
        dots = [line.get_data() for line in axes.lines if line.get_marker() == "o"]
        days = [int(x[0]) for x, _ in dots]
        assert [float(y[0]) for _, y in dots] == [level_on(duty, day) for day in days]
        assert min(np.diff(days)) >= max(HORIZONS)
        assert days[0] == EVES[0]
