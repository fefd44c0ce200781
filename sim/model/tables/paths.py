"""Dotted names of fields that have a value for each side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.model.tables.fields import field
from sim.model.tables.vocabulary import Side

Index = tuple[int, ...]
Names = tuple[tuple[str | None, ...], ...]


def side_name(side: int) -> str:
    """Returns `us` or `cn`."""
    return Side(side).name.lower()


def by_side(prefix: str, names: Names, suffix: str = "") -> Callable[[Index], str | None]:
    """Returns a path function: `us.<prefix>.<name><suffix>`, or None if a side has no such name."""

    def path(index: Index) -> str | None:
        side, place = index
        name = names[side][place]
        return f"{side_name(side)}.{prefix}.{name}{suffix}" if name else None

    return path


def per_side(unit: str, meaning: str) -> Any:
    """Declares a number for each side that no scenario may set."""
    return field("", unit=unit, shape=(Side,), meaning=meaning)
