"""Batches held in memory: the same runs as stored ones, and nothing on disk."""

from __future__ import annotations

import numpy as np
import pytest
import toy_engine

from sim import api
from sim.errors import NotFoundError
from sim.experiment.runs import memory
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.memory import hold_batch
from sim.experiment.store.results import Store

TOY = toy_engine.scenario(fails=7.0)


@pytest.fixture(autouse=True)
def on_simpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is compiled."""
    monkeypatch.setattr(memory, "can_compile", lambda: False)


@pytest.mark.parametrize("per_vector", [0, 5])
def test_the_runs_are_those_of_a_stored_batch(
    store: Store, monkeypatch: pytest.MonkeyPatch, per_vector: int
) -> None:
    """Bit for bit, failures included, under the same name; the folder is not there."""
    # Fails if seed, parameters or a failure is lost, or anything is written.
    monkeypatch.setattr(memory, "columns", toy_engine.columns)
    held = hold_batch(TOY, n=120, seed=3, store=store, per_vector=per_vector, workers=1)
    assert held is not None
    assert not store.root.exists()
    how = {"parameters": "prior", "per_vector": per_vector} if per_vector else {}
    stored = run_batch(TOY, n=120, seed=3, store=store, workers=1, **how)  # type: ignore[arg-type]

    assert (held.id, held.directory, held.parameters) == (
        stored.id,
        stored.directory,
        stored.parameters,
    )
    assert held.failures == stored.failures != ()
    assert np.array_equal(held.finished, stored.finished)
    for column in toy_engine.COLUMNS:
        x, y = held.values[column.name], stored.values[column.name]
        assert np.array_equal(x, y, equal_nan=x.dtype.kind == "f")


def test_paths_are_those_of_a_stored_batch(tmp_path: object) -> None:
    """In their precision, so that both give the same chart; columns by sector are left out."""
    # Fails if paths keep more digits than stored ones, or quarterly columns are kept.
    store = Store(tmp_path / "results")  # type: ignore[operator]
    world = api.world("october-2025-apec", until="2025-11-20").resolved
    held = hold_batch(world, n=6, seed=3, store=store, workers=1)
    stored = run_batch(world, n=6, seed=3, store=store, workers=1, engine="simpy")
    assert held is not None
    weeks, path = held.path("tension")

    assert np.array_equal(weeks, stored.path("tension")[0])
    assert np.array_equal(path, stored.path("tension")[1])
    assert len({*map(str, path.ravel())}) > 6
    assert not any(column.outcome.quarterly for column in held.columns)
    with pytest.raises(NotFoundError, match="did you mean tension"):
        held.path("tensoin")
    with pytest.raises(NotFoundError, match="has no events"):
        held.events()


def test_what_is_stopped_is_no_batch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops between blocks, and says so by returning nothing."""
    # Fails if the question is not passed on: all runs would be played.
    monkeypatch.setattr(memory, "columns", toy_engine.columns)
    played: list[int] = []
    found = hold_batch(
        TOY, n=500, seed=3, store=store, workers=1, advance=played.append,
        stop=lambda: bool(played),
    )  # fmt: skip

    assert found is None
    assert sum(played) < 500
