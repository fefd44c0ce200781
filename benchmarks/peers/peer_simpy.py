"""The reduced model in SimPy as its documentation teaches: one process per clock, and an
interrupt."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import simpy
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

Process = Generator[simpy.Event, Any, None]
Ring = Callable[[World], None]


class Run:
    """Run: an environment, its processes, and the truce clock they interrupt."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.env = simpy.Environment(initial_time=START * TICKS_PER_DAY)
        self.known = world.state.truce_ends_on
        self.truce = self.env.process(self.truce_clock())
        self.env.process(self.days())
        for clock in DAILY[1:]:
            self.env.process(self.daily(clock, RINGS[clock]))
        for clock in (DELIVERIES, ECONOMY):
            self.env.process(self.monthly(clock, RINGS[clock]))

    def days(self) -> Process:
        """The calendar."""
        ring = RINGS[CALENDAR]
        while True:
            self.world.enter(self.env.now // TICKS_PER_DAY)
            ring(self.world)
            yield self.env.timeout(TICKS_PER_DAY)

    def daily(self, clock: int, ring: Ring) -> Process:
        """Rings a clock every day, after which the end of the truce may have changed."""
        yield self.env.timeout(clock)
        while True:
            ring(self.world)
            if self.world.state.truce_ends_on != self.known:
                self.known = self.world.state.truce_ends_on
                self.truce.interrupt()
            yield self.env.timeout(TICKS_PER_DAY)

    def monthly(self, clock: int, ring: Ring) -> Process:
        """Rings a clock on the first of each month."""
        for day in FIRSTS:
            yield self.env.timeout(day * TICKS_PER_DAY + clock - self.env.now)
            ring(self.world)

    def truce_clock(self) -> Process:
        """Rings on the day the truce ends; an interrupt means that this day has changed."""
        while True:
            ends = self.world.state.truce_ends_on
            try:
                if ends == 0:
                    yield self.env.event()
                else:
                    yield self.env.timeout(ends * TICKS_PER_DAY + TRUCE - self.env.now)
                    ring_truce(self.world)
                    self.known = 0
            except simpy.Interrupt:
                continue


def play(world: World) -> None:
    """Simulates one run."""
    Run(world).env.run(until=(UNTIL + 1) * TICKS_PER_DAY)


def play_block(seed: int, first: int, count: int) -> Sheets:
    """Simulates consecutive replicates."""
    return play_each(play, seed, first, count)
