"""US presidential elections and inaugurations: their days, which the law sets, and what came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sim.history.csv_table import Row, take_rows
from sim.history.places import data_root
from sim.history.tariffs import LAST_DAY

_FILE: Final = "history/elections.csv"
_COLUMNS: Final = ("date", "inauguration", "decided", "change", "source")
_ANSWERS: Final = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Election:
    """Election of a US president.

    Attributes:
        day: Its day, an ordinal.
        inauguration: Day on which the term begins, an ordinal.
        decided: Day on which the outcome was known, an ordinal; None if it is open.
        change: Whether another party takes office; None if it is open.
    """

    day: int
    inauguration: int
    decided: int | None = None
    change: bool | None = None


@cache
def elections() -> tuple[Election, ...]:
    """Returns all elections, by day."""
    return read_elections(data_root() / _FILE)


def elections_ahead(day: int, until: int) -> tuple[Election, ...]:
    """Returns the elections whose inauguration lies after a day and which are held up to another,
    as they were known on the first: the outcome is open until the day on which it was known."""
    return tuple(
        each
        if each.decided is not None and each.decided <= day
        else replace(each, decided=None, change=None)
        for each in elections()
        if day < each.inauguration and each.day <= until
    )


def read_elections(path: Path) -> tuple[Election, ...]:
    """Reads a table of elections.

    Raises:
        ScenarioError: The file cannot be read, or has invalid rows; reports all of them.
    """
    found: list[Election] = []

    def take(row: Row) -> None:
        election = _election(row)
        if found and election.day <= found[-1].inauguration:
            raise ValueError(f"found {row['date']} after a later row; sort them by date")
        found.append(election)

    take_rows(path, _COLUMNS, "date", take)
    return tuple(found)


def _election(row: dict[str, str]) -> Election:
    """Returns the election of a row.

    Raises:
        ValueError: A cell is wrong; the message says what is allowed.
    """
    day, inauguration = _ordinal(row, "date"), _ordinal(row, "inauguration")
    if not day < inauguration:
        raise ValueError(f"found inauguration {row['inauguration']}, not after the election")
    if not row["source"]:
        raise ValueError("has no source; name who set the days and who called the outcome")
    if not row["decided"] and not row["change"]:
        return Election(day, inauguration)
    if row["change"] not in _ANSWERS:
        raise ValueError(f"found change {row['change']!r}; allowed: yes, no, or empty while open")
    decided = _ordinal(row, "decided")
    if not day <= decided < inauguration:
        raise ValueError(f"found decided {row['decided']}, not between election and inauguration")
    if decided > LAST_DAY:
        raise ValueError(f"found decided {row['decided']}, after the end of the record")
    return Election(day, inauguration, decided, _ANSWERS[row["change"]])


def _ordinal(row: dict[str, str], column: str) -> int:
    """Returns a day of a row.

    Raises:
        ValueError: It is none.
    """
    try:
        return date.fromisoformat(row[column]).toordinal()
    except ValueError:
        raise ValueError(f"found {column} {row[column]!r}, which is no day: YYYY-MM-DD") from None
