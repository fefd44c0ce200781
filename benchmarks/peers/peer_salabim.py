"""The reduced model in salabim: a component a clock; the truce's is started anew when it moves."""

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
    """A clock: where it stands in the day, and what happens when it rings."""

    def setup(self, world: World, clock: int, truce: Truce | None = None) -> None:
        """Remembers what the clock works on."""
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
    """A clock that rings every day, after which the truce may end on another day."""

    def process(self) -> Process:
        """Rings."""
        assert self.truce is not None
        yield self.hold(self.clock)
        while True:
            self.ring(self.world)
            self.truce.follow()
            yield self.hold(TICKS_PER_DAY)


class Monthly(Clock):
    """A clock that rings on the first of each month."""

    def process(self) -> Process:
        """Rings."""
        for day in FIRSTS:
            yield self.hold(till=day * TICKS_PER_DAY + self.clock)
            self.ring(self.world)


class Truce(salabim.Component):  # type: ignore[misc]
    """The truce clock: sleeps until the day the truce ends, and is set anew when that moves."""

    def setup(self, world: World) -> None:
        """Remembers what the clock works on."""
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
        """Sets the clock anew if the truce's end has moved."""
        if self.world.state.truce_ends_on != self.known:
            self.known = self.world.state.truce_ends_on
            # By name: without it the hold would count as over, not as given up.
            self.activate(process="process")


def play(world: World) -> None:
    """Plays one run."""
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
    """Plays consecutive replicates."""
    return play_each(play, seed, first, count)
