"""Section of a comparison on the partings of its pairs: where two runs first differ."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sim.report.page import Page, numeric, worded
from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import (
    count_text,
    in_100,
    number_text,
    signed,
    step_of,
    unit_mark,
)
from sim.report.words.partings import divergence_sentences, parting_words, when_words

if TYPE_CHECKING:
    from sim.experiment.compare.parting_effects import PartingEffect
    from sim.experiment.compare.partings import Divergence, Parting

HEADING: Final = "Where the two runs of a pair first differ"


def divergence_section(
    page: Page, found: Divergence, other: str = "B", *, named: bool = False
) -> None:
    """Adds the partings of the pairs: a summary, and a table of the contribution of each to the
    difference with the smallest p-value. Shares are shown only if that difference is significant.

    Args:
        page: The page to add to.
        found: The partings.
        other: Letter of the scenario compared with A.
        named: Whether the heading names both scenarios, because there are more than two.
    """
    page.heading(f"{HEADING}, A and {other}" if named else HEADING)
    page.say(divergence_sentences(found, other), indent=2)
    if found.left_out:
        page.say(
            f"Not counted here: {count_text(found.left_out, 'pair')} in which only one run meets "
            "the condition. The outcome tables do count that run, so their differences are not "
            "quite the same.",
            indent=2,
        )
    if not found.partings:
        return
    total = next((effect for effect in found.totals if effect.estimate.value), None)
    is_sure = total is not None and not total.estimate.low <= 0.0 <= total.estimate.high
    columns = [numeric("% of\npairs"), worded("\nfirst difference"), worded("\nwhen")]
    if total:
        columns.append(worded(f"{_effect_name(total)},\nA minus {other}"))
    columns += [numeric("% of\ntotal")] * is_sure
    place = found.totals.index(total) if total else 0
    rows = [_row(p, other, p.effects[place] if total else None, is_sure) for p in found.partings]
    if total:
        rows.append(["", "all pairs", "", _effect_text(total), *["100"] * is_sure])
    page.table(columns, rows, indent=0)
    if total:
        page.say(_effect_sentences(is_sure))


def _effect_sentences(is_sure: bool) -> str:
    """Returns a note on how to read the contributions."""
    adds = (
        "last two columns add up to the totals in the last row. They show"
        if is_sure
        else "last column adds up to the total in the last row. It shows"
    )
    text = (
        "Each pair's whole final difference is assigned to the first event that differs, so the "
        f"{adds} where a difference starts, not everything that contributes to it."
    )
    if is_sure:
        return text
    return f"{text} The total is not significantly different from zero, so shares are not shown."


def _row(parting: Parting, other: str, effect: PartingEffect | None, is_sure: bool) -> list[str]:
    cells = [in_100(parting.share.value), parting_words(parting, other), when_words(parting)]
    if effect:
        cells += [_effect_text(effect), *[number_text(100.0 * effect.of_total, 0)] * is_sure]
    return cells


def _effect_name(effect: PartingEffect) -> str:
    label = effect.label if effect.unit == "probability" and effect.label != "true" else ""
    return outcome_words(effect.outcome, label) + unit_mark(effect.unit)


def _effect_text(effect: PartingEffect) -> str:
    """Returns a contribution with its interval; of a probability in percentage points."""
    scale, places = (100.0, 1) if effect.unit == "probability" else (1.0, None)
    step = None if effect.unit == "probability" else step_of(effect.outcome)
    e = effect.estimate
    middle = signed(scale * e.value, places, step=step)
    if not (math.isfinite(e.low) and math.isfinite(e.high)) or e.low == e.high:
        return middle
    low, high = (number_text(scale * limit, places, step=step) for limit in (e.low, e.high))
    return f"{middle}\n({low} to {high})"
