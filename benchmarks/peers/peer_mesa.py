"""The reduced model in Mesa: agents with steps, a model whose step is a day."""

from __future__ import annotations

from typing import Final

import mesa
from batches import Sheets, play_each
from reduced_rules import (
    CALENDAR,
    DELIVERIES,
    ECONOMY,
    FIRSTS,
    RINGS,
    START,
    TRUCE,
    UNTIL,
    World,
    answer,
    govern,
)

# The clocks between these two are the governments'.
BEFORE_GOVERNMENTS: Final = range(CALENDAR, 4)
IMPLEMENTATION: Final = 8


class Government(mesa.Agent):  # type: ignore[misc]
    """A government: it reviews, then answers."""

    def __init__(self, model: Negotiation, side: int) -> None:
        super().__init__(model)
        self.world = model.world
        self.side = side

    def review(self) -> None:
        """Reviews its policy."""
        govern(self.world, self.side)

    def reply(self) -> None:
        """Answers a hike of the other side."""
        answer(self.world, self.side)


class Institution(mesa.Agent):  # type: ignore[misc]
    """Anything else that acts daily: calendar, leaders, customs offices."""

    def __init__(self, model: Negotiation, clock: int) -> None:
        super().__init__(model)
        self.world = model.world
        self.ring = RINGS[clock]

    def step(self) -> None:
        """Acts."""
        self.ring(self.world)


class Morning(Institution):
    """Institutions that act before the governments."""


class Afternoon(Institution):
    """Institutions that act after them, before the truce may end."""


class Truce(Institution):
    """The truce: acts on the day it ends."""

    def step(self) -> None:
        """Ends the truce if it ends today."""
        if self.world.state.truce_ends_on == self.world.state.day:
            self.ring(self.world)


class Month(Institution):
    """Institutions that act on the first of a month."""

    def step(self) -> None:
        """Acts if today is the first of a month."""
        if self.world.state.day in FIRSTS:
            self.ring(self.world)


class Evening(Institution):
    """Institutions that act at the end of a day."""


class Negotiation(mesa.Model):  # type: ignore[misc]
    """Both governments and the institutions around them."""

    def __init__(self, world: World) -> None:
        super().__init__(seed=0)
        self.world = world
        Morning.create_agents(self, len(BEFORE_GOVERNMENTS), clock=list(BEFORE_GOVERNMENTS))
        Government.create_agents(self, 2, side=[0, 1])
        Afternoon(self, IMPLEMENTATION)
        Truce(self, TRUCE)
        Month.create_agents(self, 2, clock=[DELIVERIES, ECONOMY])
        Evening(self, len(RINGS) - 1)

    def step(self) -> None:
        """Simulates a day."""
        self.world.enter(START - 1 + self.steps)
        kinds = self.agents_by_type
        kinds[Morning].do("step")
        kinds[Government].do("review")
        kinds[Government].do("reply")
        for kind in (Afternoon, Truce, Month, Evening):
            kinds[kind].do("step")


def play(world: World) -> None:
    """Simulates one run."""
    model = Negotiation(world)
    while world.state.day < UNTIL or model.steps == 0:
        model.step()


def play_block(seed: int, first: int, count: int) -> Sheets:
    """Simulates consecutive replicates."""
    return play_each(play, seed, first, count)
