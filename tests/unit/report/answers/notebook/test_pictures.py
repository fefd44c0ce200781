"""Four charts of a run in one figure."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.report.answers.notebook import pictures
from sim.report.answers.notebook.pictures import GAP, RunPictures, grid
from sim.report.answers.run import RunAnswer
from sim.report.figures.style import WIDTH, new_figure


def titles(row: tuple[Figure, ...]) -> list[str]:
    """Returns the titles of charts."""
    return [chart.axes[0].get_title(loc="left") for chart in row]


def test_a_call_draws_the_four_that_matter(
    october: RunAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The truce, how runs end, and the duties of both sides, in reading order."""
    # Fails if a chart is left out or takes another's place.
    laid: list[tuple[Figure, ...]] = []

    def keep(rows: tuple[tuple[Figure, ...], ...]) -> Figure:
        laid.extend(rows)
        return grid(rows)

    monkeypatch.setattr(pictures, "grid", keep)
    plot = october.plot

    assert isinstance(plot, RunPictures)
    assert len(plot().axes) == 4
    expected = (
        (plot.survival(), plot.fan("us_addon_pp")),
        (plot.classes("path_class"), plot.fan("cn_addon_pp")),
    )
    assert [titles(row) for row in laid] == [titles(row) for row in expected]


def test_charts_keep_their_size_and_their_place() -> None:
    """Rows begin at their top; a lower chart leaves white below."""
    # Fails if a chart is stretched to fill its row, or the gap is forgotten.
    whole = grid(((new_figure(4.0), new_figure(1.0)), (new_figure(2.0), new_figure(2.0))))
    width, height = whole.get_size_inches()
    boxes = [axes.get_position().bounds for axes in whole.axes]
    tops = [(low + tall) * height for _, low, _, tall in boxes]

    assert (width, height) == pytest.approx((2 * WIDTH + GAP, 6.0 + GAP))
    np.testing.assert_allclose([box[3] * height for box in boxes], [4.0, 1.0, 2.0, 2.0])
    np.testing.assert_allclose(tops, [height, height, 2.0, 2.0])
    np.testing.assert_allclose([box[0] * width for box in boxes], [0.0, WIDTH + GAP] * 2)
