"""Conditions that select the runs of a batch that count.

    truce_in_force@2025-11-11=no      a flag on a day; alone it means yes
    path_class=conflict               a class; != for any other
    us_addon_pp@2025-11-01>=60        a number: =, !=, <, <=, >, >=
    summit_day<=2025-11-01            a date
    ministers_round_by@2025-11-01=no  whether a kind of event occurred by the end of a day

Conditions are joined by `and`; `readings` tells what may stand before the sign. A condition selects
runs and forces nothing, so the selected runs also differ from the rest in everything that led up to
it.
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

from sim.errors import CheckFailedError, NotFoundError, UsageError, nearest
from sim.experiment.outcomes.event_days import Kind
from sim.experiment.outcomes.readings import RunReading, check_day, dated_kin, read_reading
from sim.experiment.stats.intervals import Flags
from sim.model.outcomes.outcome import Outcome

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.scenario.resolved_scenario import Resolved

FEWEST: Final = 30
"""Runs needed for a usable share: with fewer, the share may be off by a sixth either way."""

EXAMPLE: Final = "truce_in_force@2025-11-11=no, us_addon_pp>=60 or us.hike_by@2025-11-01=yes"
GIVEN: Final = "--given"

_FORM: Final = re.compile(r"\s*([^=<>!\s]+)\s*(?:(>=|<=|!=|=|<|>)\s*(\S+)\s*)?")
AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)
IF: Final = re.compile(r"\s*\|\s*|\s+given\s+", re.IGNORECASE)
"""What joins conditions, and what stands before those under which others are asked for."""

_TRUTH: Final = {"yes": 1.0, "true": 1.0, "1": 1.0, "no": 0.0, "false": 0.0, "0": 0.0}
_YES: Final = frozenset({("=", 1.0), ("!=", 0.0), (">", 0.0), (">=", 1.0)})
_NO: Final = frozenset({("=", 0.0), ("!=", 1.0), ("<", 1.0), ("<=", 0.0)})
"""Comparisons of a flag, 1 or 0, that mean yes and no; any other holds always or never."""

_OPERATORS: Final[dict[str, Callable[[Any, float], Any]]] = {
    "=": lambda values, wanted: np.isclose(values, wanted, rtol=1e-9, atol=1e-9),
    "!=": lambda values, wanted: ~np.isclose(values, wanted, rtol=1e-9, atol=1e-9),
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Condition(RunReading):
    """A condition a run must meet to count: a reading, compared with a value.

    Attributes:
        sign: `=`, `!=`, `<`, `<=`, `>` or `>=`.
        value: A number, 0 or 1 for a flag or an event, the code of a class, or an ordinal day.
    """

    sign: str
    value: float

    @property
    def spelling(self) -> str:
        """The condition in its shortest spelling, which reads back as the same."""
        if isinstance(self.what, Kind) or self.what.kind == "flag":
            return self.name if self.value else f"{self.name}=no"
        if self.what.kind == "class":
            value = self.what.classes[int(self.value)]
        elif self.what.unit == "date":
            value = date.fromordinal(int(self.value)).isoformat()
        else:
            value = repr(self.value).removesuffix(".0")
        return f"{self.name}{self.sign}{value}"

    def met(self, batch: Batch) -> Flags:
        """Returns the mask of the runs that meet it, shape (n,); a run to which the outcome does
        not apply does not meet it.

        Raises:
            NotFoundError: The batch does not hold the outcome or the events.
        """
        return self.holds(self.values(batch))

    def holds(self, column: Any) -> Flags:
        """Returns a mask of the values that meet it, for a column of any shape; NaN never does."""
        values = np.asarray(column, dtype=np.float64)
        with np.errstate(invalid="ignore"):
            held = _OPERATORS[self.sign](values, self.value)
        return np.asarray(held & ~np.isnan(values))


def read_conditions(text: str, option: str = GIVEN) -> tuple[Condition, ...]:
    """Parses conditions joined by `and`.

    Args:
        text: The conditions as typed.
        option: Option they were typed after, for error messages.

    Raises:
        NotFoundError: There is no such outcome, class or event; the message names the nearest.
        UsageError: One is not a condition, or one that cannot hold.
    """
    if IF.search(text):
        raise UsageError(
            f"{option} {text}: `|` and `given` may stand once, between what is asked and its "
            "conditions; join conditions by `and`"
        )
    return tuple(read_condition(part, option) for part in AND.split(text.strip()))


def read_condition(text: str, option: str = GIVEN) -> Condition:
    """Parses a condition; a flag or an event alone means that it holds.

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
    read = read_reading(name, place)
    _check_order(place, read, sign, value)
    sign, number = _compared(place, read, sign, value)
    return Condition(text, place, read.what, read.when, read.since, sign, number)


def watching(resolved: Resolved, conditions: Sequence[RunReading]) -> Resolved:
    """Returns the scenario with the days of conditions or readings added to its report dates.

    Raises:
        UsageError: One of the days lies outside the run.
    """
    for condition in conditions:
        condition.check(resolved)
    days = {day.toordinal() for condition in conditions for day in condition.days}
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


def _compared(place: str, read: RunReading, sign: str | None, value: str) -> tuple[str, float]:
    """Returns the sign and the value with which a reading is compared."""
    if isinstance(read.what, Kind) or read.what.kind == "flag":
        return "=", _truth(place, sign or "=", value if sign else "yes")
    if not sign:
        raise UsageError(f"{place}: {_uncompared(read)}")
    return sign, _value(place, read.what, sign, value)


def _check_order(place: str, read: RunReading, sign: str | None, value: str | None) -> None:
    """Checks that the day stands behind the name, as in NAME@DATE=VALUE."""
    alone, is_dated, day = (value or "").partition("@")
    if is_dated and not isinstance(read.what, Kind) and not read.what.dated:
        raise UsageError(
            f"{place}: {read.what.name} is known only at the end of a run; write "
            f"{read.name}{sign}{alone}{dated_kin(read.what.name)}"
        )
    if is_dated:
        raise UsageError(
            f"{place}: the day stands behind the name; write {read.name}@{day}{sign}{alone}"
        )


def _uncompared(read: RunReading) -> str:
    """Returns what is wrong with a class or a number alone."""
    assert isinstance(read.what, Outcome)
    if read.what.kind == "class":
        classes = ", ".join(read.what.classes)
        return f"{read.what.name} is a class; write {read.name}=CLASS, one of {classes}"
    example = "2025-11-01" if read.what.unit == "date" else "1"
    number = f"{read.what.name} is a number ({read.what.unit})"
    return f"{number}; compare it, e.g. {read.name}>={example}"


def _value(place: str, outcome: Outcome, sign: str, value: str) -> float:
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
        check_day(place, value)
        return float(date.fromisoformat(value).toordinal())
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{place}: {outcome.name} is a number ({outcome.unit}), not {value!r}")
    return number


def _truth(place: str, sign: str, value: str) -> float:
    compared = (sign, _TRUTH.get(value, math.nan))
    if compared in _YES or compared in _NO:
        return float(compared in _YES)
    raise UsageError(f"{place}: expected =yes or =no, found {sign}{value}")
