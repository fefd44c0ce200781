"""Payoff of a side in a run: one outcome, or a weighted sum of outcomes.

us_real_income_pct                           an outcome: more is better
tension:-1                                   an outcome: less is better
cn_real_income_pct,path_class=conflict:-0.2  a sum, in which a condition counts 1 if it holds
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
from sim.experiment.outcomes.targets import Target, read_targets
from sim.experiment.runs.batch import Batch
from sim.experiment.stats.intervals import Floats

SIDES: Final = ("us", "cn")

DEFAULTS: Final = {"us": "us_real_income_pct", "cn": "cn_real_income_pct"}
"""Real income at the end of the run, which the trade model computes for both sides in the same unit
and without assumed weights. Users can add whatever else politicians value."""

SUM: Final = "weighted sum"
"""Unit of a payoff with several terms."""

_WEIGHTED: Final = re.compile(r"\s*([^:\s]+)\s*(?::\s*(\S+)\s*)?")


@dataclass(frozen=True, slots=True)
class Term:
    """One outcome with its weight."""

    target: Target
    weight: float


@dataclass(frozen=True, slots=True)
class Payoff:
    """Payoff of a side.

    Attributes:
        side: `us` or `cn`.
        text: The payoff as typed.
        terms: Outcomes and weights, at least one.
    """

    side: str
    text: str
    terms: tuple[Term, ...]

    @property
    def is_sum(self) -> bool:
        """Whether it has several terms, or a weight other than 1 or -1."""
        return len(self.terms) > 1 or abs(self.terms[0].weight) != 1.0

    @property
    def unit(self) -> str:
        """Unit: a key of `sim.units.UNITS`, or `SUM`."""
        return SUM if self.is_sum else self.terms[0].target.unit

    @property
    def margin(self) -> float:
        """Difference too small to matter in practice: the weighted sum of the outcomes' margins."""
        return sum(abs(term.weight) * term.target.margin for term in self.terms)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns it is read from."""
        return tuple(term.target.column.name for term in self.terms)

    def of(self, batch: Batch) -> Floats:
        """Returns the payoff of each run, shape (n,); NaN if the run failed.

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
                    f"{batch.n:,} runs, but a payoff needs a value for every run; choose an "
                    "outcome that always applies"
                )
            total += term.weight * numbers
        return total


def read_payoff(side: str, text: str, columns: Sequence[Column]) -> Payoff:
    """Parses a payoff.

    Args:
        side: `us` or `cn`.
        text: `NAME`, `NAME:WEIGHT`, or several separated by commas.
        columns: Columns of the outcomes table.

    Raises:
        NotFoundError: There is no such outcome or class; the message names the nearest.
        UsageError: The text is not a payoff.
    """
    place = f"{option_of(side)} {text}"
    terms = tuple(_read_term(side, place, part, columns) for part in text.split(","))
    names = [term.target.outcome + term.target.label for term in terms]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{place}: {name} appears twice; give it one weight")
    return Payoff(side, text, terms)


def _read_term(side: str, place: str, part: str, columns: Sequence[Column]) -> Term:
    form = _WEIGHTED.fullmatch(part)
    if not form:
        raise UsageError(f"{place}: expected NAME or NAME:WEIGHT, e.g. {DEFAULTS[side]},tension:-1")
    name, weight = form[1], _weight(place, form[1], form[2])
    targets = read_targets([name], columns, option_of(side))
    if len(targets) > 1:
        classes = ", ".join(target.text for target in targets)
        raise UsageError(f"{place}: {name} has several classes; choose one: {classes}")
    if targets[0].unit == "date":
        raise UsageError(f"{place}: {name} is a date and cannot be a payoff")
    return Term(targets[0], weight)


def _weight(place: str, name: str, text: str | None) -> float:
    if text is None:
        return 1.0
    try:
        weight = float(text)
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight) or weight == 0.0:
        raise UsageError(f"{place}: {text!r} is not a weight; write a number, e.g. {name}:-1")
    return weight


def option_of(side: str) -> str:
    """Returns the command-line option for a side's payoff, with which error messages begin."""
    return f"--{side}-payoff"
