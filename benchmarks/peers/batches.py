"""Batches of the reduced model for interpreted peers: draws in tables, one run after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from reduced_rules import (
    DAYS,
    SHEET,
    SITES,
    START,
    Params,
    State,
    World,
    as_object,
    copied,
    dtype_of,
    opening_params,
    opening_state,
)

from sim.engine.draws import uniforms

Sheets = np.ndarray[Any, Any]
"""Outcomes of runs: a record array of `SHEET`."""


def room(count: int) -> Sheets:
    """Returns empty sheets for a number of runs."""
    return np.zeros(count, dtype_of(SHEET))


def play_each(play: Callable[[World], None], seed: int, first: int, count: int) -> Sheets:
    """Simulates consecutive replicates.

    Philox in pure Python would cost more than all rules together, so the uniforms are drawn in
    advance with numpy, as in the SimPy engine of the full model.
    """
    record = opening_params()
    params = as_object(record, Params)
    opened = as_object(opening_state(record), State)
    luck = uniforms(seed, range(first, first + count), range(START, START + DAYS), SITES)
    sheets = room(count)
    for run in range(count):
        world = World(copied(opened), params, luck[run].tolist())
        play(world)
        sheets["outcomes"][run] = world.sheet.outcomes
        sheets["paths"][run] = world.sheet.paths
    return sheets
