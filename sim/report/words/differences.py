"""Differences of a comparison in words: side letters, names, values, intervals, verdicts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import NOTHING, day_text, in_100, number_text, signed, unit_mark
from sim.report.words.sides import side_letters

VERDICT_WORDS: Final = {"cannot tell": "inconclusive"}
"""Printed words for verdicts that are not printed by their code."""

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison
    from sim.experiment.compare.contrast import Background, Contrast
    from sim.experiment.compare.difference import Difference


def letters(comparisons: Sequence[Comparison]) -> list[str]:
    """Returns a letter for each side: A for the reference, then B, C, ..."""
    return side_letters(len(comparisons) + 1)


def lettered(contrast: Contrast) -> list[tuple[str, Background]]:
    """Returns the letter of each other scenario with the background of its comparison; empty if no
    background was requested."""
    return list(zip(letters(contrast.comparisons)[1:], contrast.backgrounds, strict=False))


def name_words(d: Difference) -> str:
    """Returns the outcome a difference refers to, with its unit."""
    return outcome_words(d.outcome, d.label if d.kind == "class" else "") + unit_mark(d.unit)


def verdict_words(verdict: str) -> str:
    """Returns a verdict on A as printed: `higher`, `lower`, `equivalent`, `inconclusive`."""
    return VERDICT_WORDS.get(verdict, verdict)


def value_text(d: Difference, value: float) -> str:
    """Returns a mean, a day, or a per cent of runs, as text."""
    if d.unit == "date":
        # The year is omitted: the dates of the run make it clear.
        return NOTHING if math.isnan(value) else day_text(value).rpartition(" ")[0]
    return number_text(value) if d.kind == "number" else in_100(value)


def difference_text(d: Difference) -> str:
    """Returns a difference with its interval in brackets, as `+10 (5 to 15)`."""
    scale, places = (1.0, None) if d.kind == "number" else (100.0, 1)
    e = d.difference
    if d.identical or math.isnan(e.value):
        return "0" if d.identical else NOTHING
    middle = signed(scale * e.value, places)
    if not (math.isfinite(e.low) and math.isfinite(e.high)):
        return middle
    low, high = (number_text(scale * limit, places) for limit in (e.low, e.high))
    return f"{middle} ({low} to {high})"
