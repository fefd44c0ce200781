"""Situations an act or a clause meets: states that runs go through, and random ones."""

from __future__ import annotations

import random
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from sim.engine.simpy_loop import play_recorded
from sim.engine.world import World, opening
from sim.model.bargain.logroll import apply_table
from sim.model.governments.agents import apply_weights
from sim.model.tables.codes import (
    BUYER_FREEZE,
    CN,
    HAWKS,
    LEADERS,
    MINISTERS,
    OPENING_TABLED,
    RECIPROCAL,
    US,
)
from sim.model.tables.fields import copy_record
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.load import resolve
from tests.unit.model.test_rules_compile import fill

SCENARIOS = (
    "january-2025-first-100-days",
    "march-2025-escalation",
    "june-2025-resumed-talks",
    "october-2025-apec",
    "rare-earth-squeeze",
    "phase-one-redux",
)
REPLICATES = 2
EVERY = 10
"""One event in so many gives a state."""
RANDOM = 480


class Situation(NamedTuple):
    """A state with the parameters of its run."""

    state: State
    params: Params


class Collector:
    """Keeps copies of the states a run goes through."""

    def __init__(self) -> None:
        self.seen = 0
        self.kept: list[Situation] = []

    def note(self, world: World, *_: object) -> None:
        """Keeps the state of every tenth event."""
        self.seen += 1
        if self.seen % EVERY == 0:
            self.kept.append(Situation(copy_record(world.state), world.params))

    def decision(self, *_: object) -> None:
        """Does nothing: decisions are no events."""

    def proposal(self, *_: object) -> None:
        """Does nothing: proposals are no events."""


@cache
def played() -> tuple[Situation, ...]:
    """Returns states of played runs of several scenarios."""
    found: list[Situation] = []
    for name in SCENARIOS:
        resolved = resolve(name)
        for replicate in range(REPLICATES):
            collector = Collector()
            play_recorded(resolved, 7, replicate, collector)
            found += collector.kept
    return tuple(found)


@cache
def situations() -> tuple[Situation, ...]:
    """Returns the states the suite tries every row on."""
    found = list(played())
    params, _ = opening(resolve(SCENARIOS[0]), None)
    draw = random.Random(20251023)  # noqa: S311 - test data, not luck of the model
    for _ in range(RANDOM):
        state: Any = fill(State, draw)[0]
        found.append(Situation(state, params))
    crowded = copy_record(found[-1].state)
    crowded.pending_overflow = False
    crowded.pending_due = [crowded.day + 1] * len(crowded.pending_due)
    # Trade stopped and markets under stress: rare, and the one state in which duties are just cut.
    cornered = copy_record(found[0].state)
    cornered.duty_pp[US][RECIPROCAL] = 145.0
    cornered.market_stress, cornered.threat_open = 1.0, False
    return (*found, Situation(crowded, params), Situation(cornered, found[0].params))


@cache
def tables() -> tuple[Situation, ...]:
    """Returns the situations with the clauses laid out: before ministers, before leaders, and
    before leaders who compose a comprehensive deal."""
    found = []
    for situation in (*situations(), *investors(), broken_pledge()):
        for rank, full in ((MINISTERS, False), (LEADERS, False), (LEADERS, True)):
            state = copy_record(situation.state)
            apply_table(state, situation.params, US, rank, full, forced=False)
            found.append(Situation(state, situation.params))
    return tuple(found)


def investors() -> list[Situation]:
    """Returns starts at which investment is on the table, before Congresses and advisers of all
    tempers, which decide what form it takes."""
    found = []
    for hostility, hawks in product((0.0, 1.0, 4.0), (0.0, 0.4, 1.0)):
        params, state = opening(resolve("investment-deal"), None)
        params.congress_hostility, state.influence[US][HAWKS] = hostility, hawks
        state.opening = OPENING_TABLED
        apply_weights(state, params)
        found.append(Situation(state, params))
    return found


def broken_pledge() -> Situation:
    """Returns October 2025 with state buyers ordered to stop while a pledge is running, and as the
    answer that China owes."""
    params, state = opening(resolve("october-2025-apec"), None)
    state.accord_signed = state.day - 30
    state.control[CN][BUYER_FREEZE] = 1
    state.reply_instrument[CN] = BUYER_FREEZE + 1
    return Situation(state, params)


def changed(before: State, after: State) -> set[str]:
    """Returns the names of the fields in which two states differ."""
    return {
        spec.attr
        for spec in State.FIELDS  # type: ignore[attr-defined]
        if getattr(before, spec.attr) != getattr(after, spec.attr)
    }
