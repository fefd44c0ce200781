"""What a comparison tells of where paired histories first part."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sim.report.page import Page, numeric, worded
from sim.report.words.events import move_words
from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import NOTHING, count_text, day_text, number_text, signed, unit_mark

if TYPE_CHECKING:
    from sim.experiment.compare.parting_effects import PartingEffect
    from sim.experiment.compare.partings import Divergence, Parting

MOSTLY: Final = 0.5
"""Share of the pairs that part in one way from which a day is said to be theirs."""


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


def divergence_sentences(found: Divergence, other: str = "B") -> str:
    """Returns what a reader should remember of where histories part."""
    if not found.pairs:
        return "No pair counts on both sides."
    looked = count_text(found.pairs, "pair")
    if found.pairs == found.of:
        looked = f"the first {looked}"
    if not found.partings:
        return f"Nothing ever differs in {looked}."
    told = []
    commonest = found.partings[0]
    if commonest.kind == "event":
        share = _in_100(commonest.share.value)
        told.append(f"In {share} of 100 pairs the paths part {_moment(commonest, other)}.")
    numbers = sum(p.share.value for p in found.partings if p.kind == "numbers")
    if numbers:
        told.append(f"In {_in_100(numbers)} of 100 the same things happen, with other numbers.")
    told.append(f"In {_in_100(found.never.value)} of 100 nothing ever differs ({looked}).")
    return " ".join(told)


def parting_words(parting: Parting, other: str = "B") -> str:
    """Returns what happens where pairs part, in one line or, if both do something, in two."""
    if parting.kind == "other":
        return f"{count_text(parting.ways, 'other way')}, each rarer"
    if parting.kind == "numbers":
        return "the same events, other numbers"
    ours, theirs = _both(parting)
    if ours and theirs:
        return f"A: {ours}\n{other}: {theirs}"
    return f"only A: {ours}" if ours else f"only {other}: {theirs}"


def when_words(parting: Parting) -> str:
    """Returns when pairs part: a day, or the commonest of several and their span."""
    if parting.kind == "numbers":
        return NOTHING
    day = _short_day(parting.day)
    if parting.first == parting.last:
        return day
    span = f"{_short_day(parting.first)} to {_short_day(parting.last)}"
    return f"{day}\n({span})" if parting.on_day >= MOSTLY * parting.pairs else span


def _row(parting: Parting, other: str, gap: PartingEffect | None, is_sure: bool) -> list[str]:
    cells = [_in_100(parting.share.value), parting_words(parting, other), when_words(parting)]
    if gap:
        cells += [_gap_text(gap), *[number_text(100.0 * gap.of_total, 0)] * is_sure]
    return cells


def _both(parting: Parting) -> tuple[str, str]:
    return move_words(parting.a, parting.sizes_a), move_words(parting.b, parting.sizes_b)


def _moment(parting: Parting, other: str) -> str:
    """Returns when and how pairs part, for a sentence: `on 30 Oct 2025: in A the leaders meet, in
    B they do not`."""
    if parting.on_day >= MOSTLY * parting.pairs:
        when = f"{'' if parting.on_day == parting.pairs else 'mostly '}on {day_text(parting.day)}"
    else:
        when = f"between {day_text(parting.first)} and {day_text(parting.last)}"
    ours, theirs = (_inside(text) for text in _both(parting))
    if ours and theirs:
        return f"{when}: in A {ours}, in {other} {theirs}"
    return f"{when}: {ours}, in A alone" if ours else f"{when}: {theirs}, in {other} alone"


def _inside(text: str) -> str:
    """Returns a sentence as part of another; names keep their capital."""
    first = text.split(" ", 1)[0]
    return text if first in {"Washington", "Beijing"} else text[:1].lower() + text[1:]


def _short_day(day: int) -> str:
    return day_text(day).rpartition(" ")[0]


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


def _in_100(share: float) -> str:
    return number_text(100.0 * share, 1)
