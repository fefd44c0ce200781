"""Template of a table of acts, with what each column and each leg means."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from sim.history.act_table import SHAPE
from sim.history.legs import LEGS, NONE, UNMAPPED

_WIDTH: Final = 80

_COLUMNS: Final = {
    "date": "day of the announcement, YYYY-MM-DD; rows are sorted by it",
    "side": "us, cn, or both for what the two do together",
    "act": "what it is, see below",
    "leg": f"what it is in the model, see below; {NONE} if nothing",
    "points_pp": "of a duty raised or cut, and of a threat if known: average points over all "
    "goods that the side imports from the other (rate x share of trade covered); below 0 for a cut",
    "effective": "day on which a duty, a control or a truce comes into force, if later",
    "until": "deadline of a threat, or first day without the truce",
    "executes": "yes if a hike of us carries out a threat",
    "unmapped": f"for leg {NONE}: why, see below",
    "event": "what happened, in words",
    "size_pp": "points of the highest rate raised, threatened or cut, if it has one",
    "bilateral": "yes, or no for duties on all countries and acts against third parties",
    "counted": "empty, or no for a part of another act",
    "source": "where you have it from",
    "confidence": "high (two sources agree), medium (one source) or low (memory)",
}

_ROWS: Final = """\
2026-01-15,us,hike,reciprocal,5,2026-02-01,,,,An example: five points more on all goods,\
5,yes,,replace me,low
2026-03-02,both,truce,extension,,,2026-05-31,,,"An example: the truce prolonged, 90 days",\
,yes,,replace me,low
"""


def template() -> str:
    """Returns a table of acts to fill in: notes, the header, and two acts as examples."""
    notes = "\n".join("#" if not line else f"# {line}" for line in _notes())
    return f"{notes}\n{','.join(SHAPE.required)}\n{_ROWS}"


def _notes() -> Iterator[str]:
    """Yields the lines of the notes."""
    yield "Acts of your own, added to the record of April 2017 to 23 October 2025."
    yield "Lines that begin with # are left out. Texts with commas are in quotes."
    yield ""
    for column in SHAPE.required:
        yield from _hanging(column, _COLUMNS[column])
    yield ""
    yield "Side and act, and their legs:"
    for (side, act), legs in LEGS.items():
        yield from _hanging(f"{side} {act}", ", ".join((*legs, NONE)))
    yield ""
    yield f"Reasons of leg {NONE}:"
    for reason, words in UNMAPPED.items():
        yield from _hanging(reason, words)


def _hanging(word: str, text: str) -> list[str]:
    """Returns a word with its explanation, in lines that leave room for the mark of a comment."""
    return textwrap.wrap(f"{word:<15} {text}", _WIDTH - 2, subsequent_indent=" " * 16)
