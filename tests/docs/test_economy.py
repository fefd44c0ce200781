"""The pictures and tables of docs/economy.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from docs.generate import figures, tables
from docs.generate.markdown import renewed
from sim import api
from sim.economy.sectors import END_GOOD, FIRST_GOOD
from sim.errors import NotFoundError
from sim.experiment.tariffs.duties import Pair
from sim.experiment.tariffs.impact import Impact, impact
from sim.model.tables.codes import US
from sim.report.figures import style
from sim.requests.impact import WORLD
from sim.scenario.load import resolve

PAGE = Path(__file__).parents[2] / "docs" / "economy.md"
PAIRS = [Pair(0.0, 10.0), Pair(30.0, 10.0), Pair(60.0, 10.0), Pair(300.0, 10.0)]
DAYS = (date(2025, 11, 1), date(2025, 11, 10))


@pytest.fixture(scope="module")
def reckoned() -> Impact:
    """Four duties, six draws, three months."""
    return impact(resolve(WORLD), PAIRS, n=6, months=3)


def source_of(figure: Figure) -> str:
    """Returns the line below a figure."""
    (text,) = [text for text in figure.texts if text.get_gid() == style.SOURCE]
    return text.get_text().replace("\n", " ")


def check_dress(figure: Figure) -> None:
    """Every panel says what it shows in what unit, the figure where from; it can be drawn."""
    assert source_of(figure).startswith("Source: ")
    assert source_of(figure).endswith(".")
    # Panels in a grid share the labels of its first column and last row.
    outer = [axes for axes in figure.axes if axes.get_ylabel()]
    lower = [axes for axes in figure.axes if axes.get_xlabel()]
    assert outer
    assert lower
    units = ("$", "per cent", "points", "months", "date", "US adds")
    for axes in outer:
        assert any(unit in axes.get_ylabel() for unit in units)
    for axes in lower:
        assert any(unit in axes.get_xlabel() for unit in units)
    FigureCanvasAgg(figure).print_png(BytesIO())


def test_imports_start_at_2024_and_end_where_the_calculator_does(reckoned: Impact) -> None:
    """Lines and bands are the paths of the calculator with the base in front."""
    figure = figures.imports_figure(reckoned)
    check_dress(figure)
    (axes,) = figure.axes
    place = reckoned.place("us_imports_usd_bn_per_month")
    for number in range(len(PAIRS)):
        y = np.asarray(axes.lines[number].get_ydata(), dtype=float)
        assert len(y) == 1 + len(reckoned.days)
        assert y[0] == reckoned.before[place]
        assert y[-1] == pytest.approx(reckoned.central[number, place])
    bands = [band for band in axes.collections if isinstance(band, PolyCollection)]
    assert len(bands) == len(PAIRS)
    assert "6 draws" in source_of(figure)


def test_revenue_has_a_place_for_every_duty(reckoned: Impact) -> None:
    """The curve is revenue at central values over the points added."""
    figure = figures.laffer_figure(reckoned)
    check_dress(figure)
    (axes,) = figure.axes
    place = reckoned.place("us_revenue_usd_bn_per_year")
    assert list(axes.lines[0].get_xdata()) == [0.0, 30.0, 60.0, 300.0]
    assert list(axes.lines[0].get_ydata()) == list(reckoned.central[:, place])


@pytest.mark.parametrize(
    ("y", "top"), [([0, 3, 4, 3], 2.0), ([5, 4, 3, 2], 0.0), ([1, 2, 3, 4], 3.0), ([1, 1, 1, 1], 0)]
)
def test_a_peak_lies_between_places_or_at_an_end(y: list[float], top: float) -> None:
    """A parabola's top is found; what still rises peaks at the last place."""
    assert figures.peak(np.arange(4.0), np.array(y, dtype=float)) == pytest.approx(top)


def test_doubt_shows_both_batches(tmp_path: Path) -> None:
    """The medians are those of the runs, at central values and drawn."""
    short: dict[str, Any] = {"n": 40, "until": "2025-11-20", "results": tmp_path}
    october = api.run("october-2025-apec", **short)
    drawn = api.run("october-2025-apec", parameters="prior", per_vector=5, **short)
    figure = figures.ignorance_figure(october.batch, drawn.batch, DAYS)
    check_dress(figure)
    assert len(figure.axes) == len(figures.DOUBTED)
    for axes, (column, _, _) in zip(figure.axes, figures.DOUBTED, strict=True):
        for line, result in zip(axes.lines, (drawn, october), strict=True):
            expected = [np.median(result.values[f"{column}@{day}"]) for day in DAYS]
            assert list(line.get_ydata()) == pytest.approx(expected)


def test_bars_add_up_to_the_duty_on_each_sector() -> None:
    """One bar a sector and layer; phones pay next to nothing of the reciprocal layer."""
    figure = figures.duty_figure(resolve(WORLD), Pair(30.0, 10.0))
    check_dress(figure)
    (axes,) = figure.axes
    count = END_GOOD[US] - FIRST_GOOD[US]
    base, flat, picked = (
        [bar.get_width() for bar in axes.patches[k * count : (k + 1) * count]] for k in range(3)
    )
    assert set(flat) == {20.0}
    labels = [label.get_text() for label in axes.get_yticklabels()]
    phones = next(k for k, label in enumerate(labels) if label.startswith("Phones"))
    assert base[phones] == pytest.approx(1.44)
    assert picked[phones] == pytest.approx(0.24)
    assert max(picked) == 10.0


def test_real_income_is_that_of_the_table() -> None:
    """Nothing added changes nothing; China's own duty alone costs the US."""
    figure = figures.welfare_figure(resolve(WORLD))
    check_dress(figure)
    assert len(figure.axes) == 2 * len(figures.REPLIES_PP)
    first = np.asarray([axes.lines[0].get_ydata()[0] for axes in figure.axes], dtype=float)
    assert first[0] == pytest.approx(0.0, abs=1e-9)
    assert first[4] == pytest.approx(0.0, abs=1e-9)
    assert (first[1:4] < 0.0).all()


@pytest.mark.parametrize("name", tables.TABLES)
def test_the_page_tells_what_the_block_says(name: str) -> None:
    """Its tables are those of today; `python -m docs.generate.economy --tables` renews them."""
    if not PAGE.exists():
        pytest.skip("the pages are not shipped with the package")
    marked = f"<!-- table: {name} -->\n{tables.TABLES[name]()}\n<!-- end -->"
    assert marked in PAGE.read_text("utf-8")


def test_pictures_are_there_and_small() -> None:
    """Every picture the page shows exists and takes at most 150 kB."""
    if not PAGE.exists():
        pytest.skip("the pages are not shipped with the package")
    shown = list(pictures(PAGE.read_text("utf-8")))
    assert len(shown) == 6
    for name in shown:
        assert (PAGE.parent / name).stat().st_size <= 150_000


def pictures(page: str) -> Iterator[str]:
    """Yields the paths of the pictures of a page."""
    for line in page.splitlines():
        if line.startswith("!["):
            yield line.rsplit("(", 1)[1].rstrip(")")


def test_a_mark_of_no_table_is_refused() -> None:
    """A misspelt mark is told, not left empty."""
    with pytest.raises(NotFoundError, match="sectors"):
        renewed("<!-- table: us-sector -->\n<!-- end -->", tables.TABLES)
