"""Where blocks of runs are played: in this process, or in a pool of worker processes.

A worker receives a resolved scenario and a range of replicates, and returns a block; it holds no
state, so a block played twice, elsewhere or after another one is the same to the byte.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, context
from typing import Final, Protocol, Self

from sim.engine.blocks import Block
from sim.errors import SimError
from sim.experiment.priors import parameter_sets
from sim.scenario.resolved import Resolved

BLOCKS_PER_WORKER: Final = 4
"""Blocks a worker gets of one shard: few enough to keep the cost of a block small, enough that
workers end the shard together."""

LONGEST_BLOCK: Final = 50
"""Runs in a block at most: about a second, so that progress moves and Ctrl-C need not wait."""

BREAKS_ALLOWED: Final = 3
"""Pools that may break in a row without a single block coming back."""


class Engine(Protocol):
    """What plays a block: `sim.engine.simpy_loop.run_block` or its equal."""

    def __call__(
        self,
        resolved: Resolved,
        seed: int,
        first: int,
        count: int,
        parameter_sets: Sequence[Mapping[str, float]] | None = None,
        /,
    ) -> Block:
        """Plays `count` replicates from `first` on."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all blocks of a batch have in common.

    Attributes:
        engine: Plays a block; a function at the top of a module, so that workers can find it.
        resolved: The scenario.
        seed: Seed of the batch.
        per_vector: Runs that share a parameter vector; 0 for central values.
    """

    engine: Engine
    resolved: Resolved
    seed: int
    per_vector: int


def play_block(job: Job, first: int, count: int) -> Block:
    """Plays consecutive replicates, drawing their parameters if the job says so."""
    drawn = None
    if job.per_vector:
        drawn = list(parameter_sets(job.resolved, job.seed, first, count, job.per_vector))
    return job.engine(job.resolved, job.seed, first, count, drawn)


class Workers:
    """Plays ranges of replicates with one or more processes.

    The pool is made when it is first needed and renewed when a worker dies.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    @property
    def is_open(self) -> bool:
        """Tells whether worker processes are there."""
        return self._pool is not None

    def start(self) -> None:
        """Starts the pool now, so that its start is not taken for simulation."""
        if self.count > 1:
            with _no_main_module():
                ready = self._open().submit(_nothing)
            ready.result()

    def play(
        self, job: Job, first: int, count: int, advance: Callable[[int], None] = lambda runs: None
    ) -> list[Block]:
        """Plays `count` replicates from `first` on and returns their blocks in order.

        Args:
            job: What to play.
            first: Number of the first replicate.
            count: How many.
            advance: Told the number of runs of each block that is done.

        Raises:
            SimError: Workers were killed again and again.
        """
        ranges = split(first, count, self.count)
        if self.count == 1:
            return [_serially(job, *piece, advance) for piece in ranges]
        done: dict[tuple[int, int], Block] = {}
        breaks = 0
        while len(done) < len(ranges):
            missing = [piece for piece in ranges if piece not in done]
            before = len(done)
            if self._play_missing(job, missing, done, advance):
                continue
            breaks = breaks + 1 if len(done) == before else 0
            if breaks >= BREAKS_ALLOWED:
                raise SimError(
                    f"worker processes were killed {breaks} times while playing runs "
                    f"{missing[0][0]} to {missing[-1][0] + missing[-1][1] - 1}; is the machine "
                    "short of memory? Try --workers 1"
                )
        return [done[piece] for piece in ranges]

    def _play_missing(
        self,
        job: Job,
        missing: Sequence[tuple[int, int]],
        done: dict[tuple[int, int], Block],
        advance: Callable[[int], None],
    ) -> bool:
        """Plays pieces into `done`; returns False if the pool broke on the way."""
        try:
            pool = self._open()
            with _no_main_module():
                futures = {pool.submit(play_block, job, *piece): piece for piece in missing}
            for future in _as_they_end(set(futures)):
                done[futures[future]] = future.result()
                advance(futures[future][1])
        except BrokenProcessPool:
            self._close()
            return False
        except BaseException:
            self._close()
            raise
        return True

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.count, mp_context=_context(), initializer=_begin_worker
            )
        return self._pool

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def split(first: int, count: int, workers: int) -> list[tuple[int, int]]:
    """Cuts a range of replicates into blocks, as (first, count) pairs."""
    share = -(-count // (workers * BLOCKS_PER_WORKER))
    length = max(1, min(LONGEST_BLOCK, share))
    if workers == 1:
        length = LONGEST_BLOCK
    end = first + count
    return [(start, min(length, end - start)) for start in range(first, end, length)]


def _serially(job: Job, first: int, count: int, advance: Callable[[int], None]) -> Block:
    block = play_block(job, first, count)
    advance(count)
    return block


def _as_they_end(pending: set[Future[Block]]) -> Iterator[Future[Block]]:
    while pending:
        ended, pending = wait(pending, return_when=FIRST_COMPLETED)
        yield from ended


def _context() -> context.BaseContext:
    """Returns how workers start: never by forking this process, which may hold threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload([__name__])
    return server


def _begin_worker() -> None:
    """Leaves Ctrl-C to the parent, which stops its workers in order, and follows it into death:
    a worker whose parent was killed would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _nothing() -> None:
    """Work for a worker that is only to be there."""


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Hides the user's script while workers start.

    A fresh worker would otherwise run it again from the top, which a script without the
    `if __name__ == "__main__":` guard does not survive. Nothing in a job lives there.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
