"""Pages of answers that judge the model: charts, tables and the command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim import api
from sim.backtest.backtests.backtest import Backtest
from sim.backtest.backtests.ledger import entries
from sim.backtest.backtests.scoring import score_backtest
from sim.errors import UsageError
from sim.report.answers.forecasts.backtest import BacktestAnswer
from tests.unit.backtest.backtests.made import EVES, HORIZONS, forecasts, truth


@pytest.fixture(scope="module")
def backtest() -> BacktestAnswer:
    """A backtest whose forecasts are made by hand."""
    made = forecasts(lambda kind, eve, horizon: 0.2 + 0.5 * truth(kind, eve, horizon))
    rows = entries(made)
    scores = score_backtest(rows, made)
    return BacktestAnswer(
        Backtest(EVES, HORIZONS, 3, 1, "fixed", "ended", Path(), "seal", rows, tuple(made), scores)
    )


def test_a_backtest_has_its_charts_and_scores_on_a_page(
    backtest: BacktestAnswer, tmp_path: Path
) -> None:
    """Four charts, each wide and narrow; the tables of the printed page; the seal."""
    # Fails if a chart, a table or the seal is left out, or a chart has the title of one panel.
    seen: list[tuple[int, int]] = []
    written = backtest.report(
        tmp_path / "b.html", command="detente backtest", drawing=lambda *at: seen.append(at)
    )
    text = written.file.read_text("utf-8")

    assert seen[-1] == (4, 4)
    assert text.count('<svg role="img"') == 8
    assert '<p class="title">Reliability: what came, over what was forecast</p>' in text
    assert len(re.findall("<table", text)) == sum(
        type(part).__name__ == "TextTable" for part in backtest.page().parts
    )
    assert "<dd>seal</dd>" in text
    assert "<code>detente backtest</code>" in text


def test_a_sensitivity_analysis_has_a_tornado_for_each_outcome(tmp_path: Path) -> None:
    """Under the title of its scenario in words; from Python no command is told."""
    # Fails if the page is headed by what one types, or a command is made up.
    found = api.sensitivity(
        "october-2025-apec", ["us.noise", "truce.expiry.default"],
        outcomes=["truce_in_force", "us_addon_pp"],
        n=8, replicates=8, screen=False, until="2025-11-20", results=tmp_path,
    )  # fmt: skip
    text = found.report(tmp_path / "s.html").file.read_text("utf-8")

    assert "<h1>October 2025: APEC, sensitivity to assumptions</h1>" in text
    assert text.count('<figure class="picture"') == 2
    assert "This page was written from Python." in text


def test_a_file_that_is_something_else_is_kept(backtest: BacktestAnswer, tmp_path: Path) -> None:
    """The error names the option that chose it."""
    # Fails if a file of the user's is overwritten.
    mine = tmp_path / "mine.html"
    mine.write_text("mine", "utf-8")

    with pytest.raises(UsageError, match="exists and is not a report; choose another name with --"):
        backtest.report(mine)
    assert mine.read_text("utf-8") == "mine"
