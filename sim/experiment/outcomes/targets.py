"""Targets: one number per run, either a quantity or whether a condition holds.

us_addon_pp                  a number: its mean
truce_in_force@2025-11-11    a flag on a day: how often it is true
path_class=conflict          a class: how often it occurs
us_addon_pp@2025-11-01>=60   a comparison: how often it holds
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from sim.engine.blocks import Column
from sim.errors import NotFoundError, UsageError, nearest
from sim.experiment.outcomes.conditions import Condition, read_condition
from sim.experiment.stats.intervals import Floats
from sim.model.outcomes.outcome import Outcome
from sim.scenario.resolved_scenario import Resolved

SHARE_MARGIN: Final = 0.03
"""Difference of probability that is too small to matter: the margin of every flag and class."""

OPTION: Final = "--outcome"

_DAY: Final = re.compile(r"@(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Target:
    """One number read off a run.

    Attributes:
        text: The request as typed.
        column: Column of the outcomes table it is read from.
        label: Class whose probability is meant, `true` for a flag, `""` for a number or a
            comparison.
        condition: The condition, if the request is one.
    """

    text: str
    column: Column
    label: str = ""
    condition: Condition | None = None

    @property
    def outcome(self) -> str:
        """Name of the column, or the comparison as typed."""
        return self.text if self.condition and not self.label else self.column.name

    @property
    def is_share(self) -> bool:
        """Whether it is a probability rather than the mean of a quantity."""
        return self.condition is not None or self.column.outcome.kind != "number"

    @property
    def unit(self) -> str:
        """Unit, a key of `sim.units.UNITS`."""
        return "probability" if self.is_share else self.column.outcome.unit

    @property
    def margin(self) -> float:
        """Difference too small to matter in practice."""
        return SHARE_MARGIN if self.is_share else self.column.outcome.margin

    def of(self, values: np.ndarray[Any, Any], failed: np.ndarray[Any, Any]) -> Floats:
        """Returns the number of each run: 0 or 1 for a probability; NaN if it does not apply.

        Args:
            values: The column, in any shape, as stored in a block.
            failed: Mask of the runs that did not finish, same shape.
        """
        if self.condition:
            numbers = np.asarray(self.condition.holds(values), dtype=np.float64)
        elif self.column.outcome.kind == "class":
            code = self.column.outcome.classes.index(self.label)
            numbers = np.asarray(values == code, dtype=np.float64)
        else:
            numbers = np.asarray(values, dtype=np.float64)
        return np.where(failed, np.nan, numbers)


def days_of(texts: Iterable[str], option: str = OPTION) -> tuple[date, ...]:
    """Returns the days named in the requested outcomes, on which every run must report.

    Args:
        texts: Outcomes as typed.
        option: Option they were typed after, for error messages.

    Raises:
        UsageError: One is not a calendar day.
    """
    found = dict.fromkeys(day for text in texts for day in _DAY.findall(text))
    try:
        return tuple(date.fromisoformat(day) for day in found)
    except ValueError as error:
        raise UsageError(f"{option}: {error}; write days as 2025-11-01") from error


def read_targets(
    texts: Sequence[str], columns: Sequence[Column], option: str = OPTION
) -> tuple[Target, ...]:
    """Returns the requested targets; a class outcome without a label stands for all its classes.

    Args:
        texts: Outcomes as typed; if empty, the headline outcomes at the end of the run.
        columns: Columns of the outcomes table.
        option: Option they were typed after, for error messages.

    Raises:
        NotFoundError: There is no such outcome or class; the message names the nearest.
        UsageError: A text is not an outcome.
    """
    known = {column.name: column for column in columns}
    if not texts:
        head = [c for c in columns if c.outcome.headline and c.day is None]
        return tuple(target for column in head for target in _every(column))
    found = [target for text in texts for target in _read(text.strip(), known, option)]
    return tuple({(t.outcome, t.label): t for t in found}.values())


def study_targets(
    texts: Sequence[str], worlds: Sequence[Resolved], points: Sequence[Sequence[Column]]
) -> tuple[tuple[Target, ...], str]:
    """Returns the targets of a study, and the text of the one that answers its scenario's question
    best; empty if none does, or if targets were requested.

    Args:
        texts: Outcomes as typed; if empty, what answers the question as far as it exists at every
            point, followed by the headline outcomes.
        worlds: The scenario at each point.
        points: Columns of the outcomes table at each point.

    Raises:
        NotFoundError: There is no such outcome or class at some point.
        UsageError: A text is not an outcome.
    """
    every = [read_targets(texts, columns) for columns in points]
    if texts:
        return every[0], ""
    there = set.intersection(*({column.name for column in columns} for columns in points))
    named = [answer.target for answer in worlds[0].answers if answer.column in there]
    answers = read_targets(named, points[0]) if named else ()
    found = {(t.outcome, t.label): t for t in (*answers, *every[0])}
    return tuple(found.values()), named[0] if named else ""


def _read(text: str, known: dict[str, Column], option: str) -> list[Target]:
    if not re.search("[=<>]", text):
        return _every(_column(f"{option} {text}", text, known))
    condition = read_condition(text, option)
    if not isinstance(condition.what, Outcome):
        raise UsageError(f"{option} {text}: this is an event; name an outcome instead")
    if condition.since:
        raise UsageError(f"{option} {text}: name one day, e.g. @{condition.when}")
    column = _column(f"{option} {text}", condition.column, known)
    label = ""
    if condition.sign == "=" and column.outcome.kind == "class":
        label = column.outcome.classes[int(condition.value)]
    return [Target(text, column, label, condition)]


def _column(place: str, name: str, known: dict[str, Column]) -> Column:
    if name not in known:
        raise NotFoundError(
            f"{place}: there is no outcome {name!r}{nearest(name, known)} "
            "(detente run SCENARIO --json lists them all)"
        )
    return known[name]


def _every(column: Column) -> list[Target]:
    """Returns the targets a column stands for: one, or one per class."""
    if column.outcome.kind == "class":
        return [Target(f"{column.name}={label}", column, label) for label in column.outcome.classes]
    return [Target(column.name, column, "true" if column.outcome.kind == "flag" else "")]
