"""Interface of executors, which play ranges of replicates somewhere and return their blocks.

A worker receives a resolved scenario and a range of replicates, and returns a block. It keeps no
state, so a block is the same to the byte wherever, whenever and however often it is played.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol, Self

from sim.engine.blocks import Block
from sim.engine.parameter_sets import ParameterSets
from sim.experiment.inputs.priors import parameter_sets
from sim.scenario.resolved_scenario import Resolved

PARTS: Final = 2
"""A block is at most this part of what each worker has left of a range: blocks get shorter towards
its end, so that no worker waits long for the last one of another."""

LONGEST_BLOCK: Final = 50
"""Largest block for the SimPy engine, in runs: about a second, so that progress is visible and
Ctrl-C takes effect quickly."""

SHORTEST_BLOCK: Final = 5
"""Smallest block for the SimPy engine, in runs: a tenth of a second."""

COMPILED_TAIL: Final = 100
"""Smallest block for the compiled engine, in runs."""

COMPILED_BLOCK: Final = 500
"""Block for the compiled engine, in runs: a tenth of a second, long enough for the overhead of a
block to be negligible."""

_LOOK_S: Final = 0.5
"""Seconds between two looks at whether to stop: a block may take long on a busy machine."""

Advance = Callable[[int], None]
"""Callback that receives the number of runs of each finished block."""

Stop = Callable[[], bool]
"""Callback that returns whether to stop playing."""


class Engine(Protocol):
    """Function that plays a block: `sim.engine.simpy_loop.run_block` or an equivalent."""

    def __call__(
        self,
        resolved: Resolved,
        seed: int,
        first: int,
        count: int,
        parameter_sets: ParameterSets | None = None,
        /,
        *,
        events: bool = False,
    ) -> Block:
        """Plays `count` replicates, starting with `first`, and records events if requested."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that the blocks of a batch have in common.

    Attributes:
        engine: Function that plays a block; defined at module level so that workers can import it.
        resolved: The scenario.
        seed: Seed of the batch.
        per_vector: Number of runs per parameter vector; 0 for central values.
        longest_block: Maximum number of runs in a block.
        shortest_block: Minimum number of runs in a block, except the last.
        events: Whether to record events.
        around: Function that makes the engine of the blocks of `engine`, if that is not it: one for
            points of a design, say.
    """

    engine: Engine
    resolved: Resolved
    seed: int
    per_vector: int
    longest_block: int = LONGEST_BLOCK
    shortest_block: int = SHORTEST_BLOCK
    events: bool = False
    around: Callable[[Engine], Engine] | None = None


class Executor(ABC):
    """Plays ranges of replicates; a context manager that releases its resources at the end.

    Attributes:
        name: Name of the executor for `--executor`.
        engines: Engines of the latest range, if it was for the executor to choose them; else empty.
    """

    name: ClassVar[str]
    engines: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def start(self) -> None:
        """Starts workers or connections, so that this time is not counted as simulation.

        Raises:
            UsageError: The requested workers are not available.
        """

    @abstractmethod
    def play(
        self,
        job: Job,
        first: int,
        count: int,
        advance: Advance = lambda runs: None,
        stop: Stop = lambda: False,
    ) -> list[Block]:
        """Plays `count` replicates, starting with `first`, and returns their blocks in order.

        Args:
            job: The job.
            first: Number of the first replicate.
            count: Number of replicates.
            advance: Called with the number of runs of each finished block.
            stop: Called every now and then. Once it returns True no further block is begun, and
                only those that were finished are returned.

        Raises:
            SimError: Workers were lost repeatedly.
        """

    @abstractmethod
    def close(self) -> None:
        """Releases workers and connections; the executor may be used again."""


def play_block(job: Job, first: int, count: int) -> Block:
    """Plays consecutive replicates, with drawn parameters if the job asks for them."""
    drawn = None
    if job.per_vector:
        drawn = parameter_sets(job.resolved, job.seed, first, count, job.per_vector)
    engine = job.around(job.engine) if job.around else job.engine
    return engine(job.resolved, job.seed, first, count, drawn, events=job.events)


def play_here(job: Job, first: int, count: int, advance: Advance, stop: Stop) -> list[Block]:
    """Plays replicates block by block in this thread."""
    blocks = []
    for piece in split(job, first, count, 1):
        if stop():
            break
        blocks.append(play_block(job, *piece))
        advance(piece[1])
    return blocks


def split(job: Job, first: int, count: int, workers: int) -> list[tuple[int, int]]:
    """Splits a range of replicates into blocks, as (first, count) pairs, the longest first."""
    pieces = []
    end = first + count
    while first < end:
        share = -(-(end - first) // (workers * PARTS)) if workers > 1 else end - first
        length = min(end - first, max(job.shortest_block, min(job.longest_block, share)))
        pieces.append((first, length))
        first += length
    return pieces


def as_they_end(pending: set[Future[Block]], stop: Stop) -> Iterator[Future[Block]]:
    """Yields futures in the order in which they finish; those that have, if it is to stop."""
    while pending and not stop():
        ended, pending = wait(pending, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
        yield from ended
    yield from (future for future in pending if future.done())
