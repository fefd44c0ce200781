"""Bundles by logrolling against the best bundle there is, found by integer programming.

The proposer's task is a knapsack turned round: drop wishes and add concessions at the lowest cost
until the other side's believed gain meets its demand. `scipy.optimize.milp` solves it exactly, with
a divisible clause in usual steps and the clauses of a comprehensive deal held in.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from sim.economy.constants import UNIT
from sim.engine.world import opening
from sim.model.bargain.bundle_search import (
    NO_STEP,
    apply_bundle_search,
    apply_layout,
    apply_steps,
    believed_total,
    must_hold,
    own_value,
)
from sim.model.bargain.clauses import DIVISIBLE
from sim.model.bargain.logroll import apply_aim, apply_table
from sim.model.tables.codes import (
    CLAUSE_PAUSE,
    CLAUSE_PROLONG,
    CLAUSE_THREAT_LATER,
    CLAUSE_THREAT_OFF,
    CN,
    LEADERS,
    MINISTERS,
    N_CLAUSES,
    US,
)
from sim.model.tables.fields import copy_record
from sim.model.tables.parameters.bargain import STRUCTURES
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.load import resolve
from tests.contract.situations import played

PAUSES = (CLAUSE_PAUSE, CLAUSE_PROLONG)
THREATS = (CLAUSE_THREAT_OFF, CLAUSE_THREAT_LATER)
Search = Callable[[State, Params, int], bool]

TABLES = 500
TOLERANCE = 1e-4


class Task(NamedTuple):
    """A table that is laid out, and the side that proposes."""

    state: State
    params: Params
    side: int


class Answer(NamedTuple):
    """What logrolling and integer programming make of a task.

    Attributes:
        meets: Whether logrolling believes that the other side accepts.
        feasible: Whether some bundle meets the demand.
        value: Worth to the proposer of the bundle by logrolling.
        best: Worth of the best bundle.
        liked: Worth of all the proposer likes, whatever the other side thinks.
        size: Number of clauses to be had.
    """

    meets: bool
    feasible: bool
    value: float
    best: float
    liked: float
    size: int


def steps_alone(state: State, params: Params, side: int) -> bool:
    """Searches a bundle by steps of the best ratio and one last step."""
    apply_layout(state, params, side)
    apply_steps(state, apply_steps(state, NO_STEP, NO_STEP), NO_STEP)
    return believed_total(state) >= state.table_demand


def answer(task: Task, search: Search = apply_bundle_search) -> Answer:
    """Returns what a search and integer programming make of a task."""
    state, params, side = task
    on_table = [c for c in range(N_CLAUSES) if state.units[c] > 0.0]
    apply_aim(state, params, side, 1.0)
    demand = state.table_demand
    values = {c: own_value(state, params, side, c) for c in on_table}
    meets = search(state, params, side)
    assert meets == (believed_total(state) >= demand)
    assert all(state.offer[c] == 1.0 for c in on_table if must_hold(state, c))
    found = sum(values[c] * state.offer[c] for c in on_table)
    liked = sum(v for c, v in values.items() if v > 0.0 or must_hold(state, c))
    best = exact(task, on_table, values, demand)
    return Answer(meets, best is not None, found, best or 0.0, liked, len(on_table))


def exact(task: Task, on_table: list[int], values: dict[int, float], demand: float) -> float | None:
    """Returns the worth to the proposer of the best bundle that meets a demand; None if none
    does."""
    if not on_table:
        return 0.0 if demand <= 0.0 else None
    state = task.state
    # A clause that divides is held in usual steps, and what is left of it only after all of these.
    step = {c: task.params.cut_step_pp / (state.units[c] * UNIT) for c in on_table if DIVISIBLE[c]}
    parts = {c: min(1.0, step.get(c, 1.0)) for c in on_table}
    whole = {c: int(1.0 / parts[c] + 1e-9) for c in on_table}
    size = np.array([parts[c] for c in on_table] + [1.0 - whole[c] * parts[c] for c in on_table])
    worth = size * np.array([values[c] for c in on_table] * 2)
    gains = size * np.array([state.believed[c] for c in on_table] * 2)
    most = np.array([whole[c] for c in on_table] + [1] * len(on_table))
    held = np.array([must_hold(state, c) for c in on_table] * 2)
    steps = np.diag(most[: len(on_table)].astype(float))
    rest_last = LinearConstraint(np.hstack([np.eye(len(on_table)), -steps]), 0.0, np.inf)
    solved = milp(
        -worth,
        integrality=np.ones(2 * len(on_table)),
        bounds=Bounds(np.where(held, most, 0), most),
        constraints=[LinearConstraint(gains, demand, np.inf), rest_last],
        options={"mip_rel_gap": 0.0},
    )
    return None if solved.x is None else -float(solved.fun)


def random_tables() -> Iterator[Task]:
    """Yields tables of clauses with random gains, of all sizes, with demands from nothing to more
    than there is."""
    draw = random.Random(20251023)  # noqa: S311 - test data, not luck of the model
    params, blank = opening(resolve("october-2025-apec"), None)
    for _ in range(TABLES):
        state = copy_record(blank)
        side = draw.randrange(2)
        state.table_rank, state.table_full = draw.randrange(2), draw.random() < 0.25
        share = draw.uniform(0.2, 1.0)
        barred = {draw.choice(group) for group in (PAUSES, THREATS)}
        barred |= set(draw.sample(STRUCTURES, 2))
        for clause in range(N_CLAUSES):
            state.offer[clause] = 0.0
            state.units[clause] = 1.0 if draw.random() < share and clause not in barred else 0.0
            if state.units[clause] > 0.0 and DIVISIBLE[clause]:
                state.units[clause] = draw.randrange(1, 31) / UNIT
            # One gains what the other loses, as a rule, but not in the same measure.
            taste = draw.gauss(0.0, 0.6)
            state.gain[side][clause] = taste + draw.gauss(0.0, 0.4)
            state.gain[1 - side][clause] = -taste + draw.gauss(0.0, 0.4)
            state.believed[clause] = state.gain[1 - side][clause] + draw.gauss(0.0, 0.2)
        state.belief_mean[side], state.belief_var[side] = draw.uniform(-2.0, 8.0), 0.5
        yield Task(state, params, side)


@cache
def answers_to_random_tables() -> tuple[Answer, ...]:
    """Returns what is made of the random tables."""
    return tuple(map(answer, random_tables()))


@cache
def answers_to_played_tables() -> tuple[Answer, ...]:
    """Returns what is made of tables of played runs, before ministers and leaders."""
    found = []
    for situation in played():
        for side in (US, CN):
            for rank, full in ((MINISTERS, False), (LEADERS, False), (LEADERS, True)):
                state = copy_record(situation.state)
                apply_table(state, situation.params, side, rank, full, forced=False)
                found.append(answer(Task(state, situation.params, side)))
    return tuple(found)


def ratios(answers: tuple[Answer, ...], least: float) -> np.ndarray:
    """Returns the worth of bundles relative to the best, where the best is worth at least so
    much: a share of next to nothing says nothing."""
    return np.array([a.value / a.best for a in answers if a.feasible and a.best >= least])


def losses(answers: tuple[Answer, ...]) -> np.ndarray:
    """Returns what is lost against the best bundles, in utility; the noise of a choice is 1."""
    return np.array([a.best - a.value for a in answers if a.feasible])


ANSWERS = pytest.mark.parametrize(
    "answers", [answers_to_random_tables, answers_to_played_tables], ids=["random", "played"]
)


@ANSWERS
def test_a_demand_is_met_if_any_bundle_meets_it(answers: Callable[[], tuple[Answer, ...]]) -> None:
    """Giving all the other side likes is the most there is, so both agree on what is possible."""
    found = answers()

    assert [a.meets for a in found] == [a.feasible for a in found]
    assert {a.feasible for a in found} == {True, False}


@ANSWERS
def test_bundles_are_close_to_the_best(answers: Callable[[], tuple[Answer, ...]]) -> None:
    """On average within 3% of the best where it is worth a quarter of a unit of noise, and nowhere
    a quarter of a unit below; most are the best."""
    found = answers()

    assert len(ratios(found, 0.25)) > 100
    assert ratios(found, 0.25).mean() > 0.97
    assert losses(found).max() < 0.25
    assert (losses(found) < 1e-6).mean() > 0.9
    # No bundle beats the best, so the two solve the same task.
    assert losses(found).min() > -TOLERANCE


def test_no_bundle_of_worth_is_far_from_the_best() -> None:
    """Where the best is worth a unit of noise or more, at least 85% of it is found."""
    assert ratios(answers_to_random_tables(), 1.0).min() > 0.85


def test_tables_make_the_search_work() -> None:
    """Most random tables call for steps: the proposer cannot have all it likes."""
    found = [a for a in answers_to_random_tables() if a.feasible]

    assert sum(a.best < a.liked - TOLERANCE for a in found) > 0.9 * len(found)
    assert max(a.size for a in found) > 25


def test_steps_alone_are_not_enough() -> None:
    """Without exchanges and bars the bundles fail this test: some lose a quarter of their worth."""
    plain = tuple(answer(task, steps_alone) for task in random_tables())

    assert ratios(plain, 1.0).min() < 0.8
    assert losses(plain).max() > 0.25
