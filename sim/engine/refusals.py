"""Refusals: what a failed offer was worth to both sides, and what was too dear in it."""

from __future__ import annotations

from typing import Final

from sim.engine.happenings import WHO
from sim.model.bargain.clauses import CLAUSE_ROWS
from sim.model.bargain.signature import sign_probability
from sim.model.bargain.worth import aspiration, bundle_gain, landmark_gain
from sim.model.tables.codes import LEADERS, N_CLAUSES
from sim.model.tables.params import Params
from sim.model.tables.state import State

SHOWN: Final = 3
LEAST: Final = 0.05
"""Loss from a clause, in utility, from which it is named."""

EVEN: Final = 0.5


def reasons(state: State, params: Params, side: int) -> tuple[str, ...]:
    """Returns why a side refuses the bundle on the table, as lines: its worth to both, beyond the
    least that each accepts, why that was not enough, and what weighed most against it."""
    other = 1 - side
    gains = " and ".join(
        f"{worth(state, params, each):+.2f} to {WHO[each]}" for each in (side, other)
    )
    lines = [f"worth {gains}: {verdict(state, params, side)}"]
    dear = too_dear(state, side)
    if dear:
        lines.append(f"too dear to {WHO[side]}: {', '.join(dear)}")
    return tuple(lines)


def worth(state: State, params: Params, side: int) -> float:
    """Returns the gain of a side beyond its reservation value, prestige apart, in utility."""
    return bundle_gain(state, params, side) - state.reserve[side]


def verdict(state: State, params: Params, side: int) -> str:
    """Returns in words why the worth was not enough for a side."""
    gain, odds = worth(state, params, side), sign_probability(state, params, side)
    asked = aspiration(state, params, side) - landmark_gain(state, params, side)
    if gain < 0.0:
        words = f"less than {WHO[side]} accepts"
    elif gain < asked:
        words = f"{WHO[side]} holds out for {asked:+.2f}"
    elif odds >= EVEN:
        words = f"{WHO[side]} says no to what it would mostly take"
    elif state.table_rank < LEADERS and state.mandate[side] < 1.0:
        words = "more than its ministers have a mandate to sign"
    else:
        words = f"{WHO[side]} is not sure of its gain"
    return f"{words} (odds of a yes {odds:.0%})"


def too_dear(state: State, side: int) -> list[str]:
    """Returns the clauses that cost a side most, with what it loses by them, the worst first."""
    losses = [
        (state.offer[clause] * state.gain[side][clause], clause)
        for clause in range(N_CLAUSES)
        if state.offer[clause] > 0.0
    ]
    worst = sorted(pair for pair in losses if pair[0] <= -LEAST)[:SHOWN]
    return [f"{CLAUSE_ROWS[clause].noun} {loss:+.2f}" for loss, clause in worst]
