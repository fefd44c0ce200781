"""The real engine under the real runner: the same bytes on any number of workers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.experiment.batch import Batch, run_batch
from sim.experiment.store import Store
from sim.scenario.load import resolve


def play(root: Path, workers: int, *sizes: int, parameters: str = "fixed") -> Batch:
    """The October scenario over ten weeks, in steps of growing size."""
    resolved = resolve("october-2025-apec", until=date(2025, 12, 31))
    for n in sizes:
        batch = run_batch(
            resolved,
            n=n,
            per_vector=7,
            parameters=parameters,
            workers=workers,
            store=Store(root / f"{workers}-{sizes}"),
        )
    return batch


def tables(batch: Batch) -> list[bytes]:
    """The shards of a batch, byte for byte."""
    return [path.read_bytes() for path in sorted(batch.directory.rglob("*.parquet"))]


@pytest.mark.parametrize("parameters", ["fixed", "prior"])
def test_workers_and_chunks_leave_no_trace(tmp_path: Path, parameters: str) -> None:
    """One, two and three workers, at once and in uneven steps, write one table."""
    alone = tables(play(tmp_path, 1, 75, parameters=parameters))
    two = tables(play(tmp_path, 2, 75, parameters=parameters))
    three = tables(play(tmp_path, 3, 31, 75, parameters=parameters))

    assert len(alone) == 2
    assert alone == two == three
