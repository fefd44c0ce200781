"""China's opening bid (C6, A15) and Washington's aims (B15): what is prepared before it is said."""

from __future__ import annotations

from sim.economy.arithmetic import clamp, safe_exp
from sim.model.governments.factions import extra_share
from sim.model.information.beliefs import prospect
from sim.model.relations.stages import talks_running
from sim.model.tables.codes import (
    CN,
    N_ISSUES,
    OPENING_ANSWERED,
    OPENING_NONE,
    OPENING_PREPARED,
    OPENING_TABLED,
    OPENING_WITHHELD,
    SCEPTICS,
    SUMMIT_AGREED,
    SUMMIT_CONFIRMED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def caution(state: State, params: Params) -> float:
    """Returns by how much more than usual sceptics of a deal weigh in Beijing, under the leader."""
    return (1.0 - params.autonomy[CN]) * extra_share(state, params, CN, SCEPTICS)


def opening_hazard(state: State, params: Params) -> float:
    """Returns today's probability that China's opening bid moves a stage on.

    It is prepared, then withheld, and tabled only once talks run or a meeting of the leaders is
    agreed (E069, E070): the sooner, the lower China takes the floor of the US to be, and the later,
    the more sceptics weigh (A15).
    """
    if state.opening == OPENING_NONE or state.opening == OPENING_PREPARED:
        hazard = params.prepare_per_day
    elif state.opening == OPENING_WITHHELD:
        ahead = SUMMIT_AGREED <= state.summit <= SUMMIT_CONFIRMED
        if not talks_running(state) and not ahead:
            return 0.0
        hazard = params.table_per_day * safe_exp(
            params.table_prospect * prospect(state, params, CN)
        )
    else:
        return 0.0
    hazard *= safe_exp(-params.caution_delay * caution(state, params))
    return clamp(hazard, 0.0, 1.0)


def apply_opening_step(state: State, params: Params) -> None:
    """Moves the opening bid a stage on. Once it is on the table, Washington knows better what China
    weighs, and the bid is the smaller, the more sceptics had a say in it."""
    state.opening += 1
    if state.opening == OPENING_TABLED:
        state.tabled_day = state.day
        size = 1.0 - params.caution_size * caution(state, params)
        state.opening_size = clamp(size, params.opening_size_min, 1.0)
        state.belief_asks[US] *= 1.0 - params.tabling_share


def is_tabled(state: State) -> bool:
    """Returns whether what China offers of its own is on the table."""
    return state.opening >= OPENING_TABLED


def apply_opening_answered(state: State) -> None:
    """Records that Washington has answered the opening bid."""
    if state.opening == OPENING_TABLED:
        state.opening = OPENING_ANSWERED


def apply_preparation(state: State, params: Params, u_issue: float, u_step: float) -> None:
    """Shifts what Washington wants at a round, as long as its aims are not fixed (E235, E240): one
    issue gains or loses weight, by less from round to round."""
    if state.aims_fixed:
        return
    issue = int(u_issue * N_ISSUES)
    # 2u - 1 is uniform between -1 and 1.
    step = params.aims_step * (2.0 * u_step - 1.0) / max(1, state.rounds)
    state.emphasis[issue] *= safe_exp(step)
    state.aims_fixed = state.rounds >= params.aims_rounds
