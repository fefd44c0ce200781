"""Executors: whoever plays, wherever, and whatever is lost on the way, the bytes are the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import dask
import pytest
import toy_engine

from sim.errors import SimError, UsageError
from sim.experiment.executors import cluster
from sim.experiment.executors.choice import choose
from sim.experiment.executors.interface import Job, split
from sim.experiment.executors.processes import Processes
from sim.experiment.executors.threads import Threads
from sim.experiment.runs import batch as batch_module
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.store.results import Store
from sim.scenario.load import resolve

TOY = toy_engine.scenario()
HERE = Path(__file__).parents[1]
PLACES = os.pathsep.join([str(HERE), *(p for p in sys.path if p)])


def contents(batch: Batch) -> dict[str, bytes]:
    """The tables of a batch, byte for byte."""
    return {
        path.relative_to(batch.directory).as_posix(): path.read_bytes()
        for path in sorted(batch.directory.rglob("*.parquet"))
    }


def other(store: Store, name: str) -> Store:
    """Another store beside the first."""
    return Store(store.root.parent / name)


def command(module: str, *words: str) -> subprocess.Popen[bytes]:
    """Starts a command of the cluster library that finds the toy engine."""
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard", *words],
        env={**os.environ, "PYTHONPATH": PLACES},
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler that runs, without workers: its address and its process."""
    about = tmp_path / "scheduler.json"
    with command("dask_scheduler", "--port", "0", "--scheduler-file", str(about)) as process:
        deadline = time.monotonic() + 30.0
        while not about.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        yield json.loads(about.read_text("utf-8"))["address"], process
        process.kill()


@pytest.mark.parametrize(("executor", "workers"), [("threads", 1), ("threads", 3), ("dask", 2)])
def test_executors_leave_no_trace(
    store: Store, monkeypatch: pytest.MonkeyPatch, executor: str, workers: int
) -> None:
    """Threads and a cluster write the bytes one process writes, drawn parameters included."""
    monkeypatch.setenv("PYTHONPATH", PLACES)
    options = {"n": 1200, "parameters": "prior", "per_vector": 7}
    alone = run_batch(TOY, store=other(store, "alone"), workers=1, **options)  # type: ignore[arg-type]

    shared = run_batch(TOY, store=store, workers=workers, executor=executor, **options)  # type: ignore[arg-type]

    assert contents(alone) == contents(shared)
    assert len(contents(shared)) == 4


def test_real_runs_are_the_same_in_threads_and_on_a_cluster(tmp_path: Path) -> None:
    """The readable engine plays the same runs wherever it is."""
    resolved = resolve("october-2025-apec", until=date(2025, 11, 15))
    batches = [
        run_batch(
            resolved, n=60, workers=workers, executor=executor, store=Store(tmp_path / executor)
        )
        for executor, workers in (("processes", 1), ("threads", 2), ("dask", 2))
    ]
    alone, *others = map(contents, batches)

    assert [alone, alone] == others


def test_a_cluster_that_loses_a_worker_plays_on(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One of two workers is shot in the midst of a block: only time is lost."""
    calm = run_batch(TOY, n=1200, store=other(store, "calm"), workers=1)
    monkeypatch.setenv("PYTHONPATH", PLACES)
    deadly = partial(toy_engine.run_block_killed_once, str(tmp_path / "mark"))
    monkeypatch.setattr(batch_module, "run_block", deadly)

    shot = run_batch(TOY, n=1200, store=store, workers=2, executor="dask")

    assert (tmp_path / "mark").exists()
    assert contents(calm) == contents(shot)


def test_blocks_no_worker_survives_are_an_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that kills every worker of a cluster ends the batch with advice."""
    monkeypatch.setenv("PYTHONPATH", PLACES)
    monkeypatch.setattr(batch_module, "run_block", toy_engine.run_block_always_killed)

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        pytest.raises(SimError, match="short of memory"),
    ):
        run_batch(TOY, n=20, store=store, workers=1, executor="dask")


def test_a_running_cluster_is_found_by_its_address(
    store: Store, scheduler: tuple[str, subprocess.Popen[bytes]]
) -> None:
    """The workers that joined a scheduler play."""
    alone = run_batch(TOY, n=1200, store=other(store, "alone"), workers=1)
    address, _ = scheduler

    with command("dask_worker", address, "--nthreads", "1", "--no-nanny") as worker:
        shared = run_batch(TOY, n=1200, store=store, executor="dask", scheduler=address)
        worker.kill()

    assert contents(alone) == contents(shared)


def test_a_scheduler_that_goes_away_is_an_error_and_not_a_wait(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    scheduler: tuple[str, subprocess.Popen[bytes]],
) -> None:
    """What was finished is kept, and the message says so."""
    address, process = scheduler
    monkeypatch.setattr(batch_module, "run_block", toy_engine.run_block_slowly)

    def shoot(done: int, total: int) -> None:
        if done >= 1500:
            process.kill()

    options = {"executor": "dask", "scheduler": address, "progress": shoot}
    with command("dask_worker", address, "--nthreads", "1", "--no-nanny") as worker:
        with pytest.raises(SimError, match="was lost; finished runs are kept"):
            run_batch(TOY, n=9000, store=store, **options)  # type: ignore[arg-type]
        worker.kill()

    assert [stored.n for stored in store.results()] == [1000]


def test_a_scheduler_without_workers_is_a_usage_error(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    scheduler: tuple[str, subprocess.Popen[bytes]],
) -> None:
    """Nobody there to play is told with what to start."""
    monkeypatch.setattr(cluster, "ANSWER_S", 0.5)

    with pytest.raises(UsageError, match=r"has no workers.*dask worker tcp://"):
        run_batch(TOY, n=10, store=store, executor="dask", scheduler=scheduler[0])

    assert not store.root.exists()


def test_a_scheduler_that_does_not_answer_is_a_usage_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong address is told within the time a scheduler has, and nothing is written."""
    monkeypatch.setattr(cluster, "ANSWER_S", 0.5)

    with pytest.raises(UsageError, match=r"tcp://127\.0\.0\.1:9 did not answer"):
        run_batch(TOY, n=10, store=store, executor="dask", scheduler="tcp://127.0.0.1:9")

    assert not store.root.exists()


def test_a_missing_cluster_library_is_told_with_how_to_get_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library is an extra: asking for a cluster without it says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(UsageError, match=r"pip install 'distributed>=\d"):
        run_batch(TOY, n=10, store=store, executor="dask")


def test_a_worker_with_other_rules_is_refused() -> None:
    """Runs of another version of the model would not be the same runs."""
    with pytest.raises(UsageError, match=r"has version .* of the model"):
        cluster._play_packed("another", b"", 0, 10)


def test_a_worker_with_the_same_rules_in_other_places_is_refused() -> None:
    """What was packed here names modules, which may have moved without becoming other rules."""
    moved = b"csim.engine.nowhere\nrun_block\n."
    with pytest.raises(UsageError, match=r"other places .*sim\.engine\.nowhere"):
        cluster._play_packed(cluster.model_version(), moved, 0, 10)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"executor": "procesess"}, "did you mean processes"),
        ({"executor": "ray"}, "auto, threads, processes, dask"),
        ({"scheduler": "tcp://localhost:8786"}, "add --executor dask"),
        ({"executor": "dask", "scheduler": "localhost:8786"}, "tcp://HOST:PORT"),
        ({"executor": "dask", "scheduler": "tcp://localhost"}, "tcp://HOST:PORT"),
        ({"executor": "dask", "scheduler": "tcp://localhost:8786", "workers": 2}, "has its own"),
    ],
)
def test_executors_that_cannot_be_are_usage_errors(
    store: Store, options: dict[str, object], message: str
) -> None:
    """Names, addresses and what does not go together are told before anything is played."""
    with pytest.raises(UsageError, match=message):
        run_batch(TOY, n=10, store=store, **options)  # type: ignore[arg-type]

    assert not store.root.exists()


def test_a_script_without_a_guard_survives_a_cluster(tmp_path: Path) -> None:
    """Workers of a cluster on this machine do not run the user's script again."""
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import toy_engine
            from sim.experiment.runs import batch
            from sim.experiment.store.results import Store
            batch.run_block, batch.columns = toy_engine.run_block, toy_engine.columns
            store = Store({str(tmp_path)!r} + "/r")
            found = batch.run_batch(
                toy_engine.scenario(), n=100, workers=2, executor="dask", store=store
            )
            print("script", found.n)
            """
        )
    )

    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": PLACES},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "script 100\n", "")


def test_ctrl_c_stops_threads_between_blocks() -> None:
    """Blocks that are being played are finished, the other hundred seconds of them are not."""
    job = Job(toy_engine.run_block_slowly, TOY, 1, 0)
    stopped = threading.Event()

    def interrupt() -> None:
        # One may be lost, probably to a callback of the garbage collector: press again.
        while not stopped.wait(1.0):
            os.kill(os.getpid(), signal.SIGINT)

    presses = threading.Thread(target=interrupt)
    # A shell makes what it starts in the background deaf to Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    began = time.monotonic()
    presses.start()
    try:
        with choose("threads", 2, None, "simpy") as crew, pytest.raises(KeyboardInterrupt):
            crew.play(job, 0, 200_000)
    finally:
        stopped.set()
        presses.join()
        signal.signal(signal.SIGINT, before)

    assert time.monotonic() - began < 20.0


@pytest.mark.skipif(not hasattr(os, "nice"), reason="a Unix matter")
@pytest.mark.parametrize("count", [1, 2])
def test_gentle_workers_yield_and_this_process_does_not(count: int) -> None:
    """Even a single one is a process of its own: priority once lowered cannot be raised."""
    before = os.nice(0)
    job = Job(toy_engine.run_block_of_priority, TOY, 1, 0)
    with Processes(count, gentle=True) as crew:
        crew.start()
        blocks = crew.play(job, 0, 60)

    assert {block.count for block in blocks} == {19}
    assert os.nice(0) == before < 19


@pytest.mark.parametrize("gentle", [False, True])
def test_workers_that_are_to_stop_are_not_waited_for(gentle: bool) -> None:
    """On a busy machine a block of a gentle worker may take minutes; later ones begin anew."""
    job = Job(toy_engine.run_block_slowly, TOY, 1, 0, longest_block=100_000, shortest_block=100_000)
    looks: list[int] = []

    def stop() -> bool:
        looks.append(1)
        return len(looks) > 4

    with Processes(2, gentle=gentle) as crew:
        blocks = crew.play(job, 0, 400_000, stop=stop)
        assert blocks == []
        assert not crew.is_open
        again = crew.play(Job(toy_engine.run_block, TOY, 1, 0), 0, 100)

    assert sum(block.count for block in again) == 100


@pytest.mark.parametrize("workers", [2, 5, 16])
def test_the_last_blocks_of_a_range_are_short(workers: int) -> None:
    """Blocks cover the range without a gap, never grow, and end at the shortest: a worker that
    finishes first waits for a hundred runs of another, not for five hundred."""
    # Fails if a range is cut evenly, or a block is left out.
    job = Job(toy_engine.run_block, TOY, 1, 0, longest_block=500, shortest_block=100)
    pieces = split(job, 3000, 4000, workers)
    counts = [count for _, count in pieces]

    assert [first for first, _ in pieces] == [3000 + sum(counts[:k]) for k in range(len(counts))]
    assert sum(counts) == 4000
    assert counts == sorted(counts, reverse=True)
    assert max(counts) <= 500
    assert max(counts[-workers:]) <= 200


def test_a_job_says_how_long_its_blocks_are() -> None:
    """A quick engine is given long blocks, a slow one short ones."""
    quick = Job(toy_engine.run_block, TOY, 1, 0, longest_block=700)
    slow = Job(toy_engine.run_block, TOY, 1, 0)

    assert [block.count for block in Threads(1).play(quick, 0, 1000)] == [700, 300]
    assert {block.count for block in Threads(1).play(slow, 0, 1000)} == {50}
