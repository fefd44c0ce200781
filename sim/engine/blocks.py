"""Blocks: the results of consecutive replicates, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.model.outcomes.outcome import Outcome
from sim.model.outcomes.politics import OUTCOMES, PATHS, outcome_index
from sim.scenario.resolved_scenario import Resolved

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Events = np.ndarray[Any, Any]

EVENT: Final = np.dtype(
    [("replicate", "i8"), ("day", "i8"), ("side", "i8"), ("act", "i8"), ("size", "f8")]
)
"""Row of an event: day as an ordinal, side -1 for nobody, act a code of `happenings.NAMES`."""

AT_END: Final = 0
DATED: Final = 1
QUARTERLY: Final = 2
WEEKLY: Final = 3
QUARTER_END: Final = 4
"""In place of a group: nothing is read, the quarter ends and its means begin anew. It comes last on
its day."""

GROUPS: Final[tuple[tuple[Outcome, ...], ...]] = (
    tuple(outcome for outcome in OUTCOMES if not outcome.quarterly),
    tuple(outcome for outcome in OUTCOMES if outcome.dated and not outcome.quarterly),
    tuple(outcome for outcome in OUTCOMES if outcome.quarterly),
    tuple(outcome_index()[name] for name in PATHS),
)
"""Outcomes that are read together: those read only at the end, those also read on report dates,
those read at the ends of quarters and of the run, and those read weekly. In `OUTCOMES` the
quarterly ones come last."""


@dataclass(frozen=True, slots=True)
class Column:
    """Column of the outcomes table: an outcome at the end or on a day."""

    name: str
    outcome: Outcome
    day: int | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Run that could not be finished, stored as data."""

    replicate: int
    stage: str
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Block:
    """Outcomes of consecutive replicates.

    Attributes:
        first: Number of the first replicate.
        count: Number of replicates.
        values: Column name -> array of shape (count,): float64 for numbers (NaN = does not
            apply), bool for flags, int64 codes for classes (-1 = the run failed).
        failures: Runs that could not be finished.
        paths: Name -> float64 array of shape (count, weeks).
        weeks: Ordinal days (Mondays) of the paths.
        events: Events, if they were to be recorded, one row each; see `EVENT`.
    """

    first: int
    count: int
    values: dict[str, np.ndarray[Any, Any]]
    failures: tuple[Failure, ...]
    paths: dict[str, np.ndarray[Any, Any]]
    weeks: np.ndarray[Any, Any]
    events: Events | None = None

    @property
    def finished(self) -> Flags:
        """Mask of the runs that finished, shape (count,)."""
        return finished((failure.replicate for failure in self.failures), self.count, self.first)


def finished(failed: Iterable[int], count: int, first: int = 0) -> Flags:
    """Returns the mask of those of consecutive runs that finished, shape (count,).

    Args:
        failed: Numbers of the runs that did not.
        count: Number of runs.
        first: Number of the first run.
    """
    done = np.ones(count, np.bool_)
    done[[replicate - first for replicate in failed]] = False
    return done


def columns(resolved: Resolved) -> tuple[Column, ...]:
    """Returns the columns of a scenario's outcomes table.

    They are every outcome at the end, every dated one on each report date (`name@2025-11-01`),
    and those by sector at the ends of quarters (`name@2025Q4`).
    """
    at_end = [
        Column(outcome.name, outcome, None) for outcome in (*GROUPS[AT_END], *GROUPS[QUARTERLY])
    ]
    dated = [
        Column(f"{outcome.name}@{date.fromordinal(day).isoformat()}", outcome, day)
        for day in resolved.report_dates
        for outcome in GROUPS[DATED]
    ]
    quarterly = [
        Column(f"{outcome.name}@{label}", outcome, day)
        for label, day in quarter_ends(resolved.start, resolved.until)
        for outcome in GROUPS[QUARTERLY]
    ]
    return tuple(at_end + dated + quarterly)


def quarter_ends(start: int, until: int) -> tuple[tuple[str, int], ...]:
    """Returns the quarters that end after the first day of a run, with their last days."""
    ends = []
    for day in range(start + 1, until + 1):
        tomorrow = date.fromordinal(day + 1)
        if tomorrow.day == 1 and tomorrow.month % 3 == 1:
            today = date.fromordinal(day)
            ends.append((f"{today.year}Q{today.month // 3}", day))
    return tuple(ends)


def weeks_of(resolved: Resolved) -> tuple[int, ...]:
    """Returns the Mondays on which paths are read."""
    return tuple(
        day
        for day in range(resolved.start, resolved.until + 1)
        if date.fromordinal(day).weekday() == 0
    )


class Layout:
    """Layout of the outcomes table: which values are read on which evening, into which columns.

    Attributes:
        columns: Columns of the outcomes table: at the end, then by report date, then by quarter.
        weeks: Mondays on which paths are read.
        readings: One row for each group read on a day, and for each quarter that ends: (day, group,
            first column), by day.
    """

    def __init__(self, resolved: Resolved) -> None:
        self.columns = columns(resolved)
        self.weeks = weeks_of(resolved)
        groups = [(day, DATED) for day in resolved.report_dates]
        groups += [(day, QUARTERLY) for _, day in quarter_ends(resolved.start, resolved.until)]
        place = len(GROUPS[AT_END])
        readings = [(resolved.until, AT_END, 0), (resolved.until, QUARTERLY, place)]
        place += len(GROUPS[QUARTERLY])
        for day, group in groups:
            readings.append((day, group, place))
            place += len(GROUPS[group])
        # A quarter that ends on the first day of the run ends too, though nothing is read of it.
        closed = quarter_ends(resolved.start - 1, resolved.until)
        readings += [(day, QUARTER_END, place) for _, day in closed]
        self.readings = sorted(readings)


def pack(
    layout: Layout,
    first: int,
    table: Floats,
    cube: Floats,
    failures: Sequence[Failure] = (),
    events: Events | None = None,
) -> Block:
    """Returns the arrays an engine wrote as typed columns.

    Args:
        layout: Layout that names the columns.
        first: Number of the first replicate.
        table: Outcomes, shape (runs, columns).
        cube: Weekly paths, shape (runs, weeks, paths).
        failures: Runs that could not be finished; their values are made missing.
        events: Recorded events, or None.
    """
    failed = sorted(failure.replicate - first for failure in failures)
    table[failed] = np.nan
    cube[failed] = np.nan
    values: dict[str, np.ndarray[Any, Any]] = {}
    for place, column in enumerate(layout.columns):
        raw = table[:, place]
        if column.outcome.kind == "number":
            values[column.name] = raw.copy()
        elif column.outcome.kind == "flag":
            values[column.name] = np.nan_to_num(raw, nan=0.0) > 0.5
        else:
            values[column.name] = np.nan_to_num(raw, nan=-1.0).astype(np.int64)
    values["failed"][failed] = True
    series = {outcome.name: cube[:, :, i].copy() for i, outcome in enumerate(GROUPS[WEEKLY])}
    weeks = np.array(layout.weeks, dtype=np.int64)
    return Block(first, len(table), values, tuple(failures), series, weeks, events)
