"""Accidents on the way: kills at any moment, a disk that is full; the bytes come out the same."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import toy_engine

from sim.errors import UsageError
from sim.experiment.runs.batch import run_batch
from sim.experiment.store import parquet
from sim.experiment.store.results import Store

KILLS = 20
RUNS = 6_000
LONGEST_S = 2.2
"""Seconds a process lives at most: starting takes one, a shard about a half."""


def tables(root: Path) -> dict[str, bytes]:
    """The shards of the only result in a folder, byte for byte."""
    (stored,) = Store(root).results()
    return {
        path.relative_to(stored.directory).as_posix(): path.read_bytes()
        for path in sorted(stored.directory.rglob("*.parquet"))
    }


def run(root: Path) -> subprocess.Popen[bytes]:
    """Starts a batch of two days of run each, on the command line."""
    words = ["october-2025-apec", "--until", "2025-10-24", "-n", str(RUNS), "--workers", "1"]
    return subprocess.Popen(
        [sys.executable, "-m", "sim", "run", *words, "--brief", "--results", str(root), "--quiet"],
        stdout=subprocess.DEVNULL,
    )


def test_a_run_killed_twenty_times_comes_out_the_same(tmp_path: Path) -> None:
    """SIGKILL at random moments, then the same command: the bytes of an uninterrupted run."""
    moments = random.Random(20251023)  # noqa: S311 - no secret, but the same moments
    for _ in range(KILLS):
        with run(tmp_path / "killed") as process:
            time.sleep(moments.uniform(0.2, LONGEST_S))
            process.send_signal(signal.SIGKILL)
        for stored in Store(tmp_path / "killed").results():
            assert stored.n % 1000 == 0
    for name in ("killed", "calm"):
        with run(tmp_path / name) as process:
            assert process.wait() == 0

    killed = tables(tmp_path / "killed")
    assert tables(tmp_path / "calm") == killed
    assert len([name for name in killed if name.startswith("outcomes")]) == RUNS // 1000


def test_a_disk_that_is_full_leaves_whole_shards_and_a_way_on(store: Store) -> None:
    """Writing fails amid a batch: whole shards stay, no half file does, the same call goes on."""
    toy = toy_engine.scenario()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill_up(done: int, total: int) -> None:
        if done > 3000:
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))

    try:
        with pytest.raises(UsageError, match=r"cannot be written: .*--results DIR") as caught:
            run_batch(toy, n=8000, store=store, workers=1, progress=fill_up)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert caught.value.exit_code == 2
    assert not list(store.root.rglob("*.tmp"))
    kept = [stored.n for stored in store.results()]
    assert sum(kept) in range(0, 8000, 1000)
    resumed = run_batch(toy, n=8000, store=store, workers=1)
    assert resumed.reused == sum(kept)
    calm = Store(store.root.parent / "calm")
    run_batch(toy, n=8000, store=calm, workers=1)
    assert tables(calm.root) == tables(store.root)
    assert json.loads((resumed.directory / "manifest.json").read_text("utf-8"))["n"] == 8000


def test_a_file_renamed_while_leftovers_are_looked_for_is_no_fault(store: Store) -> None:
    """What another writer has just finished is seen in the folder and gone when looked at; a link
    to nothing is such a file for as long as the test needs."""
    folder = run_batch(toy_engine.scenario(), n=10, workers=1, store=store).directory
    (folder / "manifest.json").unlink()
    (folder / "outcomes" / "000001.parquet.1.tmp").symlink_to(folder / "renamed")

    assert run_batch(toy_engine.scenario(), n=10, workers=1, store=store).computed == 10


def test_leftovers_are_removed_from_a_result_that_is_complete(store: Store) -> None:
    """The repeated command removes those that are old, and leaves those being written."""
    folder = run_batch(toy_engine.scenario(), n=10, workers=1, store=store).directory
    old, new = folder / "outcomes" / "000000.parquet.1.tmp", folder / "manifest.json.2.tmp"
    for path in (old, new):
        path.touch()
    os.utime(old, (time.time() - 3600.0,) * 2)

    assert run_batch(toy_engine.scenario(), n=10, workers=1, store=store).computed == 0
    assert not old.exists()
    assert new.exists()


def test_a_shorter_writer_does_not_forget_the_runs_of_a_longer_one(store: Store) -> None:
    """It began when nothing was there, and records its shard after the other has ended."""
    toy = toy_engine.scenario()
    content = run_batch(toy, n=1, store=Store(store.root.parent / "other")).folder.content
    short = store.folder(content)
    long = run_batch(toy, n=3000, workers=1, store=store)
    short.record(short.write(0, long.folder.read_rows(0, 1000)), {})

    assert [stored.n for stored in store.results()] == [3000]
    assert run_batch(toy, n=3000, workers=1, store=store).computed == 0


def test_a_file_removed_right_after_it_is_written_is_one_sentence(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing vouches for it, and the same command plays its runs again."""
    toy, write = toy_engine.scenario(), parquet.write_outcomes

    def write_and_lose(target: Path, *rest: Any) -> None:
        write(target, *rest)
        target.unlink()

    with monkeypatch.context() as patch:
        patch.setattr(parquet, "write_outcomes", write_and_lose)
        with pytest.raises(UsageError, match=r"000000.parquet was removed right after .* repeat"):
            run_batch(toy, n=10, workers=1, store=store)

    assert store.set_aside() == []
    assert run_batch(toy, n=10, workers=1, store=store).computed == 10


def test_a_damaged_manifest_is_not_taken_for_that_of_another_version(store: Store) -> None:
    """The look for runs of other versions passes it over; the batch itself plays its runs again."""
    toy = toy_engine.scenario()
    batch = run_batch(toy, n=10, workers=1, store=store)
    (batch.directory / "manifest.json").write_text("{}", "utf-8")

    assert store.played_by_another_version(toy, batch.seed, 0) is None
    assert run_batch(toy, n=10, workers=1, store=store).computed == 10
