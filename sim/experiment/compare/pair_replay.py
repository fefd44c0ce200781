"""Pairs of runs played again, to find out what happened in them.

A batch stores outcomes, and events only on request. Playing the first few thousand replicates of
two batches again takes seconds and needs no disk space.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.engine.choice import AUTO, Waiting, choose_engine, prepare
from sim.errors import CheckFailedError
from sim.experiment.compare.comparison import NotComparable, check_comparable, pairing_of
from sim.experiment.executors.choice import choose, worker_count
from sim.experiment.runs.batch import job_of, noting, to_stderr
from sim.experiment.runs.filler import Progress
from sim.experiment.runs.replay import check_playable
from sim.experiment.stats.intervals import Flags, Labels
from sim.experiment.store.parquet import RunRows, from_blocks

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch

MOST_PAIRS: Final = 5_000
"""Pairs played again at most: within seconds, and enough to know a share to within 1.5 percentage
points."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """First replicates of two batches, with their events.

    Attributes:
        a: The first batch.
        b: The second batch.
        n: Number of pairs.
        of_a: Outcomes and events of a.
        of_b: Outcomes and events of b.
        counts: Mask of the pairs that count, shape (n,): both runs finished and meet their
            conditions.
        clusters: Parameter vector of each pair, shape (n,); None with fixed parameters.
    """

    a: Batch
    b: Batch
    n: int
    of_a: RunRows
    of_b: RunRows
    counts: Flags
    clusters: Labels | None


def check_paired(a: Batch, b: Batch) -> None:
    """Checks that the runs of two batches can be compared pair by pair.

    Raises:
        NotComparable: The batches have different seeds, or nothing in common to compare.
    """
    check_comparable(a, b)
    if a.seed != b.seed:
        raise NotComparable(
            f"runs with seeds {a.seed} and {b.seed} share no random draws and part at once; "
            "play both with the same --seed"
        )


def play_pairs(
    a: Batch,
    b: Batch,
    most: int = MOST_PAIRS,
    *,
    progress: Progress | None = None,
    waiting: Waiting | None = None,
) -> Pairs:
    """Plays the first replicates of two batches again.

    Args:
        a: The first batch.
        b: The second batch.
        most: Maximum number of pairs; the same for both engines, so that results do not depend on
            the engine.
        progress: Called with (done, total) runs.
        waiting: Called with a sentence when something takes a long time; returns a context manager
            that is exited when the wait is over.

    Raises:
        CheckFailedError: The replayed runs of a batch differ from the stored ones.
        NotComparable: The batches have different seeds, or nothing in common to compare.
    """
    check_paired(a, b)
    n = min(a.n, b.n, most)
    engines = [choose_engine(AUTO, x.resolved, 2 * n, worker_count(None, 2 * n)) for x in (a, b)]
    done = 0

    def advance(runs: int) -> None:
        nonlocal done
        done += runs
        if progress:
            progress(done, 2 * n)

    for engine in engines:
        prepare(engine, waiting or noting(to_stderr))
    of_a, of_b = (_play_again(x, n, e, advance) for x, e in zip((a, b), engines, strict=True))
    pairing = pairing_of(a, b).first(n)
    return Pairs(a, b, n, of_a, of_b, pairing.counts_a & pairing.counts_b, pairing.clusters)


def _play_again(batch: Batch, n: int, engine: str, advance: Callable[[int], None]) -> RunRows:
    check_playable(batch)
    job = job_of(engine, replace(batch.folder.content, events=True))
    with choose(AUTO, worker_count(None, n), None, engine) as crew:
        rows = from_blocks(crew.play(job, 0, n, advance))
    for column in batch.columns:
        if not (column.outcome.headline and column.day is None):
            continue
        stored, played = batch.values[column.name][:n], rows.values[column.name]
        if not np.array_equal(stored, played, equal_nan=played.dtype.kind == "f"):
            raise CheckFailedError(
                f"the runs of {batch.directory} no longer match what is stored: {column.name} "
                f"differs; {batch.folder.remedy}"
            )
    return rows
