"""Agreements in force and open US threats of duties on record, and since when they stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sim.errors import nearest
from sim.history.act_row import CONFIDENCES
from sim.history.acts import FIRST_DAY
from sim.history.csv_table import Row, take_rows
from sim.history.places import data_root
from sim.history.tariffs import LAST_DAY

PAUSE: Final = "pause"
SIGNED: Final = "signed"
THREAT: Final = "threat"

ENDS: Final = {
    PAUSE: ("broken", "prolonged"),
    SIGNED: ("lapsed",),
    THREAT: ("executed", "postponed", "dropped"),
}
"""Kinds of spells, and how each can end. A pause is an agreement that only suspends; what is
prolonged or postponed begins anew with its new date."""

_FILE: Final = "history/standing.csv"
_COLUMNS: Final = ("from", "until", "kind", "due", "end", "event", "source", "confidence")


@dataclass(frozen=True, slots=True)
class Spell:
    """Time during which an agreement was in force or a threat open.

    Attributes:
        day: First day, an ordinal.
        until: First day after it, an ordinal; None if it had not ended.
        kind: `pause`, `signed` or `threat`.
        due: Day on which a pause expires or a threat is to be carried out, an ordinal, as announced
            on the first day; None if there is none.
        end: How it ended, one of `ENDS`; empty if it had not.
        event: What it is about.
        source: Source of it.
        confidence: `high`, `medium` or `low`.
    """

    day: int
    until: int | None
    kind: str
    due: int | None
    end: str
    event: str
    source: str
    confidence: str

    def stands_on(self, day: int) -> bool:
        """Returns whether it stands at the end of a day."""
        return self.day <= day and (self.until is None or day < self.until)


@cache
def standing_on_record() -> tuple[Spell, ...]:
    """Returns all spells on record, by first day."""
    return read_standing(data_root() / _FILE)


def standing_as_known(spells: Iterable[Spell], day: int) -> tuple[Spell, ...]:
    """Returns the spells as they were known at the end of a day: later ones are left out, and an
    end that was still to come is unknown.

    Args:
        spells: The spells.
        day: The day, an ordinal.
    """
    return tuple(
        replace(spell, until=None, end="")
        if spell.until is not None and spell.until > day
        else spell
        for spell in spells
        if spell.day <= day
    )


def read_standing(path: Path) -> tuple[Spell, ...]:
    """Reads a record of spells.

    Raises:
        ScenarioError: The file cannot be read, or has invalid rows; reports all of them.
    """
    found: list[Spell] = []

    def take(row: Row) -> None:
        spell = _spell(row)
        if found and spell.day < found[-1].day:
            before = date.fromordinal(found[-1].day)
            raise ValueError(f"found {row['from']} after {before}; rows are sorted by date")
        found.append(spell)

    take_rows(path, _COLUMNS, "kind", take)
    return tuple(found)


def _spell(row: dict[str, str]) -> Spell:
    """Returns the spell of a row.

    Raises:
        ValueError: The row is invalid.
    """
    kind, end = row["kind"], row["end"]
    if kind not in ENDS:
        raise ValueError(
            f"found kind {kind!r}; allowed: {', '.join(ENDS)}{nearest(kind, tuple(ENDS))}"
        )
    day = date.fromisoformat(row["from"]).toordinal()
    until = date.fromisoformat(row["until"]).toordinal() if row["until"] else None
    if not FIRST_DAY <= day <= LAST_DAY or (until is not None and not day < until <= LAST_DAY):
        raise ValueError(
            f"found {row['from']} to {row['until'] or 'open'}; a spell lasts at least a day, from "
            f"{date.fromordinal(FIRST_DAY)} to {date.fromordinal(LAST_DAY)}"
        )
    allowed = ("",) if until is None else ENDS[kind]
    if end not in allowed:
        raise ValueError(
            f"found end {end!r}; allowed: {', '.join(allowed) or 'none, as it has no last day'}"
        )
    if row["confidence"] not in CONFIDENCES:
        raise ValueError(
            f"found confidence {row['confidence']!r}; allowed: {', '.join(CONFIDENCES)}"
        )
    for column in ("event", "source"):
        if not row[column].strip():
            raise ValueError(f"has no {column}")
    due = date.fromisoformat(row["due"]).toordinal() if row["due"] else None
    if due is not None and due < day:
        raise ValueError(f"found due {row['due']} before {row['from']}")
    return Spell(day, until, kind, due, end, row["event"], row["source"], row["confidence"])
