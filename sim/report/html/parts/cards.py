"""Cards with headline figures and their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.html.parts.markup import Markup, element
from sim.report.words.numbers import NOTHING, chances, number_text


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
    """Returns cards side by side."""
    return element("ul", [_card(card) for card in shown], class_="cards")


def _card(card: Card) -> Markup:
    return element(
        "li",
        element(
            "p",
            element("span", card.value, class_=card.mood or None),
            " ",
            element("small", card.unit),
            class_="value",
        ),
        element("p", card.what, class_="what"),
        _bar(card.bar, card.span) if card.bar else None,
        element("p", card.range, class_="range") if card.range else None,
        element("p", card.beyond, class_="range beyond") if card.beyond else None,
    )


def _bar(share: tuple[float, float, float], span: tuple[float, float] | None) -> Markup:
    """Returns a share as a bar with its interval, and behind it the span over the assumed ranges;
    hidden from screen readers, as the text says it."""
    value, low, high = share
    return element(
        "div",
        _stretch("span", *span) if span else None,
        element("i", style=f"left:0;width:{_per_cent(value)}"),
        _stretch("interval", low, high),
        class_="bar",
        aria_hidden="true",
    )


def _stretch(kind: str, low: float, high: float) -> Markup:
    return element("i", class_=kind, style=f"left:{_per_cent(low)};width:{_per_cent(high - low)}")


def _per_cent(share: float) -> str:
    return f"{number_text(100.0 * share, 1)}%"
