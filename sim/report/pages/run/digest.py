"""Summary of a batch for reports: shares, quantiles and dates, computed on demand."""

from __future__ import annotations

import math
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.errors import NotFoundError
from sim.experiment.outcomes.summary import summarise
from sim.experiment.outcomes.weekly import Survival, survival_of
from sim.report.words.numbers import NOTHING, band, chances, number_text, out_of, step_of

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.scenario.resolved_scenario import Resolved


class RunShare(NamedTuple):
    """Share of the runs with its 95% interval; NaN if the outcome applies to no run."""

    value: float
    low: float
    high: float


class OverRanges(NamedTuple):
    """An outcome over the ranges of the assumed numbers; NaN where it cannot be known.

    Attributes:
        mean: Mean over the draws of the assumed numbers.
        low: Lower end of the range that contains 90% of the draws, luck excluded.
        high: Upper end of it.
    """

    mean: float
    low: float
    high: float


class Digest:
    """Summary statistics of the outcomes of a batch, cached by column.

    Attributes:
        batch: The runs.
        ranges: Summary of the runs with drawn parameters: of the companion, or of the batch itself
            if it draws them; None if there are none.
        days: Ordinal days on which dated outcomes are recorded, in order, without the last day.
    """

    def __init__(self, batch: Batch, drawn: Batch | None = None) -> None:
        self.batch = batch
        self.ranges = self if batch.per_vector else Digest(drawn) if drawn else None
        until = batch.resolved.until
        self.days = tuple(day for day in batch.resolved.report_dates if day != until)
        self._known: dict[str, dict[str, Any]] = {}
        self._columns = {column.name: column for column in batch.columns}

    @property
    def resolved(self) -> Resolved:
        """The scenario."""
        return self.batch.resolved

    @property
    def directory(self) -> Path:
        """Directory of the result files."""
        return self.batch.directory

    @property
    def drawn(self) -> bool:
        """Whether parameters were drawn from their ranges."""
        return bool(self.batch.per_vector)

    @property
    def draws(self) -> int:
        """Number of draws of the assumed numbers from their ranges; 0 without any."""
        if self.ranges is None:
            return 0
        batch = self.ranges.batch
        return -(-batch.n // batch.per_vector)

    @cached_property
    def survival(self) -> Survival | None:
        """Share of runs with a truce in force, week by week; None if that was not stored."""
        try:
            return survival_of(self.batch)
        except NotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Returns whether the batch has a column of this name."""
        return name in self._columns

    def unit(self, name: str) -> str:
        """Returns the unit of a column."""
        return self._columns[name].outcome.unit

    def classes(self, name: str) -> tuple[str, ...]:
        """Returns the classes of a column in the order of their codes."""
        return self._columns[name].outcome.classes

    def about(self, name: str) -> dict[str, Any]:
        """Returns the full summary of a column (see `sim.experiment.outcomes.summary`)."""
        if name not in self._known:
            self._known.update(summarise(self.batch, self.batch.read_with(name)))
        return self._known[name]

    def share(self, name: str, label: str = "true") -> RunShare:
        """Returns the share of runs in which a flag holds or a class occurs."""
        row = self.about(name)["probabilities"][label]
        return RunShare(_number(row["p"]), _number(row["ci"][0]), _number(row["ci"][1]))

    def occurs(self, name: str, label: str = "true") -> bool:
        """Returns whether a flag holds or a class occurs in at least one run."""
        return self.share(name, label).value > 0.0

    def over_ranges(self, name: str, label: str = "true") -> OverRanges | None:
        """Returns the share of runs with a flag or a class over the ranges of the assumed numbers;
        None if no runs with drawn numbers are at hand."""
        if self.ranges is None:
            return None
        row = self.ranges.about(name)["probabilities"][label]
        low, high = row["spread"]["moves_between"]
        return OverRanges(_number(row["p"]), _number(low), _number(high))

    def quantiles(self, name: str) -> dict[str, float] | None:
        """Returns p05 to p95 of a number, days as ordinals; None if it applies to no run."""
        values = {key: _number(value) for key, value in self.about(name)["quantiles"].items()}
        return None if math.isnan(values["p50"]) else values

    def mean(self, name: str) -> float:
        """Returns the mean of a number over the runs to which it applies."""
        return _number(self.about(name)["mean"])

    def applicable(self, name: str) -> float:
        """Returns the share of runs to which an outcome applies."""
        return _number(self.about(name)["applicable"])

    def applies(self, name: str) -> str:
        """Returns the number of runs to which an outcome applies, as `72 of 500 runs`; empty if it
        applies to all."""
        about = self.about(name)
        n, of = about["n_valid"], about["of"]
        return "" if n == of else out_of(n, of)

    def chances(self, name: str, label: str = "true") -> tuple[str, str]:
        """Returns a share in per cent and its interval, as `37` and `(35-39)`."""
        return chances(*self.share(name, label))

    def spread(self, name: str) -> tuple[str, str, str]:
        """Returns the median, the middle 50% and the middle 90% of a number, as text."""
        q = self.quantiles(name)
        if q is None:
            return NOTHING, NOTHING, NOTHING
        step = step_of(name)
        return (
            number_text(q["p50"], step=step),
            band(q["p25"], q["p75"], step=step),
            band(q["p05"], q["p95"], step=step),
        )


def on(name: str, day: int) -> str:
    """Returns the name of the column that holds an outcome on a day."""
    return f"{name}@{date.fromordinal(day).isoformat()}"


def _number(value: float | str | None) -> float:
    if value is None:
        return math.nan
    if isinstance(value, str):
        return float(date.fromisoformat(value).toordinal())
    return float(value)
