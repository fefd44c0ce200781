"""Readings: what a text names in a run, an outcome or a kind of event, and on which day.

truce_in_force@2025-11-11            an outcome on a day
path_class                           an outcome at the end of the run
tariff_pct[us.toys]@2025Q4           an outcome at the end of a quarter
calls@2025-11-01..2025-11-30         the increase of a count after one day, up to another
us.hike_by@2025-11-01                whether a kind of event has occurred by a day
us.hike_by@2025-11-01..2025-11-30    whether it occurs after one day, up to another
signed[truce]@2025-11-01             whether a bundle of that name has been signed by a day
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.engine.blocks import quarter_ends
from sim.engine.happenings import CODES
from sim.errors import NotFoundError, UsageError, nearest
from sim.experiment.outcomes.event_days import SIDES, Kind, happened_by, kind_of
from sim.experiment.stats.intervals import Floats
from sim.model.outcomes.outcome import Outcome
from sim.model.outcomes.politics import outcome_index
from sim.model.tables.vocabulary import Package, signature_name

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.scenario.resolved_scenario import Resolved

BY: Final = "_by"
RANGE: Final = ".."

DATED_KIN: Final = {
    "path_class": "confrontation@DATE",
    "summit_day": "leaders_meetings@DATE>=1",
    "summit_to_talks_days": "talks_running@DATE",
    "summit_round_gap_days": "rounds@DATE>=1",
    "truce_expiry": "snapback_by@DATE",
    "court_decision_day": "court_case@DATE=struck",
}
"""What can be asked of a day instead of an outcome that is known only at the end of a run."""

_QUARTER: Final = re.compile(r"([1-9]\d{3})Q([1-4])")
_PACKAGE: Final = re.compile(r"signed\[(\w+)\]")
_RUNS_AT_A_TIME: Final = 50_000
"""Runs whose events are read at once, about 100 MB."""


@dataclass(frozen=True, slots=True)
class RunReading:
    """An outcome or a kind of event, read of each run on a day.

    Attributes:
        text: The text as typed.
        place: The option and the text, with which an error message begins.
        what: The outcome or kind of event.
        when: Day or quarter on which it is read, as in a column name; "" for the end of the run.
        since: Day after which events count, or from whose value a count increases; "" for the start
            of the run.
    """

    text: str
    place: str
    what: Outcome | Kind
    when: str
    since: str

    @property
    def needs_events(self) -> bool:
        """Whether it is read from the events of a run."""
        return isinstance(self.what, Kind)

    @property
    def day(self) -> date | None:
        """Day on which it is read; None for the end of a run or of a quarter."""
        return None if not self.when or "Q" in self.when else date.fromisoformat(self.when)

    @property
    def last_day(self) -> date | None:
        """Day on which it is known: that of the reading, or the last of the quarter; None for the
        end of a run."""
        return quarter_end(self.when) or self.day

    @property
    def days(self) -> tuple[date, ...]:
        """Days on which a run has to report."""
        first = date.fromisoformat(self.since) if self.since else None
        return tuple(day for day in (first, self.day) if day)

    @property
    def column(self) -> str:
        """Name of the column it is read from; for an event, the name such a column would have."""
        return f"{self.what.name}@{self.when}" if self.when else self.what.name

    @property
    def is_increase(self) -> bool:
        """Whether it may be read after a day: an event, or a count."""
        return isinstance(self.what, Kind) or self.what.unit == "count"

    @property
    def name(self) -> str:
        """The reading in its shortest spelling, which reads back as the same."""
        event = BY if isinstance(self.what, Kind) else ""
        when = f"{self.since}{RANGE}{self.when}" if self.since else self.when
        return f"{self.what.name}{event}@{when}" if when else f"{self.what.name}{event}"

    def check(self, resolved: Resolved) -> None:
        """Checks that a scenario is being played on the days of the reading.

        Raises:
            UsageError: A day lies outside the run.
        """
        span = f"{date.fromordinal(resolved.start)} to {date.fromordinal(resolved.until)}"
        for day in self.days:
            if not resolved.start <= day.toordinal() <= resolved.until:
                raise UsageError(
                    f"{self.place}: {day} lies outside the run of {resolved.name}, {span}"
                )
        quarters = [label for label, _ in quarter_ends(resolved.start, resolved.until)]
        if self.when and not self.day and self.when not in quarters:
            raise UsageError(
                f"{self.place}: {self.when} does not end within the run of {resolved.name}, "
                f"{span}; quarters that do: {', '.join(quarters) or 'none'}"
            )

    def values(self, batch: Batch) -> Floats:
        """Returns the number of each run, shape (n,): 1 and 0 for flags and events, the code of a
        class, the ordinal of a day; NaN if the outcome does not apply.

        Raises:
            NotFoundError: The batch does not hold the outcome or the events.
        """
        if isinstance(self.what, Kind):
            return self._came(batch, self.what)
        values = self._read(batch, self.when)
        # Counts are 0 on the evening before a run.
        within = self.since and self.days[0].toordinal() >= batch.resolved.start
        return values - self._read(batch, self.since) if within else values

    def _read(self, batch: Batch, when: str) -> Floats:
        column = replace(self, when=when, since="").column
        if column not in batch.values:
            raise NotFoundError(
                f"{self.place}: {batch.directory} has no column {column}; play it with --at {when}"
            )
        return np.asarray(batch.values[column], dtype=np.float64)

    def _came(self, batch: Batch, kind: Kind) -> Floats:
        """Returns 1 for the runs in which the event occurred in time, else 0."""
        assert self.day is not None
        after = date.fromisoformat(self.since).toordinal() if self.since else 0
        came = np.zeros(batch.n)
        for first in range(0, batch.n, _RUNS_AT_A_TIME):
            end = min(batch.n, first + _RUNS_AT_A_TIME)
            events = batch.folder.read_events(end, first)
            came[:end] += happened_by(events, kind, self.day.toordinal(), end, after)
        return came


def quarter_end(label: str) -> date | None:
    """Returns the last day of a quarter such as `2025Q4`; None if the text is no quarter."""
    quarter = _QUARTER.fullmatch(label)
    if not quarter:
        return None
    long = quarter[2] in "14"
    return date(int(quarter[1]), 3 * int(quarter[2]), 31 if long else 30)


def read_reading(text: str, place: str) -> RunReading:
    """Parses a reading.

    Args:
        text: The reading as typed.
        place: The option and the text, with which an error message begins.

    Raises:
        NotFoundError: There is no such outcome or event; the message names the nearest.
        UsageError: It cannot be read on such a day.
    """
    name, _, when = text.partition("@")
    first, is_range, last = when.partition(RANGE)
    days = (last, first) if is_range else (when, "")
    reading = RunReading(text, place, _named(place, name), *days)
    if isinstance(reading.what, Kind):
        _check_event(reading)
    elif reading.what.quarterly and reading.when:
        if not _QUARTER.fullmatch(reading.when):
            raise UsageError(f"{place}: {name} is read at the end of a quarter, e.g. @2025Q4")
    elif when:
        _check_dated(reading.what, place, when)
        check_day(place, reading.when)
    if is_range:
        _check_range(reading)
    return reading


def check_day(place: str, text: str) -> None:
    """Checks that a text is a calendar day as column names write it.

    Raises:
        UsageError: It is not.
    """
    try:
        # Other ISO 8601 forms are also days, but column names never use them.
        if date.fromisoformat(text).isoformat() == text:
            return
    except ValueError:
        pass
    raise UsageError(
        f"{place}: {text!r} is not a calendar day; expected YYYY-MM-DD, e.g. 2025-11-01"
    )


def dated_kin(name: str) -> str:
    """Returns a hint at what can be asked of a day instead of an undated outcome, or ""."""
    return f"; the nearest that has a day is {DATED_KIN[name]}" if name in DATED_KIN else ""


def _named(place: str, name: str) -> Outcome | Kind:
    known = outcome_index()
    if name in known:
        return known[name]
    package = _PACKAGE.fullmatch(name)
    if package and package[1].upper() in Package.__members__:
        return kind_of(signature_name(Package[package[1].upper()]))
    if name.endswith(BY):
        return kind_of(name.removesuffix(BY))
    if name.rpartition(".")[2] in CODES:
        raise UsageError(f"{place}: {name} is a kind of event; write {name}{BY}@DATE=yes or =no")
    names = [*known, *(code + BY for code in CODES)]
    names += [f"signed[{package.name.lower()}]" for package in Package]
    names += [f"{side}.{name}" for side in SIDES for name in names if name.endswith(BY)]
    hint = nearest(name, names) or _sharing(name, names)
    raise NotFoundError(f"{place}: there is no outcome {name!r}{hint}")


def _sharing(name: str, names: Iterable[str]) -> str:
    """Returns a hint at the name that shares most letters in whole words; "" if none does."""
    words = set(re.split(r"[\W_]+", name.lower()))

    def shared(other: str) -> int:
        return sum(len(word) for word in words.intersection(re.split(r"[\W_]+", other)))

    best = max(names, key=shared)
    # Words of two letters, such as the sides, stand in half of all names.
    return f"; did you mean {best}?" if shared(best) > 2 else ""


def _check_event(reading: RunReading) -> None:
    name = f"{reading.what.name}{BY}"
    if not reading.when:
        raise UsageError(f"{reading.place}: the day is missing; write {name}@2025-11-01")
    check_day(reading.place, reading.when)


def _check_dated(outcome: Outcome, place: str, when: str) -> None:
    if not outcome.dated:
        raise UsageError(
            f"{place}: {outcome.name} is known only at the end of a run; remove @{when}"
            f"{dated_kin(outcome.name)}"
        )


def _check_range(reading: RunReading) -> None:
    if not reading.is_increase:
        raise UsageError(
            f"{reading.place}: {reading.what.name} is no count and no event, so nothing of it "
            f"falls between two days; write @{reading.when}"
        )
    check_day(reading.place, reading.since)
    if reading.since >= reading.when:
        raise UsageError(
            f"{reading.place}: {reading.since} is not before {reading.when}; write the earlier day "
            "first"
        )
