"""Partings of paired histories in words: what happens first on which side, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.report.words.events import move_words
from sim.report.words.numbers import NOTHING, count_text, day_text, in_100

if TYPE_CHECKING:
    from sim.experiment.compare.partings import Divergence, Parting

MOSTLY: Final = 0.5
"""Share of the pairs that part in one way from which a day is said to be theirs."""


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
        share = in_100(commonest.share.value)
        told.append(f"In {share} of 100 pairs the paths part {_moment(commonest, other)}.")
    numbers = sum(p.share.value for p in found.partings if p.kind == "numbers")
    if numbers:
        told.append(f"In {in_100(numbers)} of 100 the same things happen, with other numbers.")
    told.append(f"In {in_100(found.never.value)} of 100 nothing ever differs ({looked}).")
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
