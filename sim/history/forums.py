"""Forums at which the two leaders may meet, and when their dates became known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sim.history.csv_table import take_rows
from sim.history.places import data_root
from sim.history.tariffs import LAST_DAY
from sim.model.tables.vocabulary import Venue

_FILE: Final = "history/forums.csv"
_COLUMNS: Final = ("date", "label", "venue", "known_from", "source")


@dataclass(frozen=True, slots=True)
class Forum:
    """Forum of heads of government to which both leaders are invited.

    Attributes:
        day: Its first day, an ordinal.
        label: Name and place.
        venue: Code of the venue, as for a leaders' meeting.
        known_from: Ordinal day from which it was on the calendar.
        source: Who announced it.
    """

    day: int
    label: str
    venue: int
    known_from: int
    source: str


@cache
def forums() -> tuple[Forum, ...]:
    """Returns all forums, by day."""
    return read_forums(data_root() / _FILE)


def forums_ahead(day: int, until: int) -> tuple[Forum, ...]:
    """Returns the forums after a day, up to another, that were known on the first."""
    return tuple(f for f in forums() if f.known_from <= day < f.day <= until)


def read_forums(path: Path) -> tuple[Forum, ...]:
    """Reads a table of forums.

    Raises:
        ScenarioError: The file cannot be read, or has invalid rows; reports all of them.
    """
    found: list[Forum] = []
    take_rows(path, _COLUMNS, "label", lambda row: found.append(_forum(row)))
    return tuple(sorted(found, key=lambda forum: forum.day))


def _forum(row: dict[str, str]) -> Forum:
    """Returns the forum of a row.

    Raises:
        KeyError: There is no such venue.
        ValueError: A date is none, or it was known only after the record ends.
    """
    known = date.fromisoformat(row["known_from"]).toordinal()
    if known > LAST_DAY:
        raise ValueError(f"found known_from {row['known_from']}, after the end of the record")
    day = date.fromisoformat(row["date"]).toordinal()
    venue = int(Venue[row["venue"].upper()])
    return Forum(day, row["label"], venue, known, row["source"])
