"""Estimates as text: rounded to the step of their line, with their bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.experiment.tariffs.impact import Triple
from sim.experiment.tariffs.lines import Line
from sim.report.words.impact import words_of
from sim.report.words.numbers import number_text, signed

MARK: Final = "*"
"""Mark of an estimate that is the median of the draws."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How the numbers of a line are shown: in which step, and whether with their sign."""

    step: float
    change: bool


def shown_as(line: Line) -> Shown:
    """Returns how the numbers of a line are shown."""
    return Shown(line.step, words_of(line).change)


def triple_text(values: Triple, shown: Shown, unit: str) -> str:
    """Returns an estimate with its unit, and its band in brackets."""
    text = value_text(values.value, shown) + unit + MARK * values.is_median
    band = band_text(values, shown)
    return f"{text} ({band})" if band else text


def value_text(value: float, shown: Shown) -> str:
    """Returns a value in the step of its line, signed if it is a change."""
    write = signed if shown.change else number_text
    return write(value, step=shown.step)


def estimate_text(values: Triple, shown: Shown) -> str:
    """Returns an estimate, marked if it is the median of the draws."""
    return value_text(values.value, shown) + MARK * values.is_median


def band_text(values: Triple, shown: Shown) -> str:
    """Returns a band, as `21 to 29.3`; empty if the priors have no effect."""
    if values.low == values.high == values.value:
        return ""
    return f"{value_text(values.low, shown)} to {value_text(values.high, shown)}"
