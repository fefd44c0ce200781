"""Functions that differ between the engines: they draw uniforms, record events and set numbers.

Processes and interventions call only rules and these functions, so one source serves both engines.
`compiled_desk` holds the compiled twin of each function.
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
    """Records an event.

    Args:
        world: The run.
        kind: An `Act` or a `Happening`.
        side: The side that acted, or `NOBODY`.
        size: Magnitude in the unit of the kind.
    """
    if world.recorder is not None:
        world.recorder.note(world, NAMES[kind], None if side == NOBODY else side, size)


def note_decision(world: World, side: int, act: int) -> None:
    """Records that a side chose an act, before it is carried out."""
    if world.recorder is not None:
        world.recorder.decision(world, side, act)


def note_proposal(world: World, side: int, u_us: float, u_cn: float) -> None:
    """Records that a side proposed the bundle on the table, before the two sides answer.

    Args:
        world: The run.
        side: The side that proposed it.
        u_us: Uniform of Washington's answer.
        u_cn: Uniform of Beijing's.
    """
    if world.recorder is not None:
        world.recorder.proposal(world, side, u_us, u_cn)


def observe(world: World, observable: int) -> float:
    """Returns the current value of an observable, a position in `plan.OBSERVABLES`."""
    return OBSERVABLES[observable].read(world.state, world.params)


def write_number(world: World, place: int, value: float) -> None:
    """Sets a parameter or a field of the state, a position in `plan.NUMBERS`."""
    set_slot(world.params if place < N_PARAMETERS else world.state, NUMBERS[place], value)
