"""Two scenarios at the two ends of a parameter's range, to measure its effect on their difference.

Both scenarios are played with the parameter at each end of its range and all others at their
central values. The same replicates are used everywhere, so random variation cancels out of the
effect of the parameter.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.experiment.compare.difference import Difference, Pairing, counted, differences
from sim.experiment.compare.verdicts import TELLING, judge
from sim.experiment.outcomes.summary import classes_of
from sim.experiment.runs.ends import Played, ends_of, play_ends
from sim.experiment.runs.filler import part
from sim.experiment.stats import intervals
from sim.experiment.stats import pairs as paired
from sim.experiment.stats.intervals import Estimate, Floats
from sim.experiment.stats.json_form import finite, interval

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.experiment.runs.design import Means
    from sim.scenario.resolved_scenario import Resolved

RUNS: Final = 2000
"""Runs at each end: enough to detect a difference of 3 percentage points."""

REVERSES: Final = "reverses"
UNDOES: Final = "undoes"
DECIDES: Final = "decides"
MOVES: Final = "moves"


@dataclass(frozen=True, slots=True)
class End:
    """Difference between two scenarios at one end of a parameter's range.

    All other parameters have their central values.

    Attributes:
        value: Value of the parameter.
        difference: a - b at this value, with its 95% interval.
        verdict: Verdict as in a comparison, corrected over all ends played.
    """

    value: float
    difference: Estimate
    verdict: str

    def to_json(self) -> dict[str, Any]:
        """Returns the end as a JSON-serialisable dict."""
        return {
            "value": self.value,
            "difference": finite(self.difference.value),
            "ci": interval(self.difference),
            "verdict": self.verdict,
        }


@dataclass(frozen=True, slots=True)
class Mover:
    """A parameter that a difference is associated with.

    Attributes:
        parameter: Name of the parameter.
        unit: Unit of the parameter.
        correlation: Spearman's rank correlation of the difference with the parameter, over vectors.
        low: Result at the 5th percentile of its prior.
        high: Result at the 95th percentile of its prior.
        swing: Difference at the high end minus that at the low end, with its 95% interval.
        effect: Effect on the verdict: `reverses` if the verdict is the opposite at one end;
            `undoes` if a difference found higher or lower is negligible at one end; `decides` if
            an undecided difference is higher or lower at one end; else `moves`. Any effect other
            than `moves` needs a significant swing, and different verdicts at the two ends.
    """

    parameter: str
    unit: str
    correlation: float
    low: End
    high: End
    swing: Estimate
    effect: str

    @property
    def flips(self) -> bool:
        """Whether the verdict changes at one end."""
        return self.effect != MOVES

    def to_json(self) -> dict[str, Any]:
        """Returns the mover as a JSON-serialisable dict."""
        return {
            "parameter": self.parameter,
            "unit": self.unit,
            "rank_correlation": finite(self.correlation),
            "low": self.low.to_json(),
            "high": self.high.to_json(),
            "swing": finite(self.swing.value),
            "swing_ci": interval(self.swing),
            "effect": self.effect,
            "flips": self.flips,
        }


class Ends:
    """Ends of the ranges of several parameters, played and judged together.

    Args:
        a: The first scenario.
        b: The second scenario.
        seed: Seed of both.
        columns: Columns of the rows.
        rows: Differences to examine.
        names: Parameters, each with the same prior in both scenarios.
        means: Store, workers and engine.
    """

    def __init__(
        self,
        a: Resolved,
        b: Resolved,
        seed: int,
        columns: Sequence[Column],
        rows: Sequence[Difference],
        names: Sequence[str],
        means: Means,
    ) -> None:
        self._parameters = {name: a.parameters[name] for name in names}
        self._at = ends_of(a, names)
        of_a, of_b = (
            play_ends(
                world,
                seed,
                self._at,
                columns,
                replace(means, progress=part(means.progress, place, 2)),
                RUNS,
            )
            for place, world in enumerate((a, b))
        )
        pairs = list(zip(of_a, of_b, strict=True))
        self._judged = _judged(columns, rows, pairs)
        self._swings = _swings(columns, rows, pairs)

    def movers(
        self, row: Difference, named: Sequence[str], goes_with: Mapping[str, float]
    ) -> tuple[Mover, ...]:
        """Returns the parameters associated with a row, and any others played that change its
        verdict; those that change it come first.

        Args:
            row: One of the rows.
            named: Parameters the row is associated with.
            goes_with: Parameter -> rank correlation with the row's difference.
        """
        key = (row.outcome, row.label)
        found = []
        for place, (name, parameter) in enumerate(self._parameters.items()):
            low, high = (
                End(self._at[i][1], self._judged[i][key].difference, self._judged[i][key].verdict)
                for i in (2 * place, 2 * place + 1)
            )
            swing, sure = self._swings[place][key]
            effect = _effect_on(row.verdict, low.verdict, high.verdict) if sure else MOVES
            if name in named or effect != MOVES:
                unit = parameter.unit
                found.append(Mover(name, unit, goes_with[name], low, high, swing, effect))
        return tuple(sorted(found, key=lambda m: (not m.flips, -abs(m.correlation))))


def pair_differences(column: Column, label: str, x: Any, y: Any, pairing: Pairing) -> Floats:
    """Returns x - y pair by pair, of a number or of an indicator (1 if a flag or class has the
    label); NaN for pairs that do not count."""
    if column.outcome.kind == "number":
        counts = counted(x, y, pairing)[0]
    else:
        code = classes_of(column).index(label)
        counts = pairing.counts_a & pairing.counts_b
        x, y = ((side == code).astype(np.float64) for side in (x, y))
    return np.where(counts, x - y, math.nan)


Key = tuple[str, str]


def _judged(
    columns: Sequence[Column], rows: Sequence[Difference], pairs: Sequence[tuple[Played, Played]]
) -> list[dict[Key, Difference]]:
    """Returns the differences at each end, with verdicts corrected over all ends."""
    wanted = {(row.outcome, row.label) for row in rows}
    contrasts = []
    for (x, counts_x), (y, counts_y) in pairs:
        found = differences(columns, x, y, Pairing(counts_x, counts_y))
        contrasts.append([d for d in found if (d.outcome, d.label) in wanted])
    judged = judge(contrasts, [RUNS] * len(contrasts))
    return [{(d.outcome, d.label): d for d in found} for found in judged]


def _swings(
    columns: Sequence[Column], rows: Sequence[Difference], pairs: Sequence[tuple[Played, Played]]
) -> list[dict[Key, tuple[Estimate, bool]]]:
    """Returns the change of each difference from one end of each parameter to the other, and
    whether it is significant after Holm's correction over all of them."""
    known = {column.name: column for column in columns}
    found = []
    for low, high in zip(pairs[::2], pairs[1::2], strict=True):
        for row in rows:
            at_low, at_high = (
                pair_differences(
                    known[row.outcome],
                    row.label,
                    x[row.outcome],
                    y[row.outcome],
                    Pairing(counts_x, counts_y),
                )
                for (x, counts_x), (y, counts_y) in (low, high)
            )
            both = ~np.isnan(at_low) & ~np.isnan(at_high)
            found.append(paired.paired_mean(at_high[both], at_low[both]))
    p_values = [1.0 if math.isnan(swing.p_value) else swing.p_value for swing in found]
    sure = [p_value <= 1.0 - intervals.LEVEL for p_value in intervals.holm(p_values)]
    told = iter(zip(found, sure, strict=True))
    return [{(row.outcome, row.label): next(told) for row in rows} for _ in pairs[::2]]


def _effect_on(verdict: str, low: str, high: str) -> str:
    """Returns the effect of a parameter on a verdict, given the verdicts at its two ends."""
    ends = (low, high)
    if low == high:
        # With the same verdict at both ends, the parameter is not the cause.
        return MOVES
    if verdict not in TELLING:
        return DECIDES if any(end in TELLING for end in ends) else MOVES
    if any(end in TELLING and end != verdict for end in ends):
        return REVERSES
    return UNDOES if "equivalent" in ends or "identical" in ends else MOVES
