"""Points of a sweep with their runs, tidy rows, and response curves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.experiment.inputs.axes import Axis, typed
from sim.experiment.outcomes.summary import QUANTILES, quantiles
from sim.experiment.outcomes.targets import Target
from sim.experiment.stats.intervals import Flags, Floats, Labels
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.store.identity import model_version
from sim.experiment.sweep.readings import Readings, difference_of, estimate_of
from sim.experiment.sweep.response import Curve, HeatMap, drawn_curve, grid_curve, heat_map

GRID: Final = "grid"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a sweep, after it has been played.

    Attributes:
        values: (name, value) of each swept input, as text.
        id: Hash of the batch, or of the design the point belongs to.
        directory: Folder of the batch or design.
        n: Number of runs.
        failed: Number of runs that did not finish.
        computed: Number of runs simulated by this call.
        elapsed_s: Seconds of simulation; None for a point of a design, which is played as a whole.
        rows: One row per outcome or, for a class outcome, per class.
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
        """Returns the swept inputs, with numbers converted from text."""
        return {name: typed(text) for name, text in self.values}


@dataclass(frozen=True, slots=True)
class Sweep:
    """A scenario played at many points.

    Attributes:
        scenario: Name of the scenario.
        question: The question it answers.
        seed: Seed of every point.
        parameters: `fixed`, `prior` or `posterior`.
        method: `grid`, `sobol` or `lhs`.
        axes: The varied inputs; for drawn points they have values only if these are a list.
        points: The points in order; in a grid the last axis moves fastest.
        targets: The targets read off each run.
        runs: (Outcome, class) -> one number per run, shape (points, runs), NaN if the outcome does
            not apply; for a grid only the first runs (`grid.PAIRED_RUNS`).
        clusters: Parameter vector of each of these runs; None if runs are independent.
        failed: Mask of the runs that failed, shape (points, runs); None if none did.
        answer: Text of the target that answers the question; empty if none does.
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
    failed: Flags | None = None
    answer: str = ""

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per point and outcome (for class outcomes: per class).

        Keys: `point` (its number), one per swept input, `id` of the batch, `n`, `outcome`, `class`
        (`true` for flags, None for numbers), `kind`, `unit`, `estimate` (mean or probability),
        `low`, `high` (95%), `p05` to `p95` (quantiles of numbers; None for probabilities),
        `n_valid` (runs that finished and to which the outcome applies, over which the mean is
        taken), `of` (runs that finished). For a grid also `difference` from the first point,
        `difference_low`, `difference_high`, as `compare` computes them.
        """
        return [
            {"point": place, **point.typed(), "id": point.id, "n": point.n, **row}
            for place, point in enumerate(self.points)
            for row in point.rows
        ]

    def readings(self, target: Target) -> Readings:
        """Returns an outcome at every point."""
        y = self.runs[target.outcome, target.label]
        return Readings(y, self.failed, self.clusters)

    def curve(self, axis: str, target: Target) -> Curve:
        """Returns the response of an outcome to one input."""
        runs = self.readings(target)
        # The largest response is picked from all outcomes and inputs, so all of them count.
        statements = len(self.targets) * len(self.axes)
        if self.method == GRID:
            return grid_curve(axis, self._texts(axis), target, runs, statements)
        return drawn_curve(axis, self._texts(axis), target, runs, statements)

    def heat_map(self, down: str, across: str, target: Target) -> HeatMap:
        """Returns the heat map of an outcome over two axes of a grid."""
        pairs = [(name, self._texts(name)) for name in (down, across)]
        return heat_map(pairs[0], pairs[1], target, self.readings(target))

    def curves(self) -> list[Curve]:
        """Returns the response curves of every outcome to every input."""
        return [self.curve(axis.name, target) for target in self.targets for axis in self.axes]

    def to_json(self) -> dict[str, Any]:
        """Returns the sweep as one JSON object with stable keys."""
        return {
            "scenario": self.scenario,
            "question": self.question,
            "answer": self.answer or None,
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


def row_of(target: Target, runs: Readings, first: Readings | None = None) -> dict[str, Any]:
    """Returns the row of an outcome at one point.

    Args:
        target: The outcome.
        runs: The outcome at this point.
        first: The outcome at the first point; None for that point itself.
    """
    estimate = estimate_of(runs, target)
    dated = target.unit == "date"
    low, high = interval(estimate, dated=dated)
    gap = difference_of(runs, first, target) if first else None
    gap_low, gap_high = interval(gap) if gap else (None, None)
    spread = (math.nan,) * len(QUANTILES) if target.is_share else quantiles(runs.y)
    return {
        "outcome": target.outcome,
        "class": target.label or None,
        "kind": "flag" if target.condition and not target.label else target.column.outcome.kind,
        "unit": target.unit,
        "estimate": finite(estimate.value, dated=dated),
        "low": low,
        "high": high,
        **{name: finite(value, dated=dated) for name, value in zip(QUANTILES, spread, strict=True)},
        "n_valid": runs.n,
        "of": runs.of,
        "difference": finite(gap.value) if gap else None,
        "difference_low": gap_low,
        "difference_high": gap_high,
    }
