"""Plain names of inputs: what stands beside a dotted name wherever a table, a chart or a sentence
shows a parameter or a field of the state.

A name is the meaning of the field (`sim.model.tables`) without its full stop. Where that is longer
than `LONGEST`, leans on its neighbours ("that hazard") or belongs to several inputs, a shorter one
is written in `written`, once, by attribute; `{}` stands for what tells the inputs of a field apart.
"""

from __future__ import annotations

from calendar import month_abbr
from functools import cache
from typing import Final

from sim.model.tables.fields import Slot, fields_of
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Act
from sim.report.words.glossary import FEATURE_WORDS, ISSUE_NAMES, LEGAL_NAMES, act_words
from sim.report.words.names.written import WRITTEN
from sim.report.words.numbers import sentence_case, spaced

LONGEST: Final = 64
"""Letters of a plain name; a test holds every input to it."""

PIECES: Final[dict[str, str]] = {
    "us": "US",
    "cn": "China",
    "congress": "Congress",
    "lobby": "business lobby",
    "front": "other front",
    "phase_one": "2020",
    "tech": "technology controls",
    "partial": "partial reply",
    "inbound": "investment in the US",
    "outbound": "investment in China",
    "app": "sale of the app",
    "europe": "Europe",
    "mar_a_lago": "at Mar-a-Lago",
    "beijing": "in Beijing",
    "washington": "in Washington",
    "third_country": "in a third country",
    **{month.lower(): month for month in month_abbr[1:]},
}
"""Pieces of dotted names whose spelling is not their word."""

_ENDINGS: Final = (
    "_usd_bn",
    "_pp",
    "_target",
    "_speed",
    "_until",
    "_per_day",
    "_odds",
    "_strength",
    "_warmth",
)


@cache
def input_names() -> dict[str, str]:
    """Returns the plain name of every parameter and every field of the state, by dotted name."""
    found: dict[str, str] = {}
    for record in (Params, State):
        for spec in fields_of(record):
            slots = list(spec.slots())
            telling = _telling(slots)
            text = WRITTEN.get(spec.attr) or _begun_small(spec.meaning.rstrip("."))
            for slot in slots:
                pieces = slot.name.split(".")
                words = [_piece(pieces[place]) for place in telling if place < len(pieces)]
                found[slot.name] = text.format(*words)
    return found


def input_words(name: str) -> str:
    """Returns the plain name of an input; an entry of the calendar or an intervention keeps its
    own."""
    return input_names().get(name, name)


def named(name: str, *, begins: bool = False) -> str:
    """Returns an input in plain words, with the name to type in brackets.

    Args:
        name: Its dotted name.
        begins: Whether a sentence begins with it.
    """
    words = input_words(name)
    if words == name:
        return name
    return f"{sentence_case(words) if begins else words} ({name})"


def above(name: str) -> str:
    """Returns an input for a narrow column: in plain words, and the name to type below."""
    words = input_words(name)
    return name if words == name else f"{words}\n  {name}"


def _telling(slots: list[Slot]) -> list[int]:
    """Returns the places of the pieces in which the names of a field differ."""
    rows = [slot.name.split(".") for slot in slots]
    shortest = min(map(len, rows), default=0)
    return [place for place in range(shortest) if len({row[place] for row in rows}) > 1]


def _piece(piece: str) -> str:
    """Returns a piece of a dotted name in words."""
    for ending in _ENDINGS:
        piece = piece.removesuffix(ending)
    piece = piece.removeprefix("cover_")
    for words in (PIECES, FEATURE_WORDS, LEGAL_NAMES, ISSUE_NAMES):
        if piece in words:
            return words[piece]
    return act_words(piece) if piece.upper() in Act.__members__ else spaced(piece)


def _begun_small(text: str) -> str:
    """Returns a sentence as a phrase: without its capital, unless a name begins it."""
    first = text.split(" ", 1)[0].removesuffix("'s")
    return text if first in _PROPER else text[:1].lower() + text[1:]


_PROPER: Final = frozenset(
    {"US", "China", "Chinese", "American", "Washington", "Beijing", "Congress", "Taiwan"}
)
