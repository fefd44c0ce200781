"""Targets of a study in words: names, column headings, values with their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.model.outcomes.outcome import CHANCE_STEP, default_step
from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import (
    NOTHING,
    band,
    chances,
    day_text,
    number_text,
    rounded_up,
    unit_mark,
)

if TYPE_CHECKING:
    from sim.experiment.games.payoffs import Payoff
    from sim.experiment.outcomes.targets import Target


def target_words(target: Target) -> str:
    """Returns a readable name for a target."""
    if target.condition and not target.label:
        return target.text
    label = target.label if target.column.outcome.kind == "class" else ""
    return outcome_words(target.column.name, label)


def target_title(target: Target) -> str:
    """Returns a target as a column heading, with its unit."""
    if target.is_share:
        return f"{target_words(target)}, % of runs"
    return f"{target_words(target)}{unit_mark(target.unit)}"


def partial_text(target: Target, n: Sequence[int], of: Sequence[int], what: str) -> str:
    """Returns a sentence on the runs in which an outcome exists, as `summit day exists in 27 to 31
    of 500 runs of each row`; empty if it exists in all.

    Args:
        target: The outcome.
        n: Number of runs in which it exists, one for each value of a table.
        of: Number of runs that finished, likewise.
        what: What each number stands for: `each row`.
    """
    if list(n) == list(of):
        return ""
    counts, totals = (number_range(min(part), max(part)) for part in (n, of))
    return f"{target_words(target)} exists in {counts} of {totals} runs of {what}."


def number_range(low: int, high: int) -> str:
    """Returns a range of counts, as `27 to 31`; one number if they are equal."""
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def estimate_text(target: Target, value: float, low: float, high: float) -> str:
    """Returns a mean with its 95% interval in brackets; a share in per cent."""
    if math.isnan(value):
        return NOTHING
    if target.is_share:
        return " ".join(chances(value, max(0.0, low), min(1.0, high)))
    if not (math.isfinite(low) and math.isfinite(high)):
        return mean_text(target, value)
    # "to", not a dash: a dash looks like a minus sign, and is unclear between dates.
    if low < 0.0 or target.unit == "date":
        return f"{mean_text(target, value)} ({mean_text(target, low)} to {mean_text(target, high)})"
    step = target_step(target)
    return f"{number_text(value, step=step)} ({band(low, high, step=step)})"


def mean_text(target: Target, value: float, places: int | None = None) -> str:
    """Returns a mean, a day or a per cent of runs; with `places`, a number of days, not a date."""
    if math.isnan(value):
        return NOTHING
    if target.is_share:
        return number_text(100.0 * value, places or 0)
    if target.unit == "date" and places is None:
        return day_text(value)
    return number_text(value, step=target_step(target))


def target_step(target: Target) -> float | None:
    """Returns the finest step in which values of a target are printed; None for shares of runs,
    whose precision depends on the number of runs."""
    return None if target.is_share else target.column.outcome.step


def payoff_step(payoff: Payoff) -> float:
    """Returns the finest step in which a payoff is printed: that of its outcome, or for a sum the
    one that follows from its margin."""
    target = payoff.terms[0].target
    if not payoff.is_sum and not target.is_share:
        return target.column.outcome.step
    return default_step("number", payoff.margin) if payoff.margin > 0.0 else CHANCE_STEP


def half_width_text(target: Target, widest: float) -> str:
    """Returns the largest half-width of some intervals, rounded up; empty if there is none."""
    if math.isnan(widest):
        return ""
    return mean_text(target, rounded_up(widest, target_step(target)), 1)
