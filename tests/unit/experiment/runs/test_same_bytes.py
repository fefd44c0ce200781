"""The real engines under the real runner: the same bytes on any number of workers, in either."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.errors import CheckFailedError, NotFoundError
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.runs.defaults import SEED
from sim.experiment.runs.replay import replay
from sim.experiment.store.results import Store
from sim.experiment.store.sql.answer import query
from sim.scenario.load import resolve


def play(
    root: Path,
    workers: int,
    *sizes: int,
    parameters: str = "fixed",
    engine: str = "simpy",
    executor: str = "auto",
) -> Batch:
    """The October scenario over ten weeks, with events, in steps of growing size."""
    resolved = resolve("october-2025-apec", until=date(2025, 12, 31))
    for n in sizes:
        batch = run_batch(
            resolved,
            n=n,
            per_vector=7,
            parameters=parameters,
            workers=workers,
            engine=engine,
            executor=executor,
            events=True,
            store=Store(root / f"{workers}-{sizes}-{engine}-{executor}"),
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

    assert len(alone) == 3
    assert alone == two == three


@pytest.mark.parametrize("executor", ["threads", "processes", "dask"])
def test_engines_and_executors_leave_no_trace(tmp_path: Path, executor: str) -> None:
    """Compiled code on threads, processes and a cluster writes the bytes SimPy writes here."""
    here = play(tmp_path, 1, 75, parameters="prior")
    bulk = play(tmp_path, 2, 31, 75, parameters="prior", engine="compiled", executor=executor)

    assert (here.engine, bulk.engine) == ("simpy", "compiled")
    assert tables(here) == tables(bulk)


def test_an_engine_goes_on_from_where_the_other_stopped(tmp_path: Path) -> None:
    """A shard one engine began and the other ended is the one either would have written."""
    store = Store(tmp_path / "mixed")
    resolved = resolve("october-2025-apec", until=date(2025, 12, 31))
    for n, engine in ((30, "simpy"), (60, "compiled"), (75, "simpy")):
        mixed = run_batch(resolved, n=n, engine=engine, events=True, workers=1, store=store)

    assert tables(mixed) == tables(play(tmp_path, 1, 75))


def test_events_are_kept_when_asked_for(tmp_path: Path) -> None:
    """They are rows of day, side, act and size; a batch without them is played again for them."""
    store = Store(tmp_path / "r")
    resolved = resolve("october-2025-apec", until=date(2025, 12, 31))
    plain = run_batch(resolved, n=40, workers=1, store=store)
    before = (plain.directory / "outcomes/000000.parquet").read_bytes()
    assert not (plain.directory / "events").exists()
    told = run_batch(resolved, n=40, workers=1, events=True, store=store)
    rows = query(
        store,
        "select replicate, day, side, act, size from all_events where act = 'summit_held' "
        "order by all",
        SEED,
    ).rows
    held = told.values["summit_day"]

    assert told.computed == 40
    assert (told.directory / "outcomes/000000.parquet").read_bytes() == before
    assert len(rows) > 0
    for replicate, day, side, _, size in rows:
        assert side is None
        assert size == 0.0
        assert held[replicate] <= day.toordinal()
    assert {row[0] for row in rows} == set(np.flatnonzero(~np.isnan(held)))


@pytest.mark.parametrize("parameters", ["fixed", "prior"])
def test_any_run_of_a_batch_can_be_told(tmp_path: Path, parameters: str) -> None:
    """A run of compiled code is told by SimPy, and its events are those the batch has kept."""
    batch = play(tmp_path, 1, 75, parameters=parameters, engine="compiled")
    kept = query(
        Store(batch.directory.parent),
        "select day, side, act from all_events where replicate = 52",
        SEED,
    ).rows
    chronicle = replay(batch, 52).chronicle
    told = [
        (date.fromordinal(event.day), event.side, event.act)
        for event in chronicle.events
        if event.act != "wait"
    ]

    assert told == list(kept)


def test_a_run_that_comes_out_otherwise_is_no_history(tmp_path: Path) -> None:
    """A stored number that the run does not give is found, and which."""
    batch = play(tmp_path, 1, 75, engine="compiled")
    values = batch.folder.read_rows(0, 75)
    values.values["tension"][5] += 1e-12
    batch.folder.record(batch.folder.write(0, values), {"elapsed_s": 0.0})

    replay(batch, 4)
    with pytest.raises(CheckFailedError, match=r"run 5 .* tension is .* with --force"):
        replay(batch, 5)
    with pytest.raises(NotFoundError, match="holds runs 0 to 74"):
        replay(batch, 75)
