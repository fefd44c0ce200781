"""Accidents on the way: kills at any moment, a disk that is full; the bytes come out the same."""

from __future__ import annotations

import json
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import toy_engine

from sim.errors import UsageError
from sim.experiment.runs.batch import run_batch
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
