"""Partings of paired runs in words, in the chronicle's wording: the first event that differs, its
side and its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.engine.happenings import NAMES, event_text
from sim.report.words.numbers import NOTHING, count_text, day_text, in_100

if TYPE_CHECKING:
    from sim.experiment.compare.partings import Divergence, Move, Parting

MOSTLY: Final = 0.5
"""Share of the pairs with the same parting at which its commonest day is named."""


class Span:
    """Number or range of numbers that formats itself where a sentence expects a number."""

    def __init__(self, low: float, high: float) -> None:
        self._ends = low, high

    def __format__(self, spec: str) -> str:
        low, high = (format(end, spec) for end in self._ends)
        return low if low == high else f"{low} to {high}"


def move_words(move: Move | None, sizes: tuple[float, float] = (0.0, 0.0)) -> str:
    """Returns the event on one side of a parting, in the chronicle's wording.

    Args:
        move: The event; None if nothing happens, which gives an empty string.
        sizes: Smallest and largest size of the event, in the unit of its kind.
    """
    if move is None:
        return ""
    return event_text(NAMES[move.act], move.side, Span(*sizes), move.agreed)


def divergence_sentences(found: Divergence, other: str = "B") -> str:
    """Returns a summary of where the runs of a pair first differ."""
    if not found.pairs:
        return "In no pair do both runs meet the condition."
    looked = count_text(found.pairs, "pair")
    if not found.partings:
        return f"The two runs are identical in {looked}."
    sentences = []
    commonest = found.partings[0]
    if commonest.kind == "event":
        share = in_100(commonest.share.value)
        sentences.append(
            f"The most common first difference ({share}% of pairs) is {_moment(commonest, other)}."
        )
    numbers = sum(p.share.value for p in found.partings if p.kind == "numbers")
    if numbers:
        sentences.append(
            f"In {in_100(numbers)}% the same events occur, but with different amounts."
        )
    sentences.append(
        f"In {in_100(found.never.value)}% the two runs are identical. Based on {looked}."
    )
    return " ".join(sentences)


def parting_words(parting: Parting, other: str = "B") -> str:
    """Returns the events of a parting: one line, or two if something happens on both sides."""
    if parting.kind == "other":
        return f"{count_text(parting.ways, 'other first difference')}, each less common"
    if parting.kind == "numbers":
        return "same events, different numbers"
    ours, theirs = _both(parting)
    if ours and theirs:
        return f"A: {ours}\n{other}: {theirs}"
    return f"only in A: {ours}" if ours else f"only in {other}: {theirs}"


def when_words(parting: Parting) -> str:
    """Returns the day of a parting: one day, or the commonest day and the range."""
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
    """Returns the day and the events of a parting, for a sentence: `on 30 Oct 2025: only in A, the
    leaders meet`."""
    if parting.on_day >= MOSTLY * parting.pairs:
        when = f"{'' if parting.on_day == parting.pairs else 'mostly '}on {day_text(parting.day)}"
    else:
        when = f"between {day_text(parting.first)} and {day_text(parting.last)}"
    ours, theirs = (_inside(text) for text in _both(parting))
    if ours and theirs:
        return f"{when}: in A, {ours}; in {other}, {theirs}"
    return f"{when}: only in A, {ours}" if ours else f"{when}: only in {other}, {theirs}"


def _inside(text: str) -> str:
    """Returns a sentence as a clause, in lower case unless it starts with a name."""
    first = text.split(" ", 1)[0]
    return text if first in {"Washington", "Beijing"} else text[:1].lower() + text[1:]


def _short_day(day: int) -> str:
    return day_text(day).rpartition(" ")[0]
