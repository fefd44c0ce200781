"""Schedules of duties: dated points on layers, sectors and chapters, read from a CSV file.

Each row gives the points of one target from a day on, in place of those it had before. Schedules
are untrusted input: their size is limited, and every fault is reported with its line.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, Problem, ScenarioError
from sim.history.places import data_root
from sim.scenario.catalog import SHOWN_NAME, is_file, name_of, read_text, shown
from sim.scenario.duty_targets import LAYERS, SIDES, UnknownTargetError, find_target, parts_of
from sim.scenario.user_table import MOST_BYTES, WRONG_LENGTH, TableForm

OF_2025: Final = "economics/duty_path_2025.csv"
FORM: Final = TableForm(
    "a schedule",
    "each row gives the points of a duty",
    required=("date", "side", "on", "points_pp"),
    optional=("coverage", "announced", "note", "source"),
)

BASELINE: Final = date(2025, 1, 20)
"""Day from which points are counted."""
LAST_DAY: Final = date(2199, 12, 31)
HIGHEST_PP: Final = 1000.0

TEMPLATE: Final = """\
date,announced,side,on,points_pp,coverage,source,note
2026-01-01,,us,fentanyl,10,,,a layer: 10 points on all goods in place of those before
2026-01-01,,us,reciprocal,10,0.667,,phones and computers exempt; coverage is a share of all imports
2026-01-01,,cn,full_reply,10,,,China's duty on all US goods
2026-01-01,,us,everyone_else,12,,,average US points on all other countries
2026-03-01,2026-01-15,us,all,20,,,"on top of the layers above, known from 15 January"
2026-04-01,,us,toys,-10,,,a sector: ten points fewer than on other goods
2026-04-01,,us,hs85,25,,,a chapter of the customs tariff
2026-07-01,,us,all,0,,,the 20 points of March end
2026-07-01,,cn,soybeans,5,,,a sector of Chinese imports
"""
"""Schedule with each kind of row, to fill in."""


@dataclass(frozen=True, slots=True)
class DutyStep:
    """Points of a duty from a given day on.

    Attributes:
        day: Ordinal day from which the points are in force.
        announced: Ordinal day on which they became known, at most `day`.
        side: Side that levies the duty, `us` or `cn`.
        on: Target of the duty as `find_target` names it.
        points_pp: Points in force from that day, in place of those before.
        coverage: Share of trade that the layer covers; None if it does not change.
        line: Line of the file that the step stands in, or its number in a list of rows.
        note: Remark of the user.
        source: Source that the user gives.
    """

    day: int
    announced: int
    side: str
    on: str
    points_pp: float
    coverage: float | None
    line: int = 0
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class DutySchedule:
    """Duties of both sides over time.

    Attributes:
        name: Name of the file, or what a list of rows is called.
        file: Path of the file as given; empty for a list of rows.
        steps: The steps, by day.
    """

    name: str
    file: str
    steps: tuple[DutyStep, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def first_day(self) -> date:
        """First day on which a step is known, from the day on which points are counted."""
        return max(BASELINE, date.fromordinal(min(step.announced for step in self.steps)))


class _CellError(ValueError):
    """A cell that cannot be read."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def read_schedule(path: Path) -> DutySchedule:
    """Returns the schedule in a file.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file cannot be read; the error lists every fault in it.
    """
    if not is_file(path):
        text = str(path)
        word = repr(text if len(text) <= SHOWN_NAME else f"{text[:SHOWN_NAME]}...")
        raise NotFoundError(
            f"there is no file {word}; `detente impact --template` prints a schedule of duties to "
            "save and fill in"
        )
    name_of(path)  # refuses a name that cannot be printed
    steps = steps_of_text(read_text(path, MOST_BYTES), shown(path))
    return DutySchedule(path.name, str(path), steps)


@cache
def duties_of_2025() -> tuple[DutyStep, ...]:
    """Returns the steps of both sides' duties in 2025, by day."""
    return read_schedule(data_root() / OF_2025).steps


def steps_of_text(text: str, name: str) -> tuple[DutyStep, ...]:
    """Returns the steps in the text of a CSV file, by day.

    Args:
        text: The text.
        name: Name of the file in errors.

    Raises:
        ScenarioError: At least one row is wrong, or the text is no such table.
    """
    return _steps(FORM.rows_of_text(text, name), name)


def steps_of_rows(rows: Sequence[Mapping[str, str]], name: str) -> tuple[DutyStep, ...]:
    """Returns the steps in a list of rows, by day.

    Args:
        rows: Texts by the name of their column.
        name: What the list is called in errors.

    Raises:
        ScenarioError: At least one row is wrong.
    """
    FORM.check_count(len(rows), name)
    for number, row in enumerate(rows, 1):
        FORM.check_header(list(row), f"{name}:{number}")
    return _steps(enumerate(rows, 1), name)


def _steps(rows: Iterable[tuple[int, Mapping[str, str]]], name: str) -> tuple[DutyStep, ...]:
    """Returns the steps of numbered rows, by day."""
    steps, problems = [], []
    for line, row in rows:
        try:
            steps.append(_step(line, row))
        except _CellError as error:
            problems.append(Problem(f"{name}:{line}", 0, 0, error.column, str(error)))
    problems += _repetitions(steps, name)
    if problems:
        raise ScenarioError(problems)
    return tuple(sorted(steps, key=lambda step: step.day))


def _step(line: int, row: Mapping[str, str]) -> DutyStep:
    """Returns the step of a row."""
    if not row:
        raise _CellError("", WRONG_LENGTH)
    cells = {column: row.get(column, "").strip() for column in (*FORM.required, *FORM.optional)}
    side = cells["side"].lower()
    if side not in SIDES:
        raise _CellError("side", f"{_quoted(cells['side'])} is not one of {', '.join(SIDES)}")
    try:
        on = find_target(side, cells["on"])
    except UnknownTargetError as error:
        raise _CellError("on", str(error)) from None
    day = _day("date", cells["date"])
    announced = _day("announced", cells["announced"]) if cells["announced"] else day
    if announced > day:
        raise _CellError(
            "announced",
            f"{announced} is after {day}, the day of the row; leave it empty if nobody knew before",
        )
    if day < BASELINE:
        raise _CellError(
            "date",
            f"{day} is before {BASELINE}, from which points are counted; duties of that day are "
            f"in the base, so date a change of them {BASELINE}",
        )
    return DutyStep(
        day.toordinal(),
        announced.toordinal(),
        side,
        on,
        _points(cells["points_pp"], on),
        _coverage(cells["coverage"], side, on) if cells["coverage"] else None,
        line,
        cells["note"],
        cells["source"],
    )


def _day(column: str, text: str) -> date:
    """Returns a day written as YYYY-MM-DD."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _CellError(
            column, f"{_quoted(text)} is not a date; write it as YYYY-MM-DD, e.g. 2025-04-09"
        ) from None
    if day > LAST_DAY:
        raise _CellError(column, f"{day} is after {LAST_DAY}, the last day of a schedule")
    return day


def _points(text: str, on: str) -> float:
    """Returns points of duty; goods may be given fewer than their layers say, nothing else."""
    lowest = -HIGHEST_PP if parts_of(on) else 0.0
    points = _number("points_pp", text)
    if not lowest <= points <= HIGHEST_PP:
        hint = (
            "; 0 ends a duty, and points below 0 are for a sector or a chapter, to exempt it"
            if points < lowest == 0.0
            else ""
        )
        raise _CellError(
            "points_pp", f"{points:g} is not within {lowest:g} to {HIGHEST_PP:g} points{hint}"
        )
    return points


def _coverage(text: str, side: str, on: str) -> float:
    """Returns the share of trade that a layer covers."""
    if (side, on) not in LAYERS:
        raise _CellError(
            "coverage", f"only layers have one; leave it empty for {on}, or scale its points"
        )
    share = _number("coverage", text)
    if not 0.0 <= share <= 1.0:
        raise _CellError("coverage", f"{share:g} is not a share from 0 to 1 of imports")
    return share


def _number(column: str, text: str) -> float:
    """Returns a finite number."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _CellError(column, f"{_quoted(text)} is not a number; write it as 25 or 12.5")
    return number


def _quoted(text: str) -> str:
    return repr(text[:SHOWN_NAME])


def _repetitions(steps: Iterable[DutyStep], name: str) -> Iterator[Problem]:
    """Yields a problem for each step whose target has points of the same day already."""
    seen: dict[tuple[str, str, int], int] = {}
    for step in steps:
        first = seen.setdefault((step.side, step.on, step.day), step.line)
        if first != step.line:
            day = date.fromordinal(step.day)
            yield Problem(
                f"{name}:{step.line}",
                0,
                0,
                "on",
                f"{step.on} has points from {day} already ({name}:{first}); keep one",
            )
