"""Executor on a pool of worker processes of this machine.

Killed workers are replaced, and only their unfinished blocks are played again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, context
from typing import ClassVar, Final

from sim.engine.blocks import Block
from sim.engine.priority import lower_priority
from sim.errors import SimError
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

BREAKS_ALLOWED: Final = 3
"""Number of consecutive pools that may break without finishing a single block."""

MOST_ON_WINDOWS: Final = 61
"""Largest pool there: Windows waits for at most 63 things at once, and a pool for two besides its
workers."""

_hiding: Final = threading.Lock()
_hidden: Final[list[types.ModuleType]] = []
"""What stood in the place of the user's script before each context that hides it at the moment: in
the first place the script itself."""


class Processes(Executor):
    """Plays on worker processes, or in this process if the count is 1.

    The pool is created when it is first needed, and replaced when a worker dies.

    Args:
        count: Number of worker processes.
        gentle: Whether workers have the least priority, so that they use what others leave of the
            processors; even a single one is then a process.
    """

    name: ClassVar[str] = "processes"

    def __init__(self, count: int, *, gentle: bool = False) -> None:
        self.count = count
        self.gentle = gentle
        self._pool: ProcessPoolExecutor | None = None
        self._leash: connection.Connection | None = None

    @property
    def is_open(self) -> bool:
        """Whether there are worker processes."""
        return self._pool is not None

    def start(self) -> None:
        """Starts the pool now, so that this time is not counted as simulation."""
        if self.count > 1 or self.gentle:
            with no_main_module():
                ready = self._open().submit(_nothing)
            ready.result()

    def play(
        self,
        job: Job,
        first: int,
        count: int,
        advance: Advance = lambda runs: None,
        stop: Stop = lambda: False,
    ) -> list[Block]:
        """Plays `count` replicates, starting with `first`, and returns their blocks in order.

        Raises:
            SimError: Workers were killed repeatedly.
        """
        if self.count == 1 and not self.gentle:
            return play_here(job, first, count, advance, stop)
        ranges = split(job, first, count, self.count)
        done: dict[tuple[int, int], Block] = {}
        breaks = 0
        while len(done) < len(ranges) and not stop():
            missing = [piece for piece in ranges if piece not in done]
            before = len(done)
            if self._play_missing(job, missing, done, advance, stop):
                continue
            breaks = breaks + 1 if len(done) == before else 0
            if breaks >= BREAKS_ALLOWED:
                raise SimError(
                    f"worker processes were killed {breaks} times while playing runs "
                    f"{missing[0][0]} to {missing[-1][0] + missing[-1][1] - 1}; is the machine "
                    "short of memory? Try --workers 1"
                )
        if len(done) < len(ranges):
            self._drop()
        return [done[piece] for piece in ranges if piece in done]

    def close(self) -> None:
        """Stops the workers once they have finished their current blocks."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = self._leash = None

    def _drop(self) -> None:
        """Ends the workers whatever they are playing."""
        if self._leash is not None:
            self._leash.close()
        self.close()

    def _play_missing(
        self,
        job: Job,
        missing: Sequence[tuple[int, int]],
        done: dict[tuple[int, int], Block],
        advance: Advance,
        stop: Stop,
    ) -> bool:
        """Plays pieces and adds them to `done`; returns False if the pool broke."""
        try:
            pool = self._open()
            with no_main_module():
                futures = {pool.submit(play_block, job, *piece): piece for piece in missing}
            for future in as_they_end(set(futures), stop):
                done[futures[future]] = future.result()
                advance(futures[future][1])
        except BrokenProcessPool:
            self.close()
            return False
        except BaseException:
            self.close()
            raise
        return True

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            start_method = _context()
            end, self._leash = start_method.Pipe(duplex=False)
            self._pool = ProcessPoolExecutor(
                _pool_size(self.count),
                mp_context=start_method,
                initializer=_begin_worker,
                initargs=(self.gentle, end),
            )
        return self._pool


def _pool_size(count: int) -> int:
    """Returns the number of worker processes for a requested one; the runs are the same."""
    return min(count, MOST_ON_WINDOWS) if sys.platform == "win32" else count


def _context() -> context.BaseContext:
    """Returns the start method of workers: never a fork, as this process may have threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload([__name__, "sim.engine.simpy_loop"])
    return server


def _begin_worker(gentle: bool, leash: connection.Connection) -> None:
    """Prepares a worker. It ignores Ctrl-C, because the parent stops its workers in order, and ends
    itself if the parent lets go of the leash, or is killed, because it would otherwise wait for
    work forever."""
    if gentle:
        lower_priority()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, args=(leash,), daemon=True).start()


def _follow_parent(leash: connection.Connection) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel, leash])
        os._exit(1)


def _nothing() -> None:
    """Does nothing; used to make sure that a worker has started."""


@contextmanager
def no_main_module() -> Iterator[None]:
    """Hides the user's script while workers start.

    Otherwise a new worker would run the script again from the top, which fails in a script without
    the `if __name__ == "__main__":` guard. No job needs anything from the script. Threads may hide
    it at the same time; the last one to end brings it back.
    """
    with _hiding:
        _hidden.append(sys.modules["__main__"])
        sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        with _hiding:
            main = _hidden.pop()
            if not _hidden:
                sys.modules["__main__"] = main
