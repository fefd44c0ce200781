"""Statistics of paired runs, scenario names, bans and bundles for the mission tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from sim.model.bargain.logroll import apply_table
from sim.model.bargain.signature import apply_signature
from sim.model.bargain.table import units_on_table
from sim.model.bargain.worth import clause_gain
from sim.model.tables.codes import CN, LEADERS, OPENING_ANSWERED, US
from sim.model.tables.parameters.bargain import STRUCTURES
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Clause
from tests.mission.plays import Sets, Tape, Values, batch

JANUARY = "january-2025-first-100-days"
FEBRUARY = "phase-one-redux"
MARCH = "march-2025-escalation"
JUNE = "june-2025-resumed-talks"
OCTOBER = "october-2025-apec"
INVESTMENT = "investment-deal"
GRAND = "grand-bargain"

RUNS = 1000
WINDOWS = ("2025-04-30", "2025-06-30", "2025-10-30")
"""Days by which a summit was expected, or came about."""

Numbers = Sequence[float] | np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference with its Monte Carlo error."""

    mean: float
    error: float

    @property
    def positive(self) -> bool:
        """Tells whether it lies more than two standard errors above zero."""
        return self.mean > 2.0 * self.error and self.mean > 0.0

    @property
    def negative(self) -> bool:
        """Tells whether it lies more than two standard errors below zero."""
        return -self.mean > 2.0 * self.error and self.mean < 0.0


def paired(after: Numbers, before: Numbers) -> Gap:
    """Returns the mean of after minus before over runs on the same luck; flags count as 0 and 1."""
    change = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    assert change.size > 1
    return Gap(float(change.mean()), float(change.std(ddof=1) / np.sqrt(change.size)))


def between(one: Numbers, two: Numbers) -> Gap:
    """Returns the mean of one less the mean of two, from runs on different luck."""
    a, b = np.asarray(one, dtype=np.float64), np.asarray(two, dtype=np.float64)
    assert min(a.size, b.size) > 1
    error = np.sqrt(a.var(ddof=1) / a.size + b.var(ddof=1) / b.size)
    return Gap(float(a.mean() - b.mean()), float(error))


def rate_gap(events: int, days: float, other_events: int, other_days: float) -> Gap:
    """Returns the difference of two weekly rates of events, counts taken as Poisson."""
    assert min(days, other_days) > 0.0
    weeks, other_weeks = days / 7.0, other_days / 7.0
    error = np.sqrt(max(events, 1) / weeks**2 + max(other_events, 1) / other_weeks**2)
    return Gap(events / weeks - other_events / other_weeks, float(error))


def banned(side: str, *acts: str, since: str) -> Mapping[str, Any]:
    """Returns an intervention that forbids a side some acts from an ISO date on."""
    rows = [{"side": side, "act": act} for act in acts]
    return {"date": date.fromisoformat(since), "do": {"forbid": rows}}


def days_between(first: str, last: str) -> tuple[str, ...]:
    """Returns the ISO dates after the first day up to and with the last."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return tuple((start + timedelta(i)).isoformat() for i in range(1, (end - start).days + 1))


def daily(values: Values, name: str, dates: Sequence[str]) -> np.ndarray[Any, Any]:
    """Returns an outcome read on each of some dates, as an array of runs by dates."""
    return np.stack([values[f"{name}@{when}"] for when in dates], axis=1)


def january_to_october(sets: Sets = ()) -> Values:
    """Returns the runs from January to the end of October 2025 that several rows look at."""
    return batch(JANUARY, RUNS, sets, until="2025-10-31", at=WINDOWS)


def lay_out(state: State, params: Params, *clauses: Clause, rank: int = LEADERS) -> None:
    """Puts some clauses on the table whole, and nothing else; each must be to be had. What China
    offers of its own has been tabled."""
    state.opening = OPENING_ANSWERED
    apply_table(state, params, US, rank, False, forced=False)
    for clause in clauses:
        assert state.units[clause] > 0.0, clause.name
        state.offer[clause] = 1.0


def lay_out_structure(state: State, params: Params, structure: Clause, *, hiring: bool) -> None:
    """Puts an investment of a structure on the leaders' table, and nothing else."""
    lay_out(state, params)
    state.table_structure, state.table_hiring = structure, hiring
    for other in STRUCTURES:
        state.units[other] = units_on_table(state, params, other, forced=False)
        for side in (US, CN):
            state.gain[side][other] = clause_gain(state, params, side, other)
    assert state.units[structure] > 0.0
    state.offer[structure] = 1.0


def sign(state: State, params: Params, *clauses: Clause) -> int:
    """Signs some clauses, whole and nothing else, and returns the bundle's name."""
    lay_out(state, params, *clauses)
    return apply_signature(state, params, False)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle signed in a run: what it is called, its clauses, and what was seen just before it
    and just after."""

    day: int
    name: str
    clauses: frozenset[str]
    before: Any
    seen: Any


def bundles(tape: Tape) -> list[Bundle]:
    """Returns the bundles a run signed, in order."""
    found: list[Bundle] = []
    before = None
    for note in tape.notes:
        if note.kind.startswith("sign_"):
            name = note.kind[len("sign_") :]
            found.append(Bundle(note.day, name, frozenset(), before, note.seen))
        elif note.kind.startswith("agree_"):
            last = found.pop()
            clause = note.kind[len("agree_") :]
            found.append(replace(last, clauses=last.clauses | {clause}))
        before = note.seen
    return found
