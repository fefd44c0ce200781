"""The reduced model in plain Python: one heap of due ticks, no library."""

from __future__ import annotations

from heapq import heapify, heappop, heappush, heapreplace

from batches import Sheets, play_each
from reduced_rules import (
    CALENDAR,
    DELIVERIES,
    ECONOMY,
    FIRSTS,
    RINGS,
    START,
    TICKS_PER_DAY,
    TRUCE,
    UNTIL,
    World,
)


def play(world: World) -> None:
    """Simulates one run. An entry of the heap is a tick; its remainder gives the clock."""
    state = world.state
    monthly = [day * TICKS_PER_DAY + clock for day in FIRSTS for clock in (DELIVERIES, ECONOMY)]
    heap = [START * TICKS_PER_DAY + clock for clock in range(len(RINGS)) if clock < TRUCE]
    heap += [START * TICKS_PER_DAY + len(RINGS) - 1, *monthly]
    known = state.truce_ends_on
    heap.append(known * TICKS_PER_DAY + TRUCE)
    heapify(heap)
    end = (UNTIL + 1) * TICKS_PER_DAY
    while heap[0] < end:
        tick = heap[0]
        clock = tick % TICKS_PER_DAY
        if clock == TRUCE:
            heappop(heap)
            # If the end of the truce has changed, its old entry remains in the heap.
            if state.truce_ends_on == state.day:
                RINGS[TRUCE](world)
                known = 0
            continue
        if clock == CALENDAR:
            world.enter(tick // TICKS_PER_DAY)
        RINGS[clock](world)
        if clock == DELIVERIES or clock == ECONOMY:
            heappop(heap)
        else:
            heapreplace(heap, tick + TICKS_PER_DAY)
        if state.truce_ends_on != known:
            known = state.truce_ends_on
            heappush(heap, known * TICKS_PER_DAY + TRUCE)


def play_block(seed: int, first: int, count: int) -> Sheets:
    """Simulates consecutive replicates."""
    return play_each(play, seed, first, count)
