"""Attention: matters that compete with the other side for a leader's time (B13, J5).

A matter arrives with a daily hazard, lasts for some days and takes a share of the attention that
its side devotes to the other; the side's review clock runs slower by as much. Attention recovers
once no matter is left.
"""

from __future__ import annotations

from sim.economy.arithmetic import clamp
from sim.model.tables.codes import N_DIVERTERS, N_SIDES
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import DIVERTER_SIDE


def is_diverting(state: State, diverter: int) -> bool:
    """Returns whether a matter keeps its side's leader busy today."""
    return state.day < state.diverted_until[diverter]


def may_divert(state: State, params: Params, side: int, diverter: int) -> bool:
    """Returns whether a matter may arrive today: it concerns the side and is not there yet."""
    if DIVERTER_SIDE[diverter] != side or is_diverting(state, diverter):
        return False
    return params.diverter_per_day[diverter] > 0.0


def is_diverted(state: State, side: int) -> bool:
    """Returns whether any matter keeps a side's leader busy today."""
    for diverter in range(N_DIVERTERS):
        if DIVERTER_SIDE[diverter] == side and is_diverting(state, diverter):
            return True
    return False


def diversion_hazard(state: State, params: Params, side: int) -> float:
    """Returns today's probability that a matter arrives that takes a side's attention."""
    hazard = 0.0
    for diverter in range(N_DIVERTERS):
        if may_divert(state, params, side, diverter):
            hazard += params.diverter_per_day[diverter]
    return clamp(hazard, 0.0, 1.0)


def decide_diverter(state: State, params: Params, side: int, u: float) -> int:
    """Returns the matter that arrives, each in proportion to its hazard; -1 if none may."""
    left = u * diversion_hazard(state, params, side)
    chosen = -1
    for diverter in range(N_DIVERTERS):
        if may_divert(state, params, side, diverter) and left >= 0.0:
            chosen = diverter
            left -= params.diverter_per_day[diverter]
    return chosen


def apply_diversion(state: State, params: Params, diverter: int, u_days: float) -> int:
    """Lets a matter take its share of a side's attention, and returns for how many days it will."""
    span = params.diverter_days_max - params.diverter_days_min + 1
    days = params.diverter_days_min + int(u_days * span)
    state.diverted_until[diverter] = state.day + days
    state.attention[DIVERTER_SIDE[diverter]] *= 1.0 - params.diverter_loss
    return days


def apply_attention_day(state: State, params: Params) -> None:
    """Lets a day pass: a side that no matter diverts turns back to the other."""
    for side in range(N_SIDES):
        if not is_diverted(state, side):
            gap = 1.0 - state.attention[side]
            state.attention[side] += params.attention_recovery_per_day[side] * gap
