"""Tables of recorded acts: the shipped record, and files of a user's own laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sim.errors import Problem, ScenarioError
from sim.history.act_row import read_act
from sim.history.acts import RecordedAct
from sim.history.legs import LAYERS
from sim.history.places import data_root
from sim.history.tariffs import LAST_DAY
from sim.history.text_files import shown
from sim.history.user_table import LAST_DATE, CellError, TableShape, table_in_file

Numbered = tuple[int, RecordedAct]
"""An act with the line of its row."""

SHAPE: Final = TableShape(
    "a record",
    "each row gives an act",
    (
        "date", "side", "act", "leg", "points_pp", "effective", "until", "executes", "unmapped",
        "event", "size_pp", "bilateral", "counted", "source", "confidence",
    ),
    template="detente history template",
)  # fmt: skip

_FILE: Final = "history/acts.csv"
_ROUNDING_PP: Final = 0.01
"""Points are written with two decimals."""


@cache
def acts_on_record() -> tuple[RecordedAct, ...]:
    """Returns all acts of the shipped record, by day."""
    return read_acts(data_root() / _FILE)


def record_with(path: Path | None) -> tuple[RecordedAct, ...]:
    """Returns the shipped record by day, with the acts of a user's file added; acts of one day
    stand in the order of the shipped record, then of the file.

    Args:
        path: A table with the columns of the shipped one, which may go on after its end; None for
            the shipped record alone.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file is wrong; reports all that is.
    """
    own = () if path is None else added_acts(path)
    return tuple(sorted((*acts_on_record(), *own), key=lambda act: act.day))


def added_acts(path: Path) -> tuple[RecordedAct, ...]:
    """Returns the acts of a user's file alone, checked as additions to the shipped record.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file is wrong; reports all that is.
    """
    return read_acts(path, acts_on_record(), LAST_DATE.toordinal())


def read_acts(
    path: Path, known: Sequence[RecordedAct] = (), last_day: int = LAST_DAY
) -> tuple[RecordedAct, ...]:
    """Reads a table of acts.

    Args:
        path: The file, sorted by date.
        known: Acts on record before, which it must not repeat and whose duties it may cut.
        last_day: Last day of an act, an ordinal.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file cannot be read, or has invalid rows; reports all of them.
    """
    found: list[Numbered] = []
    faults: list[tuple[int, CellError]] = []
    for line, row in table_in_file(path, SHAPE):
        errors: list[CellError] = []
        act = read_act({key: cell.strip() for key, cell in row.items()}, last_day, errors)
        faults += ((line, error) for error in errors)
        if act is not None:
            found.append((line, act))
    faults += _out_of_order(found)
    faults += _repeated(found, known)
    faults += _cut_too_far(found, known)
    if faults:
        name = shown(path)
        faults.sort(key=lambda fault: fault[0])
        raise ScenarioError([Problem(f"{name}:{n}", 0, 0, e.column, str(e)) for n, e in faults])
    return tuple(act for _, act in found)


def _out_of_order(found: Iterable[Numbered]) -> Iterator[tuple[int, CellError]]:
    """Yields an error for each row dated before the row above."""
    last = 0
    for line, act in found:
        if act.day < last:
            told = f"{_date(act.day)} stands below {_date(last)}; rows are sorted by date"
            yield line, CellError("date", told)
        last = act.day


def _repeated(
    found: Iterable[Numbered], known: Iterable[RecordedAct]
) -> Iterator[tuple[int, CellError]]:
    """Yields an error for each act that is on record already."""
    seen = {_identity(act): 0 for act in known}
    for line, act in found:
        first = seen.setdefault(_identity(act), line)
        if first != line:
            where = f"line {first}" if first else "the shipped record"
            told = f"repeats an act of {_date(act.day)} in {where}; each leg has one row"
            yield line, CellError("event", told)


def _identity(act: RecordedAct) -> tuple[object, ...]:
    return act.day, act.type, act.leg, act.event.casefold()


def _cut_too_far(
    found: Iterable[Numbered], known: Iterable[RecordedAct]
) -> Iterator[tuple[int, CellError]]:
    """Yields an error for each cut that takes more from a layer than was on it."""
    total = {(side, leg): 0.0 for side, legs in LAYERS.items() for leg in legs}
    steps = [
        (line, act) for line, act in (*((0, act) for act in known), *found) if act.changes_duty
    ]
    # Of the steps of a day, increases come first: what counts is the level after that day.
    for line, act in sorted(steps, key=lambda step: (step[1].starts, step[1].type.act == "cut")):
        layer = (act.type.side, act.leg)
        before = total[layer]
        total[layer] += act.points_pp or 0.0
        if total[layer] < -_ROUNDING_PP and line:
            yield (
                line,
                CellError(
                    "points_pp",
                    f"cuts {-(act.points_pp or 0.0):g} points of {act.leg}, on which there are "
                    f"{max(0.0, before):g} on {_date(act.starts)}",
                ),
            )
        total[layer] = max(total[layer], 0.0)


def _date(day: int) -> date:
    return date.fromordinal(day)
