"""What an executor is: it plays ranges of replicates somewhere and returns their blocks.

Whoever plays receives a resolved scenario and a range of replicates, and returns a block; it
holds no state, so a block played twice, elsewhere or after another one is the same to the byte.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol, Self

from sim.engine.blocks import Block
from sim.experiment.inputs.priors import parameter_sets
from sim.scenario.resolved_scenario import Resolved

BLOCKS_PER_WORKER: Final = 4
"""Blocks a worker gets of one shard: few enough to keep the cost of a block small, enough that
workers end the shard together."""

LONGEST_BLOCK: Final = 50
"""Runs of the readable engine in a block at most: about a second, so that progress moves and
Ctrl-C need not wait."""

COMPILED_BLOCK: Final = 500
"""Runs of the compiled engine in a block: a tenth of a second, so that what a block costs beside
its runs does not show."""

Advance = Callable[[int], None]
"""Told the number of runs of each block that is done."""


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
        *,
        events: bool = False,
    ) -> Block:
        """Plays `count` replicates from `first` on, and records events if told to."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all blocks of a batch have in common.

    Attributes:
        engine: Plays a block; a function at the top of a module, so that workers can find it.
        resolved: The scenario.
        seed: Seed of the batch.
        per_vector: Runs that share a parameter vector; 0 for central values.
        longest_block: Runs in a block at most.
        shortest_block: Runs in a block at least, but for the last.
        events: Whether to record what happens.
    """

    engine: Engine
    resolved: Resolved
    seed: int
    per_vector: int
    longest_block: int = LONGEST_BLOCK
    shortest_block: int = 1
    events: bool = False


class Executor(ABC):
    """Plays ranges of replicates; a context manager that gives back at its end what it took.

    Attributes:
        name: What `--executor` calls it.
    """

    name: ClassVar[str]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def start(self) -> None:
        """Makes ready to play, so that this is not taken for simulation.

        Raises:
            UsageError: What was asked for is not there.
        """

    @abstractmethod
    def play(
        self, job: Job, first: int, count: int, advance: Advance = lambda runs: None
    ) -> list[Block]:
        """Plays `count` replicates from `first` on and returns their blocks in order.

        Args:
            job: What to play.
            first: Number of the first replicate.
            count: How many.
            advance: Told the number of runs of each block that is done.

        Raises:
            SimError: Workers were lost again and again.
        """

    @abstractmethod
    def close(self) -> None:
        """Gives back workers and connections; the executor may be used again."""


def play_block(job: Job, first: int, count: int) -> Block:
    """Plays consecutive replicates, drawing their parameters if the job says so."""
    drawn = None
    if job.per_vector:
        drawn = list(parameter_sets(job.resolved, job.seed, first, count, job.per_vector))
    return job.engine(job.resolved, job.seed, first, count, drawn, events=job.events)


def play_here(job: Job, first: int, count: int, advance: Advance) -> list[Block]:
    """Plays replicates block by block in this thread."""
    blocks = []
    for piece in split(job, first, count, 1):
        blocks.append(play_block(job, *piece))
        advance(piece[1])
    return blocks


def split(job: Job, first: int, count: int, workers: int) -> list[tuple[int, int]]:
    """Cuts a range of replicates into blocks, as (first, count) pairs."""
    share = -(-count // (workers * BLOCKS_PER_WORKER)) if workers > 1 else count
    length = max(job.shortest_block, min(job.longest_block, share))
    end = first + count
    return [(start, min(length, end - start)) for start in range(first, end, length)]


def as_they_end(pending: set[Future[Block]]) -> Iterator[Future[Block]]:
    """Yields futures in the order in which they end."""
    while pending:
        ended, pending = wait(pending, return_when=FIRST_COMPLETED)
        yield from ended
