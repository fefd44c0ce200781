"""Picture of an explanation."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.colors import to_hex

from sim.experiment.explain.explanation import Explanation
from sim.report.figures.causes import causes_figure
from sim.report.figures.style import BLUE, GREY, VERMILION


def marks(axes: Any) -> list[tuple[float, int, str]]:
    """Returns the marks of a chart: change in per cent, row and colour; intervals apart."""
    found = []
    for line in axes.lines:
        x, y = line.get_xdata(), line.get_ydata()
        if len(x) == 1 and line.get_marker() in {"o", "s", "D"}:
            found.append((float(x[0]), int(y[0]), to_hex(line.get_color()).upper()))
    return found


def test_each_cause_has_its_row_and_its_verdict_a_colour(explanation: Explanation) -> None:
    """Questions are headings; a ring is the recorded change, a mark that of whole runs."""
    # Fails if a mark stands in the row of another cause, or is scaled by other events.
    axes = causes_figure(explanation).axes[0]
    labels = [text.get_text() for text in axes.get_yticklabels()]
    found = marks(axes)

    assert labels == [
        "US tariff increases",
        "leverage gained",
        "own economic cost",
        "Pauses that were strained",
        "US non-tariff measures",
    ]
    for x, row, colour in ((-50.0, 1, BLUE), (-25.0, 2, VERMILION), (5.0, 4, GREY)):
        assert (pytest.approx(x), row, colour.upper()) in found
    assert [x for x, row, _ in found if row == 1] == [pytest.approx(-30.0), pytest.approx(-50.0)]


def test_the_legend_names_each_kind_of_mark_once(explanation: Explanation) -> None:
    """However many rows there are."""
    legend = causes_figure(explanation).axes[0].get_legend()
    assert legend is not None
    named = [text.get_text() for text in legend.get_texts()]

    assert sorted(named) == [
        "at the decisions recorded",
        "in whole runs: cannot tell",
        "in whole runs: confirmed",
        "in whole runs: not confirmed",
    ]
