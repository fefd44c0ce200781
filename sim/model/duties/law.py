"""Law of US duties: the authority a layer rests on, what it allows, and the odds that it stands.

The emergency powers are before the courts. The statutes that remain have limits of their own:
section 122 allows 15 points on the goods of all countries for 150 days, section 338 allows 50
points on those of one country, section 301 sets no limit but requires an inquiry, and so does
section 232, which covers sectors. The limits are parameters.
"""

from __future__ import annotations

from sim.economy.arithmetic import clamp, safe_div
from sim.model.tables.codes import (
    BY_EMERGENCY,
    CASE_PENDING,
    CASE_STRUCK,
    N_LAYERS,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.variables.duties import PENDING_SLOTS


def standing_pp(state: State, authority: int) -> float:
    """Returns the points in force under an authority, summed over layers."""
    total = 0.0
    for layer in range(N_LAYERS):
        if state.authority[layer] == authority:
            total += state.duty_pp[US][layer]
    return total


def average_pp(state: State, params: Params, authority: int) -> float:
    """Returns the average points on Chinese goods under an authority: rate x coverage."""
    total = 0.0
    for layer in range(N_LAYERS):
        if state.authority[layer] == authority:
            total += state.duty_pp[US][layer] * state.coverage[US][layer]
    return total


def announced_pp(state: State, authority: int) -> float:
    """Returns the points announced under an authority that are not yet in force."""
    total = 0.0
    for slot in range(PENDING_SLOTS):
        ours = state.pending_due[slot] > 0 and state.pending_side[slot] == US
        if ours and state.authority[state.pending_layer[slot]] == authority:
            total += state.pending_pp[slot]
    return total


def lawful_pp(state: State, params: Params, layer: int, points: float) -> float:
    """Returns how many of the points the authority of a layer still lets the US add to it."""
    authority = state.authority[layer]
    if authority == BY_EMERGENCY and state.court_case == CASE_STRUCK:
        return 0.0
    highest = params.statute_highest_pp[authority]
    if highest <= 0.0:
        return points
    room = highest - standing_pp(state, authority) - announced_pp(state, authority)
    return max(0.0, min(points, room))


def may_raise(state: State, params: Params, layer: int) -> bool:
    """Returns whether the US may still raise a layer under the authority it rests on."""
    return lawful_pp(state, params, layer, 1.0) > 0.0


def worth_kept(state: State, params: Params, side: int, layer: int) -> float:
    """Returns the share of its worth that a US layer keeps in a side's eyes.

    While the case is open, both sides know the odds that duties under the emergency powers fall,
    and write off part of their worth. Once they are struck down, the days left to them count, over
    the horizon of every valuation.
    """
    if state.authority[layer] != BY_EMERGENCY:
        return 1.0
    if state.court_case == CASE_PENDING:
        return 1.0 - params.court_discount[side] * params.strike_probability
    if state.court_case == CASE_STRUCK:
        left = safe_div(1.0 * (state.emergency_ends_on - state.day), 1.0 * params.horizon_days)
        return clamp(left, 0.0, 1.0)
    return 1.0
