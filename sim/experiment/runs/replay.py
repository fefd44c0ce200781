"""One history of a scenario or of a batch, played on SimPy with its chronicle."""

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
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.resolved_scenario import Resolved


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """One history.

    Attributes:
        resolved: The scenario.
        chronicle: What happened.
        columns: Columns of its outcomes.
        values: Column name -> array of shape (1,), as in a batch.
    """

    resolved: Resolved
    chronicle: Chronicle
    columns: tuple[Column, ...]
    values: Mapping[str, Array]


def play_one(resolved: Resolved, seed: int, replicate: int, per_vector: int = 0) -> Replay:
    """Plays one history.

    Args:
        resolved: The scenario.
        seed: First half of the key of every draw.
        replicate: Number of the run.
        per_vector: Runs that share a parameter vector; 0 for central values.

    Raises:
        RunFailure: The run could not be finished.
        UsageError: The seed is no key.
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
                f"the model {min(strange)}; detente run {batch.resolved.name} plays it anew"
            )


def replay(batch: Batch, replicate: int) -> Replay:
    """Returns a replicate of a batch, whichever engine played it, played again.

    Raises:
        CheckFailedError: The run does not come out as the batch holds it, in every bit, or cannot
            be played by this version.
        NotFoundError: The batch has no such replicate.
    """
    if not 0 <= replicate < batch.n:
        raise NotFoundError(
            f"there is no history {replicate} in {batch.directory}: it holds those from 0 to "
            f"{batch.n - 1}"
        )
    check_playable(batch)
    played = play_one(batch.resolved, batch.seed, replicate, batch.per_vector)
    stored = batch.folder.read(batch.columns, replicate + 1, replicate // SHARD * SHARD)
    for name, values in played.values.items():
        # Equal is equal in every bit: files keep all of a number but the sign of a zero.
        if not np.array_equal(stored[name][-1:], values, equal_nan=values.dtype.kind == "f"):
            raise CheckFailedError(
                f"history {replicate} of {batch.directory} does not come out as stored: {name} is "
                f"{stored[name][-1]} there and {values[0]} now; {batch.folder.remedy}"
            )
    return played
