"""Replay of one run of a scenario or of a batch, played on SimPy with its chronicle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.engine.blocks import Column, Layout, pack
from sim.engine.chronicle import Chronicle, trace
from sim.engine.simpy_loop import Ledger
from sim.errors import CheckFailedError, NotFoundError
from sim.experiment.inputs.priors import parameter_vector
from sim.experiment.runs.batch import Batch
from sim.experiment.store.folder import SHARD
from sim.experiment.store.parquet import Array
from sim.scenario.resolved_scenario import Resolved


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """One run with its chronicle.

    Attributes:
        resolved: The scenario.
        chronicle: The chronicle.
        columns: Columns of the outcomes table.
        values: Column name -> array of shape (1,), as in a batch.
    """

    resolved: Resolved
    chronicle: Chronicle
    columns: tuple[Column, ...]
    values: Mapping[str, Array]


def play_one(resolved: Resolved, seed: int, replicate: int, per_vector: int = 0) -> Replay:
    """Plays one run.

    Args:
        resolved: The scenario.
        seed: First half of the key of every draw.
        replicate: Number of the run.
        per_vector: Number of runs per parameter vector; 0 for central values.

    Raises:
        RunFailure: The run did not finish.
        UsageError: The seed is out of range.
    """
    drawn = parameter_vector(resolved, seed, replicate // per_vector) if per_vector else None
    ledger = Ledger(Layout(resolved))
    chronicle = trace(resolved, seed, replicate, drawn, ledger)
    played = pack(ledger.layout, replicate, np.array([ledger.row]), np.array([ledger.weekly()]))
    return Replay(resolved, chronicle, ledger.layout.columns, played.values)


def replay(batch: Batch, replicate: int) -> Replay:
    """Plays a replicate of a batch again, whichever engine played it first.

    Raises:
        CheckFailedError: The run differs in any bit from the one stored in the batch.
        NotFoundError: The batch has no such replicate.
    """
    if not 0 <= replicate < batch.n:
        raise NotFoundError(
            f"there is no run {replicate} in {batch.directory}: it holds runs 0 to {batch.n - 1}"
        )
    played = play_one(batch.resolved, batch.seed, replicate, batch.per_vector)
    stored = batch.folder.read(batch.columns, replicate + 1, replicate // SHARD * SHARD)
    for name, values in played.values.items():
        # Equality is exact: files preserve every bit of a number except the sign of zero.
        if not np.array_equal(stored[name][-1:], values, equal_nan=values.dtype.kind == "f"):
            raise CheckFailedError(
                f"run {replicate} of {batch.directory} no longer matches what is stored: {name} is "
                f"{stored[name][-1]} in the file and {values[0]} now; play it again with --force"
            )
    return played
