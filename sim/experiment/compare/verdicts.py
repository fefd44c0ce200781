"""Verdicts on differences between two batches.

The verdict is the first of these that applies:

- identical: all values are equal;
- equivalent: two one-sided tests place the difference inside the outcome's margin, the
  smallest difference that matters;
- higher or lower: the difference is significant after Holm's correction, and at least a quarter of
  the margin;
- cannot tell: none of the above. The number of runs needed to decide is estimated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import NormalDist
from typing import Final

from sim.experiment.compare.difference import TEST_LEVEL, Difference
from sim.experiment.stats import intervals
from sim.experiment.store.folder import MOST_RUNS
from sim.experiment.store.manifest import SHARD

SMALLEST_EFFECT: Final = 0.25
"""Share of an outcome's margin that a difference must reach to be called higher or lower."""

TELLING: Final = ("higher", "lower")

_POWER: Final = 0.8
"""Probability that a batch with the recommended number of runs decides a difference."""

_HALVINGS: Final = 20
"""Bisection steps. The interval at the start is about a fifth of the result, so that 20 steps give
six digits."""


def judge(contrasts: Sequence[Sequence[Difference]], runs: Sequence[int]) -> list[list[Difference]]:
    """Returns differences with their verdicts, contrast by contrast, in the order of the input.

    Holm's correction covers the headline outcomes of all contrasts, and separately all other
    outcomes. So one call should contain everything that is reported together.

    Args:
        contrasts: For each scenario compared with the reference, its differences.
        runs: Number of runs on each side, per contrast.
    """
    everything = [d for found in contrasts for d in found]
    adjusted = [math.nan] * len(everything)
    for headline in (True, False):
        tested = [
            i
            for i, d in enumerate(everything)
            if d.headline is headline and not math.isnan(d.difference.p_value)
        ]
        corrected = intervals.holm([everything[i].difference.p_value for i in tested])
        for i, p_value in zip(tested, corrected, strict=True):
            adjusted[i] = p_value
    left = iter(adjusted)
    return [
        [_with_verdict(d, next(left), n) for d in found]
        for found, n in zip(contrasts, runs, strict=True)
    ]


def overall(judged: Sequence[Difference]) -> str:
    """Returns the overall verdict of a contrast.

    It is identical if every column is equal in every run, different if any headline outcome is
    higher or lower, equivalent if all headline outcomes are identical or equivalent, and otherwise
    cannot tell.
    """
    if all(d.identical for d in judged):
        return "identical"
    told = {d.verdict for d in judged if d.headline}
    if told.intersection(TELLING):
        return "different"
    return "equivalent" if told <= {"identical", "equivalent"} else "cannot tell"


def _with_verdict(d: Difference, adjusted: float, n: int) -> Difference:
    d = replace(d, adjusted=adjusted)
    if d.identical or d.equivalent:
        return replace(d, verdict="identical" if d.identical else "equivalent")
    size = abs(d.difference.value)
    if adjusted <= 1.0 - intervals.LEVEL and size >= SMALLEST_EFFECT * d.margin:
        return replace(d, verdict="higher" if d.difference.value > 0.0 else "lower")
    return replace(d, verdict="cannot tell", runs_needed=_runs_needed(d, n))


def _runs_needed(d: Difference, n: int) -> int | None:
    """Returns the number of runs needed to decide with power `_POWER`, if the true difference
    equals the estimate."""
    size, error = abs(d.difference.value), d.difference.error
    if not error > 0.0:
        return None
    # The factor by which Holm's correction raised the p-value says how strict the test is.
    p_value = d.difference.p_value
    strictness = d.adjusted / p_value if p_value > 0.0 else 1.0
    critical = intervals.normal_critical(1.0 - (1.0 - intervals.LEVEL) / max(1.0, strictness))
    ways = []
    if size < d.margin:
        ways.append(_precision_inside(size, d.margin))
    if size > 0.0 and size >= SMALLEST_EFFECT * d.margin:
        ways.append((critical + NormalDist().inv_cdf(_POWER)) / size)
    if not ways:
        return None
    needed = n * (error * min(ways)) ** 2
    if needed > MOST_RUNS:
        return None
    return max(n // SHARD + 1, math.ceil(needed / SHARD)) * SHARD


def _precision_inside(size: float, margin: float) -> float:
    """Returns the inverse standard error at which two one-sided tests place a difference inside its
    margin with the wanted power.

    If the difference is near 0 either test may fail; if it is near the margin only one can.
    """
    normal, critical = NormalDist(), intervals.normal_critical(TEST_LEVEL)
    low, high = (
        (critical + normal.inv_cdf(power)) / (margin - size)
        for power in (_POWER, (1.0 + _POWER) / 2.0)
    )
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        fails = sum(normal.cdf(critical - room * middle) for room in (margin - size, margin + size))
        low, high = (low, middle) if fails <= 1.0 - _POWER else (middle, high)
    return high
