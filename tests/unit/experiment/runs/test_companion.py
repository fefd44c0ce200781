"""The companion of a batch, which draws the assumed numbers from their ranges."""

from __future__ import annotations

from dataclasses import replace

import pytest
import toy_engine

from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.companion import (
    companion_vectors,
    draws_anything,
    run_drawn,
    stored_companion,
)
from sim.experiment.runs.design import Means
from sim.experiment.store.results import Store

TOY = toy_engine.scenario()


@pytest.mark.parametrize(
    ("n", "vectors"), [(999, 0), (1000, 50), (1199, 59), (1200, 60), (1_000_000, 60)]
)
def test_a_companion_is_never_larger_than_its_batch(n: int, vectors: int) -> None:
    """Twenty runs a vector, at most sixty vectors; none from fewer than fifty."""
    assert companion_vectors(n) == vectors
    assert 20 * vectors <= n


def test_a_scenario_without_ranges_has_nothing_to_draw() -> None:
    """With every number fixed there is no second doubt."""
    bare = {name: replace(p, prior=None) for name, p in TOY.parameters.items()}

    assert draws_anything(TOY)
    assert not draws_anything(replace(TOY, parameters=bare))


def test_a_stored_companion_is_found_and_cut_to_its_size(store: Store) -> None:
    """Only a batch with drawn numbers, of the same seed and large enough, is one; of a larger one
    the first runs are taken, so that the answer does not depend on what else was played."""
    batch = run_batch(TOY, n=1000, store=store, seed=5)
    assert stored_companion(store, batch) is None

    run_drawn(TOY, 49, 20, Means(store, seed=5, workers=1))
    assert stored_companion(store, batch) is None
    run_drawn(TOY, 60, 20, Means(store, seed=6, workers=1))
    assert stored_companion(store, batch) is None
    run_drawn(TOY, 60, 20, Means(store, seed=5, workers=1))
    found = stored_companion(store, batch)

    assert found is not None
    assert (found.n, found.parameters, found.seed) == (1000, "prior", 5)
    assert stored_companion(store, found) is None
