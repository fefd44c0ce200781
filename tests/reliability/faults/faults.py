"""The faults that strike commands; a new fault is a row.

A fault plays a command on an empty results folder and disturbs it. It returns how it ended: with
the same answer, with a sentence, or killed. What it did to the folder is undone when it returns.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from bench import Bench, Calm, Ending, Process

from sim.errors import SimError
from sim.experiment.store.results import Store

SAME: Final = "same answer"
SENTENCE: Final = "sentence"
KILLED: Final = "killed"

ROOM: Final = 2**26
"""Size in bytes of a small disk."""

LEFT: Final = (0, 4096, 20_000, 150_000, 500_000)
"""Bytes that are free on a full disk; the files of a shard take up to half a megabyte."""

EXIT_CODES: Final = frozenset({1, 2})


@dataclass(frozen=True, slots=True)
class Case:
    """A command to disturb.

    Attributes:
        bench: Plays it.
        words: Its words.
        root: An empty results folder.
        chance: Chooses the moment.
        number: Number of the try.
    """

    bench: Bench
    words: tuple[str, ...]
    root: Path
    chance: random.Random
    number: int

    @property
    def calm(self) -> Calm:
        """What it does undisturbed."""
        return self.bench.calm(self.words)

    def start(self, root: Path | None = None, stop: int = 0) -> Process:
        """Starts it."""
        return self.bench.start(self.words, root or self.root, stop)

    def start_to_a_step(self, root: Path | None = None) -> Process:
        """Starts it, and returns it stopped before a step chosen by chance."""
        # The steps of two threads come in any order, but in the same number.
        process = self.start(root, self.chance.randint(1, self.calm.steps))
        assert process.is_stopped()
        return process

    def judge(self, ending: Ending, root: Path | None = None) -> str:
        """Returns how a command ended, which is in one of the ways allowed."""
        if ending.code == -9:
            return KILLED
        assert "Traceback" not in ending.notes, ending.notes
        assert "bug in the program" not in ending.notes, ending.notes
        if ending.code == 0:
            assert ending.notes == ""
            assert ending.printed == self.calm.printed
            return SAME
        assert ending.code in EXIT_CODES, ending
        assert ending.printed == ""
        lines = ending.notes.splitlines()
        assert len(lines) == 1, ending.notes
        assert lines[0].startswith("error: "), ending.notes
        assert str(root or self.root) in lines[0], ending.notes
        return SENTENCE


def kill_at_a_time(case: Case) -> str:
    """Kills the command at any time it takes."""
    process = case.start()
    time.sleep(case.chance.uniform(0.0, case.calm.seconds))
    process.kill()
    return case.judge(process.end())


def kill_before_a_step(case: Case) -> str:
    """Kills the command before it changes the folder."""
    process = case.start_to_a_step()
    process.kill()
    return case.judge(process.end())


def fill_the_disk(case: Case) -> str:
    """Fills the disk, or leaves little room, before a step."""
    with small_disk(case.root):
        process = case.start_to_a_step()
        ballast = case.root / "ballast"
        fill(ballast, LEFT[case.number % len(LEFT)])
        process.move_on()
        ending = process.end()
        ballast.unlink()
        return case.judge(ending)


def start_on_a_full_disk(case: Case) -> str:
    """Starts the command where there is little room."""
    with small_disk(case.root):
        ballast = case.root / "ballast"
        fill(ballast, LEFT[case.number % len(LEFT)])
        ending = case.start().end()
        ballast.unlink()
        return case.judge(ending)


def limit_the_files(case: Case) -> str:
    """Limits the size of files before a step: what is longer cannot be written."""
    process = case.start_to_a_step()
    # What it says about it is written to a file too, and needs some room.
    size = max(LEFT[1], LEFT[case.number % len(LEFT)])
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    process.move_on()
    ending = process.end()
    if "the answer cannot be printed" in ending.notes:
        # The limit holds for the file of the answer too.
        assert ending.code == 1
        assert len(ending.notes.splitlines()) == 1
        return SENTENCE
    return case.judge(ending)


def write_protect(case: Case) -> str:
    """Makes the results folder read-only before the command starts."""
    with read_only(case.root):
        return case.judge(case.start().end())


def write_protect_what_is_there(case: Case) -> str:
    """Makes the folder read-only once everything is stored: nothing needs to be written."""
    assert case.start().end().code == 0
    with read_only(case.root):
        ending = case.judge(case.start().end())
    assert ending == SAME
    return ending


def put_a_file_in_its_place(case: Case) -> str:
    """Puts a file where the results folder should be."""
    case.root.rmdir()
    case.root.write_text("no folder")
    try:
        ending = case.judge(case.start().end())
        assert ending == SENTENCE
        assert case.root.read_text() == "no folder"
        return ending
    finally:
        case.root.unlink()


def write_at_once(case: Case) -> str:
    """Starts the command a second time at any time it takes."""
    first = case.start()
    time.sleep(case.chance.uniform(0.0, case.calm.seconds / 2.0))
    second = case.start()
    return _worse(case.judge(first.end()), case.judge(second.end()))


def write_in_between(case: Case) -> str:
    """Plays the whole command between two steps of the same."""
    first = case.start_to_a_step()
    second = case.judge(case.start().end())
    first.move_on()
    return _worse(case.judge(first.end()), second)


def remove_results(case: Case) -> str:
    """Removes what is stored, with the program, before a step."""
    process = case.start_to_a_step()
    for home in case.root.iterdir():
        said = _refusal_to_remove(Store(case.root), home.name)
        assert "\n" not in said
    process.move_on()
    return case.judge(process.end())


def remove_the_folder(case: Case) -> str:
    """Removes the whole results folder before a step."""
    process = case.start_to_a_step()
    shutil.rmtree(case.root)
    process.move_on()
    return case.judge(process.end())


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the table: what strikes, and how often in a full search."""

    strike: Callable[[Case], str]
    tries: int


FAULTS: Final[Mapping[str, Fault]] = {
    "killed at a time": Fault(kill_at_a_time, 10),
    "killed before a step": Fault(kill_before_a_step, 4),
    "disk filled": Fault(fill_the_disk, 5),
    "disk full": Fault(start_on_a_full_disk, 2),
    "files limited": Fault(limit_the_files, 3),
    "read-only": Fault(write_protect, 1),
    "read-only, all there": Fault(write_protect_what_is_there, 1),
    "a file in its place": Fault(put_a_file_in_its_place, 1),
    "two writers at once": Fault(write_at_once, 2),
    "two writers, one in between": Fault(write_in_between, 3),
    "results removed": Fault(remove_results, 5),
    "folder removed": Fault(remove_the_folder, 2),
}


@contextmanager
def small_disk(root: Path) -> Iterator[None]:
    """Puts a small disk in the place of a folder; what is stored stays there afterwards."""
    _mount("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(root))
    kept = root.with_name(f"{root.name}-kept")
    try:
        yield
        shutil.copytree(root, kept)
    finally:
        _unmount(root)
    shutil.copytree(kept, root, dirs_exist_ok=True)


@contextmanager
def read_only(root: Path) -> Iterator[None]:
    """Makes a folder read-only; the administrator writes wherever it is not mounted so."""
    if os.geteuid():
        root.chmod(0o500)
        try:
            yield
        finally:
            root.chmod(0o700)
        return
    _mount("--bind", str(root), str(root))
    try:
        _mount("-o", "remount,bind,ro", str(root))
        yield
    finally:
        _unmount(root)


def fill(ballast: Path, left: int) -> None:
    """Fills a disk with one file, but for some bytes."""
    free = shutil.disk_usage(ballast.parent).free
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, free - left))


def flip(file: Path, chance: random.Random) -> None:
    """Flips one bit of a file."""
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def _refusal_to_remove(store: Store, name: str) -> str:
    """Removes a result, and returns what is said if it cannot be removed."""
    try:
        store.remove(name)
    except SimError as error:
        return str(error)
    return ""


def _mount(*words: str) -> None:
    program = shutil.which("mount") or pytest.skip("there is no program to mount a disk")
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")


def _unmount(root: Path) -> None:
    subprocess.run([shutil.which("umount") or "/bin/umount", "-l", str(root)], check=True)


def kinds(root: Path) -> dict[str, list[Path]]:
    """Returns the stored files by what they are: outcomes, paths, events, manifests, ..."""
    found: dict[str, list[Path]] = {}
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name = path.parent.name if path.suffix == ".parquet" else path.name
        found.setdefault(name, []).append(path)
    return found


def _worse(one: str, other: str) -> str:
    return SENTENCE if SENTENCE in {one, other} else one
