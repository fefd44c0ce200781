"""The reduced model in salabim: one component per clock; the truce's is restarted when its end
changes."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import salabim
from batches import Sheets, play_each
from reduced_rules import (
    CALENDAR,
    DAILY,
    DELIVERIES,
    ECONOMY,
    FIRSTS,
    RINGS,
    START,
    TICKS_PER_DAY,
    TRUCE,
    UNTIL,
    World,
    ring_truce,
)

# Components may be generators; the other mode needs a package for coroutines.
salabim.yieldless(False)

Process = Generator[None, Any, None]
Ring = Callable[[World], None]


class Clock(salabim.Component):  # type: ignore[misc]
    """Clock with its place in the day and the function that runs when it rings."""

    def setup(self, world: World, clock: int, truce: Truce | None = None) -> None:
        """Stores the objects the clock works on."""
        self.world = world
        self.clock = clock
        self.ring: Ring = RINGS[clock]
        self.truce = truce


class Calendar(Clock):
    """The calendar."""

    def process(self) -> Process:
        """Enters each day."""
        while True:
            self.world.enter(int(self.env.now()) // TICKS_PER_DAY)
            self.ring(self.world)
            yield self.hold(TICKS_PER_DAY)


class Daily(Clock):
    """Clock that rings every day, after which the end of the truce may have changed."""

    def process(self) -> Process:
        """Rings."""
        assert self.truce is not None
        yield self.hold(self.clock)
        while True:
            self.ring(self.world)
            self.truce.follow()
            yield self.hold(TICKS_PER_DAY)


class Monthly(Clock):
    """Clock that rings on the first of each month."""

    def process(self) -> Process:
        """Rings."""
        for day in FIRSTS:
            yield self.hold(till=day * TICKS_PER_DAY + self.clock)
            self.ring(self.world)


class Truce(salabim.Component):  # type: ignore[misc]
    """Truce clock, which sleeps until the truce ends and is reset when that day changes."""

    def setup(self, world: World) -> None:
        """Stores the objects the clock works on."""
        self.world = world
        self.known = 0

    def process(self) -> Process:
        """Rings on the day the truce ends."""
        while True:
            if self.known == 0:
                yield self.passivate()
            else:
                yield self.hold(till=self.known * TICKS_PER_DAY + TRUCE)
                ring_truce(self.world)
                self.known = 0

    def follow(self) -> None:
        """Resets the clock if the end of the truce has changed."""
        if self.world.state.truce_ends_on != self.known:
            self.known = self.world.state.truce_ends_on
            # By name, because otherwise the hold would count as finished, not as cancelled.
            self.activate(process="process")


def play(world: World) -> None:
    """Simulates one run."""
    env = salabim.Environment(random_seed="", trace=False)
    env.reset_now(START * TICKS_PER_DAY)
    truce = Truce(world=world)
    Calendar(world=world, clock=CALENDAR)
    for clock in DAILY[1:]:
        Daily(world=world, clock=clock, truce=truce)
    for clock in (DELIVERIES, ECONOMY):
        Monthly(world=world, clock=clock)
    truce.follow()
    env.run(till=(UNTIL + 1) * TICKS_PER_DAY - 1)


def play_block(seed: int, first: int, count: int) -> Sheets:
    """Simulates consecutive replicates."""
    return play_each(play, seed, first, count)
