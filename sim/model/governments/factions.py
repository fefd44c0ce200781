"""Factions: by how much more than usual each is heard."""

from __future__ import annotations

from sim.economy.arithmetic import safe_div
from sim.model.tables.codes import N_FACTIONS
from sim.model.tables.params import Params
from sim.model.tables.state import State


def extra_share(state: State, params: Params, side: int, faction: int) -> float:
    """Returns a faction's share of the influence on its side, less its usual share."""
    total = 0.0
    base = 0.0
    for each in range(N_FACTIONS):
        total += state.influence[side][each]
        base += params.influence_base[side][each]
    share = safe_div(state.influence[side][faction], total)
    return share - safe_div(params.influence_base[side][faction], base)
