"""Early signs: facts anyone could have observed by an early day, as columns over a batch's runs.

A sign has the name that `--given` uses, so a box of signs can be typed as conditions. Moods,
private estimates, and statistics published months later are not signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.engine.happenings import NAMES
from sim.experiment.discovery.boxes import Limit
from sim.experiment.outcomes.event_days import SIDES, Kind, happened_by
from sim.experiment.stats.intervals import Flags, Floats

if TYPE_CHECKING:
    from sim.engine.blocks import Events
    from sim.experiment.runs.batch import Batch

SEEN_AT_ONCE: Final = ("flag", "code", "count", "level", "pp")
"""Units of outcomes that newspapers report the next day: acts, stages, counts and tariff rates."""

NEVER_KEPT: Final = frozenset({"wait", "reply_in_kind", "hold_round"})
"""Acts that are recorded under other names, or not at all."""

_RUNS_AT_A_TIME: Final = 50_000
"""Runs whose events are read at once, about 100 MB."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A fact that can be observed by a given day.

    Attributes:
        name: Name of the outcome or event: `us.hike_by`, `talks_stage`, `us_addon_pp`.
        day: Day on which an outcome is read, or by the end of which an event occurs.
        label: The class in question, else "".
        kind: `event`, `flag`, `class` or `number`.
        unit: A key of `sim.units.UNITS`.
    """

    name: str
    day: date
    label: str
    kind: str
    unit: str

    def condition(self, limit: Limit) -> str:
        """Returns a limit on the sign as a condition for `--given`."""
        name = f"{self.name}@{self.day.isoformat()}"
        if self.kind == "number":
            return f"{name}{self._bound(limit)}"
        if self.kind == "class":
            return f"{name}{'=' if limit.is_least else '!='}{self.label}"
        return f"{name}={'yes' if limit.is_least else 'no'}"

    def _bound(self, limit: Limit) -> str:
        if limit.is_least:
            return f">={limit.bound}"
        if self.unit == "pp":
            # The column holds 13 for 13.4 points, so "at most 13" means "less than 14".
            return f"<{limit.bound + 1}"
        return f"<={limit.bound}" if limit.bound else "=0"


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs observed by a given day.

    Attributes:
        signs: The signs; no two have the same value in every run.
        values: One column per sign, whole numbers, flags as 0 and 1, shape (runs, signs).
    """

    signs: tuple[Sign, ...]
    values: Floats


def early_signs(batch: Batch, by: date, rows: Flags) -> Signs:
    """Returns the signs observed by a given day in the runs that count.

    Args:
        batch: The runs, with stored events, and with outcomes read on that day.
        by: The day.
        rows: Mask of the runs that count, shape (batch.n,).

    Raises:
        NotFoundError: Events were not stored.
    """
    found: dict[bytes, tuple[Sign, Floats]] = {}
    for sign, column in (*_of_events(batch, by), *_of_outcomes(batch, by)):
        values = column[rows]
        if np.isnan(values).any() or (values == values[0]).all():
            continue
        # Of equal columns the first is kept: an act of one side precedes the act of either side.
        found.setdefault(values.tobytes(), (sign, values))
    if not found:
        return Signs((), np.empty((int(rows.sum()), 0)))
    signs, columns = zip(*found.values(), strict=True)
    return Signs(signs, np.stack(columns, axis=1))


def _of_events(batch: Batch, by: date) -> Iterator[tuple[Sign, Floats]]:
    """Yields whether each kind of event occurred by the day: for each side, then for either."""
    events = _events_by(batch, by.toordinal())
    for code, name in NAMES.items():
        if name in NEVER_KEPT:
            continue
        for side in (*SIDES, None):
            kind = Kind(f"{side}.{name}" if side else name, code, SIDES[side] if side else None)
            came = happened_by(events, kind, by.toordinal(), batch.n)
            yield Sign(f"{kind.name}_by", by, "", "event", "flag"), came.astype(np.float64)


def _events_by(batch: Batch, day: int) -> Events:
    """Returns the events up to the end of a day."""
    pieces = []
    for first in range(0, batch.n, _RUNS_AT_A_TIME):
        events = batch.folder.read_events(min(batch.n, first + _RUNS_AT_A_TIME), first)
        pieces.append(events[events["day"] <= day])
    return np.concatenate(pieces)


def _of_outcomes(batch: Batch, by: date) -> Iterator[tuple[Sign, Floats]]:
    """Yields the signs among the outcomes read on the day."""
    seen = [
        column
        for column in batch.columns
        if column.name == f"{column.outcome.name}@{by.isoformat()}"
        and column.outcome.observable
        and column.outcome.unit in SEEN_AT_ONCE
    ]
    batch.expect(column.name for column in seen)
    for column in seen:
        outcome, values = column.outcome, batch.values[column.name]
        if outcome.kind != "class":
            sign = Sign(outcome.name, by, "", outcome.kind, outcome.unit)
            yield sign, np.floor(values.astype(np.float64))
            continue
        for code, label in enumerate(outcome.classes):
            sign = Sign(outcome.name, by, label, "class", "flag")
            yield sign, (values == code).astype(np.float64)
