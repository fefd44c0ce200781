"""Probabilities of acts on many days at once, in compiled code: the functions of `act_rates`.

A day is given by the state on its morning. One call goes over all days for one set of parameters,
so that a likelihood over years takes milliseconds. Code is compiled anew by each process, which
takes some twenty seconds: it serves studies of minutes.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit

from sim.engine import compiled_desk
from sim.engine.act_rates import N_RATES, set_act_rates, signing_probability
from sim.model.tables.fields import dtype_of
from sim.model.tables.params import Params
from sim.model.tables.state import State

Array = np.ndarray[Any, Any]

STATE: Final = dtype_of(State)
PARAMS: Final = dtype_of(Params)

assert compiled_desk is not None  # importing it makes every rule callable from compiled code


@njit(nogil=True, error_model="numpy")
def _rates(states: Array, params: Array, rates: Array) -> None:
    for day in range(len(states)):
        set_act_rates(states[day], params[0], rates[day])


@njit(nogil=True, error_model="numpy")
def _signings(
    words: Array, ranks: Array, floors: Array, scratch: Array, params: Array, odds: Array
) -> None:
    room = scratch.view(np.uint64)
    state = scratch[0]
    for evening in range(len(words)):
        for node in range(len(floors)):
            for word in range(words.shape[1]):
                room[word] = words[evening, word]
            for side in range(floors.shape[1]):
                state.reserve[side] = floors[node, side]
            odds[evening, node] = signing_probability(state, params[0], ranks[evening])


def rates_of(states: Array, params: Array) -> Array:
    """Returns the probability of every act on each day, shape (days, `N_RATES`).

    Args:
        states: States on the mornings, shape (days,) of `STATE`; their signals and weights are
            those of the parameters afterwards, so that no two threads may share them.
        params: Parameters, shape (1,) of `PARAMS`.
    """
    rates = np.empty((len(states), N_RATES))
    _rates(states, params, rates)
    return rates


def signings_of(states: Array, ranks: Array, floors: Array, params: Array) -> Array:
    """Returns the probability that something is signed at each meeting, by the floors of the two
    sides, shape (meetings, floors).

    Args:
        states: States on the mornings, shape (meetings,) of `STATE`.
        ranks: Rank of those who meet, shape (meetings,).
        floors: Floors of Washington and Beijing, shape (floors, sides), in utility.
        params: Parameters, shape (1,) of `PARAMS`.
    """
    odds = np.empty((len(states), len(floors)))
    _signings(words_of(states), ranks, floors, np.empty(1, STATE), params, odds)
    return odds


def words_of(states: Array) -> Array:
    """Returns states as 64-bit words, shape (states, words)."""
    return states.view(np.uint64).reshape(len(states), -1)
