"""Schedules of duties: dated points on layers, sectors and chapters, read from a CSV file.

Each row gives the points of one target from a day on, in place of those it had before. Schedules
are untrusted input: their size is limited, and every fault is reported with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sim.errors import Problem, ScenarioError
from sim.history.places import data_root
from sim.history.text_files import shown
from sim.history.user_table import (
    NOT_THE_FIELDS,
    CellError,
    TableShape,
    check_count,
    check_header,
    day_in,
    number_in,
    quoted,
    table_in_file,
    table_in_text,
)
from sim.scenario.duty_targets import LAYERS, SIDES, UnknownTargetError, find_target, parts_of

OF_2025: Final = "economics/duty_path_2025.csv"
REQUIRED: Final = ("date", "side", "on", "points_pp")
OPTIONAL: Final = ("coverage", "announced", "note", "source")

BASELINE: Final = date(2025, 1, 20)
"""Day from which points are counted."""
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

_SHAPE: Final = TableShape(
    "a schedule",
    "each row gives the points of a duty",
    REQUIRED,
    OPTIONAL,
    "detente impact --template",
)


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


def read_schedule(path: Path) -> DutySchedule:
    """Returns the schedule in a file.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file cannot be read; the error lists every fault in it.
    """
    rows = table_in_file(path, _SHAPE)
    return DutySchedule(path.name, str(path), _steps(rows, shown(path)))


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
    return _steps(table_in_text(text, name, _SHAPE), name)


def steps_of_rows(rows: Sequence[Mapping[str, str]], name: str) -> tuple[DutyStep, ...]:
    """Returns the steps in a list of rows, by day.

    Args:
        rows: Texts by the name of their column.
        name: What the list is called in errors.

    Raises:
        ScenarioError: At least one row is wrong.
    """
    check_count(len(rows), name, _SHAPE)
    for number, row in enumerate(rows, 1):
        check_header(list(row), f"{name}:{number}", _SHAPE)
    return _steps(enumerate(rows, 1), name)


def _steps(rows: Iterable[tuple[int, Mapping[str, str]]], name: str) -> tuple[DutyStep, ...]:
    """Returns the steps of numbered rows, by day."""
    steps, problems = [], []
    for line, row in rows:
        try:
            steps.append(_step(line, row))
        except CellError as error:
            problems.append(Problem(f"{name}:{line}", 0, 0, error.column, str(error)))
    problems += _repetitions(steps, name)
    if problems:
        raise ScenarioError(problems)
    return tuple(sorted(steps, key=lambda step: step.day))


def _step(line: int, row: Mapping[str, str]) -> DutyStep:
    """Returns the step of a row."""
    if not row:
        raise CellError("", NOT_THE_FIELDS)
    cells = {column: row.get(column, "").strip() for column in (*REQUIRED, *OPTIONAL)}
    side = cells["side"].lower()
    if side not in SIDES:
        raise CellError("side", f"{quoted(cells['side'])} is not one of {', '.join(SIDES)}")
    try:
        on = find_target(side, cells["on"])
    except UnknownTargetError as error:
        raise CellError("on", str(error)) from None
    day = day_in("date", cells["date"])
    announced = day_in("announced", cells["announced"]) if cells["announced"] else day
    if announced > day:
        raise CellError(
            "announced",
            f"{announced} is after {day}, the day of the row; leave it empty if nobody knew before",
        )
    if day < BASELINE:
        raise CellError(
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


def _points(text: str, on: str) -> float:
    """Returns points of duty; goods may be given fewer than their layers say, nothing else."""
    lowest = -HIGHEST_PP if parts_of(on) else 0.0
    points = number_in("points_pp", text)
    if not lowest <= points <= HIGHEST_PP:
        hint = (
            "; 0 ends a duty, and points below 0 are for a sector or a chapter, to exempt it"
            if points < lowest == 0.0
            else ""
        )
        raise CellError(
            "points_pp", f"{points:g} is not within {lowest:g} to {HIGHEST_PP:g} points{hint}"
        )
    return points


def _coverage(text: str, side: str, on: str) -> float:
    """Returns the share of trade that a layer covers."""
    if (side, on) not in LAYERS:
        raise CellError(
            "coverage", f"only layers have one; leave it empty for {on}, or scale its points"
        )
    share = number_in("coverage", text)
    if not 0.0 <= share <= 1.0:
        raise CellError("coverage", f"{share:g} is not a share from 0 to 1 of imports")
    return share


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
