"""Targets of a duty: a legal layer, all goods, all other countries, a sector or a chapter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sim.economy.sectors import GOODS
from sim.errors import nearest
from sim.model.tables.vocabulary import LAYER_NAMES
from sim.scenario.chapters import chapters

SIDES: Final = ("us", "cn")
ALL: Final = "all"
EVERYONE_ELSE: Final = "everyone_else"
PARTIAL_REPLY: Final = "partial_reply"
ON_ALL_GOODS: Final[Mapping[str, str]] = {"us": "threatened", "cn": "full_reply"}
"""Layer of each side that `all` stands for: it falls on all goods alike."""

LAYERS: Final[Mapping[tuple[str, str], tuple[int, int]]] = {
    (name, layer): (side, code)
    for side, name in enumerate(SIDES)
    for code, layer in enumerate(LAYER_NAMES[side])
    if layer is not None
}
"""Codes of side and layer by their names."""

_CHAPTER: Final = re.compile(r"(?:hs_?)?([0-9]{1,10})")
_LONGEST_CHAPTER: Final = 2
_SHOWN: Final = 40


class UnknownTargetError(ValueError):
    """A name that is no target of a side's duties; the message says what there is."""


def layers_of(side: str) -> list[str]:
    """Returns the names of a side's layers."""
    return [layer for name, layer in LAYERS if name == side]


def sectors_of(side: str) -> list[str]:
    """Returns the names of the sectors that a side imports from the other, without the side."""
    return [good.partition(".")[2] for good in GOODS if good.startswith(f"{side}.")]


def parts_of(target: str) -> tuple[tuple[int, float], ...]:
    """Returns the goods on which a target falls by themselves, each with the share of it that is
    meant; none for a layer and for all other countries.

    Args:
        target: A name that `find_target` has returned.
    """
    if target in GOODS:
        return ((GOODS.index(target), 1.0),)
    return tuple((part.good, part.share) for part in chapters().get(target, ()))


def find_target(side: str, text: str) -> str:
    """Returns the name of a target: a layer, `everyone_else`, a good as `us.toys`, or a chapter as
    `hs85`.

    Args:
        side: The side that levies the duty, `us` or `cn`.
        text: The target as a user writes it, e.g. `all`, `toys`, `HS 85`.

    Raises:
        UnknownTargetError: The side has no such target.
    """
    wanted = "_".join(text.lower().split())
    if wanted == ALL:
        return ON_ALL_GOODS[side]
    if (side, wanted) in LAYERS:
        return wanted
    if wanted == EVERYONE_ELSE:
        if side != "us":
            raise UnknownTargetError(f"{EVERYONE_ELSE} is for US duties on all other countries")
        return wanted
    if wanted in GOODS:
        if not wanted.startswith(f"{side}."):
            raise UnknownTargetError(
                f"{wanted} is imported by the other side; the side of its duties is {wanted[:2]}"
            )
        return wanted
    if f"{side}.{wanted}" in GOODS:
        return f"{side}.{wanted}"
    if chapter := _CHAPTER.fullmatch(wanted):
        return _chapter(side, chapter[1])
    raise UnknownTargetError(_nothing_like(side, wanted[:_SHOWN]))


def _chapter(side: str, digits: str) -> str:
    """Returns the name of a chapter given by its number."""
    if len(digits) > _LONGEST_CHAPTER:
        raise UnknownTargetError(
            f"{digits} is more than a chapter, which has two digits, as hs{digits[:2]}; goods "
            "within a chapter are known by sector only"
        )
    if side != "us":
        raise UnknownTargetError(
            "chapters are known for US imports only, because no source here gives Chinese imports "
            f"by chapter; use a sector: {', '.join(sectors_of(side))}"
        )
    name = f"hs{digits:0>2}"
    if name not in chapters():
        raise UnknownTargetError(
            f"no sector holds goods of chapter {digits:0>2}; use one of hs01 to hs97 (77 is empty; "
            "98 and 99, goods under special provisions, are in no sector)"
        )
    return name


def _nothing_like(side: str, wanted: str) -> str:
    """Returns what to say of a name that is nothing of a side."""
    layers, sectors = layers_of(side), sectors_of(side)
    others = [EVERYONE_ELSE] if side == "us" else []
    names = [ALL, *others, *layers, *sectors]
    text = f"{wanted!r} is nothing that a duty of side {side} can be on"
    if hint := _other_side(side, wanted) or nearest(wanted, names):
        return f"{text}{hint}"
    return (
        f"{text}; allowed: {', '.join([ALL, *others])}; layers {', '.join(layers)}; sectors "
        f"{', '.join(sectors)}" + ("; chapters hs01 to hs97" if side == "us" else "")
    )


def _other_side(side: str, wanted: str) -> str:
    """Returns a hint if the name belongs to the other side."""
    other = SIDES[1 - SIDES.index(side)]
    known = wanted in layers_of(other) or wanted in sectors_of(other)
    return f"; it belongs to side {other}" if known else ""
