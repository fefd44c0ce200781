"""A bench that plays commands, disturbed or not, and compares what they print and store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Self

import server
from commands import COMMON

TIMES: Final = ("startup_s", "compile_s", "elapsed_s", "computed")
"""Printed numbers that tell what a call had to do, and not what came of it."""

DATED: Final = ("created", "updated", "timings", "sha256")
"""Parts of a manifest that differ between two runs of the same command."""

Tree = dict[str, object]


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a command: its exit code, its answer, and what it wrote to stderr."""

    code: int
    printed: str
    notes: str


@dataclass(frozen=True, slots=True)
class Calm:
    """A command that nothing disturbs: its answer, what it stored, its steps and its seconds."""

    printed: str
    tree: Tree
    steps: int
    seconds: float


class Process:
    """A command at work."""

    def __init__(self, bench: Bench, words: tuple[str, ...], root: Path, stop: int) -> None:
        self._bench = bench
        self._root = root
        self._files = [bench.folder / f"{bench.count()}-{name}" for name in ("out", "err", "steps")]
        output, notes, steps = map(str, self._files)
        self.pid = bench.ask(
            server.Start(
                words=[*words, *COMMON, "--results", str(root)],
                folder=str(root),
                stop=stop,
                output=output,
                notes=notes,
                steps=steps,
            )
        )

    @property
    def steps(self) -> int:
        """Number of steps taken so far."""
        return self._files[2].stat().st_size

    def kill(self) -> None:
        """Kills it, as a lack of memory or of power does."""
        os.kill(self.pid, signal.SIGKILL)

    def move_on(self) -> None:
        """Continues it after a stop."""
        os.kill(self.pid, signal.SIGCONT)

    def is_stopped(self) -> bool:
        """Waits for the end or the stop, and returns whether it is the latter."""
        self._code = self._bench.ask(server.Look(pid=self.pid, block=True))
        return self._code == "stopped"

    def end(self) -> Ending:
        """Waits for the end, and returns it."""
        if not isinstance(getattr(self, "_code", None), int) and self.is_stopped():
            raise AssertionError("a command stopped for a second time")
        output, notes, _ = self._files
        printed = _timeless(output.read_text("utf-8").replace(str(self._root), "ROOT"))
        return Ending(self._code, printed, notes.read_text("utf-8"))


class Bench:
    """A server of commands, and what they do undisturbed.

    Args:
        folder: An empty folder for what is printed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0
        self._calm: dict[tuple[str, ...], Calm] = {}

        self._server = self._serve()

    def _serve(self) -> subprocess.Popen[str]:
        path = os.pathsep.join(filter(None, [str(Path.cwd()), os.environ.get("PYTHONPATH")]))
        process = subprocess.Popen(
            [sys.executable, server.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        )
        assert json.loads(_open(process.stdout).readline()) == "ready"
        return process

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        _open(self._server.stdin).close()
        self._server.wait()
        _open(self._server.stdout).close()

    def ask(self, request: server.Start | server.Look) -> Any:
        """Returns the server's answer to a request."""
        pipe = _open(self._server.stdin)
        pipe.write(json.dumps(request) + "\n")
        pipe.flush()
        return json.loads(_open(self._server.stdout).readline())

    def count(self) -> int:
        """Returns a new number."""
        self._count += 1
        return self._count

    def start(self, words: tuple[str, ...], root: Path, stop: int = 0) -> Process:
        """Starts a command on a results folder; it stops before a step unless that is 0."""
        return Process(self, words, root, stop)

    def play(self, words: tuple[str, ...], root: Path) -> Ending:
        """Plays a command to its end."""
        return self.start(words, root).end()

    def calm(self, words: tuple[str, ...]) -> Calm:
        """Returns what a command does undisturbed."""
        if words not in self._calm:
            root = self.folder / f"calm-{self.count()}"
            began = time.perf_counter()
            process = self.start(words, root)
            ending = process.end()
            seconds = time.perf_counter() - began
            assert ending.code == 0, ending.notes
            self._calm[words] = Calm(ending.printed, tree(root), process.steps, seconds)
        return self._calm[words]


def tree(root: Path) -> Tree:
    """Returns what a results folder holds, but for times and unfinished files."""
    found: Tree = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".tmp":
            name = path.relative_to(root).as_posix()
            found[name] = _dateless(path) if path.name == "manifest.json" else path.read_bytes()
    return found


def difference(one: Tree, other: Tree) -> dict[str, object]:
    """Returns the files that two folders do not have in common, with what the first holds."""
    names = sorted(one.keys() | other.keys())
    return {name: one.get(name) for name in names if one.get(name) != other.get(name)}


def leftovers(root: Path) -> list[Path]:
    """Returns the unfinished files in a results folder."""
    return sorted(root.rglob("*.tmp"))


def _dateless(manifest: Path) -> dict[str, Any]:
    told = json.loads(manifest.read_bytes())
    return {name: value for name, value in told.items() if name not in DATED}


def _timeless(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if line.partition(":")[0].strip(' "') not in TIMES)


def _open(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
