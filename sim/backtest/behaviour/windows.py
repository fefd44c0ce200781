"""Windows of a year: what was done in them, in runs from their eve and on record."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from sim.backtest.backtests.origin_forecasts import Variant, play, world_at
from sim.backtest.behaviour.statistics import COUNTED, Behaviour, Deeds, measured
from sim.backtest.counts import EVENTS, happens
from sim.backtest.waits import recorded_wait, simulated_spells
from sim.engine.blocks import Events
from sim.engine.replay import replay
from sim.engine.world import World, opening
from sim.experiment.inputs.as_of import last_day_of, recorded_base
from sim.experiment.outcomes.event_days import kind_of
from sim.experiment.outcomes.weekly import TRUCE
from sim.experiment.stats.intervals import Flags, Labels
from sim.history.act_table import acts_on_record
from sim.history.tariffs import duty_steps
from sim.model.commitments.agreements import truce_in_force
from sim.model.tables.vocabulary import ChinaLayer

ADDON: Final = "us_addon_pp"
PARTIAL: Final = ChinaLayer.PARTIAL_REPLY.name.lower()
"""Layer of China's replies on some goods, whose points runs do not tell; see `recorded_deeds`."""


def simulated_window(
    eve: int, last: int, n: int, seed: int, variant: Variant, engine: str
) -> tuple[Behaviour, Labels]:
    """Returns the behaviour of runs from the replayed record of a day, and the Mondays of the
    window.

    Args:
        eve: The day, an ordinal.
        last: Last day of the window.
        n: Number of runs.
        seed: Seed of their luck.
        variant: Variant of the model.
        engine: `simpy` or `compiled`; the results are the same.
    """
    world = world_at(eve, (last - eve,), variant)
    block = play(world, n, seed, variant, engine)
    assert block.events is not None
    _, state = opening(world, None)
    at_start = np.full(n, truce_in_force(state))
    spells = simulated_spells(block.events, block.weeks, block.paths[ADDON], last)
    behaviour = measured(
        simulated_deeds(block.events),
        block.weeks,
        block.paths[TRUCE] > 0.0,
        at_start,
        spells.truce - spells.start,
    )
    return behaviour, block.weeks


def simulated_deeds(events: Events) -> Deeds:
    """Returns the acts of runs from their events."""
    chosen = [events[happens(events, map(kind_of, EVENTS[kind]))] for kind in COUNTED]
    every = np.concatenate(chosen)
    kinds = np.repeat(np.arange(len(COUNTED)), list(map(len, chosen)))
    return Deeds(every["replicate"], every["day"], kinds, every["size"])


def recorded_window(eve: int, last: int, weeks: Labels) -> Behaviour:
    """Returns the behaviour on record after a day, up to another, as of one run.

    Args:
        eve: The day, an ordinal.
        last: Last day of the window.
        weeks: Mondays of the window.
    """
    acts = [act for act in acts_on_record() if eve < act.day <= last]
    steps = [step for step in duty_steps(ADDON) if eve < step.day <= last]
    wait = recorded_wait(steps, acts)
    first, flags = paused_mornings()
    # What was in force on a Monday evening still is on the next morning.
    paused = flags[np.append(weeks, eve) + 1 - first]
    return measured(
        recorded_deeds(eve, last),
        weeks,
        paused[np.newaxis, :-1],
        paused[-1:],
        np.array([np.nan if wait is None else wait]),
    )


def recorded_deeds(eve: int, last: int) -> Deeds:
    """Returns the acts on record after a day, up to another, both ordinals.

    Replies of China on some goods have no points here, because the events of runs have none.
    """
    acts = [
        act
        for act in acts_on_record()
        if act.counts and act.type in COUNTED and eve < act.day <= last
    ]
    return Deeds(
        np.zeros(len(acts), np.int64),
        np.array([act.day for act in acts], np.int64),
        np.array([COUNTED.index(act.type) for act in acts], np.int64),
        np.array([0.0 if act.leg == PARTIAL else act.points_pp or 0.0 for act in acts]),
    )


@cache
def paused_mornings() -> tuple[int, Flags]:
    """Returns the first day of the replayed record, an ordinal, and whether a pause was in force in
    the morning of each day from it to the last, and to the day after."""
    acts = acts_on_record()
    last = last_day_of(acts)
    base = recorded_base(last)
    found: list[bool] = []

    def look(world: World) -> None:
        found.append(truce_in_force(world.state))

    world = replay(base, acts, last, look)
    look(world)
    return base.start, np.array(found)
