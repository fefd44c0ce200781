"""Telling inputs: the parameters of a scenario that move its headline answers most.

They are read off a stored sensitivity analysis if the results folder has one, otherwise off the
quick screen (`sensitivity.screen`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.errors import UsageError
from sim.experiment.executors.interface import Stop
from sim.experiment.inputs.base import StudyBase
from sim.experiment.runs.design import Means
from sim.experiment.sensitivity.analysis import OUTCOME, stored_screening
from sim.experiment.sensitivity.screen import Advance, Screen, find_screen
from sim.scenario.resolved_scenario import Parameter, Resolved

MOST: Final = 10
"""Number of inputs a reader is shown first."""

ANALYSIS: Final = "sensitivity analysis"
SCREEN: Final = "quick screen"


@dataclass(frozen=True, slots=True)
class TellingInput:
    """One input among the most telling.

    Attributes:
        name: Name of the parameter.
        outcome: Outcome it moves most.
        size: Strength: root mean square effect in the unit of the outcome, if an analysis found
            it; rank correlation with the outcome, with its sign, if a quick screen did.
        is_told: Whether the strength exceeds what luck alone would give one input of all.
    """

    name: str
    outcome: str
    size: float
    is_told: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The most telling inputs of a scenario, and how they were found.

    Attributes:
        method: `ANALYSIS` or `SCREEN`.
        runs: Number of runs it rests on.
        of: Number of inputs that were ranked.
        threshold: Rank correlation that the largest of all exceeds by luck in 5% of screens; 0 for
            an analysis.
        inputs: The inputs that may be moved, most telling first.
    """

    method: str
    runs: int
    of: int
    threshold: float
    inputs: tuple[TellingInput, ...]


def is_movable(parameter: Parameter) -> bool:
    """Returns whether a reader may move an input: its range is stated."""
    return parameter.low is not None and parameter.high is not None


def rank_inputs(
    start: StudyBase,
    means: Means,
    advance: Advance = lambda runs: None,
    stop: Stop = lambda: False,
) -> Ranking | None:
    """Returns the most telling inputs of a scenario.

    Args:
        start: The scenario.
        means: Store, seed and workers.
        advance: Called with the number of runs of each finished block of a quick screen.
        stop: Asked between blocks whether to stop.

    Returns:
        The ranking; None if it was stopped.

    Raises:
        UsageError: The results folder cannot be written.
    """
    base = start.resolved()
    return _analysed(start, base, means) or screen_inputs(base, means, advance, stop)


def screen_inputs(
    base: Resolved,
    means: Means,
    advance: Advance = lambda runs: None,
    stop: Stop = lambda: False,
) -> Ranking | None:
    """Returns the most telling inputs of a scenario by the quick screen, kept or made now;
    arguments and errors are those of `rank_inputs`."""
    found = find_screen(base, means, advance, stop)
    return None if found is None else _ranked(base, found)


def _analysed(start: StudyBase, base: Resolved, means: Means) -> Ranking | None:
    """Returns the ranking of a stored analysis; None if there is none of this scenario."""
    # Its points take seconds to build, so they are built only if there might be such a folder.
    if not any(means.store.root.glob(f"{base.name}-design-*")):
        return None
    try:
        screened, runs = stored_screening(start, means)
    except UsageError:  # without the library that draws its points, no analysis was made here
        return None
    if not screened:
        return None
    inputs = tuple(
        TellingInput(row.factor.name, OUTCOME, row.strength[0], row.strength[0] > 0.0)
        for row in screened
        if is_movable(base.parameters[row.factor.name])
    )
    return Ranking(ANALYSIS, runs, len(screened), 0.0, inputs[:MOST])


def _ranked(base: Resolved, found: Screen) -> Ranking:
    """Returns the ranking of a screen: of each input, its strongest correlation counts."""
    rows = []
    for place, name in enumerate(found.names):
        sizes = [row[place] for row in found.correlations]
        best = max(range(len(sizes)), key=lambda k: abs(sizes[k]))
        is_told = abs(sizes[best]) > found.threshold
        rows.append(TellingInput(name, found.targets[best], sizes[best], is_told))
    inputs = sorted(
        (row for row in rows if is_movable(base.parameters[row.name])), key=lambda r: -abs(r.size)
    )
    return Ranking(SCREEN, found.runs, len(rows), found.threshold, tuple(inputs[:MOST]))
