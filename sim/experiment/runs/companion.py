"""Companion of a batch: the same scenario with the assumed numbers drawn from their ranges.

A batch at the central values shows luck alone. Its companion is small and shows how far the answer
moves with the assumed numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.experiment.runs.batch import Batch, run_batch, stored_batch
from sim.experiment.runs.defaults import PER_VECTOR

if TYPE_CHECKING:
    from sim.experiment.runs.design import Means
    from sim.experiment.store.results import Store
    from sim.scenario.resolved_scenario import Resolved

VECTORS: Final = 60
"""Parameter vectors of a companion: as many as take about half a second in compiled code. The mean
of a probability over them is known to within 13 percentage points, and three of them lie beyond
each end of the middle 90%."""

LEAST: Final = 50
"""Fewest parameter vectors from which the middle 90% is reported."""


def companion_vectors(n: int) -> int:
    """Returns the number of parameter vectors of the companion of n runs: never more runs than the
    batch itself has, and 0 if that would be too few vectors."""
    vectors = min(VECTORS, n // PER_VECTOR)
    return vectors if vectors >= LEAST else 0


def draws_anything(resolved: Resolved) -> bool:
    """Returns whether a scenario has a number with a range to draw from."""
    return any(parameter.prior for parameter in resolved.parameters.values())


def run_drawn(
    resolved: Resolved, vectors: int, per_vector: int, means: Means, ahead: float = 0.0
) -> Batch:
    """Returns a batch of a scenario with drawn parameters, playing what is not stored.

    Args:
        resolved: The scenario.
        vectors: Number of parameter vectors.
        per_vector: Number of runs per parameter vector.
        means: Store, seed, workers and engine; `force` is ignored.
        ahead: See `run_batch`.
    """
    return run_batch(
        resolved,
        n=vectors * per_vector,
        seed=means.seed,
        parameters="prior",
        per_vector=per_vector,
        store=means.store,
        workers=means.workers,
        engine=means.engine,
        executor=means.executor,
        scheduler=means.scheduler,
        paths="none",
        progress=means.progress,
        note=means.note,
        waiting=means.waiting,
        ahead=ahead,
    )


def stored_companion(store: Store, batch: Batch) -> Batch | None:
    """Returns the companion of a stored batch, without playing anything; None if it is not stored
    by the current version of the model."""
    vectors = companion_vectors(batch.n)
    if batch.per_vector or not vectors or not batch.is_current:
        return None
    stored = store.played(batch.resolved, batch.seed, PER_VECTOR)
    if stored is None or stored.n < vectors * PER_VECTOR:
        return None
    return stored_batch(store, stored.name, n=vectors * PER_VECTOR)
