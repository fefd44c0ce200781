"""The lock on a file: one holder at a time, and none left behind."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sim.engine.file_lock import is_locked, locked

HOLD = """
import sys, time
from pathlib import Path
from sim.engine.file_lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_lock_is_held_as_long_as_its_context(tmp_path: Path) -> None:
    """Whoever asks meanwhile is told, and does not take it by asking."""
    path = tmp_path / "lock"
    assert not is_locked(path)
    with locked(path):
        assert is_locked(path)
        assert is_locked(path)
    assert not is_locked(path)


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    """And has the lock after it."""
    path = tmp_path / "lock"
    order = []

    def second() -> None:
        with locked(path):
            order.append("second")

    waiting = threading.Thread(target=second)
    with locked(path):
        waiting.start()
        waiting.join(0.5)
        order.append("first")
    waiting.join()

    assert order == ["first", "second"]


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    """Though it had no time to free it."""
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert is_locked(path)
        holder.kill()
        holder.wait()

    assert path.exists()
    assert not is_locked(path)


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """Which callers take for a machine without locks."""
    with pytest.raises(OSError, match="No such file"):
        is_locked(tmp_path / "nowhere" / "lock")
