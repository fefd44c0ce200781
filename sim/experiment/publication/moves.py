"""Moves between tables of figures: those beyond the Monte Carlo error of both."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sim.experiment.outcomes.figures import SHARE
from sim.experiment.publication.tables import PublishedFigure, PublishedTable

FAMILY_LEVEL: Final = 0.001
"""Probability that any figure of two independent sets of tables seems to have moved although the
model is the same. Each figure is tested at this level divided by their number (Bonferroni), which
for the 270 figures of all scenarios is about 4.5 standard errors."""

Tables = Mapping[str, PublishedTable]
"""Tables by the name of their scenario."""


@dataclass(frozen=True, slots=True)
class FigureMove:
    """Move of a figure.

    Attributes:
        scenario: Name of the scenario.
        figure: Name of the figure.
        before: The published value; None if the figure is new.
        after: The value now; None if the figure is gone.
    """

    scenario: str
    figure: str
    before: float | None
    after: float | None


def moves(before: Tables, after: Tables, level: float = FAMILY_LEVEL) -> tuple[FigureMove, ...]:
    """Returns the figures that moved, of the scenarios that both sets have.

    Args:
        before: Published tables.
        after: Tables to compare with them, of any number of runs.
        level: Probability of any move if nothing has changed.
    """
    common = [name for name in after if name in before]
    tests = sum(len(after[name].figures) for name in common)
    return tuple(
        FigureMove(name, figure, old.value if old else None, new.value if new else None)
        for name in common
        for figure, old, new in _pairs(before[name], after[name])
        if old is None or new is None or p_value(old, new) < level / tests
    )


def _pairs(
    before: PublishedTable, after: PublishedTable
) -> Iterator[tuple[str, PublishedFigure | None, PublishedFigure | None]]:
    for figure in {**before.figures, **after.figures}:
        yield figure, before.figures.get(figure), after.figures.get(figure)


def p_value(before: PublishedFigure, after: PublishedFigure) -> float:
    """Returns the two-sided p-value of the hypothesis that both figures estimate the same quantity.

    Shares are compared by Fisher's exact test, because in few runs a rare class is far from
    normal. Means are compared by a normal test with the spread of the published runs, which are the
    many: a few runs may all be alike.
    """
    if before.unit != after.unit:
        return 0.0
    if before.unit == SHARE:
        from scipy.stats import fisher_exact

        hits = [round(figure.value * figure.runs) for figure in (before, after)]
        misses = [figure.runs - hit for figure, hit in zip((before, after), hits, strict=True)]
        return float(fisher_exact([hits, misses]).pvalue)
    spread = before.error * math.sqrt(before.runs)
    error = spread * math.sqrt(1.0 / before.runs + 1.0 / after.runs)
    difference = abs(after.value - before.value)
    if error == 0.0:
        return float(difference == 0.0)
    return math.erfc(difference / error / math.sqrt(2.0))
