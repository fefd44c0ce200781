"""Differences of a comparison in words: side letters, names, values, intervals, verdicts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import (
    NOTHING,
    count_text,
    day_text,
    in_100,
    number_text,
    out_of,
    signed,
    step_of,
    unit_mark,
)
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


def row_words(found: Sequence[tuple[str, Difference]]) -> str:
    """Returns the name of a row, with the number of runs if the outcome applies to only some.

    Args:
        found: The letter of each other scenario with its difference from A, at least one.
    """
    name = name_words(found[0][1])
    if not any(d.is_partial for _, d in found):
        return name
    first = found[0][1]
    sides = [f"{out_of(first.runs[0], first.of[0])} of A"]
    sides += [f"{out_of(d.runs[1], d.of[1])} of {side}" for side, d in found]
    return f"{name}: in {', '.join(sides)}"


def verdict_words(verdict: str) -> str:
    """Returns a verdict on A as printed: `higher`, `lower`, `equivalent`, `inconclusive`."""
    return VERDICT_WORDS.get(verdict, verdict)


def precision(d: Difference) -> tuple[int | None, float | None]:
    """Returns the decimals of a share of runs in per cent, or the step of a number."""
    return (None, step_of(d.outcome)) if d.kind == "number" else (1, None)


def value_text(d: Difference, value: float) -> str:
    """Returns a mean, a day, or a per cent of runs, as text."""
    if d.unit == "date":
        # The year is omitted: the dates of the run make it clear.
        return NOTHING if math.isnan(value) else day_text(value).rpartition(" ")[0]
    return number_text(value, step=precision(d)[1]) if d.kind == "number" else in_100(value)


def two_stories(name: str, whole: str, pairs: int, within: str) -> str:
    """Returns a sentence on a difference that contradicts the one within pairs.

    Args:
        name: The outcome.
        whole: The difference of the two sides' means, with its unit.
        pairs: Number of pairs in which both runs have the outcome.
        within: The difference within these pairs, with its interval.
    """
    return (
        f"{name}: means and pairs tell different stories, because the outcome exists in different "
        f"runs on the two sides. The means, each over its own runs, differ by {whole}; in the "
        f"{count_text(pairs, 'pair')} in which both runs have it, by {within}."
    )


def two_stories_of(d: Difference) -> str:
    """Returns the sentence of `two_stories`; empty if means and pairs agree."""
    if d.common is None or not d.tells_two_stories:
        return ""
    within = replace(d, difference=d.common.difference)
    return two_stories(name_words(d), difference_text(d), d.common.pairs, difference_text(within))


def difference_text(d: Difference) -> str:
    """Returns a difference with its interval in brackets, as `+10 (5 to 15)`."""
    scale = 1.0 if d.kind == "number" else 100.0
    places, step = precision(d)
    e = d.difference
    if d.identical or math.isnan(e.value):
        return "0" if d.identical else NOTHING
    middle = signed(scale * e.value, places, step=step)
    if not (math.isfinite(e.low) and math.isfinite(e.high)):
        return middle
    low, high = (number_text(scale * limit, places, step=step) for limit in (e.low, e.high))
    return f"{middle} ({low} to {high})"
