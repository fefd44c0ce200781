"""Moves in words."""

from __future__ import annotations

import pytest

from sim.engine.happenings import CODES, NOBODY
from sim.experiment.compare.partings import Move
from sim.model.tables.codes import CN, US
from sim.report.words.events import move_words

EXTENSION = Move(NOBODY, CODES["sign_extension"])


@pytest.mark.parametrize(
    ("move", "sizes", "words"),
    [
        (None, (0.0, 0.0), ""),
        (EXTENSION, (0.0, 0.0), "The two sides extend the truce"),
        (Move(US, CODES["hike"]), (1.0, 1.0), "Washington raises tariffs on all goods"),
        (
            Move(US, CODES["execute_threat"]), (34.0, 100.0),
            "Washington orders the threatened tariff of 34 to 100 points",
        ),
        (
            Move(CN, CODES["reply_mirror"]), (50.0, 50.0),
            "Beijing matches the increase with 50 points on all US goods",
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
