"""Titles of scenarios in words: `October 2025: APEC` for `october-2025-apec`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.report.words.sides import side_names

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch

PROPER: Final = {
    word.lower(): word
    for word in (
        "APEC", "EU", "G20", "IEEPA", "PNTR", "TikTok", "US", "WTO",
        "Beijing", "Busan", "China", "Geneva", "London", "Madrid", "Stockholm", "Taiwan",
        "Washington", "Bessent", "Biden", "Trump", "Xi",
    )
}  # fmt: skip
"""Words that are not written in small letters, as they are written."""

_MONTH: Final = re.compile(
    "(january|february|march|april|may|june|july|august|september|october|november|december)"
    r" (\d{4})\b"
)
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DASH: Final = "\N{NON-BREAKING HYPHEN}"


def title_of(name: str) -> str:
    """Returns the name of a scenario as a title."""
    kept = _DAY.sub(_DASH.join((r"\1", r"\2", r"\3")), name)
    words = kept.replace("-", " ").replace("_", " ").replace("phase one", "Phase One").split()
    text = _MONTH.sub(_month, " ".join(PROPER.get(word, word) for word in words))
    return (text[:1].upper() + text[1:]).replace(_DASH, "-") or name


def side_titles(batches: Sequence[Batch], *, lettered: bool = True) -> list[str]:
    """Returns the name of each side as a title: its scenario in words (see `side_names`)."""
    names = side_names(batches, lettered=lettered)
    return [
        name.replace(batch.resolved.name, title_of(batch.resolved.name), 1)
        for name, batch in zip(names, batches, strict=True)
    ]


def _month(match: re.Match[str]) -> str:
    """Returns a month with a colon if it begins a title that goes on."""
    colon = ":" if match.start() == 0 and match.end() < len(match.string) else ""
    return f"{match[1].title()} {match[2]}{colon}"
