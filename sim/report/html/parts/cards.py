"""Cards with headline figures and their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from sim.report.html.parts.templates import fill
from sim.report.words.numbers import NOTHING, chances

ACROSS: Final = (5, 4, 3)
"""Numbers of cards that may stand in a row on a desk, the best first."""


@dataclass(frozen=True, slots=True)
class Card:
    """Headline figure.

    Attributes:
        value: The figure.
        unit: Unit, shown smaller after the figure.
        what: Description, a phrase.
        range: Text on its spread or interval.
        bar: Value between 0 and 1 with the ends of its interval; None for no bar.
        beyond: Text on what the range leaves out: the answer over the assumed ranges.
        span: Ends of the share over the assumed ranges, drawn behind the bar; None for none.
        mood: `higher`, `lower` or empty; sets the colour.
    """

    value: str
    unit: str
    what: str
    range: str
    bar: tuple[float, float, float] | None = None
    mood: str = ""
    beyond: str = ""
    span: tuple[float, float] | None = None


def share_card(what: str, share: tuple[float, float, float]) -> Card:
    """Returns the card of a share of runs with its interval."""
    value, interval = chances(*share)
    return Card(
        value if value == NOTHING else f"{value}%",
        "of runs",
        what,
        f"95% interval {interval.strip('()')}" if interval else "",
        None if math.isnan(share[0]) else share,
    )


def cards(shown: Sequence[Card]) -> Markup:
    """Returns cards side by side; nothing if there are none."""
    if not shown:
        return Markup()
    # The last row is as full as it can be; those in it grow to fill the rest.
    across = min(ACROSS, key=lambda many: -len(shown) % many)
    return fill("cards.html", cards=shown, across=across)
