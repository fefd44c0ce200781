"""Conditions that select the runs of a batch that count.

    truce_in_force@2025-11-11=no      a flag on a day
    path_class=conflict               a class; != for any other
    us_addon_pp@2025-11-01>=60        a number: =, !=, <, <=, >, >=
    summit_day<=2025-11-01            a date
    ministers_round_by@2025-11-01=no  whether a kind of event occurred by the end of a day

A condition selects runs and forces nothing, so the selected runs also differ from the rest in
everything that led up to it.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.engine.blocks import quarter_ends
from sim.engine.happenings import CODES
from sim.errors import CheckFailedError, NotFoundError, UsageError, nearest
from sim.experiment.outcomes.event_days import SIDES, Kind, happened_by, kind_of
from sim.experiment.stats.intervals import Flags
from sim.model.outcomes.outcome import Outcome
from sim.model.outcomes.politics import outcome_index

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.scenario.resolved_scenario import Resolved

FEWEST: Final = 30
"""Runs needed for a usable share: with fewer, the share may be off by a sixth either way."""

EXAMPLE: Final = "truce_in_force@2025-11-11=no, us_addon_pp>=60 or us.hike_by@2025-11-01=yes"

_FORM: Final = re.compile(r"\s*([^=<>!\s]+)\s*(>=|<=|!=|=|<|>)\s*(\S+)\s*")
_BY: Final = "_by"
_TRUTH: Final = {"yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}
_RUNS_AT_A_TIME: Final = 50_000
"""Runs whose events are read at once, about 100 MB."""

_OPERATORS: Final[dict[str, Callable[[Any, float], Any]]] = {
    "=": lambda values, wanted: np.isclose(values, wanted, rtol=1e-9, atol=1e-9),
    "!=": lambda values, wanted: ~np.isclose(values, wanted, rtol=1e-9, atol=1e-9),
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition a run must meet to count.

    Attributes:
        text: The condition as typed.
        place: The option and the text, with which an error message begins.
        what: The outcome or kind of event it tests.
        when: Day or quarter on which it is read, as in a column name; "" for the end of the run.
        sign: `=`, `!=`, `<`, `<=`, `>` or `>=`.
        value: A number, 0 or 1 for a flag or an event, the code of a class, or an ordinal day.
    """

    text: str
    place: str
    what: Outcome | Kind
    when: str
    sign: str
    value: float

    @property
    def needs_events(self) -> bool:
        """Whether it is read from the events of a run."""
        return isinstance(self.what, Kind)

    @property
    def day(self) -> date | None:
        """Day on which it is read; None for the end of a run or of a quarter."""
        return None if not self.when or "Q" in self.when else date.fromisoformat(self.when)

    @property
    def column(self) -> str:
        """Name of the column it is read from; for an event, the name such a column would have."""
        return f"{self.what.name}@{self.when}" if self.when else self.what.name

    def check(self, resolved: Resolved) -> None:
        """Checks that a scenario is being played on the day of the condition.

        Raises:
            UsageError: The day lies outside the run.
        """
        span = f"{date.fromordinal(resolved.start)} to {date.fromordinal(resolved.until)}"
        if self.day and not resolved.start <= self.day.toordinal() <= resolved.until:
            raise UsageError(
                f"{self.place}: {self.when} lies outside the run of {resolved.name}, {span}"
            )
        quarters = [label for label, _ in quarter_ends(resolved.start, resolved.until)]
        if self.when and not self.day and self.when not in quarters:
            raise UsageError(
                f"{self.place}: {self.when} does not end within the run of {resolved.name}, "
                f"{span}; quarters that do: {', '.join(quarters) or 'none'}"
            )

    def met(self, batch: Batch) -> Flags:
        """Returns the mask of the runs that meet it, shape (n,); a run to which the outcome does
        not apply does not meet it.

        Raises:
            NotFoundError: The batch does not hold the outcome or the events.
        """
        if isinstance(self.what, Kind):
            return np.asarray(self._came(batch, self.what) == bool(self.value))
        if self.column not in batch.values:
            raise NotFoundError(
                f"{self.place}: {batch.directory} has no column {self.column}; play it with "
                f"--at {self.when}"
            )
        return self.holds(batch.values[self.column])

    def holds(self, column: Any) -> Flags:
        """Returns a mask of the values that meet it, for a column of any shape; NaN never does."""
        values = np.asarray(column, dtype=np.float64)
        with np.errstate(invalid="ignore"):
            held = _OPERATORS[self.sign](values, self.value)
        return np.asarray(held & ~np.isnan(values))

    def _came(self, batch: Batch, kind: Kind) -> Flags:
        """Returns the mask of the runs in which the event occurred by the day."""
        assert self.day is not None
        came = np.zeros(batch.n, np.bool_)
        for first in range(0, batch.n, _RUNS_AT_A_TIME):
            end = min(batch.n, first + _RUNS_AT_A_TIME)
            events = batch.folder.read_events(end, first)
            came[:end] |= happened_by(events, kind, self.day.toordinal(), end)
        return came


def read_condition(text: str, option: str = "--given") -> Condition:
    """Parses a condition.

    Args:
        text: The condition as typed.
        option: Option it was typed after, for error messages.

    Raises:
        NotFoundError: There is no such outcome, class or event; the message names the nearest.
        UsageError: It is not a condition, or one that cannot hold.
    """
    place = f"{option} {text}"
    form = _FORM.fullmatch(text)
    if not form:
        raise UsageError(f"{place}: expected a comparison such as NAME=VALUE, e.g. {EXAMPLE}")
    name, sign, value = form.groups()
    name, _, when = name.partition("@")
    known = outcome_index()
    if name in known:
        outcome = known[name]
        _check_when(place, outcome, when)
        return Condition(text, place, outcome, when, sign, _value(place, outcome, sign, value))
    if name.endswith(_BY):
        return _of_event(text, place, name.removesuffix(_BY), when, sign, value)
    if name.rpartition(".")[2] in CODES:
        raise UsageError(f"{place}: {name} is a kind of event; write {name}{_BY}@DATE=yes or =no")
    names = [*known, *(code + _BY for code in CODES)]
    names += [f"{side}.{name}" for side in SIDES for name in names if name.endswith(_BY)]
    raise NotFoundError(f"{place}: there is no outcome {name!r}{nearest(name, names)}")


def watching(resolved: Resolved, conditions: Sequence[Condition]) -> Resolved:
    """Returns the scenario with the days of the conditions added to its report dates.

    Raises:
        UsageError: One of the days lies outside the run.
    """
    for condition in conditions:
        condition.check(resolved)
    days = {condition.day.toordinal() for condition in conditions if condition.day}
    return replace(resolved, report_dates=tuple(sorted(days.union(resolved.report_dates))))


def narrowed(batch: Batch, conditions: Sequence[Condition]) -> Batch:
    """Returns the batch with these conditions added to those it has: only runs that meet all count.

    Raises:
        CheckFailedError: No run meets them.
        NotFoundError: The batch does not hold the outcome or events of a condition.
    """
    if not conditions:
        return batch
    before = batch.counted
    each = [condition.met(batch) & before for condition in conditions]
    meets = np.logical_and.reduce(each)
    texts = (*batch.given, *(condition.text for condition in conditions))
    if not meets.any():
        counts = [f"{c.text}: {int(met.sum()):,}" for c, met in zip(conditions, each, strict=True)]
        raise CheckFailedError(_nobody(batch, texts, counts))
    return replace(batch, given=texts, meets=meets)


def runs_for_fewest(batch: Batch) -> int:
    """Returns roughly how many runs are needed for `FEWEST` to count, in whole hundreds."""
    share = float(np.mean(batch.counted))
    return math.ceil(FEWEST / share / 100.0) * 100


def _nobody(batch: Batch, texts: Sequence[str], each: Sequence[str]) -> str:
    runs, units = int(batch.finished.sum()), _units(batch)
    vectors = "" if batch.clusters is None else f" ({units:,} parameter vectors)"
    own = "" if batch.clusters is None else ", each with its own parameters,"
    # If the share were above 3 / units, such a run would be seen 19 times in 20 (Hanley and
    # Lippman-Hand 1983).
    text = (
        f"given {' and '.join(texts)}: 0 of {runs:,} runs{vectors} of {batch.resolved.name} meet "
        f"this. So it holds in fewer than {min(1.0, 3.0 / max(1, units)):.2%} of runs (with 95% "
        f"confidence), and seeing {FEWEST} such runs{own} takes -n "
        f"{max(batch.n, FEWEST * batch.n // 3)} or more"
    )
    return text + (f"\neach condition alone: {', '.join(each)}" if len(each) > 1 else "")


def _units(batch: Batch) -> int:
    """Returns the number of independent trials of a condition: runs that finished or, if parameters
    are drawn, vectors with such a run, because all runs of one vector may be alike."""
    if batch.clusters is None:
        return int(batch.finished.sum())
    return len(np.unique(batch.clusters[batch.finished]))


def _of_event(text: str, place: str, name: str, when: str, sign: str, value: str) -> Condition:
    kind = kind_of(name)
    if not when:
        raise UsageError(f"{place}: the day is missing; write {name}{_BY}@2025-11-01{sign}{value}")
    _check_day(place, when)
    return Condition(text, place, kind, when, "=", _truth(place, sign, value))


def _check_when(place: str, outcome: Outcome, when: str) -> None:
    if outcome.quarterly and when:
        if not re.fullmatch(r"\d{4}Q[1-4]", when):
            raise UsageError(
                f"{place}: {outcome.name} is read at the end of a quarter, e.g. @2025Q4"
            )
    elif when:
        if not outcome.dated:
            raise UsageError(
                f"{place}: {outcome.name} is known only at the end of a run; remove @{when}"
            )
        _check_day(place, when)


def _check_day(place: str, when: str) -> None:
    try:
        # Other ISO 8601 forms are also days, but column names never use them.
        if date.fromisoformat(when).isoformat() == when:
            return
    except ValueError:
        pass
    raise UsageError(
        f"{place}: {when!r} is not a calendar day; expected YYYY-MM-DD, e.g. 2025-11-01"
    )


def _value(place: str, outcome: Outcome, sign: str, value: str) -> float:
    if outcome.kind == "flag":
        return _truth(place, sign, value)
    if outcome.kind == "class":
        if sign not in ("=", "!="):
            raise UsageError(f"{place}: {outcome.name} is a class; compare with = or !=")
        if value not in outcome.classes:
            raise NotFoundError(
                f"{place}: {outcome.name} has the classes {', '.join(outcome.classes)}"
                f"{nearest(value, outcome.classes)}"
            )
        return float(outcome.classes.index(value))
    if outcome.unit == "date":
        _check_day(place, value)
        return float(date.fromisoformat(value).toordinal())
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{place}: {outcome.name} is a number ({outcome.unit}), not {value!r}")
    return number


def _truth(place: str, sign: str, value: str) -> float:
    if sign != "=" or value not in _TRUTH:
        raise UsageError(f"{place}: expected =yes or =no, found {sign}{value}")
    return _TRUTH[value]
