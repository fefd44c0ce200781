"""Outcome of a run: a number, a flag or a class, and the functions that declare its row."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from sim.model.tables.params import Params
from sim.model.tables.state import State

DUTY_STEP: Final = 0.1
"""Step of duties, which are published to a tenth of a point (14.5, 53.9)."""
NEVER: Final = float("nan")
CHANCE_STEP: Final = 0.0001
"""Step of flags and classes: how finely a share of runs is known depends on their number, so its
words limit it further (`sim.report.words.numbers.chances`)."""
Reader = Callable[[State, Params], float]


@dataclass(frozen=True, slots=True)
class At:
    """Reader of one of many similar numbers: the value of a rule at a position, such as a good."""

    rule: Callable[[State, Params, int], float]
    place: int

    def __call__(self, state: State, params: Params) -> float:
        """Returns the number."""
        return self.rule(state, params, self.place)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Row of an outcome.

    Attributes:
        name: Its name, including the unit if it is a quantity.
        kind: `number`, `flag` or `class`.
        unit: A key of `sim.units.UNITS`.
        margin: Largest difference without practical importance (for equivalence tests), in `unit`;
            for flags and classes a difference of probability.
        headline: Whether it is one of the at most 12 over which verdicts are corrected.
        dated: Whether it may be read on any day.
        meaning: One sentence.
        read: Reads it from the state; NaN if it does not apply.
        classes: Names of the classes, in the order of their codes.
        observable: Whether a scenario's `when` may use it, because either side could observe it on
            any day. At most 40 rows may; the default is False.
        quarterly: Whether it is read at the ends of quarters (`name@2025Q4`) instead of the report
            dates.
        step: Finest step, in `unit`, in which pages, figures and sentences print it (see
            `default_step`); files and JSON hold it in full.
    """

    name: str
    kind: str
    unit: str
    margin: float
    headline: bool
    dated: bool
    meaning: str
    read: Reader
    classes: tuple[str, ...] = ()
    observable: bool = False
    quarterly: bool = False
    step: float = 0.0

    def __post_init__(self) -> None:
        """Derives the step from the margin unless the row gives one."""
        if not self.step:
            object.__setattr__(self, "step", default_step(self.kind, self.margin))


def default_step(kind: str, margin: float) -> float:
    """Returns the largest power of ten that is at most half the margin.

    Two numbers that differ by the margin then never print alike, and no digit is printed that does
    not matter. Flags and classes have the step of shares of runs.
    """
    if kind != "number":
        return CHANCE_STEP
    # 0.5 is the half of the sentence above; the addition is for halves that are powers of ten.
    power = math.floor(math.log10(0.5 * margin) + 1.0e-9)
    return float(f"1e{power}")


def names_of(codes: type[IntEnum]) -> tuple[str, ...]:
    """Returns the names of codes in lower case, in order."""
    return tuple(code.name.lower() for code in codes)


def row(
    name: str,
    unit: str,
    margin: float,
    meaning: str,
    read: Reader,
    *,
    kind: str = "number",
    headline: bool = False,
    dated: bool = True,
    classes: tuple[str, ...] = (),
    observable: bool = False,
    quarterly: bool = False,
    step: float = 0.0,
) -> Outcome:
    """Returns the row of a number, or of another `kind`; without a `step` it has the default."""
    return Outcome(
        name,
        kind,
        unit,
        margin,
        headline,
        dated,
        meaning,
        read,
        classes,
        observable,
        quarterly,
        step,
    )


def class_row(
    name: str,
    codes: type[IntEnum],
    meaning: str,
    read: Reader,
    *,
    headline: bool = False,
    dated: bool = True,
    observable: bool = False,
) -> Outcome:
    """Returns the row of a class."""
    return row(
        name,
        "code",
        0.03,
        meaning,
        read,
        kind="class",
        headline=headline,
        dated=dated,
        classes=names_of(codes),
        observable=observable,
    )


def flag_row(
    name: str, meaning: str, read: Reader, *, headline: bool = False, observable: bool = False
) -> Outcome:
    """Returns the row of a flag."""
    return row(
        name, "flag", 0.03, meaning, read, kind="flag", headline=headline, observable=observable
    )


def day_or_never(value: int) -> float:
    """Returns an ordinal day, NaN for 0."""
    return float(value) if value > 0 else NEVER


def truth(value: bool) -> float:
    """Returns 1 for true, 0 for false."""
    return 1.0 if value else 0.0
