"""Executor that begins a job on SimPy and goes on in compiled code as soon as there is any.

Both engines give the same bytes, so it makes no difference where one takes over from the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import ClassVar

from sim.engine.blocks import Block
from sim.engine.choice import COMPILED, SIMPY, is_ready, prepare, takes
from sim.experiment.executors.interface import (
    COMPILED_BLOCK,
    COMPILED_TAIL,
    Advance,
    Executor,
    Job,
    Stop,
)


class Relay(Executor):
    """Plays with one executor until code is compiled, and with another from then on.

    Args:
        first: Executor for SimPy.
        second: Executor for compiled code; started when it takes over.
        engine: One of `choice.UNREADY`, which says how compiling proceeds.
    """

    name: ClassVar[str] = "relay"

    def __init__(self, first: Executor, second: Executor, engine: str) -> None:
        self._first = first
        self._second = second
        self._engine = engine
        self._has_taken_over = False

    def start(self) -> None:
        """Starts the executor for SimPy."""
        self._first.start()

    def play(
        self,
        job: Job,
        first: int,
        count: int,
        advance: Advance = lambda runs: None,
        stop: Stop = lambda: False,
    ) -> list[Block]:
        """Plays `count` replicates of a SimPy job and returns their blocks in order.

        Args:
            job: The job; a scenario for which compiled code has no room stays on SimPy.
            first: Number of the first replicate.
            count: Number of replicates.
            advance: See `Executor`.
            stop: See `Executor`.

        Raises:
            SimError: Workers were lost repeatedly.
        """
        played: list[Block] = []
        if not self._is_ready():
            played = self._first.play(
                job, first, count, advance, lambda: stop() or self._is_ready()
            )
        self.engines = (SIMPY,) if played else ()
        for start, length in list(_gaps(first, count, played)):
            if stop():
                break
            played += self._play_rest(job, start, length, advance, stop)
        return sorted(played, key=lambda block: block.first)

    def close(self) -> None:
        """Releases workers and connections; the executor may be used again."""
        self._first.close()
        self._second.close()

    def _is_ready(self) -> bool:
        return self._has_taken_over or is_ready(self._engine)

    def _play_rest(
        self, job: Job, first: int, count: int, advance: Advance, stop: Stop
    ) -> list[Block]:
        if not takes(job.resolved):
            self.engines = (SIMPY,)
            return self._first.play(job, first, count, advance, stop)
        if not self._has_taken_over:
            self._first.close()
            prepare(COMPILED, lambda text: nullcontext())
            self._second.start()
            self._has_taken_over = True
        self.engines = tuple(dict.fromkeys((*self.engines, COMPILED)))
        return self._second.play(in_compiled_code(job), first, count, advance, stop)


def in_compiled_code(job: Job) -> Job:
    """Returns the compiled twin of a job for SimPy."""
    from sim.engine import compiled_loop

    return replace(
        job,
        engine=compiled_loop.run_block,
        longest_block=COMPILED_BLOCK,
        shortest_block=COMPILED_TAIL,
    )


def _gaps(first: int, count: int, played: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """Yields the replicates of a range that no block holds, as (first, count)."""
    end = first + count
    for block in played:
        if block.first > first:
            yield first, block.first - first
        first = block.first + block.count
    if first < end:
        yield first, end - first
