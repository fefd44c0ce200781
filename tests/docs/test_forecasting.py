"""Tables of docs/forecasting.md: they tell the scores of the backtest they are made from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.generate import forecasting
from sim.backtest.backtests.backtest import Backtest
from sim.backtest.backtests.ledger import MODEL, entries
from sim.backtest.backtests.resolved import MIXED
from sim.backtest.backtests.scoring import score_backtest
from sim.backtest.phase_one import CODINGS, ENDED, IN_FORCE
from tests.unit.backtest.backtests.made import EVES, HORIZONS, forecasts, truth

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def found() -> dict[str, Backtest]:
    """Backtests whose forecasts are made by hand, better under one coding."""
    made = {
        coding: forecasts(lambda kind, eve, horizon, t=trust: t * truth(kind, eve, horizon))
        for coding, trust in ((ENDED, 0.8), (IN_FORCE, 0.3))
    }
    told = {}
    for coding, each in made.items():
        rows = entries(each, coding)
        scores = score_backtest(rows, each)
        how = "fixed", coding
        told[coding] = Backtest(EVES, HORIZONS, 3, 1, *how, Path(), "", rows, tuple(each), scores)
    return told


def test_tables_tell_the_scores(found: dict[str, Backtest]) -> None:
    """Of each forecaster, coding, administration and duty, under the right heading."""
    # Fails if a column is that of another horizon or forecaster, or a coding is mixed up.
    scores = forecasting.scores_table(found[ENDED])
    codings = forecasting.codings_table(found)
    regimes = forecasting.regimes_table(found[ENDED])
    thirty, ninety = found[ENDED].scores

    row = next(line for line in scores.splitlines() if line.startswith("| the model |"))
    assert row.split(" | ")[1:] == [f"{thirty.brier[MODEL]:.3f}", f"{ninety.brier[MODEL]:.3f} |"]
    for coding in CODINGS:
        first = found[coding].scores[0]
        name = f"| {forecasting.CODING_NAMES[coding]} | the model, mixed | "
        assert f"{name}{first.brier[MIXED]:.3f} |" in codings
    assert f"| 2017-2021 | 90 days | {len(EVES)} | {ninety.brier[MODEL]:.3f} |" in regimes
    assert "| average US duty | 30 days |" in forecasting.duties_table(found[ENDED])
    assert "| 90 days | " in forecasting.reliability_table(found[ENDED])


def test_the_page_has_a_place_for_every_table_and_chart() -> None:
    """Marks are those that are filled, and charts are there."""
    # Fails if a mark is misspelt, a table was never written, or a chart is missing.
    text = (DOCS / "forecasting.md").read_text("utf-8")
    marks = re.findall(r"<!-- table: (\w+) -->\n(.*?)<!-- end -->", text, re.DOTALL)

    names = ["scores", "regimes", "codings", "parameters", "gains", "headlines", "seeds"]
    names += ["duties", "reliability", "behaviour"]
    assert [name for name, _ in marks] == names
    assert all(table.startswith("| ") for name, table in marks if name != "seeds")
    charts = re.findall(r"\]\((figures/[\w-]+\.png)\)", text)
    assert len(charts) == 5
    assert all((DOCS / chart).is_file() for chart in charts)


def test_two_posteriors_of_different_luck_agree() -> None:
    """Each headline of every scenario, as the page tells, within two points."""
    # Fails if the shipped posterior has too few draws, or they are moved too little.
    text = (DOCS / "forecasting.md").read_text("utf-8")
    told = re.search(r"points apart in the mean and ([\d.]+) at most", text)

    assert told is not None
    assert float(told.group(1)) <= 2.0


def test_the_sentence_on_luck_names_the_headline_that_moves_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And the mean of all of them."""
    # Fails if a column is compared with another than the posterior's, or signs cancel.
    monkeypatch.setattr(forecasting, "names", lambda: ["a", "b"])
    shares = {
        (scenario, way): {"x": 0.9, "y": 0.1}
        for scenario in "ab"
        for way in (*forecasting.MODE_NAMES.values(), forecasting.OTHER)
    } | {
        ("a", "posterior"): {"x": 0.50, "y": 0.20},
        ("a", forecasting.OTHER): {"x": 0.51, "y": 0.19},
        ("b", "posterior"): {"x": 0.40, "y": 0.30},
        ("b", forecasting.OTHER): {"x": 0.40, "y": 0.32},
    }
    told = forecasting.seeds_sentence(shares)

    assert "The 4 headlines" in told
    assert "1.0 points apart in the mean and 2.0 at most (`y` in b)" in told
