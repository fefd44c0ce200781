"""What a side plays for, as one number of a run: an outcome, or a weighted sum of outcomes.

us_real_income_pct                           an outcome, the more the better
tension:-1                                   the less the better
cn_real_income_pct,path_class=conflict:-0.2  a sum; what holds counts as 1
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine.blocks import Column
from sim.errors import CheckFailedError, UsageError
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.targets import Target, read_targets
from sim.experiment.stats.intervals import Floats

SIDES: Final = ("us", "cn")

DEFAULTS: Final = {"us": "us_real_income_pct", "cn": "cn_real_income_pct"}
"""Real income at the end of the run: what the trade block reckons for either side in one unit, with
no weight that would have to be assumed. What politics values beside it is the user's to add."""

SUM: Final = "weighted sum"
"""Unit of a payoff that is one."""

_WEIGHTED: Final = re.compile(r"\s*([^:\s]+)\s*(?::\s*(\S+)\s*)?")


@dataclass(frozen=True, slots=True)
class Term:
    """One outcome with its weight."""

    target: Target
    weight: float


@dataclass(frozen=True, slots=True)
class Payoff:
    """What a side plays for.

    Attributes:
        side: `us` or `cn`.
        text: As it was typed.
        terms: Outcomes and weights, one at least.
    """

    side: str
    text: str
    terms: tuple[Term, ...]

    @property
    def is_sum(self) -> bool:
        """Whether it has several terms, or another weight than 1 or -1."""
        return len(self.terms) > 1 or abs(self.terms[0].weight) != 1.0

    @property
    def unit(self) -> str:
        """A key of `sim.units.UNITS`, or `SUM`."""
        return SUM if self.is_sum else self.terms[0].target.unit

    @property
    def margin(self) -> float:
        """Difference that does not matter in practice: those of the outcomes, weighted."""
        return sum(abs(term.weight) * term.target.margin for term in self.terms)

    @property
    def names(self) -> tuple[str, ...]:
        """Columns it is read from."""
        return tuple(term.target.column.name for term in self.terms)

    def of(self, batch: Batch) -> Floats:
        """Returns the payoff of each run, shape (n,); NaN where the run failed.

        Raises:
            CheckFailedError: An outcome does not apply to every run.
        """
        total = np.zeros(batch.n)
        for term in self.terms:
            name = term.target.column.name
            numbers = term.target.of(batch.values[name], ~batch.finished)
            missing = int(np.sum(np.isnan(numbers) & batch.finished))
            if missing:
                raise CheckFailedError(
                    f"{option_of(self.side)} {self.text}: {name} does not apply to {missing:,} of "
                    f"{batch.n:,} runs, so that it is no payoff of every history; choose an "
                    "outcome that always applies"
                )
            total += term.weight * numbers
        return total


def read_payoff(side: str, text: str, columns: Sequence[Column]) -> Payoff:
    """Reads a payoff as it is typed.

    Args:
        side: Whose.
        text: `NAME`, `NAME:WEIGHT`, or several with commas between.
        columns: Columns of the outcomes table.

    Raises:
        NotFoundError: There is no such outcome or class; the message names the nearest.
        UsageError: It is no payoff.
    """
    place = f"{option_of(side)} {text}"
    terms = tuple(_read_term(side, place, part, columns) for part in text.split(","))
    names = [term.target.outcome + term.target.label for term in terms]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{place}: {name} comes twice; give it one weight")
    return Payoff(side, text, terms)


def _read_term(side: str, place: str, part: str, columns: Sequence[Column]) -> Term:
    form = _WEIGHTED.fullmatch(part)
    if not form:
        raise UsageError(f"{place}: expected NAME or NAME:WEIGHT, e.g. {DEFAULTS[side]},tension:-1")
    name, weight = form[1], _weight(place, form[1], form[2])
    targets = read_targets([name], columns, option_of(side))
    if len(targets) > 1:
        classes = ", ".join(target.text for target in targets)
        raise UsageError(f"{place}: {name} is a class; say which one counts: {classes}")
    if targets[0].unit == "date":
        raise UsageError(f"{place}: {name} is a date, which is neither much nor little")
    return Term(targets[0], weight)


def _weight(place: str, name: str, text: str | None) -> float:
    if text is None:
        return 1.0
    try:
        weight = float(text)
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight) or weight == 0.0:
        raise UsageError(f"{place}: {text!r} is no weight; write a number, e.g. {name}:-1")
    return weight


def option_of(side: str) -> str:
    """Returns the option with which a side's payoff is given, to begin an error with."""
    return f"--{side}-payoff"
