"""Fonts for characters that the usual font of charts lacks, e.g. Chinese ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from matplotlib.font_manager import fontManager
from matplotlib.ft2font import FT2Font

USUAL: Final = "DejaVu Sans"
"""Font that comes with matplotlib."""

NO_LETTERS: Final = ("Last Resort", "STIX", "cm")
"""Beginnings of the names of fonts that hold boxes, or parts of formulas, in place of letters."""

REGULAR: Final = 400
"""Weight of a font that is neither light nor bold."""


@cache
def families(text: str) -> tuple[str, ...]:
    """Returns the usual font, then the installed ones that hold what it lacks of a text."""
    return (USUAL, *(name for name, _ in _fallbacks(text)))


@cache
def lacking(text: str) -> str:
    """Returns the printable characters of a text that no installed font holds, in order."""
    left = _without(text, USUAL)
    for _, held in _fallbacks(text):
        left -= held
    return "".join(sorted(map(chr, left)))


def _fallbacks(text: str) -> Iterator[tuple[str, frozenset[int]]]:
    """Yields fonts and the wanted characters each adds, until nothing is missing."""
    left = _without(text, USUAL)
    for name in _installed() if left else ():
        held = left & _held(name)
        if held:
            yield name, held
            left -= held
        if not left:
            return


def _without(text: str, name: str) -> frozenset[int]:
    """Returns the codes of the printable characters of a text that a font lacks."""
    return frozenset(ord(letter) for letter in text if letter.isprintable()) - _held(name)


@cache
def _installed() -> dict[str, str]:
    """Returns the files of upright fonts of usual weight by name, those that look most like the
    usual font first."""
    files = {
        font.name: font.fname
        for font in fontManager.ttflist
        if (font.style, font.weight, font.stretch) == ("normal", REGULAR, "normal")
    }
    names = [name for name in files if not name.startswith(NO_LETTERS)]
    names.sort(key=lambda name: ("Sans" not in name, " SC" not in name, name))
    return {name: files[name] for name in (USUAL, *names)}


@cache
def _held(name: str) -> frozenset[int]:
    """Returns the codes of the characters a font holds; none if it cannot be scaled or read."""
    try:
        font = FT2Font(_installed()[name])
    except (OSError, RuntimeError):
        return frozenset()
    return frozenset(font.get_charmap()) if font.scalable else frozenset()
