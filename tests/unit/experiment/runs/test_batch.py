"""Batches: the same bytes whatever the order, the workers and the accidents on the way."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import toy_engine

from sim.engine import choice
from sim.engine.blocks import Column
from sim.errors import NotFoundError, SimError, UsageError
from sim.experiment.executors.interface import Job, split
from sim.experiment.executors.processes import Processes
from sim.experiment.inputs.priors import parameter_vector
from sim.experiment.runs import batch as batch_module
from sim.experiment.runs.batch import Batch, run_batch, stored_batch
from sim.experiment.store.folder import Folder
from sim.experiment.store.parquet import Array
from sim.experiment.store.results import Store
from sim.report.pages.run.digest import Digest
from sim.scenario.load import resolve

TOY = toy_engine.scenario()
SHIPPED = resolve("october-2025-apec")


def contents(batch: Batch) -> dict[str, bytes]:
    """The tables of a batch, byte for byte."""
    return {
        path.relative_to(batch.directory).as_posix(): path.read_bytes()
        for path in sorted(batch.directory.rglob("*.parquet"))
    }


def other(store: Store, name: str) -> Store:
    """Another store beside the first."""
    return Store(store.root.parent / name)


def test_values_come_back_as_they_were_played(store: Store) -> None:
    """Numbers, flags, classes, dates and missing values survive the way to disk and back."""
    batch = run_batch(TOY, n=50, store=store)

    expected = toy_engine.run_block(TOY, batch.seed, 0, 50)

    assert [column.name for column in toy_engine.COLUMNS] == list(batch.values)
    for name, values in expected.values.items():
        assert values.dtype == batch.values[name].dtype
        np.testing.assert_array_equal(values, batch.values[name])


def test_a_longer_batch_plays_only_what_is_missing(store: Store) -> None:
    """After 300 runs, a batch of 1500 plays 1200 more and one of 200 none."""
    run_batch(TOY, n=300, store=store, workers=1)
    longer = run_batch(TOY, n=1500, store=store, workers=1)
    shorter = run_batch(TOY, n=200, store=store, workers=1)

    assert (longer.computed, longer.reused) == (1200, 300)
    assert (shorter.computed, shorter.reused) == (0, 200)
    assert len(shorter.values["level"]) == 200


def test_the_order_of_batches_leaves_no_trace(store: Store) -> None:
    """300 runs, then 1500, are the bytes of 1500 at once."""
    run_batch(TOY, n=300, store=store, workers=1)
    stepwise = run_batch(TOY, n=1500, store=store, workers=1)
    at_once = run_batch(TOY, n=1500, store=other(store, "fresh"), workers=1)

    assert contents(at_once) == contents(stepwise)
    assert len(contents(stepwise)) == 4


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_leave_no_trace(store: Store, workers: int) -> None:
    """Two and three processes write the bytes one process writes, drawn parameters included."""
    alone = run_batch(TOY, n=1200, store=store, workers=1, parameters="prior", per_vector=7)
    shared = run_batch(
        TOY, n=1200, store=other(store, "b"), workers=workers, parameters="prior", per_vector=7
    )

    assert contents(alone) == contents(shared)


@pytest.mark.parametrize("workers", [1, 2, 3, 16])
def test_blocks_cover_a_range_without_overlap(workers: int) -> None:
    """Whatever the number of workers, every replicate is in one block."""
    blocks = split(Job(toy_engine.run_block, TOY, 1, 0), 300, 700, workers)

    played = [r for first, count in blocks for r in range(first, first + count)]

    assert list(range(300, 1000)) == played


def test_fixed_and_prior_batches_live_apart(store: Store) -> None:
    """Mode, group size, seed and scenario each lead to a folder of their own."""
    folders = {
        run_batch(TOY, n=10, store=store).directory,
        run_batch(TOY, n=10, store=store, seed=7).directory,
        run_batch(TOY, n=10, store=store, parameters="prior").directory,
        run_batch(TOY, n=10, store=store, parameters="prior", per_vector=5).directory,
        run_batch(toy_engine.scenario(mu=1.0), n=10, store=store).directory,
    }

    assert len(folders) == 5


def test_prior_runs_play_their_own_vector(store: Store) -> None:
    """Under drawn parameters the runs of a vector sit around that vector's mu."""
    drawn = run_batch(TOY, n=60, store=store, parameters="prior", per_vector=20)
    central = run_batch(TOY, n=60, store=store)

    shifts = drawn.values["level"] - central.values["level"]

    expected = [parameter_vector(TOY, drawn.seed, r // 20)["mu"] for r in range(60)]
    np.testing.assert_allclose(expected, shifts, atol=1e-12)


def test_failed_runs_are_kept_as_data(store: Store) -> None:
    """A run that fails is listed with its reason, is no outcome, and outlives the process."""
    broken = toy_engine.scenario(fails=3.0)
    run_batch(broken, n=10, store=store)
    batch = run_batch(broken, n=10, store=store)

    assert [(3, *toy_engine.FAILED)] == [
        (f.replicate, f.stage, f.type, f.message) for f in batch.failures
    ]
    assert list(np.flatnonzero(~batch.finished)) == [3]
    assert batch.values["failed"][3]
    assert batch.values["kind"][3] == -1


def test_a_damaged_shard_is_played_again(store: Store) -> None:
    """A shard that lost its end is noticed, told of and replaced by what it was."""
    batch = run_batch(TOY, n=1200, store=store, workers=1)
    before = contents(batch)
    shard = batch.directory / "outcomes" / "000000.parquet"
    shard.write_bytes(shard.read_bytes()[:-100])
    notes: list[str] = []

    again = run_batch(TOY, n=1200, store=store, workers=1, note=notes.append)

    assert before == contents(again)
    assert again.computed == 1000
    assert "000000.parquet is damaged" in notes[0]


def test_a_lost_manifest_costs_the_runs_and_nothing_else(store: Store) -> None:
    """Without a manifest to vouch for them, shards are played again to the same bytes."""
    batch = run_batch(TOY, n=100, store=store)
    before = contents(batch)
    (batch.directory / "manifest.json").write_text('{"schema": 1, "id"')

    again = run_batch(TOY, n=100, store=store)

    assert again.computed == 100
    assert before == contents(again)


def test_force_plays_everything_again(store: Store) -> None:
    """With force the runs are played again, those beyond n included, to the same bytes."""
    before = contents(run_batch(TOY, n=1200, store=store, workers=1))

    again = run_batch(TOY, n=1100, store=store, workers=1, force=True, note=pytest.fail)

    assert again.computed == 1200
    assert before == contents(again)


def test_force_tells_if_the_same_runs_came_out_different(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine that is no pure function of its arguments is found out."""
    run_batch(TOY, n=10, store=store)
    changed = toy_engine.scenario(mu=9.0)
    monkeypatch.setattr(
        batch_module,
        "run_block",
        lambda resolved, *rest, **more: toy_engine.run_block(changed, *rest, **more),
    )
    notes: list[str] = []

    run_batch(TOY, n=10, store=store, force=True, note=notes.append)

    assert "differ from the ones stored before" in notes[0]


def test_a_killed_worker_costs_only_time(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A worker shot dead is replaced, and the bytes are those of an undisturbed batch."""
    deadly = partial(toy_engine.run_block_killed_once, str(tmp_path / "mark"))
    calm = run_batch(TOY, n=400, store=other(store, "calm"), workers=1)
    monkeypatch.setattr(batch_module, "run_block", deadly)

    shot = run_batch(TOY, n=400, store=store, workers=2)

    assert (tmp_path / "mark").exists()
    assert contents(calm) == contents(shot)


def test_workers_killed_again_and_again_are_an_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run no worker survives ends the batch with advice, not in an endless loop."""
    monkeypatch.setattr(batch_module, "run_block", toy_engine.run_block_always_killed)

    with pytest.raises(SimError, match="short of memory"):
        run_batch(TOY, n=400, store=store, workers=2)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_finished_shards(
    store: Store, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    """An interrupted batch says what is kept, and the next one goes on from there."""
    monkeypatch.setattr(batch_module, "run_block", toy_engine.run_block_interrupted)
    notes: list[str] = []

    with pytest.raises(KeyboardInterrupt):
        run_batch(TOY, n=2500, store=store, workers=workers, note=notes.append)

    assert "1000 of 2500 runs are kept" in notes[0]
    monkeypatch.setattr(batch_module, "run_block", toy_engine.run_block)
    resumed = run_batch(TOY, n=2500, store=store, workers=1)
    assert (resumed.computed, resumed.reused) == (1500, 1000)
    fresh = run_batch(TOY, n=2500, store=other(store, "fresh"), workers=1)
    assert contents(fresh) == contents(resumed)


def test_a_killed_batch_leaves_neither_workers_nor_half_files(tmp_path: Path) -> None:
    """After SIGKILL finished shards stand, the two in flight may be gone, and workers go too."""
    script = tmp_path / "killed.py"
    # Without the usual guard around the main part: workers must not run a user's script again.
    script.write_text(
        textwrap.dedent(
            f"""
            import sys
            sys.path.insert(0, {str(Path(__file__).parent)!r})
            import toy_engine
            from sim.experiment.runs import batch
            from sim.experiment.store.results import Store
            batch.run_block, batch.columns = toy_engine.run_block_slowly, toy_engine.columns
            print("script", flush=True)
            batch.run_batch(
                toy_engine.scenario(), n=100_000, engine="simpy", workers=2,
                store=Store({str(tmp_path)!r} + "/r"),
                progress=lambda done, total: print(done, flush=True),
            )
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert next(lines) == "script\n"
        assert next(line for line in lines if line == "script\n" or int(line) > 2000) != "script\n"
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20.0
    while _alive(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert not _alive(process.pid)
    (stored,) = Store(tmp_path / "r").results()
    assert stored.n % 1000 == 0
    assert stored.n >= 1000


def _alive(session: int) -> bool:
    """Tells whether any process of a session still runs."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, found = status.read_text().rsplit(")", 1)[1].split()[:4]
        except OSError:
            continue
        if int(found) == session and state != "Z":
            return True
    return False


def test_columns_of_a_large_batch_are_read_once_in_groups(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where columns do not all fit, a report in any order reads each group of them once."""
    monkeypatch.setattr(batch_module, "_GROUP_BYTES", 8 * 50 * 3)
    batch = run_batch(TOY, n=50, store=store, workers=1)
    whole = run_batch(TOY, n=50, store=store, workers=1).values
    reads: list[int] = []
    read = Folder.read

    def spy(self: Folder, columns: Iterable[Column], n: int, first: int = 0) -> dict[str, Array]:
        wanted = list(columns)
        reads.append(len(wanted))
        return read(self, wanted, n, first)

    monkeypatch.setattr(Folder, "read", spy)
    digest = Digest(batch)

    told = [digest.about(name)["kind"] for name in ("level", "day", "hit", "failed", "kind")]

    assert told == ["number", "number", "flag", "flag", "class"]
    assert reads == [3, 3]
    assert batch.read_with("hit") == ["level", "hit", "kind"]
    for name, values in whole.items():
        np.testing.assert_array_equal(values, batch.values[name])


def test_progress_counts_what_is_there(store: Store) -> None:
    """Progress begins after the runs that are reused and ends at n."""
    run_batch(TOY, n=300, store=store)
    seen: list[tuple[int, int]] = []

    run_batch(TOY, n=450, store=store, workers=1, progress=lambda *pair: seen.append(pair))

    assert seen == [(350, 450), (400, 450), (450, 450)]


def test_paths_come_back_week_by_week(store: Store) -> None:
    """A path is an array of replicates by weeks, in single precision."""
    batch = run_batch(TOY, n=20, store=store)

    weeks, tension = batch.path("tension")

    expected = toy_engine.run_block(TOY, batch.seed, 0, 20)
    np.testing.assert_array_equal(expected.weeks, weeks)
    np.testing.assert_allclose(expected.paths["tension"], tension, rtol=1e-6)
    with pytest.raises(NotFoundError, match="did you mean tension"):
        batch.path("tensions")


def test_paths_can_be_left_out_and_asked_for_later(store: Store) -> None:
    """A batch without paths writes none; asking for them plays the runs again."""
    lean = run_batch(TOY, n=20, store=store, paths="none")
    assert list(contents(lean)) == ["outcomes/000000.parquet"]

    full = run_batch(TOY, n=20, store=store)

    assert full.computed == 20
    assert "paths/000000.parquet" in contents(full)


def test_a_stored_batch_is_read_without_playing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result is found by the beginning of its name and holds what the batch held."""
    batch = run_batch(TOY, n=30, store=store, parameters="prior", per_vector=5)
    monkeypatch.setattr(batch_module, "run_block", pytest.fail)

    found = stored_batch(store, batch.directory.name[:8])

    assert (found.n, found.parameters, found.per_vector, found.computed) == (30, "prior", 5, 0)
    np.testing.assert_array_equal(batch.values["kind"], found.values["kind"])


def test_the_manifest_tells_what_was_done_and_nothing_of_the_host(store: Store) -> None:
    """The manifest holds versions, counts and hashes, and neither path nor machine."""
    batch = run_batch(TOY, n=30, store=store)

    text = (batch.directory / "manifest.json").read_text()
    manifest = json.loads(text)

    assert manifest["n"] == 30
    assert {"startup_s", "compile_s", "elapsed_s"} == set(manifest["timings"])
    libraries = {"python", "duckdb", "numpy", "scipy", "simpy"}
    parts = {"sim.model", "sim.economy", "sim.engine"}
    assert {"detente"} | libraries | parts == set(manifest["versions"])
    assert TOY.hash == manifest["scenario_hash"]
    assert str(store.root) not in text
    assert os.uname().nodename not in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, "-n"),
        ({"n": 2.5}, "-n"),
        ({"n": 2**32 + 1}, "-n"),
        ({"seed": 2**32}, "seed"),
        ({"seed": -1}, "seed"),
        ({"parameters": "priors"}, "did you mean prior"),
        ({"per_vector": 0}, "--per-vector"),
        ({"workers": 0}, "--workers"),
        ({"precision": 0.0}, "--precision"),
        ({"paths": "some"}, "--paths"),
    ],
)
def test_arguments_out_of_range_are_usage_errors(
    store: Store, arguments: dict[str, object], message: str
) -> None:
    """A wrong argument is told by name, before anything is written."""
    with pytest.raises(UsageError, match=message):
        run_batch(TOY, store=store, **arguments)  # type: ignore[arg-type]

    assert not store.root.exists()


def test_a_pool_can_be_shared_between_batches(store: Store) -> None:
    """Batches given one pool leave it open, and play what they would play alone."""
    with Processes(2) as pool:
        first = run_batch(TOY, n=150, store=store, pool=pool)
        opened = pool.is_open
        second = run_batch(TOY, n=150, seed=5, store=store, pool=pool)
    alone = run_batch(TOY, n=150, seed=5, store=other(store, "b"), workers=1)

    assert opened
    assert not pool.is_open
    assert contents(first) != contents(second)
    assert contents(alone) == contents(second)


@pytest.mark.parametrize(("n", "engine", "told"), [(50_000, "auto", 1), (50, "auto", 0)])
def test_a_long_job_without_a_compiler_is_told_what_would_help(
    monkeypatch: pytest.MonkeyPatch, n: int, engine: str, told: int
) -> None:
    """A user who waits for SimPy learns why; one who asked for SimPy, or waits for seconds, does
    not."""
    # Fails if every job is told, or none.
    notes: list[str] = []
    monkeypatch.setattr(choice, "find_spec", lambda name: None)

    batch_module.tell_if_slow(notes.append, engine, SHIPPED, n, 2)
    batch_module.tell_if_slow(notes.append, "simpy", SHIPPED, n, 2)

    assert len(notes) == told
    assert ["pip install numba" in note for note in notes] == [True] * told


def test_a_long_job_with_a_compiler_is_told_nothing() -> None:
    """It is compiled, or will be."""
    batch_module.tell_if_slow(pytest.fail, "auto", SHIPPED, math.inf, 2)
