"""The reduced model compiled by numba, like the compiled loop of the full model.

The rules are registered from outside and remain ordinary Python. State and parameters are records,
the world is a named tuple of them, a linear scan of due ticks finds the next clock, and each draw
is computed where it is used.
"""

from __future__ import annotations

import inspect
import time
from threading import Thread
from typing import Any, Final, NamedTuple

import numba
import numpy as np
import reduced_rules
from batches import Sheets, room
from numba.extending import overload, register_jitable
from reduced_rules import (
    CALENDAR,
    CLOCKS,
    DELIVERIES,
    ECONOMY,
    FIRSTS,
    SITES,
    START,
    STATE,
    TICKS_PER_DAY,
    TRUCE,
    UNTIL,
    draw,
    dtype_of,
    opening_params,
    opening_state,
    ring_bookkeeping,
    ring_calendar,
    ring_cn,
    ring_cn_replies,
    ring_deliveries,
    ring_economy,
    ring_implementation,
    ring_leaders,
    ring_shocks,
    ring_talks,
    ring_truce,
    ring_us,
    ring_us_replies,
)

N_CLOCKS: Final = len(CLOCKS)
NEVER: Final = np.iinfo(np.int64).max
END: Final = (UNTIL + 1) * TICKS_PER_DAY

_STREAMS: Final = np.array([stream for stream, _ in SITES], np.uint64)
_KS: Final = np.array([k for _, k in SITES], np.uint64)
_FIRSTS: Final = np.array([*FIRSTS, UNTIL + 1], np.int64)

# With a Python int and a uint64, numba would compute in float64.
_MASK: Final = np.uint64(0xFFFFFFFF)
_HIGH: Final = np.uint64(32)
_LOW: Final = np.uint64(6)
_MULTIPLIER_0: Final = np.uint64(0xD2511F53)
_MULTIPLIER_2: Final = np.uint64(0xCD9E8D57)
_KEY_STEP_0: Final = np.uint64(0x9E3779B9)
_KEY_STEP_1: Final = np.uint64(0xBB67AE85)


class CompiledWorld(NamedTuple):
    """World of one run, created inside compiled code, where it costs nothing.

    It holds only records, which are plain addresses. With two arrays in it, the loop took 50 %
    longer, because arrays are reference-counted at every call.
    """

    state: Any
    params: Any
    seed: Any
    replicate: Any
    sheet: Any


@register_jitable
def uniform(seed: Any, replicate: Any, day: int, stream: Any, k: Any) -> float:
    """Returns the draw of one purpose on one day of one run; words are uint64 below 2**32."""
    c0, c1, c2, c3 = np.uint64(day), stream, k, np.uint64(0)
    k0, k1 = seed, replicate
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_2 = _MULTIPLIER_2 * c2
        c0, c1 = (product_2 >> _HIGH) ^ c1 ^ k0, product_2 & _MASK
        c2, c3 = (product_0 >> _HIGH) ^ c3 ^ k1, product_0 & _MASK
        k0 = (k0 + _KEY_STEP_0) & _MASK
        k1 = (k1 + _KEY_STEP_1) & _MASK
    return (float(c0 >> _LOW) * 67108864.0 + float(c1 >> _LOW) + 0.5) / 4503599627370496.0


@overload(draw)
def _draw(world: Any, site: int) -> Any:
    """Compiles `reduced_rules.draw` as a draw computed when it is needed."""

    def on_the_spot(world: Any, site: int) -> float:
        return uniform(world.seed, world.replicate, world.state.day, _STREAMS[site], _KS[site])

    return on_the_spot


for _rule in vars(reduced_rules).values():
    if inspect.isfunction(_rule) and _rule.__module__ == reduced_rules.__name__ and _rule != draw:
        register_jitable(_rule)


# By default LLVM makes this a call; inlining it saves a quarter of the time.
@register_jitable(forceinline=True)
def ring(world: Any, clock: int) -> None:
    """Rings a clock."""
    if clock == CALENDAR:
        ring_calendar(world)
    elif clock == 1:
        ring_shocks(world)
    elif clock == 2:
        ring_leaders(world)
    elif clock == 3:
        ring_talks(world)
    elif clock == 4:
        ring_us(world)
    elif clock == 5:
        ring_cn(world)
    elif clock == 6:
        ring_us_replies(world)
    elif clock == 7:
        ring_cn_replies(world)
    elif clock == 8:
        ring_implementation(world)
    elif clock == TRUCE:
        ring_truce(world)
    elif clock == DELIVERIES:
        ring_deliveries(world)
    elif clock == ECONOMY:
        ring_economy(world)
    else:
        ring_bookkeeping(world)


@register_jitable
def play(world: Any, due: Any) -> None:
    """Simulates one run; `due` has room for the next tick of each clock."""
    for clock in range(N_CLOCKS):
        due[clock] = START * TICKS_PER_DAY + clock
    month = 0
    due[DELIVERIES] = _FIRSTS[0] * TICKS_PER_DAY + DELIVERIES
    due[ECONOMY] = _FIRSTS[0] * TICKS_PER_DAY + ECONOMY
    while True:
        ends = world.state.truce_ends_on
        due[TRUCE] = ends * TICKS_PER_DAY + TRUCE if ends > 0 else NEVER
        clock = 0
        tick = due[0]
        for i in range(1, N_CLOCKS):
            if due[i] < tick:
                clock = i
                tick = due[i]
        if tick >= END:
            return
        if clock == CALENDAR:
            world.state.day = tick // TICKS_PER_DAY
        ring(world, clock)
        if clock == DELIVERIES:
            due[clock] = _FIRSTS[month + 1] * TICKS_PER_DAY + DELIVERIES
        elif clock == ECONOMY:
            month += 1
            due[clock] = _FIRSTS[month] * TICKS_PER_DAY + ECONOMY
        elif clock != TRUCE:
            due[clock] += TICKS_PER_DAY


def play_many(
    seed: Any,
    first: int,
    opened: Any,
    params: Any,
    states: Any,
    due: Any,
    sheets: Any,
) -> None:
    """Simulates consecutive replicates, one pass per run, reusing one state."""
    for run in range(len(sheets)):
        states[0] = opened[0]
        world = CompiledWorld(states[0], params[0], seed, np.uint64(first + run), sheets[run])
        play(world, due)


# Divisions by zero do not occur; without the check, divisions are a third faster.
compiled_play_many = numba.njit(nogil=True, error_model="numpy")(play_many)


def play_into(seed: int, first: int, sheets: Any) -> None:
    """Simulates as many replicates as there is room for."""
    params = opening_params()
    compiled_play_many(
        np.uint64(seed),
        first,
        opening_state(params),
        params,
        np.zeros(1, dtype_of(STATE)),
        np.zeros(N_CLOCKS, np.int64),
        sheets,
    )


def play_block(seed: int, first: int, count: int) -> Sheets:
    """Simulates consecutive replicates."""
    sheets = room(count)
    play_into(seed, first, sheets)
    return sheets


def play_block_in_two_threads(seed: int, first: int, count: int) -> Sheets:
    """Simulates consecutive replicates, half of them in a second thread."""
    sheets = room(count)
    half = count // 2
    other = Thread(target=play_into, args=(seed, first + half, sheets[half:]))
    other.start()
    play_into(seed, first, sheets[:half])
    other.join()
    return sheets


def compile_seconds() -> float:
    """Returns the processor time of the first call."""
    began = time.process_time()
    play_block(0, 0, 1)
    return time.process_time() - began
