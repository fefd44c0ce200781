"""Grammar of the inputs to vary, safe in any shell.

`name=1,2,3` lists values (numbers, dates, words, `null`), `name=0..1/5` means five evenly spaced
values from 0 to 1, and `name=12..15` the whole numbers 12 to 15; these can be joined by commas.
Several axes form a grid in which the last axis moves fastest. If points are sampled instead (see
`factors`), a name alone samples its prior, and `name=0..1` that interval uniformly.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from sim.errors import UsageError

MOST_POINTS: Final = 1000
"""Points of a grid, at most; a larger grid is probably a typing error."""

_EXAMPLES: Final = (
    "a=1,2,3 for a list, a=0..1/5 for 5 evenly spaced values, a=12..15 for whole numbers"
)
MOST_DIGITS: Final = 18
"""Digits of a whole number, at most; Python reads no more than some thousands, and nothing here
needs more than these."""

_NUMBER: Final = r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_WHOLE: Final = rf"[+-]?[0-9]{{1,{MOST_DIGITS}}}"
_RANGE: Final = re.compile(rf"(?P<low>{_NUMBER})\.\.(?P<high>{_NUMBER})(?:/(?P<points>.*))?")


@dataclass(frozen=True, slots=True)
class Axis:
    """One input and the values it takes, as text for `--set`."""

    name: str
    values: tuple[str, ...]


def parse_axes(axes: Sequence[str | Axis]) -> tuple[Axis, ...]:
    """Returns the axes of a grid, parsing those that are text.

    Raises:
        UsageError: There is no axis, one cannot be parsed, one appears twice, or the grid is too
            large.
    """
    if not axes:
        raise UsageError(f"sweep: nothing to vary; give at least one axis: {_EXAMPLES}")
    parsed = tuple(axis if isinstance(axis, Axis) else parse_axis(axis) for axis in axes)
    names = [axis.name for axis in parsed]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{name}: appears {names.count(name)} times; join its values")
    size = math.prod(len(axis.values) for axis in parsed)
    if size == 0:
        raise UsageError(f"sweep: an axis has no values; allowed: {_EXAMPLES}")
    if size > MOST_POINTS:
        raise UsageError(f"sweep: the grid has {size} points; at most {MOST_POINTS} are allowed")
    return parsed


def parse_axis(text: str) -> Axis:
    """Parses an axis, `name=values`.

    Raises:
        UsageError: The text is not an axis; the message says what is allowed.
    """
    name, equals, values = text.partition("=")
    name = name.strip()
    if not equals or not name:
        raise UsageError(
            f"{text}: expected name=values; allowed: {_EXAMPLES} (a name alone samples its prior "
            "with --sample lhs)"
        )
    found: list[str] = []
    for piece in values.split(","):
        found += _expanded(name, piece.strip())
    if len(set(found)) < len(found):
        raise UsageError(f"{name}: a value appears twice in {values}")
    return Axis(name, tuple(found))


def grid_of(axes: Sequence[Axis]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yields every combination of values as (name, value) pairs; the last axis moves fastest."""
    names = [axis.name for axis in axes]
    for values in product(*(axis.values for axis in axes)):
        yield tuple(zip(names, values, strict=True))


def typed(text: str) -> Any:
    """Returns a value of an axis as a number if it is one, None for `null`, else as text."""
    if text == "null":
        return None
    if re.fullmatch(_WHOLE, text):
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def range_of(values: str) -> tuple[float, float] | None:
    """Returns the ends of an interval like `0..1`; None for anything else, including `0..1/5`."""
    match = _RANGE.fullmatch(values.strip())
    return None if match is None or match["points"] else (float(match["low"]), float(match["high"]))


def short(value: float) -> str:
    """Returns a number with at most 12 digits, the way a person would write it."""
    return f"{value:.12g}"


def _expanded(name: str, piece: str) -> list[str]:
    """Returns the values of one piece of an axis."""
    if not piece:
        raise UsageError(f"{name}: found an empty value; allowed: {_EXAMPLES}")
    if ".." not in piece:
        return [piece]
    match = _RANGE.fullmatch(piece)
    if match is None:
        raise UsageError(f"{name}: found the range {piece}; allowed: {_EXAMPLES}")
    low, high, points = match["low"], match["high"], match["points"]
    if points is None:
        return _whole_numbers(name, low, high)
    if not re.fullmatch(r"[0-9]{1,4}", points) or not 2 <= int(points) <= MOST_POINTS:
        raise UsageError(
            f"{name}: found /{points} in {piece}; allowed: a whole number of points from 2 "
            f"to {MOST_POINTS}, e.g. 0..1/5"
        )
    ends = float(low), float(high)
    if not all(map(math.isfinite, ends)):
        raise UsageError(f"{name}: found {low}..{high}; the ends of a range are finite numbers")
    return [short(value) for value in _even(*ends, int(points))]


def _whole_numbers(name: str, low: str, high: str) -> list[str]:
    if not all(re.fullmatch(_WHOLE, end) for end in (low, high)):
        raise UsageError(
            f"{name}: found {low}..{high} without a number of points; allowed: whole "
            f"numbers as in 12..15, or {low}..{high}/5 for five evenly spaced values"
        )
    first, last = int(low), int(high)
    if last < first or last - first >= MOST_POINTS:
        raise UsageError(
            f"{name}: found {low}..{high}; the smaller number comes first, and at most "
            f"{MOST_POINTS} numbers are allowed"
        )
    return [str(value) for value in range(first, last + 1)]


def _even(low: float, high: float, points: int) -> list[float]:
    return [low + (high - low) * (i / (points - 1)) for i in range(points)]
