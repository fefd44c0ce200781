"""Charts of sectors: rows are sectors, panels are quarters, what is drawn is what was played."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import api
from sim.economy.sectors import GOODS
from sim.errors import NotFoundError, UsageError
from sim.report.answers.run import RunAnswer
from sim.report.answers.tariffs import ImpactAnswer
from sim.report.figures.style import SOURCE
from sim.report.figures.tariffs.sectors import duty_figure
from sim.scenario.baseline import sector_labels


@pytest.fixture(scope="module")
def winter(folder: Path) -> RunAnswer:
    """Sixteen runs over the ends of two quarters."""
    return api.run("october-2025-apec", n=16, until="2026-04-05", results=folder, brief=True)


@pytest.fixture(scope="module")
def effects() -> ImpactAnswer:
    """Two pairs of duties over five months, with all sectors."""
    return api.impact(30, 10, versus="145/125", months=5, n=8, sectors=True)


def dots(axes: Any, number: int = 0) -> dict[str, float]:
    """Returns the medians drawn in a panel, by the label of their row."""
    lines = [line for line in axes.lines if line.get_marker() in {"o", "s"}]
    labels = [text.get_text() for text in axes.get_figure().axes[0].get_yticklabels()]
    x, y = lines[number].get_data()
    return {labels[round(float(at))]: float(value) for value, at in zip(x, y, strict=True)}


def test_a_panel_shows_the_duties_of_its_quarter(winter: RunAnswer) -> None:
    """All sectors of the importer, medians of the mean, and a bar at the end's."""
    # Fails if a row has the label of another sector, or a panel the numbers of another quarter.
    figure = winter.plot.sectors("us")
    labels = sector_labels()

    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "mean of 2025Q4",
        "mean of 2026Q1",
    ]
    for axes, quarter in zip(figure.axes, ("2025Q4", "2026Q1"), strict=True):
        shown = dots(axes)
        assert len(shown) == 26
        for good in GOODS[:26]:
            name = f"tariff_mean_pct[{good}]@{quarter}"
            assert shown[labels[good]] == winter.quantile(name)
        bars = next(line for line in axes.lines if line.get_marker() == "|")
        ends = [winter.quantile(f"tariff_pct[{good}]@{quarter}") for good in GOODS[:26]]
        assert sorted(bars.get_xdata()) == pytest.approx(sorted(ends))
    source = next(text.get_text() for text in figure.texts if text.get_gid() == SOURCE)
    assert "16 runs, seed 20251023" in source
    assert "from 23 Oct 2025 on" in " ".join(source.split())


def test_bands_are_the_middle_of_the_runs(winter: RunAnswer) -> None:
    """A thin line over 90% of the runs, a thick one over half of them."""
    # Fails if a band has the wrong quantiles.
    figure = winter.plot.sectors("cn")
    wide, narrow = (
        [segment[:, 0] for segment in lines.get_segments()] for lines in figure.axes[0].collections
    )

    names = [f"tariff_mean_pct[{good}]@2025Q4" for good in GOODS[26:]]
    for drawn, low, high in ((wide, 0.05, 0.95), (narrow, 0.25, 0.75)):
        played = [(winter.quantile(name, low), winter.quantile(name, high)) for name in names]
        assert np.allclose(sorted(np.array(drawn).tolist()), sorted(played))


def test_without_the_end_of_a_quarter_the_end_of_the_run_is_shown(october: RunAnswer) -> None:
    """A run of a month has duties, though no quarter ends."""
    # Fails if the chart is empty.
    figure = october.plot.sectors()

    assert [axes.get_title(loc="left") for axes in figure.axes] == ["20 Nov 2025"]
    name = "tariff_pct[us.toys]"
    assert dots(figure.axes[0])["Toys, games, sports goods"] == october.quantile(name)


def test_scenarios_are_overlaid(winter: RunAnswer, folder: Path) -> None:
    """Each with a mark of its own and a name above."""
    # Fails if the second scenario repeats the first.
    sets = {"us.hawks.influence": 0.95}
    other = api.run(
        "october-2025-apec", n=16, until="2026-04-05", sets=sets, results=folder, brief=True
    )
    figure = duty_figure((winter.batch, other.batch), "us")

    (legend,) = figure.legends
    names = [text.get_text() for text in legend.get_texts()]
    assert names == ["october-2025-apec", "october-2025-apec (us.hawks.influence=0.95)"]
    markers = {line.get_marker() for line in figure.axes[0].lines}
    assert {"o", "s"} <= markers


def test_duties_alone_show_the_change_of_trade(effects: ImpactAnswer) -> None:
    """The mean of the months of each quarter, for both pairs."""
    # Fails if a quarter holds the months of another.
    figure = effects.plot.sectors("us")
    place = [line.name for line in effects.impact.monthly].index("trade_change_pct[us.toys]")
    path = effects.impact.draws_path[:, 0, 2:5, place].mean(axis=1)

    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "mean of 2025Q1",
        "mean of 2025Q2",
    ]
    toys = sorted(path)[3]  # of eight draws, the fourth is the median that occurred
    drawn = [float(x) for x in figure.axes[1].lines[0].get_xdata()]
    assert any(np.isclose(toys, x) for x in drawn)


def test_sectors_are_drawn_when_asked_for(winter: RunAnswer, effects: ImpactAnswer) -> None:
    """Those of a run only with its tables; those of duties always, if they were calculated."""
    # Fails if the charts of sectors crowd every folder, or the option draws none.
    usual = {name for name, _ in winter.plot.every()}
    asked = {name for name, _ in replace(winter, sectors=True).plot.every()}

    assert asked - usual == {"sectors-us-duty", "sectors-cn-duty"}
    assert {name for name, _ in effects.plot.every()} == {"sectors-us-trade", "sectors-cn-trade"}


def test_what_cannot_be_drawn_is_told(winter: RunAnswer) -> None:
    """A side that does not import, sectors that were not calculated."""
    # Fails if either ends in an error of Python.
    with pytest.raises(NotFoundError, match="no importer 'eu'"):
        winter.plot.sectors("eu")
    with pytest.raises(UsageError, match="add --sectors"):
        api.impact(30, 10, months=1, n=1).plot.sectors()
