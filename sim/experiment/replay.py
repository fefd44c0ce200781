"""The chronicle of a run that a batch holds: played again on SimPy, and held to what is stored."""

from __future__ import annotations

import numpy as np

from sim.engine.blocks import Layout, pack
from sim.engine.chronicle import Chronicle, trace
from sim.engine.simpy_loop import Ledger
from sim.errors import CheckFailedError, NotFoundError
from sim.experiment.batch import Batch
from sim.experiment.priors import parameter_vector
from sim.experiment.shards import SHARD


def replay(batch: Batch, replicate: int) -> Chronicle:
    """Returns the chronicle of a replicate of a batch, whichever engine played it.

    Raises:
        CheckFailedError: The run does not come out as the batch holds it, in every bit.
        NotFoundError: The batch has no such replicate.
    """
    if not 0 <= replicate < batch.n:
        raise NotFoundError(
            f"there is no history {replicate} in {batch.directory}: it holds those from 0 to "
            f"{batch.n - 1}"
        )
    drawn = None
    if batch.per_vector:
        drawn = parameter_vector(batch.resolved, batch.seed, replicate // batch.per_vector)
    ledger = Ledger(Layout(batch.resolved))
    chronicle = trace(batch.resolved, batch.seed, replicate, drawn, ledger)
    played = pack(ledger.layout, replicate, np.array([ledger.row]), np.array([ledger.weekly()]))
    stored = batch.folder.read(batch.columns, replicate + 1, replicate // SHARD * SHARD)
    for name, values in played.values.items():
        # Equal is equal in every bit: files keep all of a number but the sign of a zero.
        if not np.array_equal(stored[name][-1:], values, equal_nan=values.dtype.kind == "f"):
            raise CheckFailedError(
                f"history {replicate} of {batch.directory} does not come out as stored: {name} is "
                f"{stored[name][-1]} there and {values[0]} now; play it again with --force"
            )
    return chronicle
