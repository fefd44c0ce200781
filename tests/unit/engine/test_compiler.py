"""Compiling in a process of its own: when it is started, what it does, what it leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.engine import code_cache, compiled_loop, compiler
from sim.engine.compiler import FAST, GENTLE, OFF_VARIABLE
from sim.engine.file_lock import locked

posix = pytest.mark.skipif(os.name != "posix", reason="other systems have other processes")


class Child:
    """A process that runs until it is told its end."""

    def __init__(self, words: list[str], **settings: Any) -> None:
        self.words = words
        self.settings = settings
        self.code: int | None = None

    def poll(self) -> int | None:
        """Returns the exit code, if it has ended."""
        return self.code

    def wait(self) -> int:
        """Returns at once."""
        return 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the current code, not there yet, in a cache of its own."""
    monkeypatch.setenv(code_cache.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.delenv(OFF_VARIABLE)
    monkeypatch.setattr(compiler, "_children", {})
    monkeypatch.setattr(compiler, "_began", {})
    code_cache.code_folder.cache_clear()
    found = code_cache.code_folder()
    assert found is not None
    yield found
    code_cache.code_folder.cache_clear()


@pytest.fixture
def started(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """The processes that were started."""
    found: list[Child] = []

    def start(words: list[str], **settings: Any) -> Child:
        found.append(Child(words, **settings))
        return found[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return found


def keep(folder: Path) -> None:
    """Keeps code, as another process would."""
    folder.mkdir()
    (folder / code_cache.SUMS).touch()


def paces(children: list[Child]) -> list[str]:
    """The pace that each process was told."""
    return [child.words[-1] for child in children]


def test_a_compiler_is_started_once(started: list[Child]) -> None:
    """For all batches of a process; a fast one beside a gentle one, which may starve."""
    assert compiler.start(GENTLE)
    assert not compiler.start(GENTLE)
    assert compiler.start(FAST)
    assert not compiler.start(FAST)

    assert paces(started) == [GENTLE, FAST]


def test_nothing_is_started_for_code_that_is_kept(started: list[Child], folder: Path) -> None:
    """And there is nothing to wait for."""
    keep(folder)

    assert not compiler.start(FAST)
    assert not compiler.start(GENTLE)
    assert compiler.has_ended()
    assert started == []


@pytest.mark.parametrize("other", [FAST, GENTLE])
def test_a_gentle_compiler_leaves_it_to_another(
    started: list[Child], folder: Path, other: str
) -> None:
    """A fast one is started all the same, to take the place of one that fails."""
    with locked(compiler._lock_file(other)):
        assert not compiler.start(GENTLE)
        assert compiler.start(FAST)
    assert compiler.start(GENTLE)

    assert paces(started) == [FAST, GENTLE]


def test_a_lock_of_the_past_is_no_lock(started: list[Child], folder: Path) -> None:
    """The file stays; its holder has ended."""
    with locked(compiler._lock_file(GENTLE)):
        pass
    assert compiler._lock_file(GENTLE).exists()

    assert compiler.start(GENTLE)


def test_a_fast_compiler_is_waited_for_until_it_ends(started: list[Child], folder: Path) -> None:
    """With code or without; a gentle one is not waited for."""
    compiler.start(GENTLE)
    assert compiler.has_ended()
    assert compiler.spent_s() == 0.0
    compiler.start(FAST)
    assert not compiler.has_ended()
    compiler._began[FAST] -= 30.0
    assert 30.0 <= compiler.spent_s() < 300.0
    started[1].code = 1
    assert compiler.has_ended()
    started[1].code = None
    keep(folder)

    assert compiler.has_ended()


def test_where_no_process_can_be_started_there_is_none_to_wait_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E.g. where there are too many already."""

    def refuse(*words: object, **settings: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refuse)

    assert not compiler.start(FAST)
    assert compiler.has_ended()


def test_the_compiler_writes_to_no_terminal_and_to_the_same_cache(
    started: list[Child], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it works in another folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(code_cache.CACHE_VARIABLE, "cache")
    compiler.start(FAST)
    settings = started[0].settings

    assert {settings[name] for name in ("stdin", "stdout", "stderr")} == {subprocess.DEVNULL}
    assert settings["env"][code_cache.CACHE_VARIABLE] == str(tmp_path / "cache")
    assert settings["cwd"] != tmp_path


def test_it_is_not_possible_everywhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not if it is switched off, without a Python to start, or where no code can be kept."""
    assert compiler.is_possible()
    for name, value in (("executable", ""), ("frozen", True)):
        with monkeypatch.context() as patch:
            patch.setattr(sys, name, value, raising=False)
            assert not compiler.is_possible()
    with monkeypatch.context() as patch:
        patch.setattr(compiler, "code_folder", lambda: None)
        assert not compiler.is_possible()
    monkeypatch.setenv(OFF_VARIABLE, "1")
    assert not compiler.is_possible()


# ------------------------------------------------------------------------- the process itself


@pytest.fixture
def compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the process does, in this one: how it lowers its priority, and whether it compiles."""
    done: list[str] = []
    monkeypatch.setattr(os, "nice", lambda more: done.append(f"nice {more}"))
    monkeypatch.setattr(signal, "signal", lambda *_: None)

    def prepare() -> float:
        done.append("compiled")
        keep(folder)
        return 60.0

    monkeypatch.setattr(compiled_loop, "prepare", prepare)
    return done


@posix
@pytest.mark.parametrize(
    ("pace", "expected"), [(FAST, ["compiled"]), (GENTLE, ["nice 19", "compiled"])]
)
def test_it_compiles_at_its_pace(
    compiled: list[str], monkeypatch: pytest.MonkeyPatch, pace: str, expected: list[str]
) -> None:
    """Once: the next finds code that is kept."""
    monkeypatch.setattr(sys, "argv", ["-c", pace])
    compiler.main()
    assert compiled == expected
    compiler.main()

    assert compiled.count("compiled") == 1


def test_it_is_alone_while_it_compiles(
    compiled: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another of its pace waits, and is free again after a failure."""
    monkeypatch.setattr(sys, "argv", ["-c", FAST])

    def fail() -> float:
        assert compiler._is_under_way()
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(compiled_loop, "prepare", fail)
        with pytest.raises(MemoryError):
            compiler.main()
    assert not compiler._is_under_way()
    compiler.main()

    assert compiled == ["compiled"]


TASK = """
import os, sys, time
from pathlib import Path
place = Path(sys.argv[1]) / "told"
place.with_suffix(".tmp").write_text(f"{os.getpid()} {os.getpgrp()} {os.getsid(0)}")
place.with_suffix(".tmp").replace(place)
time.sleep(float(sys.argv[2] == "fast") * 600)
"""


@posix
@pytest.mark.parametrize("pace", [FAST, GENTLE])
def test_the_process_is_a_group_of_the_same_session(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pace: str
) -> None:
    """So that Ctrl-C does not reach it, and its priority counts against that of this process; when
    it ends it leaves nothing in the list of processes."""
    monkeypatch.setattr(compiler, "_START", TASK)
    monkeypatch.setattr(compiler, "_ROOT", tmp_path)
    assert compiler.start(pace)
    deadline = time.monotonic() + 60.0
    while not (tmp_path / "told").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    pid, group, session = map(int, (tmp_path / "told").read_text("utf-8").split())

    assert (group, session) == (pid, os.getsid(0))
    if pace == FAST:
        assert not compiler.has_ended()
        os.kill(pid, signal.SIGKILL)
    while compiler._children[pace].returncode is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert compiler.has_ended()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
