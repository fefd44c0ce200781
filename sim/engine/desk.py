"""What differs between the engines: where luck comes from, who listens, how numbers are set.

Processes and interventions call these and nothing else that is not a rule, so that one source
serves both engines. `compiled_desk` gives each function its compiled twin.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.engine.happenings import NAMES, NOBODY
from sim.engine.plan import N_PARAMETERS, NUMBERS, OBSERVABLES
from sim.engine.world import World
from sim.model.tables.fields import set_slot


def draw(world: World, site: int) -> float:
    """Returns today's uniform of a draw site."""
    return world.row[site]


def draws(world: World, site: int, count: int) -> Sequence[float]:
    """Returns today's uniforms of consecutive draw sites."""
    return world.row[site : site + count]


def note(world: World, kind: int, side: int, size: float) -> None:
    """Tells whoever listens that something happened.

    Args:
        world: The run.
        kind: An `Act` or a `Happening`.
        side: Who acted, or `NOBODY`.
        size: Magnitude in the unit of the kind.
    """
    if world.recorder is not None:
        world.recorder.note(world, NAMES[kind], None if side == NOBODY else side, size)


def note_decision(world: World, side: int, act: int) -> None:
    """Tells whoever listens that a side chose an act, before it is carried out."""
    if world.recorder is not None:
        world.recorder.decision(world, side, act)


def observe(world: World, observable: int) -> float:
    """Returns what an observable, a place in `plan.OBSERVABLES`, is now."""
    return OBSERVABLES[observable].read(world.state, world.params)


def write_number(world: World, place: int, value: float) -> None:
    """Sets a parameter or a field of the state, a place in `plan.NUMBERS`."""
    set_slot(world.params if place < N_PARAMETERS else world.state, NUMBERS[place], value)
