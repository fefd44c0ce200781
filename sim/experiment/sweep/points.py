"""What a sweep brought: points, tidy rows, and how outcomes answer to each input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.experiment.inputs.axes import Axis, typed
from sim.experiment.runs.targets import Target
from sim.experiment.stats.intervals import Floats, Labels
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.store.identity import model_version
from sim.experiment.sweep.response import (
    Curve,
    HeatMap,
    drawn_curve,
    estimate_of,
    grid_curve,
    heat_map,
    paired_estimate,
)

GRID: Final = "grid"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a sweep, played.

    Attributes:
        values: (name, value) of each swept input, as text.
        id: Hash of the batch, or of the design it is a point of.
        directory: Its folder.
        n: Runs.
        failed: Runs that could not be finished.
        computed: Runs played by this call.
        elapsed_s: Seconds of simulation; None for a point of a design, which is played in one.
        rows: One an outcome, or an outcome's class.
    """

    values: tuple[tuple[str, str], ...]
    id: str
    directory: Path
    n: int
    failed: int
    computed: int
    elapsed_s: float | None
    rows: tuple[dict[str, Any], ...]

    def typed(self) -> dict[str, Any]:
        """Returns the swept inputs with numbers as numbers."""
        return {name: typed(text) for name, text in self.values}


@dataclass(frozen=True, slots=True)
class Sweep:
    """A scenario played at many points.

    Attributes:
        scenario: Name of the scenario.
        question: The question it answers.
        seed: Seed of every point.
        parameters: `fixed` or `prior`.
        method: `grid`, `sobol` or `lhs`.
        axes: What was varied; of drawn points, without values unless they are a list.
        points: In order; of a grid, the last axis moving fastest.
        targets: What was asked of each run.
        runs: (Outcome, class) -> one number a run, shape (points, runs), NaN where it does not
            apply; of a grid, its first runs (`sweep.PAIRED_RUNS`).
        clusters: Parameter vector of each of these runs, None where every run stands for itself.
    """

    scenario: str
    question: str
    seed: int
    parameters: str
    method: str
    axes: tuple[Axis, ...]
    points: tuple[Point, ...]
    targets: tuple[Target, ...]
    runs: Mapping[tuple[str, str], Floats]
    clusters: Labels | None = None

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row a point and outcome (for classes: and class).

        Keys: `point` (its number), one a swept input, `id` of the batch, `n`, `outcome`, `class`
        (`true` for flags, None for numbers), `kind`, `unit`, `estimate` (mean or probability),
        `low`, `high` (95 %), `n_valid`; of a grid also `difference` to the first point over runs
        with the same luck, `difference_low`, `difference_high`.
        """
        return [
            {"point": place, **point.typed(), "id": point.id, "n": point.n, **row}
            for place, point in enumerate(self.points)
            for row in point.rows
        ]

    def curve(self, axis: str, target: Target) -> Curve:
        """Returns how an outcome answers to one input."""
        y = self.runs[target.outcome, target.label]
        # Whoever reads what moves most has looked at every outcome over every input.
        statements = len(self.targets) * len(self.axes)
        if self.method == GRID:
            return grid_curve(axis, self._texts(axis), target, y, self.clusters, statements)
        return drawn_curve(axis, self._texts(axis), target, y, statements)

    def heat_map(self, down: str, across: str, target: Target) -> HeatMap:
        """Returns an outcome over two axes of a grid."""
        y = self.runs[target.outcome, target.label]
        pairs = [(name, self._texts(name)) for name in (down, across)]
        return heat_map(pairs[0], pairs[1], target, y, self.clusters)

    def curves(self) -> list[Curve]:
        """Returns the curves of every outcome over every input."""
        return [self.curve(axis.name, target) for target in self.targets for axis in self.axes]

    def to_json(self) -> dict[str, Any]:
        """Returns the sweep as one JSON object with stable keys."""
        return {
            "scenario": self.scenario,
            "question": self.question,
            "seed": self.seed,
            "parameters": self.parameters,
            "method": self.method,
            "model_version": model_version(),
            "axes": {axis.name: [typed(text) for text in axis.values] for axis in self.axes},
            "points": [
                {
                    "values": point.typed(),
                    "id": point.id,
                    "n": point.n,
                    "failed": point.failed,
                    "computed": point.computed,
                    "elapsed_s": point.elapsed_s,
                    "results_dir": str(point.directory),
                }
                for point in self.points
            ],
            "rows": self.rows(),
            "curves": [curve.to_json() for curve in self.curves()],
        }

    def _texts(self, axis: str) -> list[str]:
        return [dict(point.values)[axis] for point in self.points]


def row_of(
    target: Target, runs: Floats, first: Floats | None = None, clusters: Labels | None = None
) -> dict[str, Any]:
    """Returns what the runs of a point say about an outcome.

    Args:
        target: The outcome.
        runs: One number a run.
        first: The same of the first point, of its first runs; None for that point itself.
        clusters: Parameter vector of each run.
    """
    estimate = estimate_of(runs, target, clusters)
    dated = target.unit == "date"
    low, high = interval(estimate, dated=dated)
    gap = None
    if first is not None:
        labels = None if clusters is None else clusters[: len(first)]
        gap = paired_estimate(runs[: len(first)], first, target, labels)
    gap_low, gap_high = interval(gap) if gap else (None, None)
    return {
        "outcome": target.outcome,
        "class": target.label or None,
        "kind": "flag" if target.condition and not target.label else target.column.outcome.kind,
        "unit": target.unit,
        "estimate": finite(estimate.value, dated=dated),
        "low": low,
        "high": high,
        "n_valid": int((~np.isnan(runs)).sum()),
        "difference": finite(gap.value) if gap else None,
        "difference_low": gap_low,
        "difference_high": gap_high,
    }
