"""Verdicts: what may be said of a difference, the first that holds.

Identical; equivalent, if two one-sided tests place it inside the margin; higher or lower, if it is
sure after Holm's correction and at least a quarter of the margin; else it cannot be told, and how
many runs would.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import NormalDist
from typing import Final

from sim.experiment.compare.difference import TEST_LEVEL, Difference
from sim.experiment.stats import intervals
from sim.experiment.store.folder import MOST_RUNS, SHARD

SMALLEST_EFFECT: Final = 0.25
"""Share of an outcome's margin below which no difference is called one."""

TELLING: Final = ("higher", "lower")

_POWER: Final = 0.8
"""Share of batches of so many runs as are asked for that settle a difference."""

_HALVINGS: Final = 20
"""Of an interval a fifth of what is looked for: to a millionth."""


def judge(contrasts: Sequence[Sequence[Difference]], runs: Sequence[int]) -> list[list[Difference]]:
    """Returns differences with their verdicts, contrast by contrast, in the order given.

    Holm's correction is made over the statements about headline outcomes of all contrasts, and
    apart from them over those about all others: give it all that one reader is told at once.

    Args:
        contrasts: The differences of each contrast.
        runs: Runs of either side of each contrast.
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
    """Returns the verdict of a whole contrast: identical, if every column of every run is;
    different, if a headline outcome is higher or lower; equivalent, if all of them are identical
    or equivalent; else cannot tell."""
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
    """Returns how many runs would settle a difference with the power, were it as estimated."""
    size, error = abs(d.difference.value), d.difference.error
    if not error > 0.0:
        return None
    # What Holm multiplied the p-value by tells how strict the test is.
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
    """Returns one over the standard error with which two one-sided tests place a difference inside
    its margin with the power. Near the middle either test may fail, at the margin one alone."""
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
