"""What is told of where histories part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engine.happenings import CODES, NOBODY
from sim.experiment.compare.comparison import compare
from sim.experiment.compare.parting_effects import PartingEffect
from sim.experiment.compare.partings import Divergence, Move, Parting
from sim.experiment.stats.intervals import Estimate
from sim.model.tables.codes import CN, US
from sim.report.answers.result import Result
from sim.report.page import Page, render
from sim.report.pages.compare.partings import (
    divergence_section,
    divergence_sentences,
    parting_words,
    when_words,
)
from sim.report.words.events import move_words
from sim.requests.comparison import divergence_of

NOV_9 = 739_564
PART = PartingEffect("path_class", "conflict", "probability", Estimate(0.12, 0.1, 0.14), 0.8)
REST = PartingEffect("path_class", "conflict", "probability", Estimate(0.03, 0.01, 0.05), 0.2)
WHOLE = PartingEffect(
    "path_class", "conflict", "probability", Estimate(0.15, 0.13, 0.17, 0.01), 1.0
)
EXTENSION = Move(NOBODY, CODES["sign_extension"])
PARTING = Parting(
    kind="event",
    a=EXTENSION,
    b=None,
    sizes_a=(0.0, 0.0),
    sizes_b=(0.0, 0.0),
    ways=1,
    pairs=61,
    share=Estimate(0.61, 0.51, 0.7),
    day=NOV_9,
    on_day=61,
    first=NOV_9,
    last=NOV_9,
    gaps=(PART,),
)
NUMBERS = replace(
    PARTING,
    kind="numbers", a=None, pairs=27, share=Estimate(0.27, 0.2, 0.36), day=0, first=0, last=0,
    gaps=(REST,),
)  # fmt: skip
FOUND = Divergence(
    pairs=100,
    of=100,
    partings=(PARTING, NUMBERS),
    never=Estimate(0.12, 0.07, 0.2),
    totals=(WHOLE,),
    changed=np.arange(100) < 88,
)


def section(found: Divergence) -> str:
    """The section as text."""
    page = Page()
    divergence_section(page, found)
    return render(page)


def test_a_sentence_says_how_often_and_by_what_paths_part() -> None:
    """The commonest parting, what differs in numbers alone, and what never differs."""
    assert divergence_sentences(FOUND) == (
        "In 61 of 100 pairs the paths part on 9 Nov 2025: both sides prolong the truce, in A "
        "alone. In 27 of 100 the same things happen, with other numbers. In 12 of 100 nothing "
        "ever differs (the first 100 pairs)."
    )


def test_the_table_gives_each_parting_its_part_of_the_gap() -> None:
    """Parts and their share stand over the whole, within 80 columns."""
    text = section(FOUND)

    assert "+12 80" in " ".join(text.split())
    assert "all pairs +15 100" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_of_a_whole_that_may_be_nought_no_shares_are_given() -> None:
    """Shares of noise are none; the parts themselves stand with their intervals."""
    unsure = replace(WHOLE, estimate=Estimate(0.01, -0.02, 0.04, 0.015))
    text = " ".join(section(replace(FOUND, totals=(unsure,))).split())

    assert "all pairs +1" in text
    assert "of it" not in text
    assert " 80" not in text
    assert "cannot be told from nought" in text
    assert "cannot be told from nought" not in section(FOUND)


def test_a_page_says_which_pairs_a_condition_leaves_out() -> None:
    """Those of which one run alone meets it are in the tables of outcomes and not here, whether or
    not the pairs that count differ in anything."""
    same = replace(WHOLE, estimate=Estimate(0.0, 0.0, 0.0))
    for found in (FOUND, replace(FOUND, totals=(same,)), replace(FOUND, partings=())):
        text = " ".join(section(replace(found, left_out=7)).split())
        assert "Not counted: 7 pairs of which one run alone meets what is given" in text
    assert "Not counted" not in section(FOUND)


def test_what_another_version_played_is_left_out_with_a_note(october: Result) -> None:
    """A comparison of results that do not come out as stored goes on without partings."""
    batch = october.batch
    other = {**batch.values, "us_addon_pp": batch.values["us_addon_pp"] + 1.0}
    notes: list[str] = []
    comparison = compare(batch, replace(batch, values=other))

    assert divergence_of(comparison, {"note": notes.append}) is None
    assert "no longer match what is stored: us_addon_pp differs" in notes[0]


def test_nothing_to_tell_is_told_as_such() -> None:
    """No parting makes a sentence without a table; no pair that counts, another."""
    same = replace(FOUND, partings=(), never=Estimate(1.0, 0.96, 1.0))

    assert "Nothing ever differs in the first 100 pairs" in section(same)
    assert "all pairs" not in section(same)
    assert "No pair counts" in section(replace(same, pairs=0))


@pytest.mark.parametrize(
    ("move", "sizes", "words"),
    [
        (None, (0.0, 0.0), ""),
        (EXTENSION, (0.0, 0.0), "Both sides prolong the truce"),
        (Move(US, CODES["hike"]), (1.0, 1.0), "Washington raises tariffs across the board"),
        (
            Move(US, CODES["execute_threat"]), (34.0, 100.0),
            "Washington orders the threatened tariff of 34 to 100 points",
        ),
        (
            Move(CN, CODES["reply_mirror"]), (50.0, 50.0),
            "Beijing mirrors the hike with 50 points on all US goods",
        ),
        (
            Move(CN, CODES["seek_talks"], agreed=False), (0.0, 0.0),
            "Beijing proposes talks; the other side declines",
        ),
    ],
)  # fmt: skip
def test_a_move_reads_as_the_chronicle_does(
    move: Move | None, sizes: tuple[float, float], words: str
) -> None:
    """Who, what and how much; of a group of pairs from least to most."""
    assert move_words(move, sizes) == words


def test_every_kind_of_event_has_words() -> None:
    """None is left with a place for a number, or without a word."""
    for code in CODES.values():
        words = move_words(Move(NOBODY, code), (1.0, 2.0))

        assert words
        assert "{" not in words
        assert "_" not in words


def test_a_parting_of_both_takes_two_lines() -> None:
    """What either does stands under its letter; what only b does is said to be only b's."""
    hike = Move(US, CODES["hike"])

    assert parting_words(replace(PARTING, b=hike)) == (
        "A: Both sides prolong the truce\nB: Washington raises tariffs across the board"
    )
    assert parting_words(replace(PARTING, a=None, b=EXTENSION)).startswith("only B: Both sides")
    assert parting_words(replace(PARTING, kind="other", ways=7)) == "7 other ways, each rarer"


@pytest.mark.parametrize(
    ("on_day", "first", "words"),
    [
        (61, NOV_9, "9 Nov"),
        (40, NOV_9 - 5, "9 Nov\n(4 Nov to 9 Nov)"),
        (10, NOV_9 - 5, "4 Nov to 9 Nov"),
    ],
)
def test_a_day_is_named_where_it_is_typical(on_day: int, first: int, words: str) -> None:
    """A day most of the pairs part on is named, else only the span."""
    assert when_words(replace(PARTING, on_day=on_day, first=first)) == words
