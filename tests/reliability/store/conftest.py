"""A results folder whose batches are played by the toy engine, and the size of the searches."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# Worker processes find the toy by name, so it must be importable and not only collected.
sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "experiment"))
sys.path.insert(0, str(Path(__file__).parent))

import toy_engine

from sim.engine.choice import SIMPY
from sim.experiment.runs import batch
from sim.experiment.store.results import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An empty store whose batches are played by the toy."""
    monkeypatch.setattr(batch, "run_block", toy_engine.run_block)
    monkeypatch.setattr(batch, "columns", toy_engine.columns)
    monkeypatch.setattr(batch, "choose_engine", lambda *_: SIMPY)
    return Store(tmp_path / "results")
