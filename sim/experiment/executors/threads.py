"""Executor on threads of this process, for an engine that releases the interpreter lock."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

from sim.engine.blocks import Block
from sim.experiment.executors.interface import (
    Advance,
    Executor,
    Job,
    Stop,
    as_they_end,
    play_block,
    play_here,
    split,
)


class Threads(Executor):
    """Plays on threads of this process, or in the calling thread if the count is 1.

    Args:
        count: Number of threads.
    """

    name: ClassVar[str] = "threads"

    def __init__(self, count: int) -> None:
        self.count = count

    def start(self) -> None:
        """Does nothing: threads start with their first block."""

    def play(
        self,
        job: Job,
        first: int,
        count: int,
        advance: Advance = lambda runs: None,
        stop: Stop = lambda: False,
    ) -> list[Block]:
        """Plays `count` replicates, starting with `first`, and returns their blocks in order."""
        if self.count == 1:
            return play_here(job, first, count, advance, stop)
        ranges = split(job, first, count, self.count)
        done: dict[tuple[int, int], Block] = {}
        pool = ThreadPoolExecutor(self.count)
        try:
            futures = {pool.submit(play_block, job, *piece): piece for piece in ranges}
            for future in as_they_end(set(futures), stop):
                done[futures[future]] = future.result()
                advance(futures[future][1])
        finally:
            # After Ctrl-C, only the blocks already being played are waited for.
            pool.shutdown(wait=True, cancel_futures=True)
        return [done[piece] for piece in ranges if piece in done]

    def close(self) -> None:
        """Does nothing: threads end with the range they play."""
