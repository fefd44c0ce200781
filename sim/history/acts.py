"""Acts on record: the moves of the two governments since April 2017, one legal leg a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, unique
from functools import cache
from pathlib import Path
from typing import Final

from sim.errors import Problem, ScenarioError, nearest
from sim.history.csv_table import csv_rows
from sim.history.places import data_root
from sim.history.tariffs import LARGEST_PP, LAST_DAY

FIRST_DAY: Final = date(2017, 4, 1).toordinal()
"""First day of the record of acts; its last is `tariffs.LAST_DAY`."""

BOTH: Final = "both"
"""Stands for a side where the two act together."""


@unique
class ActType(Enum):
    """Types of acts on record.

    Attributes:
        side: `us`, `cn` or `both`.
        act: Name of the act among those of the side.
        title: Name in tables.
    """

    side: str
    act: str
    title: str

    US_HIKE = ("us", "hike", "US tariff increase")
    US_THREAT = ("us", "threat", "US tariff threat")
    US_CUT = ("us", "cut", "US tariff cut or delay")
    US_CONTROL = ("us", "control", "US control or listing")
    US_EASE = ("us", "ease", "US control eased")
    CN_HIKE = ("cn", "hike", "Chinese tariff increase")
    CN_THREAT = ("cn", "threat", "Chinese tariff threat")
    CN_CUT = ("cn", "cut", "Chinese tariff cut or delay")
    CN_CONTROL = ("cn", "control", "Chinese control, listing or probe")
    CN_EASE = ("cn", "ease", "Chinese control eased")
    ROUND = (BOTH, "round", "round of talks")
    CONTACT = (BOTH, "contact", "leaders' call or meeting")
    TRUCE = (BOTH, "truce", "truce signed or extended")
    PLEDGE = (BOTH, "pledge", "pledge of purchases")

    def __init__(self, side: str, act: str, title: str) -> None:
        self.side = side
        self.act = act
        self.title = title


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """Act on record.

    Attributes:
        day: Ordinal day of the announcement.
        type: Its type.
        event: The event it belongs to, in words.
        size_pp: Percentage points of the highest duty raised, threatened or cut; None if the act
            has no single size.
        bilateral: Whether it is aimed at the other side. Duties on all countries' goods and acts
            against third parties are not, and are not counted.
        source: Source of the act.
        confidence: `high`, `medium` or `low`.
    """

    day: int
    type: ActType
    event: str
    size_pp: float | None
    bilateral: bool
    source: str
    confidence: str


CONFIDENCES: Final = ("high", "medium", "low")
"""Two sources agree; one source, or memory in part; memory alone."""

SIZED: Final = ("hike", "threat", "cut")
"""Acts that may have a size."""

_FILE: Final = "history/acts.csv"
_COLUMNS: Final = (
    "date", "side", "act", "event", "size_pp", "bilateral", "source", "confidence",
)  # fmt: skip
_TYPES: Final = {(kind.side, kind.act): kind for kind in ActType}
_ANSWERS: Final = {"yes": True, "no": False}


@cache
def acts_on_record() -> tuple[RecordedAct, ...]:
    """Returns all acts on record, by day."""
    return read_acts(data_root() / _FILE)


def read_acts(path: Path) -> tuple[RecordedAct, ...]:
    """Reads a record of acts.

    Raises:
        ScenarioError: The file cannot be read, or has invalid rows; reports all of them.
    """
    found: list[RecordedAct] = []
    problems = []
    for line, row in csv_rows(path, _COLUMNS):
        try:
            act = _act(row)
            if found and act.day < found[-1].day:
                before = date.fromordinal(found[-1].day)
                raise ValueError(f"found {row['date']} after {before}; rows are sorted by date")
            if act in found:
                raise ValueError(f"repeats an act of {row['date']}; each leg has one row")
            found.append(act)
        except ValueError as error:
            problems.append(Problem(path.name, line, 1, row["act"], str(error)))
    if problems:
        raise ScenarioError(problems)
    return tuple(found)


def _act(row: dict[str, str]) -> RecordedAct:
    """Returns the act of a row.

    Raises:
        ValueError: The row is invalid.
    """
    day = date.fromisoformat(row["date"]).toordinal()
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(
            f"found {row['date']}; the record runs from {date.fromordinal(FIRST_DAY)} to "
            f"{date.fromordinal(LAST_DAY)}"
        )
    for column in ("event", "source"):
        if not row[column].strip():
            raise ValueError(f"has no {column}")
    return RecordedAct(
        day,
        _type(row["side"], row["act"]),
        row["event"],
        _size(row["act"], row["size_pp"]),
        _ANSWERS[_one_of("bilateral", row["bilateral"], tuple(_ANSWERS))],
        row["source"],
        _one_of("confidence", row["confidence"], CONFIDENCES),
    )


def _type(side: str, act: str) -> ActType:
    """Returns the type of an act.

    Raises:
        ValueError: There is no such side, or it has no such act.
    """
    _one_of("side", side, tuple(dict.fromkeys(kind.side for kind in ActType)))
    _one_of(f"act of {side}", act, tuple(kind.act for kind in ActType if kind.side == side))
    return _TYPES[side, act]


def _size(act: str, text: str) -> float | None:
    """Returns the size of an act in points; None if it has none.

    Raises:
        ValueError: It is no size, or the act cannot have one.
    """
    if not text:
        return None
    if act not in SIZED:
        raise ValueError(f"found size_pp {text}; only {', '.join(SIZED)} have a size")
    size = float(text)
    if not 0.0 < size <= LARGEST_PP:
        raise ValueError(f"found size_pp {text}; a size lies above 0, at most {LARGEST_PP:g}")
    return size


def _one_of(what: str, found: str, allowed: tuple[str, ...]) -> str:
    """Returns a text that is one of those allowed.

    Raises:
        ValueError: It is another.
    """
    if found not in allowed:
        raise ValueError(
            f"found {what} {found!r}; allowed: {', '.join(allowed)}{nearest(found, allowed)}"
        )
    return found
