"""Section of a comparison on where paired histories first part."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sim.report.page import Page, numeric, worded
from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import count_text, in_100, number_text, signed, unit_mark
from sim.report.words.partings import divergence_sentences, parting_words, when_words

if TYPE_CHECKING:
    from sim.experiment.compare.parting_effects import PartingEffect
    from sim.experiment.compare.partings import Divergence, Parting

HEADING: Final = "Where the histories of a pair first part"


def divergence_section(
    page: Page, found: Divergence, other: str = "B", *, named: bool = False
) -> None:
    """Adds where histories first part: a sentence, and a table with what that makes of the
    difference that is surest; in shares of it only if it is sure.

    Args:
        page: Where to.
        found: Where they part.
        other: Letter of the scenario that is held against A.
        named: Whether the heading names the two, as there are others.
    """
    page.heading(f"{HEADING}, A and {other}" if named else HEADING)
    page.say(divergence_sentences(found, other), indent=2)
    if found.left_out:
        page.say(
            f"Not counted: {count_text(found.left_out, 'pair')} of which one run alone meets what "
            "is given. The tables of outcomes count that run on its side, and so tell of another "
            "difference.",
            indent=2,
        )
    if not found.partings:
        return
    total = next((gap for gap in found.totals if gap.estimate.value), None)
    is_sure = total is not None and not total.estimate.low <= 0.0 <= total.estimate.high
    columns = [numeric("in 100\npairs"), worded("\nwhat happens first"), worded("\nwhen")]
    if total:
        columns.append(worded(f"{_gap_name(total)},\nA minus {other}"))
    columns += [numeric("of it\nin 100")] * is_sure
    place = found.totals.index(total) if total else 0
    rows = [_row(p, other, p.gaps[place] if total else None, is_sure) for p in found.partings]
    if total:
        rows.append(["", "all pairs", "", _gap_text(total), *["100"] * is_sure])
    page.table(columns, rows, indent=0)
    if total:
        page.say(_gap_sentences(is_sure))


def _gap_sentences(is_sure: bool) -> str:
    """Returns how the parts of a difference are to be read."""
    adds = "last two columns add up. They tell" if is_sure else "last column adds up. It tells"
    told = (
        "A pair counts where it first parts, with all it differs by in the end, so that the "
        f"{adds} where a difference begins, not all it takes."
    )
    if is_sure:
        return told
    return f"{told} The whole cannot be told from nought, so that no shares are given."


def _row(parting: Parting, other: str, gap: PartingEffect | None, is_sure: bool) -> list[str]:
    cells = [in_100(parting.share.value), parting_words(parting, other), when_words(parting)]
    if gap:
        cells += [_gap_text(gap), *[number_text(100.0 * gap.of_total, 0)] * is_sure]
    return cells


def _gap_name(gap: PartingEffect) -> str:
    label = gap.label if gap.unit == "probability" and gap.label != "true" else ""
    return outcome_words(gap.outcome, label) + unit_mark(gap.unit)


def _gap_text(gap: PartingEffect) -> str:
    """Returns a part of a difference with its interval; of a probability in 100 pairs."""
    scale, places = (100.0, 1) if gap.unit == "probability" else (1.0, None)
    e = gap.estimate
    middle = signed(scale * e.value, places)
    if not (math.isfinite(e.low) and math.isfinite(e.high)) or e.low == e.high:
        return middle
    low, high = (number_text(scale * limit, places) for limit in (e.low, e.high))
    return f"{middle}\n({low} to {high})"
