"""Processes of third parties and of what diverts the two leaders, on a clock of their own.

Like those of `processes`, they run on both engines and call only rules and functions of `desk`.
"""

from __future__ import annotations

from sim.engine import sites
from sim.engine.desk import draw, note
from sim.engine.happenings import NOBODY, Happening
from sim.engine.processes import rings
from sim.engine.world import World
from sim.model.tables.codes import N_PARTNERS, N_SIDES, US
from sim.model.world.attention import apply_diversion, decide_diverter, diversion_hazard
from sim.model.world.third_parties import (
    apply_contact,
    apply_others_deadline,
    apply_others_threat,
    apply_thaw,
    contact_hazard,
    decide_partner,
    is_others_due,
    others_hazard,
    thaw_hazard,
)


def stir(world: World) -> None:
    """Lets each third party, and whatever else may take a leader's time, have its day."""
    press_others(world)
    thaw(world)
    visit(world)
    for side in range(N_SIDES):
        divert(world, side)


def press_others(world: World) -> None:
    """Carries out or suspends the threats against other countries that are due, and makes a new
    one if Washington does so today."""
    state, params = world.state, world.params
    for partner in range(N_PARTNERS):
        if is_others_due(state, partner):
            u = draw(world, sites.OTHERS_DEADLINE + partner)
            if apply_others_deadline(state, params, partner, u):
                note(world, Happening.HIT_NEIGHBOURS + partner, US, params.others_size_pp)
            else:
                note(world, Happening.SPARE_NEIGHBOURS + partner, US, 0.0)
    if rings(world, sites.OTHERS_THREAT, others_hazard(state, params)):
        partner = decide_partner(state, draw(world, sites.OTHERS_PARTNER))
        apply_others_threat(state, params, partner, draw(world, sites.OTHERS_NOTICE))
        note(world, Happening.THREATEN_NEIGHBOURS + partner, US, params.others_size_pp)


def thaw(world: World) -> None:
    """Brings Washington and Moscow closer, if they move today."""
    if rings(world, sites.THAW, thaw_hazard(world.params)):
        apply_thaw(world.state, world.params)
        note(world, Happening.THAW, NOBODY, 0.0)


def visit(world: World) -> None:
    """Lets a delegation from Taiwan visit the US, if one does today."""
    if rings(world, sites.TAIWAN_CONTACT, contact_hazard(world.state, world.params)):
        apply_contact(world.state, world.params)
        note(world, Happening.TAIWAN_CONTACT, NOBODY, 0.0)


def divert(world: World, side: int) -> None:
    """Lets a matter take a side's attention, if one arrives today."""
    state, params = world.state, world.params
    if rings(world, sites.DIVERSION[side], diversion_hazard(state, params, side)):
        diverter = decide_diverter(state, params, side, draw(world, sites.DIVERTER[side]))
        days = apply_diversion(state, params, diverter, draw(world, sites.DIVERTER_DAYS[side]))
        note(world, Happening.DISASTER + diverter, side, 1.0 * days)
