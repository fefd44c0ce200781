"""Blocks: which of their runs finished."""

from __future__ import annotations

import numpy as np

from sim.engine.blocks import Block, Failure


def test_the_runs_that_failed_did_not_finish() -> None:
    """Failures are numbered as the replicates of the batch, the mask as the rows of the block."""
    # Fails if the first replicate is not subtracted.
    failures = (Failure(41, "running", "RunFailure", "why"), Failure(43, "running", "x", "y"))
    block = Block(40, 5, {}, failures, {}, np.zeros(0))

    assert block.finished.tolist() == [True, False, True, False, True]
