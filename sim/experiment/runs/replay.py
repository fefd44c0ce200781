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
from sim.experiment.store.manifest import SHARD
from sim.experiment.store.parquet import Array
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
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


def check_playable(batch: Batch) -> None:
    """Refuses a batch of another version of the model that this one cannot play again.

    Raises:
        CheckFailedError: Its scenario has other parameters or another state.
    """
    if batch.is_current:
        return
    for record, there in ((Params, batch.resolved.parameters), (State, batch.resolved.state)):
        known = slot_index(record)
        strange = [f"has {name!r}, which this one does not know" for name in there.keys() - known]
        strange += [f"lacks {name!r}" for name in known.keys() - there]
        if strange:
            raise CheckFailedError(
                f"{batch.directory} cannot be played again: the scenario of another version of "
                f"the model {min(strange)}; "
                f"{batch.folder.repeat_command} simulates it again"
            )


def replay(batch: Batch, replicate: int) -> Replay:
    """Plays a replicate of a batch again, whichever engine played it first.

    Raises:
        CheckFailedError: The run differs in any bit from the one stored in the batch, or this
            version cannot play it.
        NotFoundError: The batch has no such replicate.
    """
    if not 0 <= replicate < batch.n:
        raise NotFoundError(
            f"there is no run {replicate} in {batch.directory}: it holds runs 0 to {batch.n - 1}"
        )
    check_playable(batch)
    played = play_one(batch.resolved, batch.seed, replicate, batch.per_vector)
    stored = batch.folder.read(batch.columns, replicate + 1, replicate // SHARD * SHARD)
    for name, values in played.values.items():
        # Equality is exact: files preserve every bit of a number except the sign of zero.
        if not np.array_equal(stored[name][-1:], values, equal_nan=values.dtype.kind == "f"):
            raise CheckFailedError(
                f"run {replicate} of {batch.directory} no longer matches what is stored: {name} is "
                f"{stored[name][-1]} in the file and {values[0]} now; {batch.folder.remedy}"
            )
    return played
