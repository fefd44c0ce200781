"""Partings in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.engine.happenings import CODES
from sim.experiment.compare.partings import Divergence, Move
from sim.model.tables.codes import US
from sim.report.words.partings import divergence_sentences, parting_words, when_words

NOV_9 = date(2025, 11, 9).toordinal()


def test_a_sentence_says_how_often_and_by_what_paths_part(found: Divergence) -> None:
    """The commonest parting, what differs in numbers alone, and what never differs."""
    assert divergence_sentences(found) == (
        "The most common first difference (61% of pairs) is on 9 Nov 2025: only in A, the "
        "two sides extend the truce. In 27% the same events occur, but with different amounts. In "
        "12% the two runs are identical. Based on 100 pairs."
    )


def test_a_parting_of_both_takes_two_lines(found: Divergence) -> None:
    """What either does stands under its letter; what only b does is said to be only b's."""
    parting, hike = found.partings[0], Move(US, CODES["hike"])

    assert parting_words(replace(parting, b=hike, sizes_b=(10.0, 10.0))) == (
        "A: The two sides extend the truce\n"
        "B: Washington raises tariffs on all Chinese goods by 10 points"
    )
    assert parting_words(replace(parting, a=None, b=parting.a)).startswith(
        "only in B: The two sides"
    )
    assert (
        parting_words(replace(parting, kind="other", ways=7))
        == "7 other first differences, each less common"
    )


@pytest.mark.parametrize(
    ("on_day", "first", "words"),
    [
        (61, NOV_9, "9 Nov"),
        (40, NOV_9 - 5, "9 Nov\n(4 Nov to 9 Nov)"),
        (10, NOV_9 - 5, "4 Nov to 9 Nov"),
    ],
)
def test_a_day_is_named_where_it_is_typical(
    found: Divergence, on_day: int, first: int, words: str
) -> None:
    """A day most of the pairs part on is named, else only the span."""
    assert when_words(replace(found.partings[0], on_day=on_day, first=first)) == words
