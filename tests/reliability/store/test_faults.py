"""Two processes on one folder: the same bytes in the end, or one clear sentence."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.errors import SimError
from sim.experiment.store.results import Store

RUNS = 2000


def start(root: Path) -> subprocess.Popen[str]:
    """Starts a batch of runs of a day each, on the command line."""
    words = ["october-2025-apec", "--until", "2025-10-24", "-n", str(RUNS), "--workers", "1"]
    return subprocess.Popen(
        [sys.executable, "-m", "sim", "run", *words, "--brief", "--results", str(root), "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str], root: Path) -> int:
    """Returns the exit code of a process, which said nothing, or a sentence about its folder."""
    _, said = process.communicate()
    assert "Traceback" not in said
    assert "bug in the program" not in said
    if process.returncode:
        (line,) = said.splitlines()
        assert line.startswith("error: ")
        assert str(root) in line
    return process.returncode


def tables(root: Path) -> dict[str, bytes]:
    """Returns the shards of the only result in a folder."""
    (stored,) = Store(root).results()
    assert stored.n == RUNS
    assert not Store(root).set_aside()
    return {
        path.relative_to(stored.directory).as_posix(): path.read_bytes()
        for path in [*stored.files("outcomes"), *stored.files("paths")]
    }


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The shards of a batch that nothing disturbs."""
    root = tmp_path_factory.mktemp("calm")
    assert end(start(root), root) == 0
    return tables(root)


def test_two_writers_of_one_batch_leave_it_whole(tmp_path: Path, calm: dict[str, bytes]) -> None:
    """Both end well, and every shard is vouched for by the manifest."""
    both = [start(tmp_path), start(tmp_path)]

    codes = [end(process, tmp_path) for process in both]

    if max(codes):
        assert end(start(tmp_path), tmp_path) == 0
    assert tables(tmp_path) == calm


@pytest.mark.parametrize("shards", [1, pytest.param(2, marks=pytest.mark.full)])
def test_a_result_removed_while_it_is_played_can_be_played_again(
    tmp_path: Path, calm: dict[str, bytes], shards: int
) -> None:
    """The removal and the run end well or with a sentence; the next run is whole."""
    with start(tmp_path) as process:
        while process.poll() is None and len(list(tmp_path.glob("*/paths/*.parquet"))) < shards:
            time.sleep(0.01)
        (home,) = tmp_path.iterdir()
        try:
            Store(tmp_path).remove(home.name)
        except SimError as error:
            assert "\n" not in str(error)  # noqa: PT017 - it may also succeed
        end(process, tmp_path)

    assert end(start(tmp_path), tmp_path) == 0
    assert tables(tmp_path) == calm
