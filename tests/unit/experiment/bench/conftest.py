"""Stored studies, each a copy of small batches that are played once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.runs.batch import run_batch
from sim.experiment.store.manifest import FILE, sealed
from sim.experiment.store.results import Store
from sim.scenario.load import resolve

LAST = date(2025, 11, 2)
Forge = Callable[..., str]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three studies of one scenario: plain, tense, and with drawn parameters."""
    store = Store(tmp_path_factory.mktemp("bench") / "results")
    plain = resolve("october-2025-apec", until=LAST)
    tense = resolve("october-2025-apec", until=LAST, sets=[("tension", "0.95")])
    run_batch(plain, n=60, store=store, engine="simpy")
    run_batch(plain, n=40, store=store, engine="simpy", parameters="prior", per_vector=10, seed=7)
    run_batch(tense, n=50, store=store, engine="simpy")
    return store.root


@pytest.fixture
def store(played: Path, tmp_path: Path) -> Store:
    """A results folder of these studies, which a test may change."""
    return Store(shutil.copytree(played, tmp_path / "results"))


@pytest.fixture
def forge(store: Store) -> Forge:
    """Rewrites manifest and scenario of a study as anyone could, seals included; returns its
    name."""

    def forged(
        name: str,
        change: Callable[[dict[str, Any]], None] = lambda scenario: None,
        **manifest: Any,
    ) -> str:
        home = store.find(name).home
        scenario = json.loads((home / "scenario.json").read_text("utf-8"))
        change(scenario)
        (home / "scenario.json").write_text(json.dumps(scenario), "utf-8")
        known = json.loads((home / FILE).read_text("utf-8"))
        known |= {"scenario_sha256": None, **manifest}
        (home / FILE).write_text(sealed(known), "utf-8")
        return home.name

    return forged
